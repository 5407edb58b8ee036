import mt19937 from "@stdlib/random-base-mt19937";

/** Uniform numbers in [0,1). */
export type Random = () => number;

/** A generator (Mersenne twister) that gives the same numbers for the same seed, everywhere. */
export function seededRandom(seed: number): Random {
  const next = mt19937.factory({ seed });
  return () => next() / 2 ** 32;
}
