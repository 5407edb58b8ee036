import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { addMonths, dayFromNumber, dayNumber, dayOfYear, isDay, weekday, weekOfYear } from "./calendar.ts";

const anyDay = fc.record({
  year: fc.integer({ min: -200_000, max: 200_000 }),
  month: fc.integer({ min: 1, max: 12 }),
  day: fc.integer({ min: 1, max: 31 }),
});
const days = anyDay.filter(({ year, month, day }) => isDay(year, month, day));

test("the calendar is Temporal's", () => {
  const property = fc.property(days, fc.integer({ min: -5_000, max: 5_000 }), (day, months) => {
    const theirs = Temporal.PlainDate.from(day);
    expect(dayNumber(day)).toBe(Temporal.PlainDate.from("1970-01-01").until(theirs, { largestUnit: "day" }).days);
    expect(weekday(day)).toBe(theirs.dayOfWeek);
    expect(dayOfYear(day)).toBe(theirs.dayOfYear);
    expect(weekOfYear(day)).toBe(theirs.weekOfYear);
    const later = theirs.add({ months });
    expect(addMonths(day, months)).toEqual({ year: later.year, month: later.month, day: later.day });
  });
  fc.assert(property);
});

test("day numbers turn back into days, also in years no library reaches", () => {
  const number = fc.integer({ min: -365_000_000_000, max: 365_000_000_000 });
  fc.assert(fc.property(number, (value) => dayNumber(dayFromNumber(value)) === value));
});

test("there is no 29 February in 1900 and one in 2000", () => {
  expect(isDay(1900, 2, 29)).toBe(false);
  expect(isDay(2000, 2, 29)).toBe(true);
  expect(isDay(1_000_000_000, 1, 1)).toBe(false);
});
