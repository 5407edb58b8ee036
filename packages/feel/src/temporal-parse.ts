import { dayFromNumber, dayNumber, isDay, nanosecondsPerDay } from "./calendar.ts";
import {
  type DaysTimeDuration,
  date,
  dateAndTime,
  type FeelDate,
  type FeelDateTime,
  type FeelTime,
  months,
  nanoseconds,
  type Place,
  time,
  type YearsMonthsDuration,
} from "./values.ts";
import { isZone } from "./zones.ts";

/** XML Schema dates: at least four digits of year, no leading zero beyond four, no plus sign. */
const dayPattern = "(-?(?:[1-9]\\d{4,8}|\\d{4}))-(\\d{2})-(\\d{2})";
const timePattern = "(\\d{2}):(\\d{2}):(\\d{2})(\\.\\d+)?";
const placePattern = "(Z|[+-]\\d{2}:\\d{2}(?::\\d{2})?|@[A-Za-z][A-Za-z0-9_+\\-/]*)?";
const dateOnly = new RegExp(`^${dayPattern}$`, "u");
const timeOnly = new RegExp(`^${timePattern}${placePattern}$`, "u");
const both = new RegExp(`^${dayPattern}(?:T${timePattern}${placePattern})?$`, "u");
const yearsMonths = /^(-)?P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?$/u;
const daysTime = /^(-)?P(?=\d|T\d)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d*))?S)?)?$/u;

/** Each reader gives null for a text that is not of its form or not in the calendar. */
export function parseDate(text: string): FeelDate | null {
  const match = dateOnly.exec(text);
  return match === null ? null : dayOf(match[1], match[2], match[3]);
}

export function parseTime(text: string): FeelTime | null {
  const match = timeOnly.exec(text);
  if (match === null) return null;
  const place = placeOf(match[5]);
  const elapsed = nanosecondsOf(match[1], match[2], match[3], match[4]);
  return place === null || elapsed === null ? null : time(elapsed % nanosecondsPerDay, place);
}

export function parseDateTime(text: string): FeelDateTime | null {
  const match = both.exec(text);
  if (match === null) return null;
  const day = dayOf(match[1], match[2], match[3]);
  if (day === null) return null;
  if (match[4] === undefined) return dateAndTime(day, 0);
  const place = placeOf(match[8]);
  const elapsed = nanosecondsOf(match[4], match[5], match[6], match[7]);
  if (place === null || elapsed === null) return null;
  // 24:00:00 is midnight at the end of the day.
  if (elapsed === nanosecondsPerDay) return dateAndTime(dayFromNumber(dayNumber(day) + 1), 0, place);
  return dateAndTime(day, elapsed, place);
}

export function parseDuration(text: string): YearsMonthsDuration | DaysTimeDuration | null {
  return parseYearsMonths(text) ?? parseDaysTime(text);
}

function parseYearsMonths(text: string): YearsMonthsDuration | null {
  const match = yearsMonths.exec(text);
  if (match === null || (match[2] ?? match[3]) === undefined) return null;
  const count = Number(match[2] ?? 0) * 12 + Number(match[3] ?? 0);
  if (!Number.isSafeInteger(count)) return null;
  return months(match[1] === undefined ? count : -count);
}

function parseDaysTime(text: string): DaysTimeDuration | null {
  const match = daysTime.exec(text);
  if (match === null || text.length > 100) return null;
  const fraction = (match[6] ?? "").slice(0, 9).padEnd(9, "0");
  const seconds = ((BigInt(match[2] ?? 0) * 24n + BigInt(match[3] ?? 0)) * 60n + BigInt(match[4] ?? 0)) * 60n;
  const count = (seconds + BigInt(match[5] ?? 0)) * 1_000_000_000n + BigInt(fraction);
  return nanoseconds(match[1] === undefined ? count : -count);
}

/** What `@"..."` may hold: date, time, date and time, or a duration. */
export function parseTemporal(text: string) {
  return parseDate(text) ?? parseTime(text) ?? parseDateTime(text) ?? parseDuration(text);
}

function dayOf(year?: string, month?: string, day?: string): FeelDate | null {
  const [y, m, d] = [Number(year) + 0, Number(month), Number(day)];
  return isDay(y, m, d) ? date(y, m, d) : null;
}

function nanosecondsOf(hour?: string, minute?: string, second?: string, fraction?: string): number | null {
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  const part = fraction === undefined ? 0 : Number(fraction.slice(1, 10).padEnd(9, "0"));
  const inDay = h <= 23 && m <= 59 && s <= 59;
  const endOfDay = h === 24 && m === 0 && s === 0 && part === 0;
  return inDay || endOfDay ? ((h * 60 + m) * 60 + s) * 1e9 + part : null;
}

const maxOffsetHours = 18;

/** Null for an offset beyond 18 hours or an unknown zone. */
function placeOf(text: string | undefined): Place | null {
  if (text === undefined) return { offset: null, zone: null };
  if (text === "Z") return { offset: 0, zone: null };
  if (text.startsWith("@")) {
    const zone = text.slice(1);
    return isZone(zone) ? { offset: null, zone } : null;
  }
  const [hour = 0, minute = 0, second = 0] = text.slice(1).split(":").map(Number);
  const seconds = (hour * 60 + minute) * 60 + second;
  if (minute > 59 || second > 59 || seconds > maxOffsetHours * 3600) return null;
  return { offset: text.startsWith("-") ? 0 - seconds : seconds, zone: null };
}
