import { refuse } from "../errors.ts";
import { sumBy } from "../numeric/sum.ts";
import { orderByValue, readSample, type Weighted } from "./sample.ts";

/** Concentration indices of an outcome over people ranked by something else (income, distance, deprivation). */
export interface Concentration {
  /** 2 cov(outcome, rank) / mean: from -1 (all with the lowest ranked) to 1. */
  readonly index: number;
  /** Wagstaff's correction for an outcome with bounds; only when bounds are given. */
  readonly wagstaff?: number;
  /** Erreygers' correction for an outcome with bounds; only when bounds are given. */
  readonly erreygers?: number;
}

/** Concentration of `outcome` over `rankedBy`; people of equal rank share its middle, so their order does not matter. */
export function concentration(
  outcome: Weighted,
  rankedBy: ArrayLike<number>,
  bounds?: { readonly lowest: number; readonly highest: number },
): Concentration {
  const { values, weights, population, mean } = readSample(outcome);
  const ranking = readSample({ values: rankedBy, weights }).values;
  if (mean === 0)
    refuse("MEASURE-MEAN", "平均值为零，集中指数无定义", "the mean is 0: the concentration index is undefined");
  const rank = middleRanks(ranking, weights, population);
  const covariance = sumBy(values.length, (i) => (weights[i]! / population) * (values[i]! - mean) * (rank[i]! - 0.5));
  const index = (2 * covariance) / mean;
  if (!bounds) return { index };
  const { lowest, highest } = bounds;
  if (!(highest > lowest) || values.some((value) => value < lowest || value > highest)) {
    refuse("MEASURE-PARAMETER", "上下限应包含全部数值", "the bounds must hold every value");
  }
  const width = highest - lowest;
  const room = (highest - mean) * (mean - lowest);
  if (room === 0)
    refuse("MEASURE-UNDEFINED", "平均值等于上限或下限", "the mean is at a bound: Wagstaff's index is undefined");
  return { index, wagstaff: (mean * width * index) / room, erreygers: (4 * mean * index) / width };
}

/** Mid-point of the cumulative population share of each person, ties sharing one. */
function middleRanks(ranking: Float64Array, weights: Float64Array, population: number): Float64Array {
  const order = orderByValue(ranking);
  const ranks = new Float64Array(order.length);
  let before = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    let weight = 0;
    while (end < order.length && ranking[order[end]!] === ranking[order[start]!]) weight += weights[order[end++]!]!;
    for (let k = start; k < end; k++) ranks[order[k]!] = (before + weight / 2) / population;
    before += weight;
    start = end;
  }
  return ranks;
}
