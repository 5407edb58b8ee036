import { refuse } from "../errors.ts";
import { sumBy } from "../numeric/sum.ts";
import { giniOf } from "./gini.ts";
import { orderByValue, readNonNegative, readPositive, readSample, type Weighted } from "./sample.ts";

/** Coefficient of variation of the population, weighted (Williamson): standard deviation with divisor of the whole weight, over the mean. */
export function coefficientOfVariation(weighted: Weighted): number {
  const { values, weights, population, mean } = readSample(weighted);
  if (mean <= 0) refuse("MEASURE-MEAN", "平均值应大于零", "the mean must be above 0");
  return Math.sqrt(sumBy(values.length, (i) => weights[i]! * (values[i]! - mean) ** 2) / population) / mean;
}

/** Hoover index (Pietra, Robin Hood): the share of the total that would have to move for all to have the mean. */
export function hoover(weighted: Weighted): number {
  const { values, weights, total, mean } = readNonNegative(weighted);
  return sumBy(values.length, (i) => weights[i]! * Math.abs(values[i]! - mean)) / (2 * total);
}

/** Atkinson index with aversion `epsilon` >= 0 and the equally distributed equivalent: mean x (1 - index). */
export function atkinson(weighted: Weighted, epsilon: number): { readonly index: number; readonly equivalent: number } {
  if (!(epsilon >= 0 && epsilon < Number.POSITIVE_INFINITY)) {
    refuse("MEASURE-PARAMETER", "厌恶系数应为非负数", "epsilon must be 0 or more");
  }
  const { values, weights, population, mean } = epsilon >= 1 ? readPositive(weighted) : readNonNegative(weighted);
  const share = (i: number) => weights[i]! / population;
  const relative =
    epsilon === 1
      ? Math.exp(sumBy(values.length, (i) => (weights[i] === 0 ? 0 : share(i) * Math.log(values[i]! / mean))))
      : sumBy(values.length, (i) => (weights[i] === 0 ? 0 : share(i) * (values[i]! / mean) ** (1 - epsilon))) **
        (1 / (1 - epsilon));
  return { index: 1 - relative, equivalent: mean * relative };
}

/** Shares of the richest over the poorest `share` of people (default a fifth); a unit on the border is split in proportion. */
export function shareRatio(weighted: Weighted, share = 0.2): number {
  if (!(share > 0 && share <= 0.5))
    refuse("MEASURE-PARAMETER", "份额应在 0 与 0.5 之间", "share must be above 0, at most 0.5");
  const { values, weights, population } = readNonNegative(weighted);
  const order = orderByValue(values);
  const take = (from: Uint32Array) => {
    let left = share * population;
    return sumBy(from.length, (k) => {
      const part = Math.min(left, weights[from[k]!]!);
      left -= part;
      return part * values[from[k]!]!;
    });
  };
  const poorest = take(order);
  if (poorest === 0)
    refuse("MEASURE-UNDEFINED", "最低组合计为零，比值无定义", "the lowest group has nothing: the ratio is undefined");
  return take(order.toReversed()) / poorest;
}

/** Largest value over smallest, of units with a weight above 0. */
export function extremesRatio(weighted: Weighted): number {
  const { values, weights } = readPositive(weighted);
  const counted = values.filter((_, i) => weights[i]! > 0);
  return counted.reduce((a, b) => Math.max(a, b)) / counted.reduce((a, b) => Math.min(a, b));
}

/** Wolfson's polarisation index of an unweighted sample: (2(1/2 - Lorenz(1/2)) - Gini) x mean / median. */
export function wolfson(values: ArrayLike<number>): number {
  const sample = readPositive({ values });
  const { total, mean } = sample;
  const sorted = sample.values.toSorted();
  const n = sorted.length;
  const median = (sorted[Math.floor((n - 1) / 2)]! + sorted[Math.floor(n / 2)]!) / 2;
  const lorenzHalf = sumBy(n, (i) => sorted[i]! * Math.min(1, Math.max(0, n / 2 - i))) / total;
  return ((2 * (0.5 - lorenzHalf) - giniOf(sample)) * mean) / median;
}
