import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isWorkingDay, makeCalendar, workingDaysBetween } from "./calendar.ts";
import { dayNumber, dayText } from "./day.ts";
import { countDays, dueDate } from "./due-date.ts";

const calendar = makeCalendar();

describe("due dates of 2026, worked by hand on the State Council's arrangement", () => {
  it.each([
    ["2026-02-10", 3, "2026-02-13"],
    ["2026-02-13", 1, "2026-02-14"],
    ["2026-02-14", 1, "2026-02-24"],
    ["2026-02-10", 5, "2026-02-24"],
    ["2026-02-10", 15, "2026-03-09"],
    ["2026-02-10", 20, "2026-03-16"],
    ["2026-02-10", 30, "2026-03-30"],
    ["2026-02-10", 45, "2026-04-21"],
    ["2026-04-28", 5, "2026-05-08"],
    ["2026-06-18", 1, "2026-06-22"],
    ["2026-09-18", 1, "2026-09-20"],
    ["2026-09-18", 10, "2026-10-09"],
    ["2026-09-28", 3, "2026-10-08"],
    ["2026-10-09", 1, "2026-10-10"],
    ["2026-10-09", 2, "2026-10-12"],
  ])("%s and %i working days end on %s", (from, amount, due) => {
    expect(dueDate(calendar, { from, amount, unit: "working-day" }).due).toBe(due);
  });
  it.each([
    ["2026-02-10", 7, "calendar-day", "2026-02-17", "2026-02-24"],
    ["2026-04-24", 7, "calendar-day", "2026-05-01", "2026-05-06"],
    ["2026-09-23", 7, "calendar-day", undefined, "2026-09-30"],
    ["2026-08-02", 60, "calendar-day", "2026-10-01", "2026-10-08"],
    ["2026-03-31", 6, "month", undefined, "2026-09-30"],
    ["2026-04-03", 6, "month", "2026-10-03", "2026-10-08"],
  ] as const)("%s and %i %s end on %s and roll to %s", (from, amount, unit, unrolled, due) => {
    expect(dueDate(calendar, { from, amount, unit })).toEqual({ due, paused: 0, ...(unrolled ? { unrolled } : {}) });
  });
});

it("2026 has 248 working days, six of them make-up days", () => {
  expect(workingDaysBetween(calendar, dayNumber("2026-01-01"), dayNumber("2027-01-01"))).toBe(248);
});

it("refuses a year without an arrangement instead of guessing", () => {
  expect(() => dueDate(calendar, { from: "2026-12-30", amount: 5, unit: "working-day" })).toThrowError(
    expect.objectContaining({ code: "CLOCK-NO-CALENDAR" }),
  );
  expect(() => dueDate(calendar, { from: "2006-06-01", amount: 5, unit: "calendar-day" })).toThrowError(
    expect.objectContaining({ code: "CLOCK-NO-CALENDAR" }),
  );
});

it("refuses limits and pauses that make no sense", () => {
  const from = "2026-03-02";
  expect(() => dueDate(calendar, { from, amount: 0, unit: "month" })).toThrowError(
    expect.objectContaining({ code: "CLOCK-AMOUNT" }),
  );
  for (const pause of [
    { from: "2026-03-06", to: "2026-03-05" },
    { from: "2026-03-01", to: "2026-03-05" },
  ]) {
    expect(() =>
      dueDate(calendar, { from, amount: 5, unit: "working-day", pauses: [{ ...pause, reason: "hearing" }] }),
    ).toThrowError(expect.objectContaining({ code: "CLOCK-PAUSE" }));
  }
  expect(() => dueDate(calendar, { from: "2026-02-30", amount: 5, unit: "working-day" })).toThrow(RangeError);
});

const span = { min: dayNumber("2008-01-01"), max: dayNumber("2025-06-30") };
const day = fc.integer(span);

it("a working-day limit is later for a later start or a longer limit, and never ends on a day off", () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 120 }), (from, amount) => {
      const due = (start: number, days: number) =>
        dayNumber(dueDate(calendar, { from: dayText(start), amount: days, unit: "working-day" }).due);
      const end = due(from, amount);
      expect(isWorkingDay(calendar, end)).toBe(true);
      expect(due(from, amount + 1)).toBeGreaterThan(end);
      expect(due(from + 1, amount)).toBeGreaterThanOrEqual(end);
      expect(workingDaysBetween(calendar, from + 1, end + 1)).toBe(amount);
    }),
  );
});

it("calendar limits never end on a day off", () => {
  fc.assert(
    fc.property(
      day,
      fc.integer({ min: 1, max: 200 }),
      fc.constantFrom("calendar-day" as const, "month" as const),
      (from, amount, unit) => {
        const limit = { from: dayText(from), amount: unit === "month" ? 1 + (amount % 6) : amount, unit };
        expect(isWorkingDay(calendar, dayNumber(dueDate(calendar, limit).due))).toBe(true);
      },
    ),
  );
});

it("a pause adds exactly its working days, and the days shown add up to the limit", () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 2, max: 60 }), fc.nat(80), fc.nat(40), (from, amount, offset, length) => {
      const plain = { from: dayText(from), amount, unit: "working-day" as const };
      const end = dayNumber(dueDate(calendar, plain).due);
      const first = from + 1 + (offset % (end - from));
      const pause = { from: dayText(first), to: dayText(first + length), reason: "hearing" };
      const due = dueDate(calendar, { ...plain, pauses: [pause] });
      const stood = workingDaysBetween(calendar, first, first + length + 1);
      expect(due.paused).toBe(stood);
      expect(workingDaysBetween(calendar, from + 1, dayNumber(due.due) + 1)).toBe(amount + stood);
      const shown = countDays(calendar, { ...plain, pauses: [pause] });
      expect(shown.at(-1)).toMatchObject({ day: due.due, number: amount });
    }),
  );
});
