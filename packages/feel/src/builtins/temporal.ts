import { dayFromNumber, dayOfYear, weekday, weekOfYear } from "../calendar.ts";
import { monthNames, weekdayNames } from "../calendar-names.ts";
import { date, dateAndTime, type FeelDate, type FeelDateTime, greenwich } from "../values.ts";
import { type Builtin, define, signature, signatureWithRun } from "./define.ts";

type Day = FeelDate | FeelDateTime;
const dayParameter = "date: date|date and time";
const millisecondsPerDay = 86_400_000;

/** DMN 1.5, tables 76 and 77: calendar functions, and the two that read the clock (of the run, at Greenwich). */
export const temporals: readonly Builtin[] = [
  define(
    "day of year",
    signature(dayParameter, (day: Day) => dayOfYear(day)),
  ),
  define(
    "day of week",
    signature(dayParameter, (day: Day) => weekdayNames[weekday(day) - 1]),
  ),
  define(
    "month of year",
    signature(dayParameter, (day: Day) => monthNames[day.month - 1]),
  ),
  define(
    "week of year",
    signature(dayParameter, (day: Day) => weekOfYear(day)),
  ),
  define(
    "now",
    signatureWithRun("", (run, site) => () => {
      if (run.clock === null) return run.error("NO_CLOCK", site, ["now"]);
      const at = run.clock();
      const days = Math.floor(at / millisecondsPerDay);
      return dateAndTime(dayFromNumber(days), Math.round((at - days * millisecondsPerDay) * 1e6), greenwich);
    }),
  ),
  define(
    "today",
    signatureWithRun("", (run, site) => () => {
      if (run.clock === null) return run.error("NO_CLOCK", site, ["today"]);
      const { year, month, day } = dayFromNumber(Math.floor(run.clock() / millisecondsPerDay));
      return date(year, month, day);
    }),
  ),
];
