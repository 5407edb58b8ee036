import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalQuantile } from "../numeric/quantile.ts";
import { seededRandom } from "../numeric/random.ts";
import { cell, column, hasSharedData, labels, readRows } from "../testing/shared-data.ts";
import { cusum } from "./cusum.ts";
import { type EarsOptions, ears } from "./ears.ts";
import { evaluateAcross, evaluateDetector } from "./evaluate.ts";
import { farrington } from "./farrington.ts";
import { standingOfShare } from "./funnel.ts";
import { glrPoisson, seasonalExpected } from "./glr.ts";
import { modifiedZ } from "./modified-z.ts";
import type { Watch } from "./series.ts";

const newport = hasSharedData ? column(readRows("surveillance/salmNewport_weekly.csv"), "cases") : new Float64Array();
const dates = hasSharedData ? labels(readRows("surveillance/salmNewport_weekly.csv"), "monday") : [];
const stored = hasSharedData ? readRows("surveillance/ref_salmNewport_2011.csv") : [];
const range = { from: 365, to: 417 };

/** All 52 weeks of 2011 against a stored pair of columns. */
function compare(watches: readonly Watch[], name: string, alarms: number) {
  expect(watches).toHaveLength(52);
  for (const [i, row] of stored.entries()) {
    expect(watches[i]!.at + 1).toBe(cell(row, "index"));
    const upper = cell(row, `${name}_ub`);
    // The R package writes 0 (or NA) where too few cases leave no bound.
    expect(Math.abs((watches[i]!.upper ?? 0) - (Number.isNaN(upper) ? 0 : upper))).toBeLessThan(
      1e-9 * Math.max(1, upper),
    );
    expect(Number(watches[i]!.alarm)).toBe(cell(row, `${name}_alarm`));
  }
  expect(watches.filter(({ alarm }) => alarm)).toHaveLength(alarms);
}

describe.skipIf(!hasSharedData)("Salmonella Newport 2011, R surveillance 1.20.3", () => {
  it.each<[string, Omit<EarsOptions, "from">, number]>([
    ["C1", { method: "C1", alpha: 0.05 }, 6],
    ["C2", { method: "C2", alpha: 0.05 }, 8],
    ["C1_default", { method: "C1" }, 3],
  ])("EARS %s", (name, options, alarms) => {
    compare(ears(newport, { ...options, ...range }), name, alarms);
  });
  it.each([
    ["C3", 0.05, 6],
    ["C3_default", 0.025, 6],
  ] as const)("EARS %s, its limit around the count, as the package has it", (name, alpha, alarms) => {
    compare(ears(newport, { method: "C3", alpha, around: "count", ...range }), name, alarms);
    // The limit of the papers stands around the mean: the same carried excess and deviation.
    const z = normalQuantile(1 - alpha);
    for (const { mean, deviation, carried, upper } of ears(newport, { method: "C3", alpha, ...range }))
      expect(upper).toBeCloseTo(Math.max(0, mean + deviation * (z - carried)), 12);
  });
  it("the four bounds that the package's own tests print", () => {
    const found = ears(newport, { method: "C1", alpha: 0.05, ...range });
    expect(found.slice(0, 4).map(({ upper }) => upper!.toFixed(6))).toEqual([
      "3.278854",
      "3.278854",
      "3.436517",
      "3.855617",
    ]);
  });
  it("CUSUM, plain and Rossi", () => {
    compare(cusum(newport, range), "cusum", 9);
    compare(cusum(newport, { ...range, transform: "rossi" }), "cusum_rossi", 9);
  });
  it("Farrington, four years, three weeks on each side", () => {
    compare(farrington(newport, { ...range, frequency: 52, dates, years: 4, alpha: 0.05 }), "farrington", 8);
  });
  it("Farrington as Noufaily improved it: ten seasons, half a year left out, negative binomial plugged in", () => {
    const found = farrington(newport, {
      ...range,
      frequency: 52,
      dates,
      years: 4,
      alpha: 0.01,
      trendLevel: 1,
      seasons: { count: 10, skip: 26 },
      enough: { cases: 0, periods: 50 },
      threshold: "plug-in",
    });
    compare(found, "ff_nbPlugin", 5);
  });
});

describe.skipIf(!hasSharedData)("Salmonella hadar, Poisson GLR", () => {
  it("statistics and six alarms of 2003-2006", () => {
    const hadar = column(readRows("surveillance/shadar_weekly.csv"), "cases");
    const from = 104;
    const expected = seasonalExpected(hadar, { from, frequency: 52 });
    const found = glrPoisson(hadar, { from, expected });
    const rows = readRows("surveillance/ref_shadar_glrpois.csv");
    expect(found).toHaveLength(rows.length);
    for (const [i, row] of rows.entries()) {
      expect(found[i]!.at + 1).toBe(cell(row, "index"));
      expect(Math.abs(found[i]!.statistic - cell(row, "stat"))).toBeLessThan(1e-6);
      expect(Number(found[i]!.alarm)).toBe(cell(row, "alarm"));
    }
    expect(found.filter(({ alarm }) => alarm).map(({ at }) => at + 1)[0]).toBe(280);
    expect(found.filter(({ alarm }) => alarm)).toHaveLength(6);
  });
});

describe("laws and refusals of detectors", () => {
  const quiet = Array.from({ length: 60 }, (_, i) => 10 + (i % 3));
  it("a level shift is an alarm, a quiet series is not, and what comes later does not change what was said", () => {
    const shifted = quiet.map((count, i) => (i >= 50 ? count + 15 : count));
    for (const detect of [
      (values: readonly number[]) => ears(values, { method: "C1", from: 40 }),
      (values: readonly number[]) => ears(values, { method: "C2", from: 40 }),
      (values: readonly number[]) => ears(values, { method: "C3", from: 40 }),
      (values: readonly number[]) => cusum(values, { from: 40 }),
      (values: readonly number[]) => glrPoisson(values, { from: 40, expected: values.slice(40).map(() => 11) }),
    ]) {
      expect(detect(quiet).some(({ alarm }) => alarm)).toBe(false);
      expect(detect(shifted).find(({ alarm }) => alarm)!.at).toBe(50);
      expect(detect(shifted).slice(0, 10)).toEqual(detect(quiet).slice(0, 10));
    }
  });
  const counts = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 40, maxLength: 60 });
  const rung = (watched: readonly { readonly alarm: boolean }[]) => watched.map(({ alarm }) => alarm);
  it("EARS does not see the unit of counting nor a level added to all; modified z neither", () => {
    fc.assert(
      fc.property(counts, fc.constantFrom("C1" as const, "C2" as const, "C3" as const), (values, method) => {
        const plain = rung(ears(values, { method, from: 20 }));
        // Powers of two: the products are exact, so that a count at its limit stays there.
        expect(
          rung(
            ears(
              values.map((count) => count * 8),
              { method, from: 20 },
            ),
          ),
        ).toEqual(plain);
        const spread = new Set(values).size > values.length / 2;
        fc.pre(spread);
        const odd = modifiedZ(values);
        const moved = modifiedZ(values.map((count) => count * 8 + 64));
        for (const [i, z] of odd.entries()) expect(moved[i]).toBeCloseTo(z, 9);
      }),
    );
  });
  it("CUSUM of counts k times as great has limits sqrt k times as wide; the likelihood ratio of k times the evidence is k times", () => {
    fc.assert(
      fc.property(counts, (values) => {
        const four = values.map((count) => count * 4);
        const plain = rung(cusum(values, { from: 20, slack: 1, threshold: 2.25 }));
        const wide = rung(cusum(four, { from: 20, slack: 2, threshold: 4.5 }));
        expect(wide).toEqual(plain);
        const expected = values.slice(20).map(() => 20);
        const once = glrPoisson(values, { from: 20, expected, threshold: 1e9 });
        const fourfold = glrPoisson(four, { from: 20, expected: expected.map((mean) => mean * 4), threshold: 1e9 });
        for (const [i, { statistic }] of once.entries()) expect(fourfold[i]!.statistic).toBeCloseTo(4 * statistic, 6);
      }),
    );
  });
  it("C2 leaves a starting anomaly out of its own baseline: it still sounds on the third day", () => {
    const shifted = quiet.map((count, i) => (i >= 50 ? count + 6 : count));
    expect(ears(shifted, { method: "C2", from: 52, to: 53 })[0]!.alarm).toBe(true);
    expect(ears(shifted, { method: "C1", from: 52, to: 53 })[0]!.alarm).toBe(false);
  });
  it("Farrington finds a doubled week in a steady season, and says nothing about fewer than five cases", () => {
    const seasonal = Array.from({ length: 300 }, (_, t) => Math.round(20 + 10 * Math.sin((2 * Math.PI * t) / 52)));
    const options = { frequency: 52, years: 4, from: 290 } as const;
    const odd = seasonal.with(295, seasonal[295]! * 2 + 5);
    expect(farrington(seasonal, options).some(({ alarm }) => alarm)).toBe(false);
    expect(
      farrington(odd, options)
        .filter(({ alarm }) => alarm)
        .map(({ at }) => at),
    ).toEqual([295]);
    const none = farrington(
      seasonal.map(() => 1),
      options,
    );
    expect(none.every(({ upper, alarm }) => upper === null && !alarm)).toBe(true);
  });
  it("modified z of 1..9 and 100: only the last is odd", () => {
    const z = modifiedZ([1, 2, 3, 4, 5, 6, 7, 8, 9, 100]);
    expect(z[9]).toBeCloseTo((0.6745 * 94.5) / 2.5, 12);
    expect(z.filter((value) => Math.abs(value) > 3.5)).toHaveLength(1);
    expect(() => modifiedZ([1, 1, 1, 2])).toThrow(expect.objectContaining({ code: "MEASURE-CONSTANT" }));
  });
  it("a rule's record: no alarm in a quiet year, a large shift found at once, none of a shift of nothing", () => {
    const detector = (values: Float64Array, from: number) => ears(values, { method: "C1", from });
    const options = { from: 20, perYear: 52, horizon: 4, every: 3 };
    const large = evaluateDetector(detector, quiet, { ...options, shift: 30 });
    expect(large).toMatchObject({ alarmsPerYear: 0, medianDelay: 0, missed: 0 });
    expect(large.injections).toBe(13);
    expect(evaluateDetector(detector, quiet, { ...options, shift: 0 })).toMatchObject({ medianDelay: null, missed: 1 });
  });
  it("a comparison of units, worked by hand: one of eight area-years rings, a unit that rings already is not tried again", () => {
    // Four areas over two years; more than 10 rings. Injected: 6 more for two years.
    const detector = (units: readonly (number | null)[]) => units.map((unit) => unit !== null && unit > 10);
    const history = [
      [1, 5, 12, 8],
      [1, 5, 9, null],
    ];
    const options = { perYear: 1, horizon: 2, worsen: (unit: number) => unit + 6 };
    // Started in the first year: 1 stays below, 5 rings at once (11), 12 rang before, 8 rings at once. The second year leaves no two years.
    const found = evaluateAcross(detector, history, options);
    expect(found).toEqual({ alarmsPerYear: 1 / 7, medianDelay: 0, missed: 1 - 2 / 3, injections: 3 });
    expect(() => evaluateAcross(detector, [], options)).toThrow(expect.objectContaining({ code: "MEASURE-HISTORY" }));
  });
  it("a funnel over areas that differ by chance alone rings for at most one area-year in a thousand on each side", () => {
    const random = seededRandom(4);
    const share = () => ({
      of: 400,
      count: Array.from({ length: 400 }, () => Number(random() < 0.6)).reduce((a, b) => a + b, 0),
    });
    const history = Array.from({ length: 20 }, () => Array.from({ length: 50 }, share));
    const funnel = (units: readonly ({ count: number; of: number } | null)[]) => {
      const there = units.filter((unit) => unit !== null);
      const average = there.reduce((sum, { count }) => sum + count, 0) / there.reduce((sum, { of }) => sum + of, 0);
      return units.map((unit) => unit !== null && standingOfShare(unit.count, unit.of, average) === "low-3");
    };
    const worsen = ({ count, of }: { count: number; of: number }) => ({ count: Math.round(count * 0.7), of });
    const found = evaluateAcross(funnel, history, { perYear: 1, horizon: 3, worsen });
    // 1,000 area-years at .001: more than six have a chance below 1e-4.
    expect(found.alarmsPerYear).toBeLessThan(0.007);
    expect(found).toMatchObject({ medianDelay: 0, missed: 0 });
  });
  it.each([
    ["MEASURE-PARAMETER", () => ears(quiet, { method: "C1", from: 40, baseline: 2 })],
    ["MEASURE-PARAMETER", () => ears(quiet, { method: "C1", from: 40, minimumDeviation: -1 })],
    ["MEASURE-HISTORY", () => ears(quiet, { method: "C1", from: 5 })],
    ["MEASURE-MISSING", () => ears([...quiet, Number.NaN], { method: "C1", from: 40 })],
    ["MEASURE-MEAN", () => cusum([0, 0, 0, 4], { from: 2 })],
    ["MEASURE-HISTORY", () => farrington(quiet, { from: 50, frequency: 52 })],
    ["MEASURE-MEAN", () => glrPoisson(quiet, { from: 58, expected: [1, 0] })],
  ])("refuses with %s", (code, act) => {
    expect(act).toThrow(expect.objectContaining({ code }));
  });
});
