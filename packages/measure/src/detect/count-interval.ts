import logGamma from "@stdlib/math-base-special-gammaln";
import { refuse } from "../errors.ts";
import { normalQuantile } from "../numeric/quantile.ts";

/** An interval. */
export interface Limits {
  readonly low: number;
  readonly high: number;
}

/** Exact limits of a Poisson mean when the whole number `count` was observed, each side with half of what `level` leaves. */
export function exactPoisson(count: number, level = 0.95): Limits {
  checkCount(count);
  if (!Number.isInteger(count)) refuse("MEASURE-PARAMETER", "计数应为整数", "exact limits need a whole count");
  const tail = (1 - level) / 2;
  return {
    low: count === 0 ? 0 : meanAt(count, (mean) => tailAbove(count, mean) < tail),
    high: meanAt(count, (mean) => tailBelow(count, mean) > tail),
  };
}

/** Byar's approximation (Breslow and Day 1987) to {@link exactPoisson}; good from a count of 10. */
export function byar(count: number, level = 0.95): Limits {
  checkCount(count);
  const z = normalQuantile((1 + level) / 2);
  const side = (n: number, sign: number) =>
    n === 0 ? 0 : n * (1 - 1 / (9 * n) + (sign * z) / (3 * Math.sqrt(n))) ** 3;
  return { low: side(count, -1), high: side(count + 1, 1) };
}

/** Limits of a count as Fingertips takes them: exact below 10, Byar's from there. */
export function countLimits(count: number, level = 0.95): Limits & { readonly method: "exact" | "byar" } {
  return count < 10 ? { ...exactPoisson(count, level), method: "exact" } : { ...byar(count, level), method: "byar" };
}

/** The mean at which `tooSmall` turns false, by halving. The gamma quantile of the library at hand is off by 1e-4 from counts of 1,000. */
function meanAt(count: number, tooSmall: (mean: number) => boolean): number {
  let [low, high] = [0, 2 * count + 30];
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2;
    if (tooSmall(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Chance of `count` or more. */
function tailAbove(count: number, mean: number): number {
  let term = chanceOf(count, mean);
  let total = term;
  for (let i = count + 1; term > total * 1e-17; i++) {
    term *= mean / i;
    total += term;
  }
  return total;
}

/** Chance of `count` or fewer. */
function tailBelow(count: number, mean: number): number {
  let term = chanceOf(count, mean);
  let total = term;
  for (let i = count; i > 0 && term > total * 1e-17; i--) {
    term *= i / mean;
    total += term;
  }
  return total;
}

function chanceOf(count: number, mean: number): number {
  return mean === 0 ? Number(count === 0) : Math.exp(count * Math.log(mean) - mean - logGamma(count + 1));
}

function checkCount(count: number): void {
  if (!(count >= 0 && count < Number.POSITIVE_INFINITY)) {
    refuse("MEASURE-PARAMETER", "计数应为非负数", "a count must be 0 or more; a missing count has no limits");
  }
}
