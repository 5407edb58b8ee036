import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shortageOf } from "./shortage.ts";

const beds = { form: "ratio", direction: "up", per: 100 } as const;
const target = { comparison: "at-least", value: 55 } as const;
const behind = { status: "limited" } as const;
const figure = (numerator: number | null, denominator: number | null, value: number | null = null) => ({
  numerator,
  denominator,
  value,
});

describe("supply against need", () => {
  it("nursing beds, 55 % of 1,000 beds are 550: 380 there are, 170 are missing", () => {
    expect(shortageOf(beds, figure(380, 1000), target, behind)?.needed).toBeCloseTo(550, 9);
    expect(shortageOf(beds, figure(380, 1000), target, behind)?.short).toBeCloseTo(170, 9);
  });
  it("nursery places, 4.5 a thousand of 200,000 people are 900; everybody who is entitled is 100 %", () => {
    const places = { ...beds, per: 1000 };
    const found = shortageOf(places, figure(360, 200_000), { comparison: "above", value: 4.5 }, behind)!;
    expect(found.needed).toBeCloseTo(900, 9);
    expect(found.short).toBeCloseTo(540, 9);
    expect(shortageOf(beds, figure(93, 100), { comparison: "all" }, { status: "open" })).toEqual({
      needed: 100,
      short: 7,
    });
  });
  it("a count of its own is held against the target itself; about a thousand is met within its tolerance", () => {
    const count = { form: "count", direction: "up" } as const;
    expect(shortageOf(count, figure(null, null, 821), { comparison: "about", value: 1000 }, behind)?.short).toBe(179);
    expect(
      shortageOf(count, figure(null, null, 985), { comparison: "about", value: 1000 }, { status: "achieved" }),
    ).toEqual({
      needed: 1000,
      short: 0,
    });
  });
  it.each([
    ["no target", beds, figure(1, 2), undefined],
    ["a withheld figure", beds, figure(null, null), target],
    ["a stated value", { ...beds, form: "stated" } as const, figure(null, null, 78), target],
    ["less is better", { ...beds, direction: "down" } as const, figure(1, 2), target],
    ["a ceiling", beds, figure(1, 2), { comparison: "at-most", value: 5 } as const],
    [
      "a sum of years",
      { form: "count", direction: "up" } as const,
      figure(null, null, 3),
      { ...target, cumulative: true },
    ],
  ])("is not told of %s", (_, indicator, own, wanted) => {
    expect(shortageOf(indicator, own, wanted, behind)).toBeNull();
  });
  it("the parts' needs under one target sum to the need of the whole", () => {
    const parts = fc.array(fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 5000 })), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(parts, (areas) => {
        const sum = (k: 0 | 1) => areas.reduce((total, area) => total + area[k], 0);
        const needs = areas.map(([n, d]) => shortageOf(beds, figure(n, d), target, behind)!.needed);
        const whole = shortageOf(beds, figure(sum(0), sum(1)), target, behind)!.needed;
        expect(needs.reduce((a, b) => a + b, 0)).toBeCloseTo(whole, 6);
      }),
    );
  });
});
