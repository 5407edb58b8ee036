import { refuse } from "../errors.ts";
import { fitPoisson } from "../numeric/poisson-regression.ts";
import { type Range, readSeries } from "./series.ts";

/** Generalised likelihood ratio detector of an increase of a Poisson mean. */
export interface GlrOptions extends Range {
  /** Statistic above which the alarm sounds and the count starts anew; default 5. */
  readonly threshold?: number;
  /** Expected count of each watched period. */
  readonly expected: ArrayLike<number>;
}

/** One watched period and its statistic. */
export interface GlrWatch {
  readonly at: number;
  readonly statistic: number;
  readonly alarm: boolean;
}

/** Largest log likelihood ratio over all starts of an increase since the last alarm (Höhle and Paul 2008). */
export function glrPoisson(values: ArrayLike<number>, options: GlrOptions): GlrWatch[] {
  const { threshold = 5, expected, from } = options;
  const { series, to } = readSeries(values, options, 0);
  if (expected.length !== to - from || Array.from(expected).some((mean) => !(mean > 0))) {
    refuse("MEASURE-MEAN", "每期应有大于零的期望值", "every watched period needs an expected count above 0");
  }
  let start = from;
  return Array.from({ length: to - from }, (_, i) => {
    const at = from + i;
    let [seen, mean, statistic] = [0, 0, 0];
    for (let k = at; k >= start; k--) {
      seen += series[k]!;
      mean += expected[k - from]!;
      if (seen > mean) statistic = Math.max(statistic, seen * Math.log(seen / mean) - (seen - mean));
    }
    const alarm = statistic > threshold;
    if (alarm) start = at + 1;
    return { at, statistic, alarm };
  });
}

/** Expected counts of a watched range from the seasonal pattern (`harmonics` waves a year) of all periods before it. */
export function seasonalExpected(
  values: ArrayLike<number>,
  options: Range & { readonly frequency: number; readonly harmonics?: number },
): Float64Array {
  const { frequency, harmonics = 1, from } = options;
  const { series, to } = readSeries(values, options, 2 * harmonics + 2);
  const row = (at: number) => {
    const waves = Array.from({ length: harmonics }, (_, h) => (2 * Math.PI * (h + 1) * (at + 1)) / frequency);
    return [1, ...waves.flatMap((angle) => [Math.cos(angle), Math.sin(angle)])];
  };
  const rows = Array.from({ length: from }, (_, at) => row(at));
  const columns = rows[0]!.map((_, c) => Float64Array.from(rows, (cells) => cells[c]!));
  const { coefficients } = fitPoisson(columns, series.slice(0, from));
  return Float64Array.from({ length: to - from }, (_, i) =>
    Math.exp(row(from + i).reduce((eta, x, c) => eta + x * coefficients[c]!, 0)),
  );
}
