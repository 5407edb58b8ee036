import { refuse } from "../errors.ts";
import { type Measured, meetsTarget, type PlanTarget, type ReadTarget, readTarget, yearsSince } from "./target.ts";

/** Where an indicator stands: met; on track from 95 % of the pace; needs acceleration from 60 %; limited from 0; deteriorating below. */
export type ProgressStatus = "achieved" | "on-track" | "needs-acceleration" | "limited" | "deteriorating";

/** Progress towards a target. */
export interface Progress {
  /** The status that is certain: of the less favourable end of the interval where there is one. */
  readonly status: ProgressStatus;
  /** Status of the value itself, and of the more favourable end. */
  readonly statusOfValue: ProgressStatus;
  readonly statusAtBest: ProgressStatus;
  /** Actual over required pace of the value; null when the target was already met at the base. */
  readonly ratio: number | null;
}

/** Progress along the straight line from base to target. */
export interface LinearProgress extends Progress {
  /** Share of the way and of the time, and the first less the second; the share of the way is null when there was none to go. */
  readonly done: number | null;
  readonly time: number;
  readonly gap: number | null;
  /** Value in the target year at the present pace. */
  readonly projection: number;
}

/** Progress by compound yearly growth (Statistics Canada, Eurostat). */
export interface GrowthProgress extends Progress {
  readonly observed: number;
  readonly required: number;
}

/** Straight-line progress: (y_t - y_0)/(y_T - y_0) against (t - t_0)/(T - t_0). */
export function trackLinear(plan: PlanTarget, measured: Measured): LinearProgress {
  const target = readTarget(plan);
  const elapsed = yearsSince(plan, measured);
  const time = elapsed / target.years;
  const way = target.to - target.from;
  const kept = keptTarget(target);
  const done = kept ? null : (measured.value - target.from) / way;
  const ends = endsOf(measured);
  return {
    ...progressOf(
      target,
      ends,
      ends.map((value) => (kept ? null : (value - target.from) / way / time)),
    ),
    done,
    time,
    gap: done === null ? null : done - time,
    projection: target.from + ((measured.value - target.from) / elapsed) * target.years,
  };
}

/** Growth progress: compound yearly growth since the base over what the target requires. Refused for cumulative counts and values of 0 or less. */
export function trackGrowth(plan: PlanTarget, measured: Measured): GrowthProgress {
  const target = readTarget(plan);
  const elapsed = yearsSince(plan, measured);
  if (plan.cumulative)
    refuse(
      "MEASURE-UNDEFINED",
      "累计指标不适用增长率法",
      "compound growth is undefined for a cumulative count: pace it linearly",
    );
  const used = [target.from, target.to, measured.value, measured.interval?.low ?? 1, measured.interval?.high ?? 1];
  if (!used.every((value) => value > 0)) {
    refuse(
      "MEASURE-UNDEFINED",
      "数值为零或负，增长率无定义",
      "compound growth is undefined at 0 or below: pace it linearly",
    );
  }
  const growth = (value: number) => (value / target.from) ** (1 / elapsed) - 1;
  const required = (target.to / target.from) ** (1 / target.years) - 1;
  const kept = keptTarget(target);
  const ends = endsOf(measured);
  const ratios = ends.map((value) => (kept ? null : (target.direction * growth(value)) / Math.abs(required)));
  return { ...progressOf(target, ends, ratios), observed: growth(measured.value), required };
}

/** Whether the base already met the target: then there is no way to go, only something to keep. */
function keptTarget(target: ReadTarget): boolean {
  if (target.comparison === "about" ? target.direction === 0 : meetsTarget(target, target.from)) return true;
  if (target.to === target.from) {
    refuse(
      "MEASURE-UNDEFINED",
      "基期值等于目标值，进度无定义",
      "the base equals a target that it does not meet: there is no pace to measure",
    );
  }
  return false;
}

/** The value, between the ends of its interval where there is one. */
function endsOf({ value, interval }: Measured): readonly number[] {
  if (!interval) return [value];
  if (!(interval.low <= value && value <= interval.high)) {
    refuse("MEASURE-PARAMETER", "区间应包含估计值", "the interval must hold the value");
  }
  return [interval.low, value, interval.high];
}

/** Progress at each end, worst first. */
function progressOf(target: ReadTarget, ends: readonly number[], ratios: readonly (number | null)[]): Progress {
  const middle = ends.length >> 1;
  const found = ends.map((value, i) => statusFrom(ratios[i]!, meetsTarget(target, value)));
  const statusOfValue = found[middle]!;
  if (found.length > 1) found.sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
  return { status: found[0]!, statusOfValue, statusAtBest: found.at(-1)!, ratio: ratios[middle]! };
}

const ORDER: readonly ProgressStatus[] = ["deteriorating", "limited", "needs-acceleration", "on-track", "achieved"];

function statusFrom(ratio: number | null, met: boolean): ProgressStatus {
  if (met) return "achieved";
  if (ratio === null || ratio < 0) return "deteriorating";
  // Shares are compared with room for the rounding of a division.
  if (ratio >= 0.95 - 1e-12) return "on-track";
  return ratio >= 0.6 - 1e-12 ? "needs-acceleration" : "limited";
}
