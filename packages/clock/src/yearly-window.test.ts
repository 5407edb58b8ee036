import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { isWorkingDay, makeCalendar } from "./calendar.ts";
import { dayNumber, dayText } from "./day.ts";
import { windowOn, type YearlyWindow } from "./yearly-window.ts";

const calendar = makeCalendar();

// Shanghai, entry to primary school in 2025: registration 14 to 27 April, applications to public schools 7 to 11 May
// (web.shobserver.com/sgh/detail?id=1547976). Their notice fixes the days; nothing rolls.
const registration: YearlyWindow = { from: "04-14", to: "04-27", lastDayOff: "stays" };
const application: YearlyWindow = { from: "05-07", to: "05-11", lastDayOff: "stays" };

describe("the windows of entering primary school in Shanghai", () => {
  it.each([
    ["2025-04-13", { open: false, opening: { first: "2025-04-14", last: "2025-04-27" }, opensIn: 1 }],
    ["2025-04-14", { open: true, opening: { first: "2025-04-14", last: "2025-04-27" }, daysLeft: 13 }],
    ["2025-04-27", { open: true, opening: { first: "2025-04-14", last: "2025-04-27" }, daysLeft: 0 }],
    ["2025-04-28", { open: false, opening: { first: "2026-04-14", last: "2026-04-27" }, opensIn: 351 }],
  ])("registration on %s", (today, state) => {
    expect(windowOn(calendar, registration, today)).toEqual(state);
  });

  it("ends on the Sunday its notice names, and would go on to Monday where a text rolls it", () => {
    expect(windowOn(calendar, application, "2025-05-12")).toMatchObject({ open: false });
    expect(windowOn(calendar, { ...application, lastDayOff: "later" }, "2025-05-12")).toEqual({
      open: true,
      opening: { first: "2025-05-07", last: "2025-05-12", unrolled: "2025-05-11" },
      daysLeft: 0,
    });
  });
});

// Made up: 15 February 2026 lies in the Spring Festival (15 to 23 February).
describe("a window over the year's end", () => {
  const winter: YearlyWindow = { from: "11-15", to: "02-15", lastDayOff: "later" };
  it.each([
    ["2025-11-14", false, "2025-11-15", "2026-02-24"],
    ["2025-12-31", true, "2025-11-15", "2026-02-24"],
    ["2026-02-24", true, "2025-11-15", "2026-02-24"],
    ["2026-02-25", false, "2026-11-15", "2027-02-15"],
  ])("on %s", (today, open, first, last) => {
    expect(windowOn(calendar, winter, today)).toMatchObject({ open, opening: { first, last } });
  });

  it("says that a last day may move while its year is not arranged, and does not guess after it", () => {
    expect(windowOn(calendar, winter, "2026-12-01").opening).toEqual({
      first: "2026-11-15",
      last: "2027-02-15",
      mayMove: true,
    });
    expect(() => windowOn(calendar, winter, "2027-02-16")).toThrowError(
      expect.objectContaining({ code: "CLOCK-NO-CALENDAR" }),
    );
  });
});

it("29 February is the month's last day in other years", () => {
  const winter: YearlyWindow = { from: "12-01", to: "02-29", lastDayOff: "stays" };
  expect(windowOn(calendar, winter, "2027-02-28")).toMatchObject({ open: true, daysLeft: 0 });
  expect(windowOn(calendar, winter, "2028-02-28")).toMatchObject({ open: true, daysLeft: 1 });
});

it.each(["02-30", "13-01", "4-14", "2025-04-14", ""])("refuses %s as a day of a year", (from) => {
  expect(() => windowOn(calendar, { ...registration, from }, "2025-04-14")).toThrowError(
    expect.objectContaining({ code: "CLOCK-MONTH-DAY" }),
  );
});

describe("any window on any day of nineteen years", () => {
  const day = fc.integer({ min: dayNumber("2007-06-01"), max: dayNumber("2025-06-30") });
  // 29 February has its own test: text order says nothing of it in other years.
  const monthDay = day.map((number) => dayText(number).slice(5)).filter((text) => text !== "02-29");
  const window = fc.record({
    from: monthDay,
    to: monthDay,
    lastDayOff: fc.constantFrom<YearlyWindow["lastDayOff"]>("stays", "later"),
  });

  test("is open exactly on the days between its two texts, where the last day stays", () => {
    fc.assert(
      fc.property(window, day, ({ from, to }, number) => {
        const today = dayText(number);
        const at = today.slice(5);
        const within = from <= to ? from <= at && at <= to : at >= from || at <= to;
        expect(windowOn(calendar, { from, to, lastDayOff: "stays" }, today).open).toBe(within);
      }),
    );
  });

  test("its opening is not over and holds today just when it is open, and its days add up", () => {
    fc.assert(
      fc.property(window, day, (window, number) => {
        const today = dayText(number);
        const state = windowOn(calendar, window, today);
        const { first, last } = state.opening;
        expect(last >= today && last >= first).toBe(true);
        expect(first <= today).toBe(state.open);
        expect(state.open ? dayText(number + state.daysLeft) : dayText(number + state.opensIn)).toBe(
          state.open ? last : first,
        );
      }),
    );
  });

  test("a last day that moved is worked, and none between it and the written one is", () => {
    fc.assert(
      fc.property(window, day, (window, number) => {
        const { last, unrolled } = windowOn(calendar, { ...window, lastDayOff: "later" }, dayText(number)).opening;
        expect(isWorkingDay(calendar, dayNumber(last))).toBe(true);
        for (let off = dayNumber(unrolled ?? last); off < dayNumber(last); off += 1)
          expect(isWorkingDay(calendar, off)).toBe(false);
      }),
    );
  });
});
