import { refuse } from "../errors.ts";
import { sumBy } from "../numeric/sum.ts";
import { orderByValue, readNonNegative, type Sample, type Weighted } from "./sample.ts";

/** Gini coefficient of the population: 0 equal, towards 1 unequal. Weighted rows count as so many people of the same value. */
export function gini(weighted: Weighted): number {
  return giniOf(readNonNegative(weighted));
}

/** Gini with the small-sample factor n/(n-1), where n counts rows: only for unweighted samples, and never mixed with {@link gini}. */
export function giniCorrected(values: ArrayLike<number>): number {
  if (values.length < 2) refuse("MEASURE-EMPTY", "至少需要两个数值", "the corrected Gini needs at least two values");
  return (gini({ values }) * values.length) / (values.length - 1);
}

/** Gini of a checked sample: one minus twice the area under the Lorenz curve. */
export function giniOf({ values, weights, population, total }: Sample): number {
  const order = orderByValue(values);
  let cumulative = 0;
  const below = sumBy(order.length, (k) => {
    const i = order[k]!;
    const amount = weights[i]! * values[i]!;
    cumulative += amount;
    return weights[i]! * (2 * cumulative - amount);
  });
  return 1 - below / (population * total);
}
