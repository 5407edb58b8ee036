import { compareNumbers } from "./numbers.ts";
import {
  type DaysTimeDuration,
  type FeelContext,
  type FeelDate,
  type FeelDateTime,
  type FeelList,
  type FeelNumber,
  type FeelRange,
  type FeelTime,
  type FeelValue,
  isNumber,
  kindOf,
  type YearsMonthsDuration,
} from "./values.ts";
import { epochNanoseconds, offsetAt } from "./zones.ts";

/** `left = right`: null when the two are of different kinds (DMN 1.5, table 53). */
export function equals(left: FeelValue, right: FeelValue): boolean | null {
  if (left === right) return true;
  if (left === null || right === null) return false;
  const kind = kindOf(left);
  if (kind !== kindOf(right)) return null;
  switch (kind) {
    case "number":
      return compareNumbers(left as FeelNumber, right as FeelNumber) === 0;
    case "list":
      return listsEqual(left as FeelList, right as FeelList);
    case "context":
      return contextsEqual(left as FeelContext, right as FeelContext);
    case "range":
      return rangesEqual(left as FeelRange, right as FeelRange);
    case "date":
    case "time":
    case "date and time":
    case "years and months duration":
    case "days and time duration":
      return compareTemporal(kind, left, right) === 0;
    default:
      return false;
  }
}

/** Like `equals`, with different kinds unequal: for lists, contexts and searching. */
export function same(left: FeelValue, right: FeelValue): boolean {
  return equals(left, right) === true;
}

function listsEqual(left: FeelList, right: FeelList): boolean {
  return left.length === right.length && left.every((item, index) => same(item, right[index] as FeelValue));
}

function contextsEqual(left: FeelContext, right: FeelContext): boolean {
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => Object.hasOwn(right, name) && same(left[name] as FeelValue, right[name] as FeelValue));
}

function rangesEqual(left: FeelRange, right: FeelRange): boolean {
  return (
    left.operator === right.operator &&
    left.lowIncluded === right.lowIncluded &&
    left.highIncluded === right.highIncluded &&
    endsEqual(left.low, right.low) &&
    endsEqual(left.high, right.high)
  );
}

function endsEqual(left: FeelValue | undefined, right: FeelValue | undefined): boolean {
  return left === undefined || right === undefined ? left === right : same(left, right);
}

/** Order of two values of one ordered kind; null when they have none. */
export function compare(left: FeelValue, right: FeelValue): number | null {
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
  const kind = kindOf(left);
  if (kind !== kindOf(right)) return null;
  switch (kind) {
    case "string":
      return compareStrings(left as string, right as string);
    case "date":
    case "time":
    case "date and time":
    case "years and months duration":
    case "days and time duration":
      return compareTemporal(kind, left, right);
    default:
      return null;
  }
}

/** By code point; UTF-16 units would put rare characters before common ones. */
function compareStrings(left: string, right: string): number {
  if (left === right) return 0;
  for (let at = 0; at < left.length && at < right.length; at += 1) {
    if (left.charCodeAt(at) === right.charCodeAt(at)) continue;
    const [a, b] = [left.charCodeAt(at), right.charCodeAt(at)];
    const surrogates = Number(isSurrogate(a)) - Number(isSurrogate(b));
    return surrogates !== 0 ? surrogates : a - b;
  }
  return left.length - right.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

type TemporalKind = "date" | "time" | "date and time" | "years and months duration" | "days and time duration";

/** Times count in whole seconds, as in the mappings of 10.3.2.3.4 and 10.3.2.3.5. */
function compareTemporal(kind: TemporalKind, left: FeelValue, right: FeelValue): number | null {
  switch (kind) {
    case "date":
      return compareDays(left as FeelDate, right as FeelDate);
    case "time":
      return secondsOfDay(left as FeelTime) - secondsOfDay(right as FeelTime);
    case "date and time":
      return compareDateTimes(left as FeelDateTime, right as FeelDateTime);
    case "years and months duration":
      return (left as YearsMonthsDuration).months - (right as YearsMonthsDuration).months;
    case "days and time duration":
      return sign((left as DaysTimeDuration).nanoseconds - (right as DaysTimeDuration).nanoseconds);
  }
}

function compareDays(left: FeelDate, right: FeelDate): number {
  return left.year - right.year || left.month - right.month || left.day - right.day;
}

const someDay = { year: 1970, month: 1, day: 1 };

function secondsOfDay(value: FeelTime): number {
  return Math.floor(value.nanoseconds / 1e9) - (offsetAt(value, someDay, value.nanoseconds) ?? 0);
}

function compareDateTimes(left: FeelDateTime, right: FeelDateTime): number {
  return sign(seconds(epochNanoseconds(left)) - seconds(epochNanoseconds(right)));
}

function seconds(nanoseconds: bigint): bigint {
  const whole = nanoseconds / 1_000_000_000n;
  return nanoseconds < 0n && whole * 1_000_000_000n !== nanoseconds ? whole - 1n : whole;
}

function sign(value: bigint): number {
  return value < 0n ? -1 : value > 0n ? 1 : 0;
}
