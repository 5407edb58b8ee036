import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { kindOf, makeCalendar } from "./calendar.ts";
import { calendarYears } from "./calendar-years.ts";
import { dayNumber, weekday } from "./day.ts";

const calendar = makeCalendar();
const shared = resolve(process.env.QINGDAN_SHARED ?? "../shared", "standards/cn-workdays");

describe.skipIf(!existsSync(shared))("the calendars against machine-readable copies of the notices", () => {
  it.each(calendarYears.map(({ year }) => year))("%i agrees day for day", (year) => {
    const copy = JSON.parse(readFileSync(resolve(shared, `${year}.json`), "utf8")) as {
      papers: string[];
      days: { date: string; isOffDay: boolean }[];
    };
    expect(calendarYears.find((known) => known.year === year)?.notices).toEqual(copy.papers);
    for (const { date, isOffDay } of copy.days) {
      const day = dayNumber(date);
      if (day < calendar.first || day >= calendar.end) continue;
      expect([date, kindOf(calendar, day)]).toEqual([date, isOffDay ? "holiday" : "make-up"]);
    }
    // And nothing beyond the copy: every other day follows the week.
    const arranged = new Set(calendarYears.flatMap(({ year: other }) => copyDays(other)));
    for (let day = dayNumber(`${year}-01-01`); day < dayNumber(`${year + 1}-01-01`); day += 1) {
      if (arranged.has(day)) continue;
      expect(kindOf(calendar, day)).toBe(weekday(day) < 5 ? "weekday" : "weekend");
    }
  });
});

const copyDays = (year: number): number[] => {
  const copy = JSON.parse(readFileSync(resolve(shared, `${year}.json`), "utf8")) as { days: { date: string }[] };
  return copy.days.map(({ date }) => dayNumber(date));
};

it("a make-up Sunday is worked: 20 September 2026", () => {
  expect(kindOf(calendar, dayNumber("2026-09-20"))).toBe("make-up");
});

it("years must follow one another", () => {
  expect(() => makeCalendar(calendarYears.filter(({ year }) => year !== 2010))).toThrow(RangeError);
});
