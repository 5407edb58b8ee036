import { refuse } from "../errors.ts";
import { studentQuantile } from "../numeric/quantile.ts";

/** A forecast with the band in which a single future value falls with the given chance, if the straight line goes on. */
export interface Forecast {
  readonly year: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Rise a year. */
  readonly slope: number;
}

/** Straight-line forecast by least squares, from at least three years. The band widens with the distance from the years seen. */
export function forecast(
  series: readonly { readonly year: number; readonly value: number }[],
  year: number,
  level = 0.95,
): Forecast {
  const n = series.length;
  if (n < 3 || new Set(series.map((point) => point.year)).size < 3) {
    refuse("MEASURE-HISTORY", "预测至少需要三个年份", "a forecast with a band needs at least three different years");
  }
  if (series.some(({ value }) => !Number.isFinite(value)))
    refuse("MEASURE-MISSING", "序列中有缺失值", "a year without a value must be left out");
  const meanYear = series.reduce((sum, point) => sum + point.year, 0) / n;
  const meanValue = series.reduce((sum, point) => sum + point.value, 0) / n;
  const spread = series.reduce((sum, point) => sum + (point.year - meanYear) ** 2, 0);
  const slope = series.reduce((sum, point) => sum + (point.year - meanYear) * (point.value - meanValue), 0) / spread;
  const fitted = (at: number) => meanValue + slope * (at - meanYear);
  const residual = series.reduce((sum, point) => sum + (point.value - fitted(point.year)) ** 2, 0) / (n - 2);
  const error = Math.sqrt(residual * (1 + 1 / n + (year - meanYear) ** 2 / spread));
  const reach = studentQuantile((1 + level) / 2, n - 2) * error;
  const value = fitted(year);
  return { year, value, low: value - reach, high: value + reach, slope };
}
