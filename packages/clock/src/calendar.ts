import { type CalendarYear, calendarYears } from "./calendar-years.ts";
import { dayNumber, dayText, weekday } from "./day.ts";
import { ClockError } from "./errors.ts";

/** Why a day counts or not: a plain weekday, a weekend, a holiday by notice, a weekend day worked by notice (调休). */
export type DayKind = "weekday" | "weekend" | "holiday" | "make-up";

/** Working days of a run of years, ready to be asked often. Days are day numbers. */
export interface Calendar {
  readonly first: number;
  /** One past the last day that is arranged. */
  readonly end: number;
  readonly kinds: Uint8Array;
  /** Working days before day `first + i`. */
  readonly workingBefore: Int32Array;
  /** Days worked, in order. */
  readonly workingDays: Int32Array;
  readonly names: ReadonlyMap<number, string>;
}

const kindNames: readonly DayKind[] = ["weekday", "weekend", "holiday", "make-up"];

const daysOf = (range: string): number[] => {
  const [first = range, last = first] = range.split("..");
  const start = dayNumber(first);
  return Array.from({ length: dayNumber(last) - start + 1 }, (_, index) => start + index);
};

/** Builds the calendar of consecutive years. A make-up Saturday counts as a working day; weekends otherwise do not. */
export const makeCalendar = (years: readonly CalendarYear[] = calendarYears): Calendar => {
  const [firstYear, lastYear] = [years[0]?.year, years.at(-1)?.year];
  if (firstYear === undefined || lastYear === undefined) throw new RangeError("A calendar needs at least one year");
  if (years.some(({ year }, index) => year !== firstYear + index))
    throw new RangeError("The years of a calendar must follow one another");
  const first = dayNumber(`${firstYear}-01-01`);
  const end = dayNumber(`${lastYear + 1}-01-01`);
  const kinds = Uint8Array.from({ length: end - first }, (_, index) => (weekday(first + index) < 5 ? 0 : 1));
  const names = new Map<number, string>();
  for (const { holidays } of years) {
    for (const { name, off, work } of holidays) {
      for (const [days, kind] of [
        [off.flatMap(daysOf), 2],
        [work.flatMap(daysOf), 3],
      ] as const) {
        for (const day of days) {
          if (day < first || day >= end) continue;
          kinds[day - first] = kind;
          names.set(day, name);
        }
      }
    }
  }
  const workingBefore = new Int32Array(kinds.length + 1);
  const worked: number[] = [];
  kinds.forEach((kind, index) => {
    const working = kind === 0 || kind === 3;
    if (working) worked.push(first + index);
    workingBefore[index + 1] = worked.length;
  });
  return { first, end, kinds, workingBefore, workingDays: Int32Array.from(worked), names };
};

/** Refuses a day outside the years whose arrangement is known: the next year's holidays are never guessed. */
export const requireArranged = (calendar: Calendar, day: number): void => {
  if (day >= calendar.first && day < calendar.end) return;
  const known = `${dayText(calendar.first).slice(0, 4)}-${dayText(calendar.end - 1).slice(0, 4)}`;
  throw new ClockError("CLOCK-NO-CALENDAR", {
    zh: `${dayText(day)} 所在年份没有放假安排（已有 ${known}），不能推算`,
    en: `There is no holiday arrangement for the year of ${dayText(day)} (known: ${known}); it is not guessed`,
  });
};

export const kindOf = (calendar: Calendar, day: number): DayKind => {
  requireArranged(calendar, day);
  return kindNames[calendar.kinds[day - calendar.first] ?? 0] ?? "weekday";
};

export const isWorkingDay = (calendar: Calendar, day: number): boolean => {
  const kind = kindOf(calendar, day);
  return kind === "weekday" || kind === "make-up";
};

/** Working days in [from, until). */
export const workingDaysBetween = (calendar: Calendar, from: number, until: number): number => {
  if (until <= from) return 0;
  requireArranged(calendar, from);
  requireArranged(calendar, until - 1);
  return (calendar.workingBefore[until - calendar.first] ?? 0) - (calendar.workingBefore[from - calendar.first] ?? 0);
};

/** The `count`-th working day after `day` (1 is the next one). */
export const workingDayAfter = (calendar: Calendar, day: number, count: number): number => {
  requireArranged(calendar, day);
  const before = calendar.workingBefore[day + 1 - calendar.first] ?? 0;
  const found = calendar.workingDays[before + count - 1];
  if (found === undefined) requireArranged(calendar, calendar.end);
  return found ?? calendar.end;
};

/** The day itself when it is worked, else the next working day. Civil Code art. 203. */
export const rollToWorkingDay = (calendar: Calendar, day: number): number =>
  isWorkingDay(calendar, day) ? day : workingDayAfter(calendar, day, 1);
