import { expect, test } from "vitest";
import { dayNumber, dayText } from "./day.ts";

test("days are numbered as the platform's own calendar numbers them, from year 1 to 9999", () => {
  for (let number = -719_162; number <= 2_932_896; number += 373) {
    const text = new Date(number * 86_400_000).toISOString().slice(0, 10);
    expect(dayNumber(text), text).toBe(number);
    expect(dayText(number)).toBe(text);
  }
});

test("text that is no day is refused", () => {
  for (const text of [
    "2026-02-29",
    "2100-02-29",
    "2026-04-31",
    "2026-13-01",
    "2026-00-10",
    "2026-01-00",
    "2026-1-01",
    "2026/01/01",
    "2026-01-01T",
    "",
    "20x6-01-01",
  ]) {
    expect(() => dayNumber(text), text).toThrow(RangeError);
  }
  expect(dayNumber("2000-02-29")).toBe(11_016);
});
