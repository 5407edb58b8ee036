import { refuse } from "../errors.ts";
import { sumBy } from "../numeric/sum.ts";
import { readNonNegative } from "./sample.ts";

/**
 * Lorenz asymmetry of an unweighted sample (Damgaard and Weiner 2000): above 1 where a few large values make the inequality, below 1 where many small
 * ones do; two samples of one Gini may differ in it. Where values equal the mean it lies between two ends, and the middle is given.
 */
export function lorenzAsymmetry(values: ArrayLike<number>): number {
  const { values: given, total, mean } = readNonNegative({ values });
  const sorted = given.toSorted();
  const n = sorted.length;
  // Room for the rounding of a mean: a value that differs from it by less is the mean.
  const room = 1e-12 * mean;
  const below = sorted.filter((value) => value < mean - room).length;
  const upTo = sorted.filter((value) => value <= mean + room).length;
  if (below === 0)
    refuse(
      "MEASURE-CONSTANT",
      "各单位数值相同，洛伦兹曲线无弯曲",
      "all values are equal: the Lorenz curve has no bend",
    );
  const amount = (count: number) => sumBy(count, (i) => sorted[i]!);
  if (upTo > below) return (below + upTo) / (2 * n) + (amount(below) + amount(upTo)) / (2 * total);
  const [last, next] = [sorted[below - 1]!, sorted[below]!];
  const part = (mean - last) / (next - last);
  return (below + part) / n + (amount(below) + part * next) / total;
}
