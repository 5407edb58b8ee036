/** A uniform number in [0, 1) for each index; the same for the same seed and purpose, in any order of asking. */
export type Draw = (index: number) => number;

/** Random numbers by counter: no state, so chunks and threads do not change them. */
export interface Random {
  /** One stream for each purpose: a new purpose leaves all others as they were. */
  draw(purpose: string): Draw;
}

export function createRandom(seed: number): Random {
  return {
    draw(purpose) {
      const first = mix(hashText(purpose) ^ mix(seed | 0));
      const second = mix(first ^ 0x9e3779b9);
      return (index) => (mix(mix((index + first) | 0) ^ second) >>> 0) / 4_294_967_296;
    },
  };
}

/** A 32-bit integer mixer of low bias (Chris Wellons, "Prospecting for Hash Functions", 2018). */
function mix(x: number): number {
  x ^= x >>> 16;
  x = Math.imul(x, 0x21f0aaad);
  x ^= x >>> 15;
  x = Math.imul(x, 0x735a2d97);
  return x ^ (x >>> 15);
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** A standard normal value from a uniform one (Acklam's rational approximation, relative error below 1.2e-9). */
export function normal(u: number): number {
  const p = Math.min(Math.max(u, 1e-12), 1 - 1e-12);
  if (p < 0.02425) return tail(Math.sqrt(-2 * Math.log(p)));
  if (p > 1 - 0.02425) return -tail(Math.sqrt(-2 * Math.log(1 - p)));
  const q = p - 0.5;
  const r = q * q;
  const above =
    ((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
    2.506628277459239;
  const below =
    ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
    1;
  return (above * q) / below;
}

function tail(q: number): number {
  const above =
    ((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q +
      4.374664141464968) *
      q +
    2.938163982698783;
  const below =
    (((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1;
  return above / below;
}

/** Position in `weights` (which need not sum to 1) that the uniform number falls on. */
export function pick(weights: readonly number[], u: number): number {
  let total = 0;
  for (const weight of weights) total += weight;
  let rest = u * total;
  for (let i = 0; i < weights.length; i++) {
    rest -= weights[i]!;
    if (rest < 0) return i;
  }
  return weights.length - 1;
}

/** The value of a curve given at some ages, straight between them and level outside. */
export function atAge(curve: readonly (readonly [age: number, value: number])[], age: number): number {
  const first = curve[0]!;
  if (age <= first[0]) return first[1];
  for (let i = 1; i < curve.length; i++) {
    const [toAge, toValue] = curve[i]!;
    if (age > toAge) continue;
    const [fromAge, fromValue] = curve[i - 1]!;
    return fromValue + ((toValue - fromValue) * (age - fromAge)) / (toAge - fromAge);
  }
  return curve[curve.length - 1]![1];
}

/** The curve read out for ages 0 to 120, for loops over many people. */
export function byAge(curve: readonly (readonly [age: number, value: number])[]): Float64Array {
  return Float64Array.from({ length: 121 }, (_, age) => atAge(curve, age));
}
