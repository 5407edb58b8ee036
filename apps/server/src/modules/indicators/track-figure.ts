import type { Target } from "@qingdan/list/indicators";
import { forecast, MeasureError, type PlanTarget, type ProgressStatus, trackLinear } from "@qingdan/measure";
import type { Words } from "../../problem.ts";

/** Where an indicator stands: as measured against its pace; `open`: not met, and no pace can be told; or nothing to be told at all. */
export type FigureStatus = ProgressStatus | "open" | "no-value" | "no-target";

/** What has to be looked at, worst first. */
export const BEHIND: readonly FigureStatus[] = ["deteriorating", "limited", "open", "needs-acceleration"];

/** A figure held against its target. */
export interface Track {
  readonly status: FigureStatus;
  /** Status of the value itself where that of the interval is less favourable. */
  readonly statusOfValue: FigureStatus;
  /** Actual over required pace; null where there is none. */
  readonly ratio: number | null;
  /** Share of the way and of the time. */
  readonly done: number | null;
  readonly time: number | null;
  /** Value in the target year at the present pace. */
  readonly projection: number | null;
  /** With the band of a straight line through the years seen. */
  readonly band: { readonly low: number; readonly high: number } | null;
  /** Why no pace is told. */
  readonly reason: Words | null;
}

interface Measured {
  readonly year: number;
  readonly value: number;
  readonly interval: { readonly low: number; readonly high: number } | null;
}

const nothing = { ratio: null, done: null, time: null, projection: null, band: null };

/**
 * Holds a figure against a target.
 * @param base the area's own value of the base year; undefined where it is missing
 * @param series values of the years seen, for the band of the forecast
 */
export function trackFigure(
  target: Target | undefined,
  base: { readonly year: number; readonly value: number } | undefined,
  measured: Measured | undefined,
  series: readonly { readonly year: number; readonly value: number }[],
): Track {
  if (!target) return { status: "no-target", statusOfValue: "no-target", ...nothing, reason: null };
  if (!measured) return { status: "no-value", statusOfValue: "no-value", ...nothing, reason: null };
  const { comparison, value, year, cumulative, tolerance } = target;
  if (!base || base.year >= measured.year) return trackWithoutBase(target, measured);
  const plan: PlanTarget = {
    comparison,
    base,
    target: { year, ...(value !== undefined && { value }) },
    ...(cumulative && { cumulative }),
    ...(tolerance !== undefined && { tolerance }),
  };
  try {
    const found = trackLinear(plan, {
      year: measured.year,
      value: measured.value,
      ...(measured.interval && { interval: measured.interval }),
    });
    return {
      status: found.status,
      statusOfValue: found.statusOfValue,
      ratio: found.ratio,
      done: found.done,
      time: found.time,
      projection: found.projection,
      band: cumulative ? null : bandOf(series, year),
      reason: null,
    };
  } catch (error) {
    if (!(error instanceof MeasureError)) throw error;
    return { ...trackWithoutBase(target, measured), reason: error.words };
  }
}

function bandOf(series: readonly { readonly year: number; readonly value: number }[], year: number): Track["band"] {
  if (series.length < 4) return null;
  const { low, high } = forecast(series, year);
  return { low, high };
}

/** Met or not met is all that can be told. */
function trackWithoutBase(target: Target, { value, interval }: Measured): Track {
  const met = meets(target, value);
  const surely = interval ? meets(target, interval.low) && meets(target, interval.high) : met;
  return {
    status: surely ? "achieved" : "open",
    statusOfValue: met ? "achieved" : "open",
    ...nothing,
    reason: { zh: "没有基期值，无法判断进度快慢", en: "There is no base value: the pace cannot be told" },
  };
}

function meets({ comparison, value = 100, tolerance = 0 }: Target, at: number): boolean {
  switch (comparison) {
    case "at-least":
      return at >= value;
    case "all":
      return at >= 100;
    case "above":
      return at > value;
    case "at-most":
      return at <= value;
    case "below":
      return at < value;
    case "about":
      return Math.abs(at - value) <= tolerance * Math.abs(value);
  }
}
