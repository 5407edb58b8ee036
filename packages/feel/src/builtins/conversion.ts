import { isDay } from "../calendar.ts";
import { toFeelString } from "../format.ts";
import { isInteger, multiply, parseNumber, toInteger } from "../numbers.ts";
import { monthsBetween } from "../temporal-arithmetic.ts";
import { parseDate, parseDateTime, parseDuration, parseTime } from "../temporal-parse.ts";
import {
  type DaysTimeDuration,
  date,
  dateAndTime,
  type FeelDate,
  type FeelDateTime,
  type FeelNumber,
  type FeelTime,
  type FeelValue,
  greenwich,
  months,
  nowhere,
  type Place,
  time,
} from "../values.ts";
import { isZone } from "../zones.ts";
import { type Builtin, define, signature } from "./define.ts";

/** DMN 1.5, table 66: conversion functions. */
export const conversions: readonly Builtin[] = [
  define(
    "date",
    signature("from: string", (from: string) => parseDate(from) ?? undefined),
    signature("from: date|date and time", (from: FeelDate | FeelDateTime) => date(from.year, from.month, from.day)),
    signature("year: number, month: number, day: number", (year: FeelNumber, month: FeelNumber, day: FeelNumber) =>
      dayOf(year, month, day),
    ),
  ),
  define(
    "date and time",
    signature("from: string", (from: string) => parseDateTime(from) ?? undefined),
    signature("from: date and time", (from: FeelDateTime) => from),
    signature("date: date|date and time, time: time", (day: FeelDate | FeelDateTime, clock: FeelTime) =>
      dateAndTime(day, clock.nanoseconds, clock),
    ),
    signature("date: date|date and time, timezone: string", (day: FeelDate | FeelDateTime, zone: string) =>
      isZone(zone) && "nanoseconds" in day ? dateAndTime(day, day.nanoseconds, { offset: null, zone }) : undefined,
    ),
    signature(
      "year: number, month: number, day: number, hour: number, minute: number, second: number, offset?: days and time duration?",
      (...[year, month, day, hour, minute, second, offset]: SixNumbersAnd<DaysTimeDuration | null>) =>
        momentOf([year, month, day, hour, minute, second], placeOf(offset)),
    ),
    signature(
      "year: number, month: number, day: number, hour: number, minute: number, second: number, timezone: string",
      (...[year, month, day, hour, minute, second, zone]: SixNumbersAnd<string>) =>
        momentOf([year, month, day, hour, minute, second], isZone(zone) ? { offset: null, zone } : undefined),
    ),
  ),
  define(
    "time",
    signature("from: string", (from: string) => parseTime(from) ?? undefined),
    signature("from: time", (from: FeelTime) => from),
    signature("from: date", () => time(0, greenwich)),
    signature("from: date and time", (from: FeelDateTime) => time(from.nanoseconds, from)),
    signature(
      "hour: number, minute: number, second: number, offset?: days and time duration?",
      (hour: FeelNumber, minute: FeelNumber, second: FeelNumber, offset: DaysTimeDuration | null) => {
        const elapsed = nanosecondsOf(hour, minute, second);
        const place = placeOf(offset);
        return elapsed === undefined || place === undefined ? undefined : time(elapsed, place);
      },
    ),
  ),
  define(
    "number",
    signature("from: string", (from: string) => parseNumber(from) ?? undefined),
    signature("from: number", (from: FeelNumber) => from),
    signature(
      "from: string, grouping separator: string?, decimal separator: string?",
      (from: string, grouping: string | null, decimal: string | null) => separated(from, grouping, decimal),
    ),
  ),
  define(
    "string",
    signature("from: any", (from: FeelValue) => (from === null ? null : toFeelString(from))),
  ),
  define(
    "duration",
    signature("from: string", (from: string) => parseDuration(from) ?? undefined),
    signature("from: days and time duration|years and months duration", (from: FeelValue) => from),
  ),
  define(
    "years and months duration",
    signature(
      "from: date|date and time, to: date|date and time",
      (from: FeelDate | FeelDateTime, to: FeelDate | FeelDateTime) => months(monthsBetween(from, to)),
    ),
  ),
];

type SixNumbersAnd<T> = [FeelNumber, FeelNumber, FeelNumber, FeelNumber, FeelNumber, FeelNumber, T];

function dayOf(year: FeelNumber, month: FeelNumber, day: FeelNumber): FeelDate | undefined {
  if (![year, month, day].every(isInteger)) return undefined;
  const [y, m, d] = [toInteger(year), toInteger(month), toInteger(day)];
  return isDay(y, m, d) ? date(y, m, d) : undefined;
}

function nanosecondsOf(hour: FeelNumber, minute: FeelNumber, second: FeelNumber): number | undefined {
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  const inDay = h >= 0 && h <= 23 && m >= 0 && m <= 59 && s >= 0 && s < 60;
  if (!inDay || !isInteger(hour) || !isInteger(minute)) return undefined;
  return (h * 60 + m) * 60e9 + toInteger(multiply(second, 1_000_000_000) ?? 0);
}

function placeOf(offset: DaysTimeDuration | null): Place | undefined {
  if (offset === null) return nowhere;
  const seconds = Number(offset.nanoseconds / 1_000_000_000n);
  return Math.abs(seconds) <= 18 * 3600 ? { offset: seconds, zone: null } : undefined;
}

function momentOf(numbers: readonly FeelNumber[], place: Place | undefined): FeelDateTime | undefined {
  const [year, month, day, hour, minute, second] = numbers as [
    FeelNumber,
    FeelNumber,
    FeelNumber,
    FeelNumber,
    FeelNumber,
    FeelNumber,
  ];
  const on = dayOf(year, month, day);
  const elapsed = nanosecondsOf(hour, minute, second);
  return on === undefined || elapsed === undefined || place === undefined ? undefined : dateAndTime(on, elapsed, place);
}

/** Grouping is a space, comma or full stop, the decimal sign a comma or full stop, and they differ. */
function separated(from: string, grouping: string | null, decimal: string | null): FeelNumber | undefined {
  if (grouping !== null && ![" ", ",", "."].includes(grouping)) return undefined;
  if (decimal !== null && ![",", "."].includes(decimal)) return undefined;
  if (grouping !== null && grouping === decimal) return undefined;
  const joined = grouping === null ? from : from.replaceAll(grouping, "");
  const pointed = decimal === null ? joined : decimal === "." ? joined : joined.replace(".", "?").replace(decimal, ".");
  return parseNumber(pointed) ?? undefined;
}
