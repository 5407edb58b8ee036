/** Where a function of several numbers is least, as far as was found. */
export interface Minimum {
  readonly at: Float64Array;
  readonly value: number;
  readonly rounds: number;
  /** Whether the corners of the last simplex agree within the tolerance. */
  readonly settled: boolean;
}

interface Corner {
  readonly at: Float64Array;
  readonly value: number;
}

/** Nelder and Mead's downhill simplex (1965), from `start` and one corner `step` away along each number. Needs no derivative. */
export function minimise(
  f: (at: Float64Array) => number,
  start: ArrayLike<number>,
  { step = 0.25, tolerance = 1e-12, rounds = 5000 } = {},
): Minimum {
  const corner = (at: Float64Array): Corner => ({ at, value: f(at) });
  const first = Float64Array.from(start);
  let simplex = [corner(first), ...Array.from(first, (value, d) => corner(first.with(d, value + step)))];
  for (let round = 1; round <= rounds; round++) {
    simplex = simplex.toSorted((a, b) => a.value - b.value);
    const [best, worst, second] = [simplex[0]!, simplex.at(-1)!, simplex.at(-2)!];
    const width = Math.max(
      ...simplex.map(({ at }) => at.reduce((far, x, d) => Math.max(far, Math.abs(x - best.at[d]!)), 0)),
    );
    if (worst.value - best.value <= tolerance && width <= 1e-6) return { ...best, rounds: round, settled: true };
    const others = simplex.slice(0, -1);
    const middle = first.map((_, d) => others.reduce((sum, { at }) => sum + at[d]!, 0) / others.length);
    const along = (reach: number) => corner(middle.map((m, d) => m + reach * (m - worst.at[d]!)));
    const mirrored = along(1);
    let next = mirrored;
    if (mirrored.value < best.value) {
      const farther = along(2);
      if (farther.value < mirrored.value) next = farther;
    } else if (mirrored.value >= second.value) {
      next = along(mirrored.value < worst.value ? 0.5 : -0.5);
      if (next.value >= Math.min(mirrored.value, worst.value)) {
        simplex = simplex.map((one) => (one === best ? one : corner(one.at.map((x, d) => (x + best.at[d]!) / 2))));
        continue;
      }
    }
    simplex = [...others, next];
  }
  const best = simplex.reduce((a, b) => (b.value < a.value ? b : a));
  return { ...best, rounds, settled: false };
}
