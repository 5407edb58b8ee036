import { refuse } from "../errors.ts";
import { sum, sumBy } from "../numeric/sum.ts";

/** Values of units (incomes, places per child, scores), each with the people or households that it stands for (default 1). */
export interface Weighted {
  readonly values: ArrayLike<number>;
  readonly weights?: ArrayLike<number>;
}

/** Checked values with their weights, population (sum of weights), total (sum of weight times value) and mean. */
export interface Sample {
  readonly values: Float64Array;
  readonly weights: Float64Array;
  readonly population: number;
  readonly total: number;
  readonly mean: number;
}

/**
 * Checks a weighted sample. Refuses an empty one, a missing or infinite value (leave such rows out on purpose, and say so),
 * a negative weight and weights that sum to nothing.
 */
export function readSample({ values: given, weights: givenWeights }: Weighted): Sample {
  if (given.length === 0) refuse("MEASURE-EMPTY", "没有数值", "no values: at least one is needed");
  const values = Float64Array.from(given);
  const weights = givenWeights ? Float64Array.from(givenWeights) : new Float64Array(values.length).fill(1);
  if (weights.length !== values.length) {
    refuse(
      "MEASURE-LENGTH",
      `数值 ${values.length} 个，权数 ${weights.length} 个，应相等`,
      `${values.length} values but ${weights.length} weights: the counts must be equal`,
    );
  }
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      refuse("MEASURE-MISSING", `第 ${i + 1} 个数值缺失`, `value ${i + 1} is missing: leave the row out on purpose`);
    }
    if (!(weights[i]! >= 0 && weights[i]! < Number.POSITIVE_INFINITY)) {
      refuse("MEASURE-WEIGHT", `第 ${i + 1} 个权数应为非负数`, `weight ${i + 1} must be a number of 0 or more`);
    }
  }
  const population = sum(weights);
  if (population <= 0)
    refuse("MEASURE-WEIGHT", "权数合计为零", "the weights sum to zero: at least one must be above 0");
  const total = sumBy(values.length, (i) => weights[i]! * values[i]!);
  return { values, weights, population, total, mean: total / population };
}

/** A sample for a relative measure: no value below zero, and a mean above zero. */
export function readNonNegative(weighted: Weighted): Sample {
  const sample = readSample(weighted);
  const at = sample.values.findIndex((value) => value < 0);
  if (at >= 0) refuse("MEASURE-SIGN", `第 ${at + 1} 个数值为负`, `value ${at + 1} is negative: it must be 0 or more`);
  if (sample.mean <= 0)
    refuse("MEASURE-MEAN", "平均值为零，相对差异无定义", "the mean is 0: relative inequality is undefined");
  return sample;
}

/** A sample for a measure that takes the logarithm of each value: every weighted value above zero. */
export function readPositive(weighted: Weighted): Sample {
  const sample = readNonNegative(weighted);
  const at = sample.values.findIndex((value, i) => value === 0 && sample.weights[i]! > 0);
  if (at >= 0) {
    refuse(
      "MEASURE-SIGN",
      `第 ${at + 1} 个数值为零，对数无定义`,
      `value ${at + 1} is 0: this measure needs values above 0`,
    );
  }
  return sample;
}

/** Row numbers ordered by value, smallest first. */
export function orderByValue(values: ArrayLike<number>): Uint32Array {
  const order = new Uint32Array(values.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  return order.sort((a, b) => values[a]! - values[b]!);
}
