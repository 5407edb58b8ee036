import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isWorkingDay, makeCalendar, workingDaysBetween } from "./calendar.ts";
import { dayNumber, dayText } from "./day.ts";
import { countDays, dueDate, type LimitUnit } from "./due-date.ts";
import { warningDay } from "./forecast.ts";

/** Twenty years of arrangements, 2007-2026; limits end before the last year does. */
const calendar = makeCalendar();
const first = dayNumber("2007-01-01");
const day = fc.integer({ min: first, max: dayNumber("2025-06-30") }).map(dayText);
const amount = fc.integer({ min: 1, max: 60 });
const unit = fc.constantFrom<LimitUnit>("working-day", "calendar-day", "month");
const pauseOf = fc.record({ after: fc.integer({ min: 1, max: 20 }), days: fc.integer({ min: 1, max: 30 }) });

describe("deadlines over twenty years", () => {
  test("a later start and a longer limit never end earlier", () => {
    fc.assert(
      fc.property(day, amount, unit, (from, length, unit) => {
        const months = unit === "month" ? Math.min(length, 12) : length;
        const limit = { from, amount: months, unit };
        const { due } = dueDate(calendar, limit);
        expect(dueDate(calendar, { ...limit, from: dayText(dayNumber(from) + 1) }).due >= due).toBe(true);
        expect(dueDate(calendar, { ...limit, amount: months + 1 }).due >= due).toBe(true);
      }),
    );
  });

  test("none ends on a day off, each ends after its start, and its warning is not after its end", () => {
    fc.assert(
      fc.property(day, amount, unit, (from, length, unit) => {
        const limit = { from, amount: unit === "month" ? Math.min(length, 12) : length, unit };
        const { due } = dueDate(calendar, limit);
        expect(isWorkingDay(calendar, dayNumber(due))).toBe(true);
        expect(due > from).toBe(true);
        expect(warningDay(calendar, limit) <= due).toBe(true);
      }),
    );
  });

  test("a limit of working days holds just so many, and a pause adds just its own", () => {
    fc.assert(
      fc.property(day, amount, pauseOf, (from, length, { after, days }) => {
        const limit = { from, amount: length, unit: "working-day" as const };
        const plain = dueDate(calendar, limit).due;
        expect(workingDaysBetween(calendar, dayNumber(from) + 1, dayNumber(plain) + 1)).toBe(length);
        const start = dayNumber(from) + after;
        const pause = { from: dayText(start), to: dayText(start + days - 1), reason: "hearing" };
        const paused = dueDate(calendar, { ...limit, pauses: [pause] });
        const within = pause.from <= plain ? workingDaysBetween(calendar, start, start + days) : 0;
        expect(paused.paused).toBe(within);
        expect(workingDaysBetween(calendar, dayNumber(from) + 1, dayNumber(paused.due) + 1)).toBe(length + within);
        expect(
          countDays(calendar, { ...limit, pauses: [pause] }).filter(({ number }) => number !== undefined),
        ).toHaveLength(length);
      }),
    );
  });
});
