import { refuse } from "../errors.ts";
import { medianOf } from "../numeric/moments.ts";

/** Whether each period from `from` on is an alarm. */
export type Detector = (
  values: Float64Array,
  from: number,
) => readonly { readonly at: number; readonly alarm: boolean }[];

/** What a rule costs and what it brings, measured on the history of the indicator itself. */
export interface DetectorRecord {
  /** Alarms a year on the history as it was: the false-alarm budget if nothing happened in it. */
  readonly alarmsPerYear: number;
  /** Periods from the start of an injected shift to the first alarm, the middle of all starts that were caught; null when none was. */
  readonly medianDelay: number | null;
  /** Share of injected shifts without an alarm inside the horizon. */
  readonly missed: number;
  readonly injections: number;
}

/** Runs a detector over history, then over copies of it in which the counts rise by `shift` for `horizon` periods from each start. */
export function evaluateDetector(
  detector: Detector,
  history: ArrayLike<number>,
  options: {
    readonly from: number;
    readonly perYear: number;
    readonly shift: number;
    readonly horizon: number;
    /** Starts of the injected shifts, every so many periods. */
    readonly every: number;
  },
): DetectorRecord {
  const { from, perYear, shift, horizon, every } = options;
  const series = Float64Array.from(history);
  if (!(horizon >= 1 && every >= 1 && series.length - from >= horizon)) {
    refuse("MEASURE-HISTORY", "历史不足以评估规则", "the history after `from` must hold at least one horizon");
  }
  const plain = detector(series, from);
  const alarms = plain.filter(({ alarm }) => alarm).length;
  const delays: number[] = [];
  let injections = 0;
  for (let start = from; start + horizon <= series.length; start += every) {
    injections++;
    const shifted = series.map((value, i) => (i >= start && i < start + horizon ? value + shift : value));
    const first = detector(shifted, from).find(({ at, alarm }) => alarm && at >= start && at < start + horizon);
    if (first) delays.push(first.at - start);
  }
  return {
    alarmsPerYear: (alarms * perYear) / plain.length,
    medianDelay: delays.length === 0 ? null : medianOf(delays),
    missed: 1 - delays.length / injections,
    injections,
  };
}
