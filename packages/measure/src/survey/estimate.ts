import { refuse } from "../errors.ts";
import { studentQuantile } from "../numeric/quantile.ts";
import { sumBy } from "../numeric/sum.ts";
import { degreesOfFreedom, type PreparedDesign } from "./design.ts";
import { varianceOfTotal } from "./variance.ts";

/** An estimate with its standard error. */
export interface Estimate {
  readonly estimate: number;
  readonly standardError: number;
  /** Primary units less strata (of the domain). */
  readonly df: number;
  /** Rows that the estimate rests on. */
  readonly rows: number;
  /** Rows inside the domain whose answer is missing: left out, not counted as 0. */
  readonly missing: number;
}

/** An estimate with its design effect. */
export interface EstimateWithEffect extends Estimate {
  /** Variance over that of a simple random sample of the same size without replacement. */
  readonly designEffect: number;
  /** The same against sampling with replacement. */
  readonly designEffectReplace: number;
}

/** Which rows an estimate is about; outside rows stay in the design as zeros, so that the standard error is right. */
export interface EstimateOptions {
  readonly domain?: ArrayLike<boolean>;
}

/** Answers, one a row; `null` or NaN is missing. */
export type Answers = ArrayLike<number | null>;

/** Mean of the population. */
export function estimateMean(
  design: PreparedDesign,
  answers: Answers,
  options: EstimateOptions = {},
): EstimateWithEffect {
  const read = readAnswers(design, answers, options);
  const { population, values, inside } = read;
  const mean = sumBy(design.rows, (i) => read.weights[i]! * values[i]!) / population;
  const scores = values.map((value, i) => (inside[i] ? (read.weights[i]! * (value - mean)) / population : 0));
  const found = describe(design, mean, scores, read);
  return { ...found, ...effects(found.standardError ** 2, read, mean, 1) };
}

/** Total of the population. */
export function estimateTotal(
  design: PreparedDesign,
  answers: Answers,
  options: EstimateOptions = {},
): EstimateWithEffect {
  const read = readAnswers(design, answers, options);
  const scores = read.values.map((value, i) => read.weights[i]! * value);
  const total = sumBy(design.rows, (i) => scores[i]!);
  const found = describe(design, total, scores, read);
  return { ...found, ...effects(found.standardError ** 2, read, total / read.population, read.population) };
}

/** Ratio of two totals, over the rows in which both are present. */
export function estimateRatio(
  design: PreparedDesign,
  top: Answers,
  bottom: Answers,
  options: EstimateOptions = {},
): Estimate {
  const both = Array.from({ length: design.rows }, (_, i) => (isPresent(bottom[i]) ? (top[i] ?? null) : null));
  const read = readAnswers(design, both, options);
  const below = Float64Array.from({ length: design.rows }, (_, i) => (read.inside[i] ? bottom[i]! : 0));
  const denominator = sumBy(design.rows, (i) => read.weights[i]! * below[i]!);
  if (denominator === 0)
    refuse("MEASURE-UNDEFINED", "分母合计为零", "the denominator sums to 0: the ratio is undefined");
  const ratio = sumBy(design.rows, (i) => read.weights[i]! * read.values[i]!) / denominator;
  const scores = read.values.map((value, i) => (read.weights[i]! * (value - ratio * below[i]!)) / denominator);
  return describe(design, ratio, scores, read);
}

/** One estimate for each group that occurs, by name, in order of first appearance. */
export function estimateByDomain<T>(
  design: PreparedDesign,
  groups: ArrayLike<string | number>,
  estimate: (options: EstimateOptions) => T,
): Map<string | number, T> {
  if (groups.length !== design.rows)
    refuse("MEASURE-LENGTH", "分组个数不对", `${groups.length} groups for ${design.rows} rows`);
  const names = new Set(Array.from(groups));
  return new Map([...names].map((name) => [name, estimate({ domain: Array.from(groups, (group) => group === name) })]));
}

/** Interval of Student's t around an estimate; `df` of infinity gives the normal one. Not for proportions. */
export function interval(
  { estimate, standardError, df }: Estimate,
  level = 0.95,
): { readonly low: number; readonly high: number } {
  if (!(df > 0))
    refuse(
      "MEASURE-UNDEFINED",
      "自由度不足",
      "no degrees of freedom: an interval needs more primary units than strata",
    );
  const reach = studentQuantile((1 + level) / 2, df) * standardError;
  return { low: estimate - reach, high: estimate + reach };
}

/** Kish's design effect of the weights alone: 1 + squared coefficient of variation; the sample size divided by it is the effective one. */
export function kishEffect(weights: ArrayLike<number>): { readonly effect: number; readonly effectiveSize: number } {
  const total = sumBy(weights.length, (i) => weights[i]!);
  const squares = sumBy(weights.length, (i) => weights[i]! ** 2);
  if (!(total > 0)) refuse("MEASURE-WEIGHT", "权数合计为零", "the weights sum to zero");
  return { effect: (weights.length * squares) / total ** 2, effectiveSize: total ** 2 / squares };
}

interface ReadAnswers {
  readonly values: Float64Array;
  /** 0 outside the domain and where the answer is missing. */
  readonly weights: Float64Array;
  readonly inside: readonly boolean[];
  readonly population: number;
  readonly rows: number;
  readonly missing: number;
}

const isPresent = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && !Number.isNaN(value);

function readAnswers(design: PreparedDesign, answers: Answers, { domain }: EstimateOptions): ReadAnswers {
  if (answers.length !== design.rows || (domain && domain.length !== design.rows)) {
    refuse("MEASURE-LENGTH", "答案个数与样本不符", `${answers.length} answers for ${design.rows} rows`);
  }
  let [rows, missing] = [0, 0];
  const inside = Array.from({ length: design.rows }, (_, i) => {
    if (design.weights[i] === 0 || (domain && !domain[i])) return false;
    const present = isPresent(answers[i]);
    if (present) rows++;
    else missing++;
    return present;
  });
  if (rows === 0) refuse("MEASURE-EMPTY", "该范围内没有有效答案", "no row of this domain has an answer");
  const weights = design.weights.map((weight, i) => (inside[i] ? weight : 0));
  return {
    values: Float64Array.from({ length: design.rows }, (_, i) => (inside[i] ? answers[i]! : 0)),
    weights,
    inside,
    population: sumBy(weights.length, (i) => weights[i]!),
    rows,
    missing,
  };
}

function describe(design: PreparedDesign, estimate: number, scores: Float64Array, read: ReadAnswers): Estimate {
  const { rows, missing, inside } = read;
  const standardError = Math.sqrt(varianceOfTotal(design, scores));
  return { estimate, standardError, df: degreesOfFreedom(design, inside), rows, missing };
}

function effects(variance: number, read: ReadAnswers, mean: number, scale: number) {
  const { values, weights, population, rows } = read;
  const spread = sumBy(values.length, (i) => weights[i]! * (values[i]! - mean) ** 2) / population;
  const simple = (scale ** 2 * spread) / (rows - 1);
  return { designEffect: variance / (simple * (1 - rows / population)), designEffectReplace: variance / simple };
}
