import { refuse } from "../errors.ts";

/** How a value is held against its target. `all`: everyone who is entitled (应保尽保), a coverage of 100 %. */
export type Comparison = "at-least" | "above" | "at-most" | "below" | "about" | "all";

/** A target of a plan. */
export interface PlanTarget {
  readonly comparison: Comparison;
  readonly base: { readonly year: number; readonly value: number };
  /** For `all` the value is 100 and may be left out. */
  readonly target: { readonly year: number; readonly value?: number };
  /** A count that grows from 0 over the plan (开工数, 培训人次): paced linearly only. */
  readonly cumulative?: boolean;
  /** Only for `about` (约 1000 万张): share of the target on each side that still counts as met; it has no default. */
  readonly tolerance?: number;
}

/** What was measured; with the interval when it comes from a sample. */
export interface Measured {
  readonly year: number;
  readonly value: number;
  readonly interval?: { readonly low: number; readonly high: number };
}

/** A checked target: where it goes. */
export interface ReadTarget {
  readonly comparison: Comparison;
  readonly years: number;
  readonly from: number;
  readonly to: number;
  /** +1 when the value should rise, -1 when it should fall, 0 when it should stay. */
  readonly direction: 1 | -1 | 0;
  /** How far off still counts as met, for `about`. */
  readonly room: number;
}

/** Checks a target. Refuses one without years between base and target, without a value, or already beyond its own base. */
export function readTarget({ comparison, base, target, cumulative, tolerance }: PlanTarget): ReadTarget {
  const to = target.value ?? (comparison === "all" ? 100 : Number.NaN);
  if (!Number.isFinite(base.value) || !Number.isFinite(to)) {
    refuse("MEASURE-MISSING", "缺少基期值或目标值", "the base value and the target value are both needed");
  }
  const years = target.year - base.year;
  if (!(years > 0)) refuse("MEASURE-PARAMETER", "目标年应晚于基期年", "the target year must come after the base year");
  if (cumulative && base.value !== 0) {
    refuse(
      "MEASURE-PARAMETER",
      "累计指标从零起算",
      "a cumulative target starts from 0: put the past into another indicator",
    );
  }
  if (comparison === "about" && !(tolerance! > 0)) {
    refuse("MEASURE-PARAMETER", "“约”须给出容许偏差", "`about` needs a tolerance: how far off still counts as met");
  }
  const rising = comparison === "at-least" || comparison === "above" || comparison === "all";
  const direction = comparison === "about" ? (Math.sign(to - base.value) as 1 | -1 | 0) : rising ? 1 : -1;
  return { comparison, years, from: base.value, to, direction, room: (tolerance ?? 0) * Math.abs(to) };
}

/** Whether a value meets a target. */
export function meetsTarget({ comparison, to, room }: ReadTarget, value: number): boolean {
  switch (comparison) {
    case "at-least":
    case "all":
      return value >= to;
    case "above":
      return value > to;
    case "at-most":
      return value <= to;
    case "below":
      return value < to;
    case "about":
      return Math.abs(value - to) <= room;
  }
}

/** Years since the base; refuses a measurement before or in the base year, or without a value. */
export function yearsSince(plan: PlanTarget, { year, value }: Measured): number {
  if (!Number.isFinite(value))
    refuse("MEASURE-MISSING", "缺少当年值", "the measured value is missing: its status is unknown");
  if (!(year > plan.base.year))
    refuse("MEASURE-PARAMETER", "测量年应晚于基期年", "the measured year must come after the base year");
  return year - plan.base.year;
}
