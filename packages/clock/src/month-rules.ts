import { addMonths, type Day, dayNumber, dayText } from "./day.ts";

/** The five rules in use for the month from which a benefit is paid. */
export type FirstMonthRule =
  | "application-month"
  | "eligible-month"
  | "month-after-decision"
  | "month-after-age"
  | "event-date";

/** The four rules in use for the end of a benefit. */
export type StopRule = "month-after-change" | "month-after-death" | "through-month-after-death" | "months-after-death";

const startOfMonth = (day: Day): Day => `${day.slice(0, 7)}-01`;
const nextMonth = (day: Day): Day => dayText(addMonths(dayNumber(startOfMonth(day)), 1));

/**
 * The first day paid for. `day` is the day of the application, of becoming eligible, of the decision, of reaching the
 * age, or of the event (registration, birth), as the rule asks.
 */
export const firstDayPaid = (rule: FirstMonthRule, day: Day): Day => {
  switch (rule) {
    case "application-month":
    case "eligible-month":
      return startOfMonth(day);
    case "month-after-decision":
    case "month-after-age":
      return nextMonth(day);
    case "event-date":
      dayNumber(day);
      return day;
  }
};

/** The first day no longer paid for. `months` is how long a benefit goes on after a death (6 or 12 for special-care pensions). */
export const firstDayUnpaid = (rule: StopRule, day: Day, months = 0): Day => {
  switch (rule) {
    case "month-after-change":
    case "month-after-death":
      return nextMonth(day);
    case "through-month-after-death":
      return nextMonth(nextMonth(day));
    case "months-after-death":
      return dayText(addMonths(dayNumber(nextMonth(day)), months));
  }
};
