import {
  type Calendar,
  isWorkingDay,
  kindOf,
  rollToWorkingDay,
  workingDayAfter,
  workingDaysBetween,
} from "./calendar.ts";
import { addMonths, type Day, dayNumber, dayText } from "./day.ts";
import { ClockError } from "./errors.ts";

/** The unit stands in the text of the law and has no default. */
export type LimitUnit = "working-day" | "calendar-day" | "month";

/** Days on which the clock stands, first and last included, for a reason that a text lists. */
export interface Pause {
  readonly from: Day;
  readonly to: Day;
  readonly reason: string;
}

export interface Limit {
  /** The day of the event; it does not count itself (Civil Code art. 201). */
  readonly from: Day;
  readonly amount: number;
  readonly unit: LimitUnit;
  readonly pauses?: readonly Pause[];
  /** Whether a calendar limit that ends on a day off moves to the next working day (art. 203); default true. */
  readonly rolls?: boolean;
}

export interface Due {
  /** The last day of the limit, until 24:00. */
  readonly due: Day;
  /** Where a calendar limit ended before it moved off a day off. */
  readonly unrolled?: Day;
  /** Days added by the pauses, in the unit of the limit (days for months). */
  readonly paused: number;
}

const checked = (limit: Limit): { readonly from: number; readonly to: number }[] => {
  if (!Number.isInteger(limit.amount) || limit.amount < 1) {
    throw new ClockError("CLOCK-AMOUNT", {
      zh: `期限 ${limit.amount} 应为不小于 1 的整数`,
      en: `A limit of ${limit.amount} must be a whole number of at least 1`,
    });
  }
  if (limit.pauses === undefined || limit.pauses.length === 0) return [];
  const start = dayNumber(limit.from);
  const pauses = limit.pauses
    .map((pause) => ({ from: dayNumber(pause.from), to: dayNumber(pause.to) }))
    .toSorted((a, b) => a.from - b.from);
  pauses.forEach(({ from, to }, index) => {
    const before = pauses[index - 1];
    if (to < from || from < start || (before && from <= before.to)) {
      throw new ClockError("CLOCK-PAUSE", {
        zh: `停钟 ${dayText(from)} 至 ${dayText(to)} 应首尾有序、在起点之后且互不重叠`,
        en: `The pause ${dayText(from)} to ${dayText(to)} must end after it begins, begin after the start and not overlap another`,
      });
    }
  });
  return pauses;
};

/** Days of the pauses that the clock would have counted, up to a due day which they push back themselves. */
const pushedBack = (
  unpaused: number,
  start: number,
  pauses: readonly { readonly from: number; readonly to: number }[],
  advance: (day: number, days: number) => number,
  countIn: (from: number, until: number) => number,
): { due: number; paused: number } => {
  let due = unpaused;
  let paused = 0;
  for (const { from, to } of pauses) {
    if (from > due) break;
    const days = countIn(Math.max(from, start + 1), to + 1);
    if (days === 0) continue;
    paused += days;
    due = advance(due, days);
  }
  return { due, paused };
};

/**
 * The last day of a limit. Working days follow the yearly arrangements (a make-up Saturday counts); calendar days and
 * months roll off days off. Throws a ClockError where no calendar is known.
 */
export const dueDate = (calendar: Calendar, limit: Limit): Due => {
  const pauses = checked(limit);
  const start = dayNumber(limit.from);
  if (limit.unit === "working-day") {
    const { due, paused } = pushedBack(
      workingDayAfter(calendar, start, limit.amount),
      start,
      pauses,
      (day, days) => workingDayAfter(calendar, day, days),
      (from, until) => workingDaysBetween(calendar, from, until),
    );
    return { due: dayText(due), paused };
  }
  const end = limit.unit === "month" ? addMonths(start, limit.amount) : start + limit.amount;
  const { due, paused } = pushedBack(
    end,
    start,
    pauses,
    (day, days) => day + days,
    (from, until) => Math.max(0, until - from),
  );
  const rolled = limit.rolls === false ? due : rollToWorkingDay(calendar, due);
  return rolled === due ? { due: dayText(due), paused } : { due: dayText(rolled), unrolled: dayText(due), paused };
};

/** One day of a computation, to be shown to the resident. */
export interface CountedDay {
  readonly day: Day;
  readonly kind: ReturnType<typeof kindOf>;
  /** Name of the holiday that made it a day off or a make-up day. */
  readonly holiday?: string;
  readonly paused: boolean;
  /** Position in the limit; absent when the day does not count. */
  readonly number?: number;
}

/** Every day from the day after the event to the due day, and whether it counts. */
export const countDays = (calendar: Calendar, limit: Limit): CountedDay[] => {
  const last = dayNumber(dueDate(calendar, limit).due);
  const pauses = checked(limit);
  const days: CountedDay[] = [];
  let number = 0;
  for (let day = dayNumber(limit.from) + 1; day <= last; day += 1) {
    const paused = pauses.some(({ from, to }) => day >= from && day <= to);
    const counts = !paused && (limit.unit !== "working-day" || isWorkingDay(calendar, day));
    const holiday = calendar.names.get(day);
    if (counts) number += 1;
    days.push({
      day: dayText(day),
      kind: kindOf(calendar, day),
      ...(holiday === undefined ? {} : { holiday }),
      paused,
      ...(counts ? { number } : {}),
    });
  }
  return days;
};
