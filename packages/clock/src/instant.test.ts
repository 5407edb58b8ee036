import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { isWorkingDay, makeCalendar } from "./calendar.ts";
import { dayNumber, dayText } from "./day.ts";
import { type Instant, instantFor } from "./instant.ts";

const calendar = makeCalendar();

const yearly = (day: string, dayOff: Instant["dayOff"], more: Partial<Instant> = {}): Instant =>
  ({ every: "year", day, namedDay: "included", dayOff, period: "this", ...more }) as Instant;
const monthly = (day: number, dayOff: Instant["dayOff"], more: Partial<Instant> = {}): Instant =>
  ({ every: "month", day, namedDay: "included", dayOff, period: "this", ...more }) as Instant;

// Rewards of family planning are paid before 31 August in Shitai; Jinzhai's batch ends on 15 January, 15 February and
// 15 March (ahjinzhai.gov.cn/public/6597161/37830200.html). 31 August 2025 is a Sunday; 15 to 23 February 2026 is off.
describe("yearly instants of family-planning rewards", () => {
  it.each([
    ["2025-03-01", yearly("08-31", "stays"), "2025-08-31"],
    ["2025-03-01", yearly("08-31", "earlier"), "2025-08-29"],
    ["2025-03-01", yearly("08-31", "later"), "2025-09-01"],
    ["2025-08-31", yearly("08-31", "stays"), "2025-08-31"],
    ["2025-09-01", yearly("08-31", "later"), "2025-09-01"],
    ["2025-09-01", yearly("08-31", "stays"), "2026-08-31"],
    ["2025-08-31", yearly("08-31", "stays", { namedDay: "excluded" }), "2026-08-30"],
    ["2026-01-16", yearly("02-15", "earlier"), "2026-02-14"],
    ["2026-01-16", yearly("02-15", "later"), "2026-02-24"],
    ["2026-01-16", yearly("03-15", "stays"), "2026-03-15"],
    ["2025-01-15", yearly("01-15", "stays", { period: "following" }), "2026-01-15"],
  ])("from %s", (event, instant, due) => {
    expect(instantFor(calendar, instant, event).due).toBe(due);
  });
});

// Beijing pays allowances for disabled people before the 10th of each month; Chongqing's pensions arrive before the 7th
// of the next (guides of the places). Saturday 9 May 2026 is worked, Sunday 10 May is not; 10 October 2026 is worked.
describe("monthly instants of payments", () => {
  it.each([
    ["2026-05-01", monthly(10, "earlier"), "2026-05-09"],
    ["2026-05-01", monthly(10, "later"), "2026-05-11"],
    ["2026-10-01", monthly(10, "earlier"), "2026-10-10"],
    ["2026-10-11", monthly(10, "stays"), "2026-11-10"],
    ["2025-12-03", monthly(7, "stays", { period: "following" }), "2026-01-07"],
    ["2026-02-03", monthly(31, "stays", { short: "last-day" }), "2026-02-28"],
    ["2026-02-03", monthly(31, "stays", { short: "skipped" }), "2026-03-31"],
    ["2024-02-03", monthly(30, "stays", { short: "last-day" }), "2024-02-29"],
  ])("from %s", (event, instant, due) => {
    expect(instantFor(calendar, instant, event).due).toBe(due);
  });

  it("keeps the day before it moved", () => {
    expect(instantFor(calendar, monthly(10, "later"), "2026-05-01").unrolled).toBe("2026-05-10");
  });
});

it("29 February, skipped where a year has none, is found over the century's turn", () => {
  const leapDay = yearly("02-29", "stays", { short: "skipped" });
  expect(instantFor(calendar, leapDay, "2096-03-01").due).toBe("2104-02-29");
  expect(instantFor(calendar, yearly("02-29", "stays", { short: "last-day" }), "2026-01-01").due).toBe("2026-02-28");
});

describe("refusals", () => {
  it.each([
    [monthly(0, "stays"), "CLOCK-INSTANT"],
    [monthly(32, "stays", { short: "last-day" }), "CLOCK-INSTANT"],
    [monthly(1.5, "stays"), "CLOCK-INSTANT"],
    [monthly(31, "stays"), "CLOCK-INSTANT"],
    [yearly("02-29", "stays"), "CLOCK-INSTANT"],
    [yearly("06-31", "stays"), "CLOCK-MONTH-DAY"],
    [yearly("01-01", "later"), "CLOCK-NO-CALENDAR"],
    [yearly("01-01", "earlier"), "CLOCK-NO-CALENDAR"],
  ])("%o is %s", (instant, code) => {
    expect(() => instantFor(calendar, instant, "2026-06-01")).toThrowError(expect.objectContaining({ code }));
  });
  it("an event that is no day", () => {
    expect(() => instantFor(calendar, monthly(1, "stays"), "2026-02-30")).toThrow(RangeError);
  });
});

describe("any instant for any event of seventeen years", () => {
  const event = fc.integer({ min: dayNumber("2008-06-01"), max: dayNumber("2025-06-30") }).map(dayText);
  const named = {
    namedDay: fc.constantFrom<Instant["namedDay"]>("included", "excluded"),
    dayOff: fc.constantFrom<Instant["dayOff"]>("stays", "later", "earlier"),
    period: fc.constantFrom<Instant["period"]>("this", "following"),
    short: fc.constant<"last-day">("last-day"),
  };
  const instant = fc.oneof(
    fc.record({ every: fc.constant("month" as const), day: fc.integer({ min: 1, max: 31 }), ...named }),
    fc.record({ every: fc.constant("year" as const), day: event.map((day) => day.slice(5)), ...named }),
  );

  test("ends no earlier for a later event, not before its event, and on a worked day where it moves", () => {
    fc.assert(
      fc.property(instant, event, (instant, event) => {
        const { due } = instantFor(calendar, instant, event);
        const next = instantFor(calendar, instant, dayText(dayNumber(event) + 1)).due;
        expect(next >= due).toBe(true);
        if (instant.period === "this") expect(due >= event).toBe(true);
        if (instant.dayOff !== "stays") expect(isWorkingDay(calendar, dayNumber(due))).toBe(true);
      }),
    );
  });

  test("the one that an event is bound to is bound to itself", () => {
    fc.assert(
      fc.property(instant, event, (instant, event) => {
        const current: Instant = { ...instant, period: "this" };
        const { due } = instantFor(calendar, current, event);
        expect(instantFor(calendar, current, due).due).toBe(due);
      }),
    );
  });
});
