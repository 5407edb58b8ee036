import { refuse } from "../errors.ts";

/** One watched time point. */
export interface Watch {
  /** Place in the series, from 0. */
  readonly at: number;
  /** Least value that would be (about) an alarm; null when the method has no bound here. */
  readonly upper: number | null;
  readonly alarm: boolean;
}

/** The part of a series that is watched: places `from` up to, not including, `to` (default the end). */
export interface Range {
  readonly from: number;
  readonly to?: number;
}

/** Checks counts or rates without gaps and the watched range; `history` points must come before the first watched one. */
export function readSeries(
  values: ArrayLike<number>,
  range: Range,
  history: number,
): { series: Float64Array; to: number } {
  const series = Float64Array.from(values);
  const at = series.findIndex((value) => !(value >= 0 && value < Number.POSITIVE_INFINITY));
  if (at >= 0) {
    refuse(
      "MEASURE-MISSING",
      `第 ${at + 1} 期缺失或为负`,
      `period ${at + 1} is missing or negative: a gap is not a zero`,
    );
  }
  const to = range.to ?? series.length;
  if (!(range.from < to && to <= series.length)) {
    refuse("MEASURE-PARAMETER", "监测区间越界", `the watched range must lie in the ${series.length} periods`);
  }
  if (range.from < history) {
    refuse(
      "MEASURE-HISTORY",
      `监测前至少需要 ${history} 期历史`,
      `${history} periods must come before the first watched one`,
    );
  }
  return { series, to };
}
