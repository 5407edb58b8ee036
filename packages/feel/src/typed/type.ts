import type { Unit } from "./unit.ts";

/** Integers of a static power of ten: a held value v means v / 10^scale, with min <= v <= max, all below 2^53. */
export interface Scaled {
  readonly scale: number;
  readonly min: number;
  readonly max: number;
}

export interface BooleanType {
  readonly kind: "boolean";
}

export interface NumberType extends Scaled {
  readonly kind: "number";
  readonly unit: Unit;
}

/** An exact quotient that is compared, multiplied or rounded, never stored; the divisor is proved positive. */
export interface RatioType {
  readonly kind: "ratio";
  readonly unit: Unit;
  readonly num: Scaled;
  readonly den: Scaled;
}

/** Days since 1970-01-01. */
export interface DateType {
  readonly kind: "date";
}

/** Whole months or whole days between dates. */
export interface DurationType {
  readonly kind: "duration";
  readonly of: "months" | "days";
  readonly min: number;
  readonly max: number;
}

/** A position in `values`. */
export interface EnumType {
  readonly kind: "enum";
  readonly values: readonly string[];
}

/** A position in the environment's `areas`. */
export interface AreaType {
  readonly kind: "area";
}

export type Type = BooleanType | NumberType | RatioType | DateType | DurationType | EnumType | AreaType;

export const booleanType: BooleanType = { kind: "boolean" };
export const dateType: DateType = { kind: "date" };
export const areaType: AreaType = { kind: "area" };

/** Dates that facts may hold, as days: 1800-01-01 to 2199-12-31. */
export const firstDay = -62_091;
export const lastDay = 84_005;
const monthsOfCalendar = 400 * 12;

/** Most members of one household that the proofs of exactness allow for. */
export const mostMembers = 1_000;

export const monthsType: DurationType = {
  kind: "duration",
  of: "months",
  min: -monthsOfCalendar,
  max: monthsOfCalendar,
};
export const daysType: DurationType = {
  kind: "duration",
  of: "days",
  min: firstDay - lastDay,
  max: lastDay - firstDay,
};

export function numberType(unit: Unit, scale: number, min: number, max: number): NumberType {
  return { kind: "number", unit, scale, min, max };
}
