import { type Calendar, isWorkingDay, requireArranged, rollToWorkingDay } from "./calendar.ts";
import { type Day, dayNumber, dayText } from "./day.ts";
import { ClockError } from "./errors.ts";
import { dayOfMonth, type MonthDay, monthLength, readMonthDay } from "./month-day.ts";

interface Named {
  /** Whether the named day is still in time ("by the 10th") or the day before it is the last ("before the 10th"). No default. */
  readonly namedDay: "included" | "excluded";
  /** What the text says of a last day on a day off: it stays, or it moves to the next or to the last working day before. No default. */
  readonly dayOff: "stays" | "later" | "earlier";
  /** Which one an event is bound to: the first that is not over, or that of the month or year after its own (次月、次年). */
  readonly period: "this" | "following";
  /** Where a month has no such day: its last day, or none in that month. Asked for the 29th to the 31st and for 02-29. */
  readonly short?: "last-day" | "skipped";
}

/** A named day by which something is done: one of every year ("before 31 August") or of every month ("by the 10th"). */
export type Instant =
  | (Named & { readonly every: "year"; readonly day: MonthDay })
  | (Named & { readonly every: "month"; readonly day: number });

/** The last day in time for what an instant ends. */
export interface DueInstant {
  /** Until 24:00. */
  readonly due: Day;
  /** The last day before it moved off a day off. */
  readonly unrolled?: Day;
}

const check = (instant: Instant): { readonly month: number | null; readonly day: number } => {
  const read = instant.every === "year" ? readMonthDay(instant.day) : { month: null, day: instant.day };
  if (!Number.isInteger(read.day) || read.day < 1 || read.day > 31) {
    throw new ClockError("CLOCK-INSTANT", {
      zh: `每月第 ${read.day} 日应为 1 至 31 的整数`,
      en: `Day ${read.day} of a month must be a whole number from 1 to 31`,
    });
  }
  const maybeShort = read.month === null ? read.day > 28 : read.month === 2 && read.day === 29;
  if (maybeShort && instant.short === undefined) {
    throw new ClockError("CLOCK-INSTANT", {
      zh: `不是每次都有 ${instant.day} 日，应写明取月末（last-day）还是跳过（skipped）`,
      en: `Not every time has the day ${instant.day}: say whether the month's last day is meant (last-day) or none (skipped)`,
    });
  }
  return read;
};

/** Last day of the occurrence in a month; `undefined` where the month has none. `index` counts months from year 0. */
const occurrence = (calendar: Calendar, instant: Instant, day: number, index: number): DueInstant | undefined => {
  const [year, month] = [Math.floor(index / 12), (index % 12) + 1];
  if (day > monthLength(year, month) && instant.short === "skipped") return undefined;
  const last = dayOfMonth(year, month, day) - (instant.namedDay === "excluded" ? 1 : 0);
  const due = rolled(calendar, instant.dayOff, last);
  return due === last ? { due: dayText(due) } : { due: dayText(due), unrolled: dayText(last) };
};

const rolled = (calendar: Calendar, dayOff: Named["dayOff"], day: number): number => {
  if (dayOff === "stays") return day;
  if (dayOff === "later") return rollToWorkingDay(calendar, day);
  let earlier = day;
  requireArranged(calendar, earlier);
  while (!isWorkingDay(calendar, earlier)) earlier -= 1;
  return earlier;
};

/**
 * The last day in time for what happened or began on `event`. Throws a ClockError for an instant that no year or month
 * has, and where it hangs on holidays that are not arranged.
 */
export const instantFor = (calendar: Calendar, instant: Instant, event: Day): DueInstant => {
  const { month, day } = check(instant);
  dayNumber(event);
  const [year, own] = [Number(event.slice(0, 4)), Number(event.slice(5, 7)) - 1];
  const step = month === null ? 1 : 12;
  const current = month === null ? year * 12 + own : year * 12 + month - 1;
  const following = instant.period === "following";
  // One of the month before may have moved past its end; eight years hold a 29 February, whatever the century.
  for (let index = following ? current + step : current - step; index <= current + 8 * 12; index += step) {
    if (!following && overBefore(day, index, event)) continue;
    const found = occurrence(calendar, instant, day, index);
    if (found && (following || found.due >= event)) return found;
  }
  throw new RangeError(`No ${instant.day} is found after ${event}`);
};

/** No last day moves by more than a month: one that long before the event is not looked up among its year's holidays. */
const overBefore = (day: number, index: number, event: Day): boolean =>
  dayOfMonth(Math.floor(index / 12), (index % 12) + 1, day) < dayNumber(event) - 31;
