import { refuse } from "../errors.ts";
import { meanOf } from "../numeric/moments.ts";
import { type Range, readSeries, type Watch } from "./series.ts";

/** Cumulative sums of counts against a reference mean. */
export interface CusumOptions extends Range {
  /** How a count becomes about normal: (x - m)/sqrt m, or Rossi's (x - 3m + 2 sqrt(xm)) / (2 sqrt m). */
  readonly transform?: "standard" | "rossi";
  /** Slack a period; default 1.04. */
  readonly slack?: number;
  /** Sum at which the alarm sounds; default 2.26. */
  readonly threshold?: number;
  /** Expected count; default the mean of all periods before the watched ones. */
  readonly expected?: number;
}

/** One-sided CUSUM (Rossi, Lampugnani and Marchi 1999); it is not set back after an alarm. */
export function cusum(values: ArrayLike<number>, options: CusumOptions): Watch[] {
  const { transform = "standard", slack = 1.04, threshold = 2.26 } = options;
  const { series, to } = readSeries(values, options, options.expected === undefined ? 1 : 0);
  const mean = options.expected ?? meanOf(series.subarray(0, options.from));
  if (!(mean > 0)) refuse("MEASURE-MEAN", "期望值应大于零", "the expected count must be above 0");
  const root = Math.sqrt(mean);
  const standardise = (x: number) =>
    transform === "standard" ? (x - mean) / root : (x - 3 * mean + 2 * Math.sqrt(x * mean)) / (2 * root);
  let sum = 0;
  return Array.from({ length: to - options.from }, (_, i) => {
    const at = options.from + i;
    const room = threshold + slack - sum;
    sum = Math.max(0, sum + standardise(series[at]!) - slack);
    return { at, upper: boundOf(transform, mean, room), alarm: sum >= threshold };
  });
}

/** Count whose standardised value is `room`. */
function boundOf(transform: "standard" | "rossi", mean: number, room: number): number {
  const root = Math.sqrt(mean);
  if (transform === "standard") return Math.max(0, Math.ceil(root * room + mean));
  // With s = sqrt(x): s^2 + 2 s sqrt(m) - (3m + 2 room sqrt(m)) = 0.
  const inside = 4 * mean + 2 * room * root;
  if (inside < 0) return 0;
  const s = Math.sqrt(inside) - root;
  return s > 0 ? s * s : 0;
}
