import type { Diagnostic, DiagnosticCode, Severity } from "./diagnostics.ts";
import { LongNumber } from "./long-number.ts";
import { tag } from "./tag.ts";

export { tag };

/** A JavaScript number stands for its shortest decimal form; what needs more digits, up to 34, is a LongNumber. */
export type FeelNumber = number | LongNumber;

/** Proleptic Gregorian, astronomical year numbering, years -999,999,999 to 999,999,999. */
export interface FeelDate {
  readonly [tag]: "date";
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Where a clock hangs: seconds east of Greenwich, or a named zone, or unknown (both null). */
export interface Place {
  readonly offset: number | null;
  readonly zone: string | null;
}

export interface FeelTime extends Place {
  readonly [tag]: "time";
  /** Since local midnight, 0 to 86,399,999,999,999. */
  readonly nanoseconds: number;
}

export interface FeelDateTime extends Place {
  readonly [tag]: "date and time";
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Since local midnight, 0 to 86,399,999,999,999. */
  readonly nanoseconds: number;
}

export interface YearsMonthsDuration {
  readonly [tag]: "years and months duration";
  readonly months: number;
}

export interface DaysTimeDuration {
  readonly [tag]: "days and time duration";
  readonly nanoseconds: bigint;
}

/** A range or one-sided comparison as a value. `undefined` marks an end that was never given: `(> 5)`. */
export interface FeelRange {
  readonly [tag]: "range";
  readonly low: FeelValue | undefined;
  readonly high: FeelValue | undefined;
  readonly lowIncluded: boolean;
  readonly highIncluded: boolean;
  /** `=` and `!=` for `(= 5)` and `(!= 5)`, whose operand is in `low`. */
  readonly operator: "=" | "!=" | null;
}

export interface FunctionParameter {
  readonly name: string;
  readonly type: FeelType;
}

export interface FeelFunction {
  readonly [tag]: "function";
  /** Null for a built-in, which takes any of several parameter lists. */
  readonly parameters: readonly FunctionParameter[] | null;
  readonly result: FeelType;
  call(args: readonly FeelValue[], run: Evaluating, site: CallSite): FeelValue;
  callNamed(args: ReadonlyMap<string, FeelValue>, run: Evaluating, site: CallSite): FeelValue;
}

/** The evaluation that a function is called in, which `Run` makes: see there. */
export interface Evaluating {
  readonly context: FeelContext;
  readonly input: FeelValue;
  readonly clock: (() => number) | null;
  readonly diagnostics: Diagnostic[];
  readonly work: { items: number; calls: number; suppressed: number };
  report(severity: Severity, code: DiagnosticCode, site: CallSite, details?: readonly string[]): null;
  error(code: DiagnosticCode, site: CallSite, details?: readonly string[]): null;
  warn(code: DiagnosticCode, site: CallSite, details?: readonly string[]): null;
  allow(items: number, site: CallSite, what: string): boolean;
  enter(site: CallSite): boolean;
  leave(): void;
}

/** Where a call stands in the text, for diagnostics. */
export interface CallSite {
  readonly from: number;
  readonly to: number;
}

export interface FeelContext {
  readonly [name: string]: FeelValue;
}

export type FeelList = readonly FeelValue[];

export type Tagged =
  | FeelDate
  | FeelTime
  | FeelDateTime
  | YearsMonthsDuration
  | DaysTimeDuration
  | FeelRange
  | FeelFunction;

export type FeelValue = null | boolean | string | FeelNumber | Tagged | FeelContext | FeelList;

export type ValueKind = "null" | "boolean" | "string" | "number" | "list" | "context" | Tagged[typeof tag];

export type SimpleType = Exclude<ValueKind, "null" | "list" | "context" | "range" | "function">;

/** A FEEL type as values are tested against it (DMN 1.5, 10.3.2.9). */
export type FeelType =
  | { readonly kind: "any" }
  | { readonly kind: "null" }
  | { readonly kind: "simple"; readonly name: SimpleType }
  | { readonly kind: "list"; readonly of: FeelType }
  | { readonly kind: "range"; readonly of: FeelType }
  | { readonly kind: "context"; readonly entries: ReadonlyMap<string, FeelType> }
  | { readonly kind: "function"; readonly parameters: readonly FeelType[] | null; readonly result: FeelType }
  /** An item definition with allowed values; `allows` is asked only for values of the base type. */
  | { readonly kind: "constrained"; readonly base: FeelType; readonly allows: (value: FeelValue) => boolean };

/** The FEEL type family of a value. */
export function kindOf(value: FeelValue): ValueKind {
  switch (typeof value) {
    case "number":
      return "number";
    case "string":
      return "string";
    case "boolean":
      return "boolean";
    default:
      if (value === null || value === undefined) return "null";
      if (Array.isArray(value)) return "list";
      return (value as Tagged | LongNumber)[tag] ?? "context";
  }
}

export function isNumber(value: FeelValue): value is FeelNumber {
  return typeof value === "number" || value instanceof LongNumber;
}

export function isList(value: FeelValue): value is FeelList {
  return Array.isArray(value);
}

export function isContext(value: FeelValue): value is FeelContext {
  return typeof value === "object" && value !== null && (value as Tagged)[tag] === undefined && !Array.isArray(value);
}

export function isFunction(value: FeelValue): value is FeelFunction {
  return kindOf(value) === "function";
}

export function isRange(value: FeelValue): value is FeelRange {
  return kindOf(value) === "range";
}

export function date(year: number, month: number, day: number): FeelDate {
  return { [tag]: "date", year, month, day };
}

export function time(nanoseconds: number, place: Place = nowhere): FeelTime {
  return { [tag]: "time", nanoseconds, offset: place.offset, zone: place.zone };
}

export function dateAndTime(
  day: { readonly year: number; readonly month: number; readonly day: number },
  nanoseconds: number,
  place: Place = nowhere,
): FeelDateTime {
  const { offset, zone } = place;
  return { [tag]: "date and time", year: day.year, month: day.month, day: day.day, nanoseconds, offset, zone };
}

export const nowhere: Place = { offset: null, zone: null };
export const greenwich: Place = { offset: 0, zone: null };

export function months(count: number): YearsMonthsDuration {
  return { [tag]: "years and months duration", months: count === 0 ? 0 : count };
}

export function nanoseconds(count: bigint): DaysTimeDuration {
  return { [tag]: "days and time duration", nanoseconds: count };
}

export function range(
  low: FeelValue | undefined,
  high: FeelValue | undefined,
  lowIncluded: boolean,
  highIncluded: boolean,
): FeelRange {
  return { [tag]: "range", low, high, lowIncluded, highIncluded, operator: null };
}

/** A context entry, `undefined` when there is none; names on the prototype are not entries. */
export function entry(context: FeelContext, name: string): FeelValue | undefined {
  return Object.hasOwn(context, name) ? context[name] : undefined;
}
