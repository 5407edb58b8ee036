import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf, packedDate } from "./calendar.ts";
import { createRandom, normal, pick } from "./random.ts";

describe("random numbers by counter", () => {
  it("depend on the seed, the purpose and the index alone", () => {
    fc.assert(
      fc.property(fc.integer(), fc.string(), fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed, purpose, index) => {
        const draw = createRandom(seed).draw(purpose);
        draw(index + 1);
        expect(createRandom(seed).draw(purpose)(index)).toBe(draw(index));
        expect(draw(index)).toBeGreaterThanOrEqual(0);
        expect(draw(index)).toBeLessThan(1);
      }),
    );
  });

  it("are even, and those of two purposes have nothing to do with each other", () => {
    const random = createRandom(7);
    const [a, b] = [random.draw("a"), random.draw("b")];
    const count = 200_000;
    const cells = new Float64Array(100);
    for (let i = 0; i < count; i++) cells[Math.floor(a(i) * 10) * 10 + Math.floor(b(i) * 10)]!++;
    const expected = count / 100;
    const chi = cells.reduce((sum, found) => sum + (found - expected) ** 2 / expected, 0);
    // 99 degrees of freedom: the 0.999 quantile of chi-squared is 148.2 (statistical tables).
    expect(chi).toBeLessThan(148.2);
  });

  it("become normal ones with the quantiles of the tables", () => {
    expect(normal(0.5)).toBeCloseTo(0, 8);
    expect(normal(0.975)).toBeCloseTo(1.959964, 5);
    expect(normal(0.001)).toBeCloseTo(-3.090232, 5);
  });

  it("pick by weight", () => {
    expect(pick([1, 1, 2], 0.49)).toBe(1);
    expect(pick([1, 1, 2], 0.51)).toBe(2);
    expect(pick([0, 1], 0)).toBe(1);
  });
});

describe("packed dates", () => {
  it("agree with the calendar of the platform", () => {
    fc.assert(
      fc.property(fc.integer({ min: -40_000, max: 40_000 }), (day) => {
        const text = new Date(day * 86_400_000).toISOString().slice(0, 10);
        expect(packedDate(day)).toBe(Number(text.replaceAll("-", "")));
        expect(dayOf(text)).toBe(day);
      }),
    );
  });
});
