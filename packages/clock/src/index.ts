export { type Calendar, type DayKind, isWorkingDay, kindOf, makeCalendar, workingDaysBetween } from "./calendar.ts";
export { type CalendarYear, calendarYears, type HolidayArrangement } from "./calendar-years.ts";
export { type Day, dayNumber, dayText } from "./day.ts";
export { type CountedDay, countDays, type Due, dueDate, type Limit, type LimitUnit, type Pause } from "./due-date.ts";
export { ClockError } from "./errors.ts";
export { forecastDay, warningDay } from "./forecast.ts";
export { type DueInstant, type Instant, instantFor } from "./instant.ts";
export { type MonthDay, readMonthDay } from "./month-day.ts";
export { type FirstMonthRule, firstDayPaid, firstDayUnpaid, type StopRule } from "./month-rules.ts";
export { shanghaiDay } from "./shanghai-day.ts";
export {
  type ClockEvent,
  type ClockState,
  type ClockStatus,
  clockState,
  type StepClock,
  warningShare,
} from "./step-clock.ts";
export { type Opening, type WindowState, windowOn, type YearlyWindow } from "./yearly-window.ts";
