import { dayNumber } from "./day.ts";
import { ClockError } from "./errors.ts";

/** A day of every year as `MM-DD`; `02-29` is the last of February where a year has no such day, unless a text says otherwise. */
export type MonthDay = string;

// Any leap year will do: 02-29 is a day of some years.
const leapYear = "2000";

/** Month and day as numbers; throws a ClockError for what no year has. */
export const readMonthDay = (text: MonthDay): { readonly month: number; readonly day: number } => {
  try {
    dayNumber(`${leapYear}-${text}`);
  } catch {
    throw new ClockError("CLOCK-MONTH-DAY", {
      zh: `“${text}”不是一年中的一天，应写作 MM-DD，例如 08-31`,
      en: `${text} is no day of a year; write MM-DD, as 08-31`,
    });
  }
  return { month: Number(text.slice(0, 2)), day: Number(text.slice(3)) };
};

/** The days of a month: 28 to 31. `month` 1 to 12. */
export const monthLength = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The day number of a day of a month, or of the month's last day where it is shorter. */
export const dayOfMonth = (year: number, month: number, day: number): number =>
  Date.UTC(year, month - 1, Math.min(day, monthLength(year, month))) / 86_400_000;
