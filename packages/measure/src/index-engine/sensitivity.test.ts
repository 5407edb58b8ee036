import { describe, expect, it } from "vitest";
import { seededRandom } from "../numeric/random.ts";
import { asemMethod, readAsem } from "../testing/asem.ts";
import { hasSharedData } from "../testing/shared-data.ts";
import type { Choices } from "./choices.ts";
import type { IndexMethod, IndexTree } from "./model.ts";
import { prepareIndex } from "./prepare.ts";
import { indexSensitivity, sobolIndices } from "./sensitivity.ts";
import { rankUncertainty } from "./uncertainty.ts";

describe("Sobol' indices", () => {
  it("Ishigami's function within .01 at 2^14 samples", () => {
    const angle = (u: number) => Math.PI * (2 * u - 1);
    const model = (u: Float64Array) =>
      Math.sin(angle(u[0]!)) + 7 * Math.sin(angle(u[1]!)) ** 2 + 0.1 * angle(u[2]!) ** 4 * Math.sin(angle(u[0]!));
    const found = sobolIndices(model, 3, { samples: 2 ** 14, random: seededRandom(1), resamples: 50 });
    for (const [d, [first, total]] of [
      [0.3139, 0.5576],
      [0.4424, 0.4424],
      [0, 0.2437],
    ].entries()) {
      expect(Math.abs(found[d]!.first - first!)).toBeLessThan(0.01);
      expect(Math.abs(found[d]!.total - total!)).toBeLessThan(0.01);
      expect(found[d]!.totalInterval[0]).toBeLessThanOrEqual(found[d]!.total);
      expect(found[d]!.totalInterval[1]).toBeGreaterThanOrEqual(found[d]!.total);
    }
  });
  it("of a sum, first and total are the shares of variance; a constant has none", () => {
    const found = sobolIndices((u) => 3 * u[0]! + 4 * u[1]!, 2, {
      samples: 4096,
      random: seededRandom(3),
      resamples: 0,
    });
    expect(found[0]!.first).toBeCloseTo(9 / 25, 2);
    expect(found[1]!.total).toBeCloseTo(16 / 25, 2);
    expect(sobolIndices(() => 5, 1, { samples: 8, random: seededRandom(1) })[0]).toMatchObject({ first: 0, total: 0 });
  });
});

const scale = { kind: "min-max", lower: 1, upper: 100 } as const;
const choices: Choices = {
  treat: [1, 2, 3, 4, 5].map((maxWinsorised) => ({ ...asemMethod.treat!, maxWinsorised })),
  normalise: [scale, { kind: "z-score", mean: 10, deviation: 2 }],
  aggregate: [{ kind: "arithmetic" }, { kind: "geometric" }],
  weights: { spread: 0.25, sets: 100 },
};

describe.skipIf(!hasSharedData)("COINr's sensitivity example on ASEM", () => {
  const { tree, data } = hasSharedData ? readAsem() : { tree: null!, data: null! };
  const index = hasSharedData ? prepareIndex(tree, data) : null!;
  it("the published order: aggregation has the largest total effect; every choice is reported", () => {
    const nominal: IndexMethod = { ...asemMethod, normalise: scale };
    const found = indexSensitivity(index, nominal, { choices, samples: 256, random: seededRandom(5), resamples: 20 });
    expect(found.map(({ name }) => name)).toEqual(["treat", "normalise", "aggregate", "weights"]);
    const largest = found.reduce((a, b) => (a.total > b.total ? a : b));
    expect(largest.name).toBe("aggregate");
    for (const { optionsThatMatter } of found) expect(optionsThatMatter).toBeGreaterThan(0);
  });
  it("rank intervals hold the median, and the same seed gives the same report", () => {
    const run = () =>
      rankUncertainty(index, { ...asemMethod, normalise: scale }, { choices, draws: 200, random: seededRandom(9) });
    const found = run();
    expect(found.units).toHaveLength(51);
    for (const { low, median, high, ranked } of found.units) {
      expect(low).toBeLessThanOrEqual(median);
      expect(median).toBeLessThanOrEqual(high);
      expect(ranked).toBe(200);
    }
    expect(found.units.find(({ unit }) => unit === "CHE")!.high).toBeLessThanOrEqual(5);
    expect(found.meanRankShift).toBeGreaterThan(0);
    expect(run()).toEqual(found);
  });
});

describe("choices that do nothing are said to do nothing", () => {
  const tree: IndexTree = {
    nodes: [
      { code: "root", weight: 1 },
      { code: "a", parent: "root", weight: 1, direction: 1 },
      { code: "b", parent: "root", weight: 1, direction: 1 },
    ],
  };
  const data = { units: ["x", "y", "z"], columns: { a: [1, 2, 3], b: [1, 2, 3] } };
  const method: IndexMethod = { ...asemMethod, denominate: false, missing: { impute: "none", minimumShare: 0 } };
  it("treatment of columns without outliers", () => {
    const found = rankUncertainty(prepareIndex(tree, data), method, {
      choices: { treat: [null, method.treat], drop: ["a"] },
      draws: 10,
      random: seededRandom(1),
    });
    expect(found.choices).toEqual([
      { name: "treat", options: 2, optionsThatMatter: 0 },
      { name: "drop", options: 2, optionsThatMatter: 0 },
    ]);
    expect(found.meanRankShift).toBe(0);
  });
  it("filling gaps by the mean or the median, or leaving them: matters only where there is a gap", () => {
    const missing = [
      { impute: "none", minimumShare: 0 },
      { impute: "mean", minimumShare: 0 },
    ] as const;
    const run = (gaps: typeof data) =>
      rankUncertainty(prepareIndex(tree, gaps), method, { choices: { missing }, draws: 4, random: seededRandom(1) })
        .choices;
    expect(run(data)).toEqual([{ name: "missing", options: 2, optionsThatMatter: 0 }]);
    const gap = { units: data.units, columns: { a: [1, 2, Number.NaN], b: [1, 2, 3] } };
    expect(run(gap)).toEqual([{ name: "missing", options: 2, optionsThatMatter: 1 }]);
  });
  it("numbers made of the scores get the interval of their draws: a mean that no weight can move has none", () => {
    const { measures } = rankUncertainty(prepareIndex(tree, data), method, {
      choices: { weights: { spread: 0.5, sets: 50 } },
      draws: 50,
      random: seededRandom(1),
      // Both columns are equal: whatever their weights, the scores are 0, 50 and 100.
      measures: (scores) => [scores.reduce((sum, score) => sum + score, 0) / 3, Number.NaN],
    });
    expect(measures[0]!.low).toBeCloseTo(50, 10);
    expect(measures[0]!.high).toBeCloseTo(50, 10);
    expect(measures[1]!.median).toBeNaN();
    const apart = { units: data.units, columns: { a: [1, 2, 3], b: [3, 3, 1] } };
    const moved = rankUncertainty(prepareIndex(tree, apart), method, {
      choices: { weights: { spread: 0.5, sets: 50 } },
      draws: 50,
      random: seededRandom(1),
      measures: (scores) => [scores[2]!],
    }).measures[0]!;
    // The third unit is best in a and worst in b: its score is the weight of a, between .25 and .75 of 100 at the ends of the spread.
    expect(moved.low).toBeGreaterThan(25);
    expect(moved.high).toBeLessThan(75);
    expect(moved.low).toBeLessThan(moved.high);
  });
  it("weights by other methods are a choice: two that turn the order round are seen, one like the own does nothing", () => {
    const apart = { units: data.units, columns: { a: [1, 2, 3], b: [3, 2, 1] } };
    const run = (schemes: NonNullable<Choices["schemes"]>) =>
      rankUncertainty(prepareIndex(tree, apart), method, {
        choices: { schemes },
        draws: 60,
        random: seededRandom(2),
      });
    const turned = run([
      { a: 1, b: 0 },
      { a: 0, b: 1 },
    ]);
    expect(turned.choices).toEqual([{ name: "schemes", options: 3, optionsThatMatter: 2 }]);
    expect(turned.units[0]).toMatchObject({ low: 1, high: 3 });
    expect(run([{ a: 1 }]).choices).toEqual([{ name: "schemes", options: 2, optionsThatMatter: 0 }]);
    expect(() => run([{ c: 1 }])).toThrow(expect.objectContaining({ code: "MEASURE-TREE" }));
    expect(() => run([{ a: -1 }])).toThrow(expect.objectContaining({ code: "MEASURE-WEIGHT" }));
  });
  it.each([
    ["MEASURE-EMPTY", {}, 10],
    ["MEASURE-PARAMETER", { weights: { spread: 2, sets: 1 } }, 10],
    ["MEASURE-PARAMETER", { drop: ["a"] }, 0],
    ["MEASURE-TREE", { drop: ["c"] }, 10],
  ] as const)("refuses with %s", (code, wrong, draws) => {
    const run = () =>
      rankUncertainty(prepareIndex(tree, data), method, { choices: wrong, draws, random: seededRandom(1) });
    expect(run).toThrow(expect.objectContaining({ code }));
  });
});
