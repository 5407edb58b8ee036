import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { forecast } from "./forecast.ts";
import { type ProgressStatus, trackGrowth, trackLinear } from "./progress.ts";
import type { Comparison, PlanTarget } from "./target.ts";

const plan = (comparison: Comparison, base: number, target: number): PlanTarget => ({
  comparison,
  base: { year: 2020, value: base },
  target: { year: 2025, value: target },
});

/**
 * Golden table, worked in exact fractions: base 2020, target 2025; the value is base + pace x elapsed share x (target - base) for paces of
 * -10, 0, 50, 59, 60, 94, 95 and 110 per cent, and the target itself in 2025.
 */
const golden: readonly (readonly [
  Comparison,
  base: number,
  target: number,
  year: number,
  value: number,
  ProgressStatus,
])[] = [
  ["at-least", 1.8, 4.5, 2022, 1.692, "deteriorating"],
  ["at-least", 1.8, 4.5, 2022, 1.8, "limited"],
  ["at-least", 1.8, 4.5, 2022, 2.34, "limited"],
  ["at-least", 1.8, 4.5, 2022, 2.4372, "limited"],
  ["at-least", 1.8, 4.5, 2022, 2.448, "needs-acceleration"],
  ["at-least", 1.8, 4.5, 2022, 2.8152, "needs-acceleration"],
  ["at-least", 1.8, 4.5, 2022, 2.826, "on-track"],
  ["at-least", 1.8, 4.5, 2022, 2.988, "on-track"],
  ["at-least", 1.8, 4.5, 2024, 1.584, "deteriorating"],
  ["at-least", 1.8, 4.5, 2024, 1.8, "limited"],
  ["at-least", 1.8, 4.5, 2024, 2.88, "limited"],
  ["at-least", 1.8, 4.5, 2024, 3.0744, "limited"],
  ["at-least", 1.8, 4.5, 2024, 3.096, "needs-acceleration"],
  ["at-least", 1.8, 4.5, 2024, 3.8304, "needs-acceleration"],
  ["at-least", 1.8, 4.5, 2024, 3.852, "on-track"],
  ["at-least", 1.8, 4.5, 2024, 4.176, "on-track"],
  ["at-least", 1.8, 4.5, 2025, 4.5, "achieved"],
  ["above", 85.2, 90, 2022, 85.008, "deteriorating"],
  ["above", 85.2, 90, 2022, 85.2, "limited"],
  ["above", 85.2, 90, 2022, 86.16, "limited"],
  ["above", 85.2, 90, 2022, 86.3328, "limited"],
  ["above", 85.2, 90, 2022, 86.352, "needs-acceleration"],
  ["above", 85.2, 90, 2022, 87.0048, "needs-acceleration"],
  ["above", 85.2, 90, 2022, 87.024, "on-track"],
  ["above", 85.2, 90, 2022, 87.312, "on-track"],
  ["above", 85.2, 90, 2024, 84.816, "deteriorating"],
  ["above", 85.2, 90, 2024, 85.2, "limited"],
  ["above", 85.2, 90, 2024, 87.12, "limited"],
  ["above", 85.2, 90, 2024, 87.4656, "limited"],
  ["above", 85.2, 90, 2024, 87.504, "needs-acceleration"],
  ["above", 85.2, 90, 2024, 88.8096, "needs-acceleration"],
  ["above", 85.2, 90, 2024, 88.848, "on-track"],
  ["above", 85.2, 90, 2024, 89.424, "on-track"],
  ["above", 85.2, 90, 2025, 90, "on-track"],
  ["at-most", 40, 20, 2022, 40.8, "deteriorating"],
  ["at-most", 40, 20, 2022, 40, "limited"],
  ["at-most", 40, 20, 2022, 36, "limited"],
  ["at-most", 40, 20, 2022, 35.28, "limited"],
  ["at-most", 40, 20, 2022, 35.2, "needs-acceleration"],
  ["at-most", 40, 20, 2022, 32.48, "needs-acceleration"],
  ["at-most", 40, 20, 2022, 32.4, "on-track"],
  ["at-most", 40, 20, 2022, 31.2, "on-track"],
  ["at-most", 40, 20, 2024, 41.6, "deteriorating"],
  ["at-most", 40, 20, 2024, 40, "limited"],
  ["at-most", 40, 20, 2024, 32, "limited"],
  ["at-most", 40, 20, 2024, 30.56, "limited"],
  ["at-most", 40, 20, 2024, 30.4, "needs-acceleration"],
  ["at-most", 40, 20, 2024, 24.96, "needs-acceleration"],
  ["at-most", 40, 20, 2024, 24.8, "on-track"],
  ["at-most", 40, 20, 2024, 22.4, "on-track"],
  ["at-most", 40, 20, 2025, 20, "achieved"],
  ["below", 5, 2, 2022, 5.12, "deteriorating"],
  ["below", 5, 2, 2022, 5, "limited"],
  ["below", 5, 2, 2022, 4.4, "limited"],
  ["below", 5, 2, 2022, 4.292, "limited"],
  ["below", 5, 2, 2022, 4.28, "needs-acceleration"],
  ["below", 5, 2, 2022, 3.872, "needs-acceleration"],
  ["below", 5, 2, 2022, 3.86, "on-track"],
  ["below", 5, 2, 2022, 3.68, "on-track"],
  ["below", 5, 2, 2024, 5.24, "deteriorating"],
  ["below", 5, 2, 2024, 5, "limited"],
  ["below", 5, 2, 2024, 3.8, "limited"],
  ["below", 5, 2, 2024, 3.584, "limited"],
  ["below", 5, 2, 2024, 3.56, "needs-acceleration"],
  ["below", 5, 2, 2024, 2.744, "needs-acceleration"],
  ["below", 5, 2, 2024, 2.72, "on-track"],
  ["below", 5, 2, 2024, 2.36, "on-track"],
  ["below", 5, 2, 2025, 2, "on-track"],
  ["all", 60, 100, 2022, 58.4, "deteriorating"],
  ["all", 60, 100, 2022, 60, "limited"],
  ["all", 60, 100, 2022, 68, "limited"],
  ["all", 60, 100, 2022, 69.44, "limited"],
  ["all", 60, 100, 2022, 69.6, "needs-acceleration"],
  ["all", 60, 100, 2022, 75.04, "needs-acceleration"],
  ["all", 60, 100, 2022, 75.2, "on-track"],
  ["all", 60, 100, 2022, 77.6, "on-track"],
  ["all", 60, 100, 2024, 56.8, "deteriorating"],
  ["all", 60, 100, 2024, 60, "limited"],
  ["all", 60, 100, 2024, 76, "limited"],
  ["all", 60, 100, 2024, 78.88, "limited"],
  ["all", 60, 100, 2024, 79.2, "needs-acceleration"],
  ["all", 60, 100, 2024, 90.08, "needs-acceleration"],
  ["all", 60, 100, 2024, 90.4, "on-track"],
  ["all", 60, 100, 2024, 95.2, "on-track"],
  ["all", 60, 100, 2025, 100, "achieved"],
];

describe("linear pace, golden table", () => {
  it("has at least 60 cases", () => expect(golden.length).toBeGreaterThanOrEqual(60));
  it.each(golden)("%s from %d to %d: in %d at %d is %s", (comparison, base, target, year, value, status) => {
    const found = trackLinear(plan(comparison, base, target), { year, value });
    expect(found.status).toBe(status);
    expect(found.time).toBeCloseTo((year - 2020) / 5, 14);
    expect(found.gap).toBeCloseTo(found.done! - found.time, 14);
  });
});

describe("linear pace", () => {
  it("nursery places, 1.8 in 2020 to 4.5 in 2025, 2.03 in 2021: 8.5 % of the way in 20 % of the time", () => {
    const found = trackLinear(plan("at-least", 1.8, 4.5), { year: 2021, value: 2.03 });
    expect(found.done).toBeCloseTo(0.23 / 2.7, 12);
    expect(found.gap).toBeCloseTo(0.23 / 2.7 - 0.2, 12);
    expect(found.projection).toBeCloseTo(1.8 + 0.23 * 5, 12);
    expect(found.status).toBe("limited");
  });
  it("a sampled value is on track only if its less favourable end is", () => {
    const target = plan("at-least", 60, 80);
    const found = trackLinear(target, { year: 2024, value: 76.5, interval: { low: 72, high: 81 } });
    expect(found).toMatchObject({ status: "needs-acceleration", statusOfValue: "on-track", statusAtBest: "achieved" });
    const falling = trackLinear(plan("at-most", 80, 60), { year: 2024, value: 63.5, interval: { low: 59, high: 68 } });
    expect(falling).toMatchObject({
      status: "needs-acceleration",
      statusOfValue: "on-track",
      statusAtBest: "achieved",
    });
  });
  it("about 1,000: met within its tolerance on both sides, and overshooting is no longer met", () => {
    const about: PlanTarget = { ...plan("about", 821, 1000), tolerance: 0.02 };
    expect(trackLinear(about, { year: 2025, value: 985 }).status).toBe("achieved");
    expect(trackLinear(about, { year: 2025, value: 1015 }).status).toBe("achieved");
    expect(trackLinear(about, { year: 2025, value: 960 }).status).toBe("needs-acceleration");
  });
  it("a target met at the base is kept or lost, without a pace", () => {
    const keep = plan("at-least", 97, 95);
    expect(trackLinear(keep, { year: 2023, value: 96 })).toMatchObject({
      status: "achieved",
      ratio: null,
      done: null,
      gap: null,
    });
    expect(trackLinear(keep, { year: 2023, value: 94 })).toMatchObject({ status: "deteriorating", ratio: null });
  });
  it("a cumulative target starts from nothing; everyone who is entitled is 100", () => {
    const built: PlanTarget = { ...plan("at-least", 0, 21.9), cumulative: true };
    expect(trackLinear(built, { year: 2023, value: 16.7 })).toMatchObject({ status: "on-track" });
    const all: PlanTarget = { comparison: "all", base: { year: 2020, value: 95 }, target: { year: 2025 } };
    expect(trackLinear(all, { year: 2025, value: 100 }).status).toBe("achieved");
    expect(trackLinear(all, { year: 2025, value: 99.9 }).status).toBe("on-track");
  });
});

describe("metamorphic laws of the linear pace", () => {
  const cases = fc.record({
    comparison: fc.constantFrom<Comparison>("at-least", "above", "at-most", "below"),
    base: fc.integer({ min: -50, max: 200 }),
    way: fc.integer({ min: 1, max: 100 }),
    at: fc.integer({ min: -300, max: 300 }),
    year: fc.integer({ min: 2021, max: 2026 }),
    spread: fc.integer({ min: 0, max: 20 }),
  });
  const rises = (comparison: Comparison) => comparison === "at-least" || comparison === "above";
  const track = (
    comparison: Comparison,
    numbers: { base: number; target: number; value: number; spread: number; year: number },
  ) => {
    const { base, target, value, spread, year } = numbers;
    const interval = { low: value - spread, high: value + spread };
    const { status, statusOfValue, statusAtBest } = trackLinear(plan(comparison, base, target), {
      year,
      value,
      interval,
    });
    return { status, statusOfValue, statusAtBest };
  };
  const mirror: Record<string, Comparison> = {
    "at-least": "at-most",
    above: "below",
    "at-most": "at-least",
    below: "above",
  };
  it("unit of measure and zero point do not matter; less is better is more is better turned round", () => {
    fc.assert(
      fc.property(cases, ({ comparison, base, way, at, year, spread }) => {
        const target = rises(comparison) ? base + way : base - way;
        const numbers = { base, target, value: at, spread, year };
        const found = track(comparison, numbers);
        const each = (change: (value: number) => number, width = 1) => ({
          base: change(base),
          target: change(target),
          value: change(at),
          spread: spread * width,
          year,
        });
        expect(
          track(
            comparison,
            each((value) => value * 8, 8),
          ),
        ).toEqual(found);
        expect(
          track(
            comparison,
            each((value) => value + 1024),
          ),
        ).toEqual(found);
        expect(
          track(
            mirror[comparison]!,
            each((value) => -value),
          ),
        ).toEqual(found);
      }),
    );
  });
  it("a better value never has a worse status, a wider interval never a better one", () => {
    const order: readonly ProgressStatus[] = ["deteriorating", "limited", "needs-acceleration", "on-track", "achieved"];
    fc.assert(
      fc.property(cases, fc.integer({ min: 0, max: 50 }), ({ comparison, base, way, at, year, spread }, more) => {
        const up = rises(comparison);
        const numbers = { base, target: up ? base + way : base - way, value: at, spread, year };
        const { status } = track(comparison, numbers);
        const better = track(comparison, { ...numbers, value: up ? at + more : at - more });
        expect(order.indexOf(better.status)).toBeGreaterThanOrEqual(order.indexOf(status));
        const wider = track(comparison, { ...numbers, spread: spread + more });
        expect(order.indexOf(wider.status)).toBeLessThanOrEqual(order.indexOf(status));
      }),
    );
  });
  it("a forecast moves and grows with its values, and every year seen twice leaves the line where it is", () => {
    const series = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 10 });
    fc.assert(
      fc.property(series, (values) => {
        const points = values.map((value, i) => ({ year: 2015 + i, value }));
        const found = forecast(points, 2030);
        const other = forecast(
          points.map(({ year, value }) => ({ year, value: value * 3 + 7 })),
          2030,
        );
        for (const end of ["value", "low", "high"] as const) expect(other[end]).toBeCloseTo(found[end] * 3 + 7, 6);
        const twice = forecast([...points, ...points], 2030);
        expect(twice.value).toBeCloseTo(found.value, 6);
        expect(twice.high - twice.low).toBeLessThanOrEqual(found.high - found.low + 1e-9);
      }),
    );
  });
});

describe("compound growth", () => {
  it("doubling in five years needs 14.87 % a year; 10 % is 67 % of it", () => {
    const found = trackGrowth(plan("at-least", 100, 200), { year: 2021, value: 110 });
    expect(found.required).toBeCloseTo(2 ** 0.2 - 1, 14);
    expect(found.observed).toBeCloseTo(0.1, 14);
    expect(found.ratio).toBeCloseTo(0.1 / 0.148698354997, 10);
    expect(found.status).toBe("needs-acceleration");
  });
  it.each<[number, ProgressStatus]>([
    [115, "on-track"],
    [109, "needs-acceleration"],
    [108, "limited"],
    [99, "deteriorating"],
    [200, "achieved"],
  ])("100 to 200, at %d after a year: %s", (value, status) => {
    expect(trackGrowth(plan("at-least", 100, 200), { year: 2021, value }).status).toBe(status);
  });
  it.each<[number, ProgressStatus]>([
    [87, "on-track"],
    [90, "needs-acceleration"],
    [95, "limited"],
    [101, "deteriorating"],
    [50, "achieved"],
  ])("100 down to 50, at %d after a year: %s", (value, status) => {
    expect(trackGrowth(plan("at-most", 100, 50), { year: 2021, value }).status).toBe(status);
  });
});

describe("refused, not guessed", () => {
  const fine = plan("at-least", 10, 20);
  const now = { year: 2022, value: 12 };
  it.each([
    ["MEASURE-UNDEFINED", () => trackGrowth(plan("at-least", 0, 20), now)],
    ["MEASURE-UNDEFINED", () => trackGrowth(fine, { year: 2022, value: 0 })],
    ["MEASURE-UNDEFINED", () => trackGrowth(fine, { ...now, interval: { low: -1, high: 13 } })],
    ["MEASURE-UNDEFINED", () => trackGrowth({ ...plan("at-least", 0, 20), cumulative: true }, now)],
    ["MEASURE-UNDEFINED", () => trackLinear(plan("above", 20, 20), now)],
    ["MEASURE-PARAMETER", () => trackLinear({ ...fine, cumulative: true }, now)],
    ["MEASURE-PARAMETER", () => trackLinear({ ...fine, target: { year: 2020, value: 20 } }, now)],
    ["MEASURE-PARAMETER", () => trackLinear(fine, { year: 2020, value: 12 })],
    ["MEASURE-PARAMETER", () => trackLinear(fine, { ...now, interval: { low: 13, high: 14 } })],
    ["MEASURE-PARAMETER", () => trackLinear(plan("about", 10, 20), now)],
    ["MEASURE-MISSING", () => trackLinear(fine, { year: 2022, value: Number.NaN })],
    ["MEASURE-MISSING", () => trackLinear({ ...fine, target: { year: 2025 } }, now)],
    [
      "MEASURE-HISTORY",
      () =>
        forecast(
          [
            { year: 1, value: 1 },
            { year: 2, value: 2 },
          ],
          3,
        ),
    ],
    [
      "MEASURE-MISSING",
      () =>
        forecast(
          [1, 2, 3].map((year) => ({ year, value: Number.NaN })),
          4,
        ),
    ],
  ])("%s", (code, act) => {
    expect(act).toThrow(expect.objectContaining({ code }));
  });
});

describe("forecast", () => {
  it("of 2, 4, 5, 4, 5: slope .6, next 5.8, band of t(.975, 3) = 3.182446 times the square root of .8 x 2.1", () => {
    const found = forecast(
      [2, 4, 5, 4, 5].map((value, i) => ({ year: 1 + i, value })),
      6,
    );
    expect(found.slope).toBeCloseTo(0.6, 12);
    expect(found.value).toBeCloseTo(5.8, 12);
    expect(found.high - found.value).toBeCloseTo(3.182446 * Math.sqrt(1.68), 5);
  });
  it("of a straight line: the line, without a band", () => {
    const found = forecast(
      [1, 2, 3].map((year) => ({ year, value: 2 * year })),
      10,
    );
    expect(found.value).toBeCloseTo(20, 12);
    expect(found.high - found.low).toBeCloseTo(0, 10);
  });
});
