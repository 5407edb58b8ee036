/** A day as ISO text, `2026-02-13`; inside, days count from 1970-01-01. */
export type Day = string;

const millisecondsADay = 86_400_000;

/** Days since 1970-01-01. Throws a RangeError for text that is no day of the calendar. */
export const dayNumber = (day: Day): number => {
  const milliseconds = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  const number = milliseconds / millisecondsADay;
  // Date.parse refuses 02-30 only in some engines; what it moved to another day is refused here.
  if (!Number.isInteger(number) || dayText(number) !== day) throw new RangeError(`${day} is not a day (YYYY-MM-DD)`);
  return number;
};

export const dayText = (number: number): Day => new Date(number * millisecondsADay).toISOString().slice(0, 10);

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
