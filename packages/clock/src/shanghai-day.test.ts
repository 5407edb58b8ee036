import fc from "fast-check";
import { expect, test } from "vitest";
import { shanghaiDay } from "./shanghai-day.ts";

// IANA time zone database, Asia/Shanghai: UTC+8, and UTC+9 in the summers of 1986 to 1991.
test.each([
  ["2026-11-30T15:59:59.999Z", "2026-11-30"],
  ["2026-11-30T16:00:00Z", "2026-12-01"],
  ["2026-12-31T16:00:00Z", "2027-01-01"],
  ["2028-02-28T16:00:00Z", "2028-02-29"],
  ["1990-07-01T15:00:00Z", "1990-07-02"],
  ["1990-12-01T15:00:00Z", "1990-12-01"],
])("at %s the day in Shanghai is %s", (instant, day) => {
  expect(shanghaiDay(new Date(instant))).toBe(day);
});

test("it is the day that the platform's own time zones give, whatever zone the machine keeps", () => {
  const platform = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" });
  const instants = fc.date({ min: new Date("1950-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(instants, (instant) => {
      expect(shanghaiDay(instant)).toBe(platform.format(instant));
    }),
  );
});
