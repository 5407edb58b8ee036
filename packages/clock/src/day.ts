/** A day as ISO text, `2026-02-13`; inside, days count from 1970-01-01. */
export type Day = string;

const millisecondsADay = 86_400_000;

const daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** The digits of `text` in [from, until) as a number; NaN where one is none. */
const digits = (text: string, from: number, until: number): number => {
  let number = 0;
  for (let at = from; at < until; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
};

/** Days since 1970-01-01. Throws a RangeError for text that is no day of the calendar. */
export const dayNumber = (day: Day): number => {
  const [year, month, date] = [digits(day, 0, 4), digits(day, 5, 7), digits(day, 8, 10)];
  const before = daysBeforeMonth[month - 1];
  const leap = isLeap(year);
  const length = month === 12 ? 31 : (daysBeforeMonth[month] ?? 0) - (before ?? 0) + (month === 2 && leap ? 1 : 0);
  const whole = day.length === 10 && day[4] === "-" && day[7] === "-" && year >= 1 && date >= 1 && date <= length;
  if (!whole || before === undefined) throw new RangeError(`${day} is not a day (YYYY-MM-DD)`);
  const years = year - 1;
  const leaps = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  // 719,162 days lie between 0001-01-01 and 1970-01-01 of the Gregorian calendar.
  return years * 365 + leaps + before + (month > 2 && leap ? 1 : 0) + date - 1 - 719_162;
};

/** Texts of days that were asked for: calendars span a few thousand. */
const texts = new Map<number, Day>();
const mostTexts = 50_000;

export const dayText = (number: number): Day => {
  const known = texts.get(number);
  if (known !== undefined) return known;
  const text = new Date(number * millisecondsADay).toISOString().slice(0, 10);
  if (texts.size < mostTexts) texts.set(number, text);
  return text;
};

/** 0 Monday to 6 Sunday. */
export const weekday = (number: number): number => (((number + 3) % 7) + 7) % 7;

/**
 * The day that corresponds in the month `months` later; where that month has no such day, its last day.
 * Civil Code art. 202.
 */
export const addMonths = (number: number, months: number): number => {
  const date = new Date(number * millisecondsADay);
  const last = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0);
  const same = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, date.getUTCDate());
  return Math.min(last, same) / millisecondsADay;
};
