import { expect, test } from "vitest";
import { faultOfHours, openAt, shanghaiMinute } from "./opening.ts";

const office = "Mo-Fr 08:00-17:00; PH off";

test("hours are read by Shanghai's clock, wherever the server stands", () => {
  // 2025-06-03 is a Tuesday; 23:59 UTC of Monday is 07:59 in Shanghai.
  expect(openAt(office, new Date("2025-06-02T23:59:00Z"))).toEqual({ state: "closed", until: "2025-06-03T08:00" });
  expect(openAt(office, new Date("2025-06-03T00:00:00Z"))).toEqual({ state: "open", until: "2025-06-03T17:00" });
  expect(openAt(office, new Date("2025-06-03T09:00:00Z")).state).toBe("closed");
  expect(shanghaiMinute(new Date("2025-12-31T16:00:00Z"))).toBe("2026-01-01T00:00");
});

test("public holidays are China's: National Day, 1 October", () => {
  expect(openAt(office, new Date("2025-10-01T02:00:00Z")).state).toBe("closed");
});

test("who never closes has no end, and of whom nothing is written nothing is known", () => {
  expect(openAt("24/7", new Date("2025-06-03T00:00:00Z"))).toEqual({ state: "open", until: null });
  expect(openAt(null, new Date("2025-06-03T00:00:00Z"))).toEqual({ state: "unknown", until: null });
});

test("hours that cannot be read are faulty, twice asked as well", () => {
  expect(faultOfHours("周一到周五上班时间")).toBeDefined();
  expect(faultOfHours("周一到周五上班时间")).toBeDefined();
  expect(faultOfHours(office)).toBeUndefined();
});
