import { type Calendar, rollToWorkingDay } from "./calendar.ts";
import { type Day, dayNumber, dayText } from "./day.ts";
import { ClockError } from "./errors.ts";
import { dayOfMonth, type MonthDay, readMonthDay } from "./month-day.ts";

/** A stretch of every year in which something may be done (批次窗口). Where `to` comes before `from` it crosses the year's end. */
export interface YearlyWindow {
  readonly from: MonthDay;
  /** The last day, included, until 24:00. */
  readonly to: MonthDay;
  /** What the text says of a last day on a day off: it stays, or it moves to the next working day (Civil Code art. 203). No default. */
  readonly lastDayOff: "stays" | "later";
}

/** One year's opening of a window. */
export interface Opening {
  readonly first: Day;
  readonly last: Day;
  /** The last day as written, where it moved off a day off. */
  readonly unrolled?: Day;
  /** The last day may still move later: the holidays of its year are not arranged yet. */
  readonly mayMove?: true;
}

export type WindowState =
  /** `daysLeft`: days after today, the last included; 0 on the last day. */
  | { readonly open: true; readonly opening: Opening; readonly daysLeft: number }
  /** `opensIn`: days until the first day of the next opening, 1 on its eve. */
  | { readonly open: false; readonly opening: Opening; readonly opensIn: number };

/** No run of days off is this long; a last day further back has not moved to today. */
const longestBreak = 31;

/** The opening that begins in a year; `undefined` where it was over before `today`. */
const openingFrom = (calendar: Calendar, window: YearlyWindow, year: number, today: number): Opening | undefined => {
  const [from, to] = [readMonthDay(window.from), readMonthDay(window.to)];
  const first = dayOfMonth(year, from.month, from.day);
  const crosses = window.to < window.from;
  const written = dayOfMonth(crosses ? year + 1 : year, to.month, to.day);
  if (written < today - longestBreak) return undefined;
  const opening = lastOf(calendar, window, first, written, today);
  return dayNumber(opening.last) < today ? undefined : opening;
};

const lastOf = (calendar: Calendar, window: YearlyWindow, first: number, written: number, today: number): Opening => {
  const plain = { first: dayText(first), last: dayText(written) };
  if (window.lastDayOff === "stays") return plain;
  try {
    const last = rollToWorkingDay(calendar, written);
    return last === written ? plain : { ...plain, last: dayText(last), unrolled: plain.last };
  } catch (error) {
    // Before its written last day a window is open whatever the arrangement will be; after it, that is not known.
    const known = error instanceof ClockError && error.code === "CLOCK-NO-CALENDAR" && today <= written;
    if (!known) throw error;
    return { ...plain, mayMove: true };
  }
};

/**
 * Whether a window is open on a day, with its current or else its next opening. Throws a ClockError for a month-day that
 * no year has, and where the answer hangs on holidays that are not arranged.
 */
export const windowOn = (calendar: Calendar, window: YearlyWindow, today: Day): WindowState => {
  const day = dayNumber(today);
  const year = Number(today.slice(0, 4));
  // One that began last year may still be open; next year's begins after today.
  const opening =
    openingFrom(calendar, window, year - 1, day) ??
    openingFrom(calendar, window, year, day) ??
    openingFrom(calendar, window, year + 1, day);
  if (!opening) throw new RangeError(`The window ${window.from} to ${window.to} has no opening after ${today}`);
  return opening.first <= today
    ? { open: true, opening, daysLeft: dayNumber(opening.last) - day }
    : { open: false, opening, opensIn: dayNumber(opening.first) - day };
};
