import type { Calendar } from "./calendar.ts";
import { type Day, dayNumber } from "./day.ts";
import { dueDate, type Limit } from "./due-date.ts";
import { warningShare } from "./step-clock.ts";

/**
 * The first day on which `warningShare` of a limit is used. Throws a ClockError as `dueDate` does.
 */
export const warningDay = (calendar: Calendar, limit: Limit): Day => {
  const unrolled = { ...limit, rolls: false };
  if (limit.unit !== "month") {
    return dueDate(calendar, { ...unrolled, amount: Math.ceil(limit.amount * warningShare) }).due;
  }
  const days = dayNumber(dueDate(calendar, { ...unrolled, pauses: [] }).due) - dayNumber(limit.from);
  return dueDate(calendar, { ...unrolled, amount: Math.ceil(days * warningShare), unit: "calendar-day" }).due;
};

/** The day on which limits that follow one another end when each is used to its last day. */
export const forecastDay = (calendar: Calendar, from: Day, limits: readonly Pick<Limit, "amount" | "unit">[]): Day =>
  limits.reduce((day, { amount, unit }) => dueDate(calendar, { from: day, amount, unit }).due, from);
