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

/** How a rule is put on trial: what is injected into the history, and where. */
export interface EvaluateOptions {
  /** First period that is watched. */
  readonly from: number;
  readonly perYear: number;
  /** Added to every period of an injected shift. */
  readonly shift: number;
  /** Periods that a shift lasts. */
  readonly horizon: number;
  /** Starts of the injected shifts, every so many periods. */
  readonly every: number;
}

/** Runs a detector over history, then over copies of it in which the counts rise by `shift` for `horizon` periods from each start. */
export function evaluateDetector(
  detector: Detector,
  history: ArrayLike<number>,
  options: EvaluateOptions,
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

/** Which units of one period are alarms, told from all units of that period; null is a unit without a figure. */
export type AcrossDetector<T> = (units: readonly (T | null)[]) => readonly boolean[];

/**
 * Runs a rule that compares units within a period (a funnel, a modified z) over the periods of history, then over copies in which one unit alone is
 * worse by what `worsen` does for `horizon` periods from each start. `alarmsPerYear` is of one unit; delays are in periods.
 */
export function evaluateAcross<T>(
  detector: AcrossDetector<T>,
  history: readonly (readonly (T | null)[])[],
  options: { readonly perYear: number; readonly horizon: number; readonly worsen: (unit: T) => T },
): DetectorRecord {
  const { perYear, horizon, worsen } = options;
  if (!(horizon >= 1 && history.length >= horizon))
    refuse("MEASURE-HISTORY", "历史不足以评估规则", "the history must hold at least one horizon");
  const plain = history.map((units) => detector(units));
  const seen = history.reduce((count, units) => count + units.filter((unit) => unit !== null).length, 0);
  const rung = plain.reduce((count, alarms) => count + alarms.filter(Boolean).length, 0);
  const delays: number[] = [];
  let injections = 0;
  for (let start = 0; start + horizon <= history.length; start++) {
    for (const [at, unit] of history[start]!.entries()) {
      // What rings already cannot be caught.
      if (unit === null || plain[start]![at]) continue;
      injections++;
      const delay = Array.from({ length: horizon }, (_, later) => later).find((later) => {
        const units = history[start + later]!;
        const own = units[at] ?? null;
        return own !== null && detector(units.with(at, worsen(own)))[at] === true;
      });
      if (delay !== undefined) delays.push(delay);
    }
  }
  return {
    alarmsPerYear: seen === 0 ? 0 : (rung * perYear) / seen,
    medianDelay: delays.length === 0 ? null : medianOf(delays),
    missed: injections === 0 ? 1 : 1 - delays.length / injections,
    injections,
  };
}

/** A detector at one setting (a threshold, an alpha), told on history. */
export interface Candidate {
  readonly name: string;
  readonly detector: Detector;
}

/**
 * Of several settings, most sensitive first, the first whose alarms on history stay within the budget (alarms a year); null when none does.
 * Every setting is reported, so that it can be seen what the budget costs in delay and in shifts missed.
 */
export function chooseWithinBudget(
  candidates: readonly Candidate[],
  history: ArrayLike<number>,
  options: EvaluateOptions & { readonly budget: number },
): { readonly chosen: string | null; readonly records: readonly (DetectorRecord & { readonly name: string })[] } {
  if (!(options.budget >= 0))
    refuse("MEASURE-PARAMETER", "误报预算应为非负数", "the budget must be 0 alarms a year or more");
  const records = candidates.map(({ name, detector }) => ({ name, ...evaluateDetector(detector, history, options) }));
  return { chosen: records.find(({ alarmsPerYear }) => alarmsPerYear <= options.budget)?.name ?? null, records };
}
