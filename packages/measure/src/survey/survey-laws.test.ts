import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../numeric/random.ts";
import { compareReports } from "./agreement.ts";
import { calibrate, rake } from "./calibrate.ts";
import { prepareDesign } from "./design.ts";
import { estimateMean, estimateTotal, kishEffect } from "./estimate.ts";
import { estimateProportion } from "./proportion.ts";
import { bootstrap, jackknife, replicateError } from "./replicates.ts";
import { sampleSizeForShare, zeroFailureSize } from "./sample-size.ts";

const sample = fc
  .array(
    fc.record({
      y: fc.double({ min: -100, max: 100, noNaN: true }),
      weight: fc.double({ min: 0.5, max: 20, noNaN: true }),
      stratum: fc.integer({ min: 0, max: 2 }),
    }),
    { minLength: 1, maxLength: 20 },
  )
  // Every stratum twice, so that none has a single unit.
  .map((rows) => [...rows, ...rows.map((row) => ({ ...row, y: row.y / 2 + 1 }))])
  .map((rows) => ({
    y: rows.map(({ y }) => y),
    weights: rows.map(({ weight }) => weight),
    strata: rows.map(({ stratum }) => stratum),
  }));

describe("laws of survey estimates", () => {
  it("scaling weights leaves a mean and its error alone; scaling answers scales both; reordering changes nothing", () => {
    fc.assert(
      fc.property(sample, ({ y, weights, strata }) => {
        const mean = (ys: number[], ws: number[], ss: number[]) =>
          estimateMean(prepareDesign({ weights: ws, strata: ss }, ys.length), ys);
        const whole = mean(y, weights, strata);
        const same = (a: { estimate: number; standardError: number }, k = 1) => {
          expect(a.estimate).toBeCloseTo(whole.estimate * k, 8);
          expect(a.standardError).toBeCloseTo(whole.standardError * k, 8);
        };
        same(
          mean(
            y,
            weights.map((weight) => weight * 7),
            strata,
          ),
        );
        same(
          mean(
            y.map((value) => value * 3),
            weights,
            strata,
          ),
          3,
        );
        same(mean(y.toReversed(), weights.toReversed(), strata.toReversed()));
      }),
    );
  });
  it("a row split in two of half its weight changes nothing; every row k times as a unit of its own narrows the error", () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: 2, max: 5 }), ({ y, weights, strata }, k) => {
        const n = y.length;
        const unit = y.map((_, i) => i);
        const twice = <T>(values: readonly T[]) => values.flatMap((value) => [value, value]);
        const whole = estimateMean(prepareDesign({ weights, strata, clusters: [unit] }, n), y);
        const halves = twice(weights.map((weight) => weight / 2));
        const split = estimateMean(
          prepareDesign({ weights: halves, strata: twice(strata), clusters: [twice(unit)] }, 2 * n),
          twice(y),
        );
        expect(split.estimate).toBeCloseTo(whole.estimate, 8);
        expect(split.standardError).toBeCloseTo(whole.standardError, 8);
        // One stratum: n / (n - 1) times the squares becomes kn / (kn - 1) times them over k.
        const plain = estimateMean(prepareDesign({ weights }, n), y);
        const many = <T>(values: readonly T[]) => Array.from({ length: k }, () => values).flat();
        const repeated = estimateMean(prepareDesign({ weights: many(weights) }, k * n), many(y));
        expect(repeated.estimate).toBeCloseTo(plain.estimate, 8);
        expect(repeated.standardError).toBeCloseTo(plain.standardError * Math.sqrt((n - 1) / (k * n - 1)), 8);
      }),
    );
  });
  it("domains split a total; a census has no error", () => {
    fc.assert(
      fc.property(sample, ({ y, weights, strata }) => {
        const design = prepareDesign({ weights, strata }, y.length);
        const inside = y.map((_, i) => i % 2 === 0);
        const total = (domain: boolean[]) => estimateTotal(design, y, { domain }).estimate;
        expect(total(inside) + total(inside.map((is) => !is))).toBeCloseTo(estimateTotal(design, y).estimate, 8);
        const sizes = strata.map((stratum) => strata.filter((other) => other === stratum).length);
        const census = prepareDesign({ strata, populationSizes: [sizes] }, y.length);
        expect(estimateTotal(census, y).standardError).toBe(0);
      }),
    );
  });
  it("of a linear statistic the jackknife error is the linearised one, and the bootstrap comes near", () => {
    const y = [3, 5, 4, 8, 13, 11, 10, 16, 9, 7];
    const design = prepareDesign({ weights: y.map(() => 10), strata: [1, 1, 1, 1, 1, 2, 2, 2, 2, 2] }, 10);
    const { standardError } = estimateTotal(design, y);
    const total = (weights: Float64Array) => weights.reduce((sum, weight, i) => sum + weight * y[i]!, 0);
    expect(replicateError(jackknife(design), total)).toBeCloseTo(standardError, 10);
    const replicates = bootstrap(design, { count: 4000, random: seededRandom(7) });
    expect(Math.abs(replicateError(replicates, total) / standardError - 1)).toBeLessThan(0.05);
  });
  it("calibrated and raked weights meet their totals; logit keeps its bounds", () => {
    const weights = [10, 10, 20, 20, 30, 30];
    const design = prepareDesign({ weights }, 6);
    const x = [1, 2, 3, 4, 5, 6];
    const controls = [
      { name: "all", values: x.map(() => 1), total: 130 },
      { name: "x", values: x, total: 520 },
    ];
    const bounded = calibrate(design, controls, { distance: { kind: "logit", least: 0.5, greatest: 2 } });
    expect(bounded.leastFactor).toBeGreaterThan(0.5);
    expect(bounded.greatestFactor).toBeLessThan(2);
    expect(estimateTotal(bounded.design, x).estimate).toBeCloseTo(520, 6);
    const raked = rake(design, [
      { name: "a", groups: ["m", "f", "m", "f", "m", "f"], totals: { m: 70, f: 60 } },
      { name: "b", groups: ["y", "y", "y", "o", "o", "o"], totals: { y: 50, o: 80 } },
    ]).design;
    expect(estimateTotal(raked, [1, 0, 1, 0, 1, 0]).estimate).toBeCloseTo(70, 7);
    expect(estimateTotal(raked, [1, 1, 1, 0, 0, 0]).estimate).toBeCloseTo(50, 7);
  });
});

describe("small tools", () => {
  it("400 answers know a half within 4.9 points; 385 within 5; the Handbook's finite correction; 59 visits", () => {
    expect(sampleSizeForShare({ share: 0.5, margin: 0.049 })).toBe(400);
    expect(sampleSizeForShare({ share: 0.5, margin: 0.05 })).toBe(385);
    expect(sampleSizeForShare({ share: 0.5, margin: 0.05, population: 1000 })).toBe(278);
    expect(sampleSizeForShare({ share: 0.5, margin: 0.05, designEffect: 2, response: 0.5 })).toBe(1537);
    expect(zeroFailureSize(0.05)).toBe(59);
  });
  it("Kish: equal weights have no effect; of weights 1 and 3 it is 1.25", () => {
    expect(kishEffect([2, 2, 2]).effect).toBeCloseTo(1, 15);
    expect(kishEffect([1, 3])).toEqual({ effect: 1.25, effectiveSize: 1.6 });
  });
  it("Cohen's textbook table 20, 5, 10, 15: agreement .7, kappa .4", () => {
    const pairs = (yes: boolean, seen: boolean, n: number) => Array.from({ length: n }, () => [yes, seen] as const);
    const all = [
      ...pairs(true, true, 20),
      ...pairs(true, false, 5),
      ...pairs(false, true, 10),
      ...pairs(false, false, 15),
    ];
    const found = compareReports(
      all.map(([yes]) => yes),
      all.map(([, seen]) => seen),
    );
    expect(found.agreement).toBeCloseTo(0.7, 14);
    expect(found.kappa).toBeCloseTo(0.4, 14);
    expect(found.overReporting!.rate).toBeCloseTo(0.2, 14);
  });
  const one = prepareDesign({ weights: [1, 1, 1] }, 3);
  it.each([
    ["MEASURE-EMPTY", () => prepareDesign({ weights: [] }, 0)],
    ["MEASURE-WEIGHT", () => prepareDesign({ weights: [1, -1] }, 2)],
    ["MEASURE-WEIGHT", () => prepareDesign({}, 2)],
    ["MEASURE-FPC", () => prepareDesign({ weights: [1, 1], populationSizes: [[1, 1]] }, 2)],
    ["MEASURE-LENGTH", () => estimateMean(one, [1, 2])],
    ["MEASURE-EMPTY", () => estimateMean(one, [null, null, null])],
    ["MEASURE-PARAMETER", () => estimateProportion(one, [1, 2, 0])],
    ["MEASURE-UNDEFINED", () => estimateProportion(one, [1, 1, 1])],
    [
      "MEASURE-SINGULAR",
      () =>
        calibrate(
          one,
          [1, 2].map((k) => ({ name: `c${k}`, values: [k, k, k], total: 9 * k })),
        ),
    ],
    ["MEASURE-GROUP", () => rake(one, [{ name: "a", groups: ["x", "y", "z"], totals: { x: 1, y: 2 } }])],
    ["MEASURE-EMPTY", () => rake(one, [{ name: "a", groups: ["x", "x", "x"], totals: { x: 1, y: 2 } }])],
    [
      "MEASURE-NOT-CONVERGED",
      () =>
        rake(one, [
          { name: "a", groups: ["x", "y", "y"], totals: { x: 1, y: 2 } },
          { name: "b", groups: ["x", "y", "y"], totals: { x: 2, y: 1 } },
        ]),
    ],
  ])("refuses with %s", (code, act) => {
    expect(act).toThrow(expect.objectContaining({ code }));
  });
  it("all yes still has a beta interval, up to 1", () => {
    const found = estimateProportion(one, [1, 1, 1], { method: "beta" });
    expect(found.high).toBe(1);
    expect(found.low).toBeCloseTo(0.025 ** (1 / 3), 10);
  });
});
