import { describe, expect, it } from "vitest";
import { retirementMonths } from "./retirement.ts";

// The tables annexed to the State Council's measures of 2024 (关于渐进式延迟法定退休年龄的办法).
describe("the statutory retirement age", () => {
  it.each([
    [60, 19_641_231, 60, 0],
    [60, 19_650_101, 60, 1],
    [60, 19_650_430, 60, 1],
    [60, 19_650_501, 60, 2],
    [60, 19_760_831, 62, 11],
    [60, 19_760_901, 63, 0],
    [60, 19_900_101, 63, 0],
    [55, 19_691_231, 55, 0],
    [55, 19_700_101, 55, 1],
    [55, 19_810_901, 58, 0],
    [50, 19_741_231, 50, 0],
    [50, 19_750_101, 50, 1],
    [50, 19_750_301, 50, 2],
    [50, 19_841_031, 54, 11],
    [50, 19_841_101, 55, 0],
  ] as const)("of the %i track, born %i: %i years and %i months", (track, birth, years, months) => {
    expect(retirementMonths(birth, track)).toBe(years * 12 + months);
  });
});
