import { refuse } from "../errors.ts";
import { deviationOf, meanOf } from "../numeric/moments.ts";
import { normalQuantile } from "../numeric/quantile.ts";
import { type Range, readSeries, type Watch } from "./series.ts";

/** EARS: C1 looks at the week before, C2 leaves two periods between (so that a start does not hide itself), C3 adds up three of C2. */
export interface EarsOptions extends Range {
  readonly method: "C1" | "C2" | "C3";
  /** One-sided chance of a false alarm a period; default .001, for C3 .025. */
  readonly alpha?: number;
  /** Periods of the baseline, at least 3; default 7. */
  readonly baseline?: number;
  /** Least standard deviation, so that a silent week is not an alarm waiting to happen; default 0. */
  readonly minimumDeviation?: number;
  /** Of C3: its limit stands around the baseline's mean (Hutwagner and others), or around the count itself, as R's package surveillance 1.20 puts it. */
  readonly around?: "mean" | "count";
}

/** A watched period with its baseline and, for C3, what the two periods before carry over (in standard deviations). */
export interface EarsWatch extends Watch {
  readonly upper: number;
  readonly mean: number;
  readonly deviation: number;
  readonly carried: number;
}

/** Early aberration reporting (Hutwagner and others 2003). */
export function ears(values: ArrayLike<number>, options: EarsOptions): EarsWatch[] {
  const { method, baseline = 7, minimumDeviation = 0, around = "mean" } = options;
  const { alpha = method === "C3" ? 0.025 : 0.001 } = options;
  if (!(baseline >= 3)) refuse("MEASURE-PARAMETER", "基线至少 3 期", "the baseline must have at least 3 periods");
  if (!(minimumDeviation >= 0))
    refuse("MEASURE-PARAMETER", "最小标准差不能为负", "the least deviation must be 0 or more");
  const gap = method === "C1" ? 0 : 2;
  const { series, to } = readSeries(values, options, baseline + gap + (method === "C3" ? 2 : 0));
  const z = normalQuantile(1 - alpha);
  const before = (at: number) => {
    const window = series.subarray(at - gap - baseline, at - gap);
    return { mean: meanOf(window), deviation: Math.max(minimumDeviation, deviationOf(window)) };
  };
  const excess = (at: number) => {
    const { mean, deviation } = before(at);
    const distance = series[at]! - mean;
    return deviation === 0 ? (distance > 0 ? Number.POSITIVE_INFINITY : 0) : Math.max(0, distance / deviation - 1);
  };
  return Array.from({ length: to - options.from }, (_, i) => {
    const at = options.from + i;
    const { mean, deviation } = before(at);
    const carried = method === "C3" ? excess(at - 1) + excess(at - 2) : 0;
    const middle = method === "C3" && around === "count" ? series[at]! : mean;
    const upper = deviation === 0 ? mean : Math.max(0, middle + deviation * (z - carried));
    return { at, upper, alarm: series[at]! > upper, mean, deviation, carried };
  });
}
