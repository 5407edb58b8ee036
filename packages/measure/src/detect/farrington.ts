import negativeBinomialQuantile from "@stdlib/stats-base-dists-negative-binomial-quantile";
import poissonQuantile from "@stdlib/stats-base-dists-poisson-quantile";
import tCdf from "@stdlib/stats-base-dists-t-cdf";
import { refuse } from "../errors.ts";
import { fitPoisson, type PoissonFit } from "../numeric/poisson-regression.ts";
import { normalQuantile } from "../numeric/quantile.ts";
import { type Reference, type ReferenceOptions, referenceFinder } from "./farrington-reference.ts";
import { type Range, readSeries, type Watch } from "./series.ts";

/** Farrington's method for seasonal counts; a trend needs at least 3 years. */
export interface FarringtonOptions extends Range, ReferenceOptions {
  readonly alpha?: number;
  /** No bound unless so many cases fell in so many last periods; default 5 in 4. */
  readonly enough?: { readonly cases: number; readonly periods: number };
  /** A trend is kept when its p-value is below this; default .05. */
  readonly trendLevel?: number;
  /**
   * `two-thirds`: Farrington and others 1996, two-sided alpha on the 2/3 power. `plug-in`: Noufaily and others 2013, one-sided quantile of the
   * negative binomial at the expected value, and only residuals above 2.58 weighted down.
   */
  readonly threshold?: "two-thirds" | "plug-in";
}

/** A watched period with what was expected and whether a trend was in the model. */
export interface FarringtonWatch extends Watch {
  readonly expected: number;
  readonly trend: boolean;
}

/** Quasi-Poisson regression on the same season of past years, past outbreaks weighted down. */
export function farrington(values: ArrayLike<number>, options: FarringtonOptions): FarringtonWatch[] {
  const { years = 5, alpha = 0.05, trendLevel = 0.05, threshold = "two-thirds" } = options;
  const { cases, periods } = options.enough ?? { cases: 5, periods: 4 };
  if (!(alpha > 0 && alpha < 1))
    refuse("MEASURE-PARAMETER", "alpha 应在 0 与 1 之间", "alpha must lie between 0 and 1");
  const { series, to } = readSeries(values, options, periods - 1);
  const find = referenceFinder(options, series.length);
  const fitting = { trend: years >= 3, trendLevel, cut: threshold === "two-thirds" ? 1 : 2.58 };
  return Array.from({ length: to - options.from }, (_, i) => {
    const at = options.from + i;
    const model = chooseModel(series, find(at), at, fitting);
    const lately = series.subarray(at - periods + 1, at + 1).reduce((sum, count) => sum + count, 0);
    const upper = lately >= cases ? upperOf(model, alpha, threshold) : null;
    const alarm = upper !== null && series[at]! > upper && series[at]! > 0;
    return { at, upper, alarm, expected: model.expected, trend: model.trend };
  });
}

interface Model {
  readonly trend: boolean;
  readonly expected: number;
  /** Variance of the expected value itself. */
  readonly variance: number;
  /** Dispersion, at least 1. */
  readonly dispersion: number;
}

interface Fitting {
  readonly trend: boolean;
  readonly trendLevel: number;
  /** Residual above which a row is weighted down. */
  readonly cut: number;
}

/** A trend stays only when it is significant and does not carry the expected value above everything seen. */
function chooseModel(series: Float64Array, { places, seasons }: Reference, at: number, fitting: Fitting): Model {
  const counts = Float64Array.from(places, (place) => series[place]!);
  if (counts.every((count) => count === 0)) return { trend: false, expected: 0, variance: 0, dispersion: 1 };
  const ones = new Float64Array(counts.length).fill(1);
  const others = [...new Set(seasons)].filter((season) => season > 0);
  const contrasts = others.map((other) => Float64Array.from(seasons, (season) => Number(season === other)));
  const rest = others.map(() => 0);
  if (fitting.trend) {
    const fit = reweighted([ones, places, ...contrasts], counts, fitting.cut);
    const t = Math.abs(fit.coefficients[1]! / Math.sqrt(fit.dispersion * fit.covariance[1]![1]!));
    const significant = 2 * (1 - tCdf(t, fit.df)) < fitting.trendLevel;
    const model = predict(fit, [1, at, ...rest], true);
    if (significant && model.expected <= Math.max(...counts)) return model;
  }
  return predict(reweighted([ones, ...contrasts], counts, fitting.cut), [1, ...rest], false);
}

/** Fits, weights rows of large Anscombe residual s down by 1 / s^2, and fits again. */
function reweighted(columns: readonly Float64Array[], counts: Float64Array, cut: number): PoissonFit {
  const first = fitPoisson(columns, counts);
  const dispersion = Math.max(1, first.dispersion);
  const residuals = counts.map((count, i) => {
    const mean = first.fitted[i]!;
    const raw = 1.5 * (count ** (2 / 3) * mean ** (-1 / 6) - Math.sqrt(mean));
    return raw / Math.sqrt(dispersion * (1 - first.leverage[i]!));
  });
  const raw = residuals.map((s) => (s > cut ? s ** -2 : 1));
  const scale = counts.length / raw.reduce((sum, weight) => sum + weight, 0);
  return fitPoisson(
    columns,
    counts,
    raw.map((weight) => weight * scale),
  );
}

function predict(fit: PoissonFit, row: readonly number[], trend: boolean): Model {
  const dispersion = Math.max(1, fit.dispersion);
  const expected = Math.exp(row.reduce((eta, x, c) => eta + x * fit.coefficients[c]!, 0));
  let spread = 0;
  for (const [c, a] of row.entries()) for (const [d, b] of row.entries()) spread += a * fit.covariance[c]![d]! * b;
  return { trend, expected, variance: dispersion * spread * expected ** 2, dispersion };
}

function upperOf(
  { expected, variance, dispersion }: Model,
  alpha: number,
  threshold: "two-thirds" | "plug-in",
): number {
  if (expected === 0) return 0;
  if (threshold === "two-thirds") {
    const total = dispersion + variance / expected;
    const deviation = Math.sqrt((4 / 9) * Math.cbrt(expected) * total);
    return Math.max(0, expected ** (2 / 3) + normalQuantile(1 - alpha / 2) * deviation) ** 1.5;
  }
  return dispersion > 1
    ? negativeBinomialQuantile(1 - alpha, expected / (dispersion - 1), 1 / dispersion)
    : poissonQuantile(1 - alpha, expected);
}
