import { describe, expect, it } from "vitest";
import { agree, sharedTable, tableOf } from "../testing/brought-table.ts";
import { hasSharedData } from "../testing/shared-data.ts";
import { detectTables, measureDetect } from "./measure-detect.ts";
import { measureIndex } from "./measure-index.ts";
import { inequalityTables, measureInequality } from "./measure-inequality.ts";
import { measureSurvey, surveyTables } from "./measure-survey.ts";

describe.skipIf(!hasSharedData)("replicate weights, asked for as data", () => {
  const clusters = { weights: "pw", clusters: ["dnum"] };
  const ask = (more: object) =>
    measureSurvey(sharedTable("survey-api/apiclus1.csv"), { ...clusters, ...more }).estimates;
  it("jackknife of clusters: R's survey, beside the linearised error", () => {
    const [mean] = ask({ replicates: { kind: "jackknife" }, populationSizes: ["fpc"], estimates: [{ mean: "api00" }] });
    agree(mean!.replicateSe, "26.3293605895");
    expect(mean!.se).not.toBe(mean!.replicateSe);
  });
  it("raked anew in every replicate: R's 26.874 and 463582", () => {
    const [mean, total] = ask({
      populationSizes: ["fpc"],
      replicates: { kind: "jackknife" },
      rake: [
        { column: "stype", totals: { E: 4421, H: 755, M: 1018 } },
        { column: "sch.wide", totals: { No: 1072, Yes: 5122 } },
      ],
      estimates: [{ mean: "api00" }, { total: "enroll" }],
    });
    agree(mean!.replicateSe, "26.874");
    agree(total!.replicateSe, "463582");
  });
  it("the bootstrap comes near the linearised error; a quantile has an error from it and none from the jackknife", () => {
    const estimates = [{ mean: "api00" }, { quantile: "api00", at: 0.5 }];
    const [mean, median] = ask({ replicates: { kind: "bootstrap", count: 2000, seed: 3 }, estimates });
    expect(Math.abs(mean!.replicateSe! / mean!.se! - 1)).toBeLessThan(0.15);
    expect(median!.replicateSe).toBeGreaterThan(0);
    expect(ask({ replicates: { kind: "jackknife" }, estimates })[1]).toMatchObject({
      replicateSe: null,
      replicateRefused: "MEASURE-UNDEFINED",
    });
  });
  it("a group that lies in one cluster has no jackknife error, and says so", () => {
    const one = { mean: "api00", where: { dnum: 61 } };
    expect(ask({ replicates: { kind: "jackknife" }, estimates: [one] })[0]).toMatchObject({
      replicateSe: null,
      replicateRefused: "MEASURE-EMPTY",
    });
  });
});

describe("mystery visits", () => {
  // Cohen's textbook table 20, 5, 10, 15, and one place that was not visited.
  const pairs = ([yes, seen, n]: readonly [number, number, number]) =>
    Array.from({ length: n }, () => [yes, seen] as const);
  const all = (
    [
      [1, 1, 20],
      [1, 0, 5],
      [0, 1, 10],
      [0, 0, 15],
    ] as const
  ).flatMap(pairs);
  const table = tableOf("visits.csv", {
    reported: [...all.map(([yes]) => yes), 1],
    found: [...all.map(([, seen]) => seen), null],
    district: [...all.map(([yes]) => (yes === 1 ? "east" : "west")), "east"],
  });
  it("agreement .7, kappa .4, a fifth of the reports is not so; a place not visited is counted apart", () => {
    const report = measureSurvey(table, { visits: { reported: "reported", found: "found", by: "district" } });
    const [whole, east, west] = report.visits!;
    expect(whole).toMatchObject({ group: null, pairs: 50, notVisited: 1, agreement: 0.7 });
    expect(whole!.kappa).toBeCloseTo(0.4, 14);
    expect(whole!.overReporting!.rate).toBeCloseTo(0.2, 14);
    expect(east).toMatchObject({ group: "east", pairs: 25, notVisited: 1, agreement: 0.8 });
    expect(west).toMatchObject({ group: "west", notVisited: 0, overReporting: null });
    expect(surveyTables(report).map(({ name, rows }) => [name, rows.length])).toEqual([["visits", 3]]);
  });
  it("answers that are neither yes nor no are refused with their rows; nothing asked is refused", () => {
    const wrong = tableOf("visits.csv", { reported: [1, 2], found: [1, 0] });
    expect(() => measureSurvey(wrong, { visits: { reported: "reported", found: "found" } })).toThrow(/row 3 “2”/);
    expect(() => measureSurvey(table, {})).toThrow(expect.objectContaining({ code: "MEASURE-REQUEST" }));
  });
});

describe("town and village", () => {
  it("the ratio of their means, 30 over 10, and what lies between and within them", () => {
    const table = tableOf("incomes.csv", { income: [20, 40, 5, 15], kind: ["town", "town", "village", "village"] });
    const report = measureInequality(table, { value: "income", groups: ["kind"] });
    expect(report.decomposition!.means).toEqual({ highest: "town", lowest: "village", ratio: 3 });
    // Between: 3/4 ln 1.5 + 1/4 ln .5; within: 3/4 of the towns' and 1/4 of the villages' own.
    expect(report.between).toBeCloseTo(0.75 * Math.log(1.5) + 0.25 * Math.log(0.5), 14);
    const own = (low: number) => (low / 2) * Math.log(low) + ((2 - low) / 2) * Math.log(2 - low);
    expect(report.within).toBeCloseTo(0.75 * own(2 / 3) + 0.25 * own(1 / 2), 14);
    expect(inequalityTables(report)[1]!.rows.at(-1)).toEqual(["means", "town / village", 3, null]);
    const none = tableOf("none.csv", { income: [20, 0], kind: ["town", "village"] });
    expect(measureInequality(none, { value: "income", groups: ["kind"] }).decomposition!.means.ratio).toBeNull();
  });
});

describe("coupling of town and village", () => {
  const table = tableOf("towns.csv", { level: [1, 2], town: [0.2, 0.3], village: [0.8, 0.3] });
  it("row by row, with the common wrong figure beside it", () => {
    const report = measureInequality(table, { value: "level", coupling: ["town", "village"] });
    const [apart, even] = report.coupling!;
    expect(apart!.coupling).toBeCloseTo(0.8, 14);
    expect(apart!.coordination).toBeCloseTo(0.632456, 6);
    expect(apart!.commonError).toBeCloseTo(0.4, 14);
    expect(even!.coupling).toBeCloseTo(1, 14);
    const sheet = inequalityTables(report).at(-1)!;
    expect([sheet.name, sheet.rows.map(([row]) => row)]).toEqual(["coupling", [2, 3]]);
  });
  it("a score above 1 is refused with its row", () => {
    expect(() => measureInequality(table, { value: "level", coupling: ["level", "town"] })).toThrow(/row 3/);
  });
});

describe.skipIf(!hasSharedData)("a funnel over areas", () => {
  it("every area's standing as England's Fingertips publishes it", () => {
    const words = {
      "high-3": "High (0.001)",
      "high-2": "High (0.025)",
      none: "Not significant",
      "low-2": "Low (0.025)",
      "low-3": "Low (0.001)",
    };
    const inputs = sharedTable("phe-methods/funnel_prop_inputs.csv");
    const report = measureDetect(inputs, { value: "numerator", rule: { method: "funnel", of: "denominator" } });
    const published = inputs.columns.get("significance")!;
    expect(report.watched.map(({ standing }) => words[standing!])).toEqual(published);
    expect(report.alarms).toBe(published.filter((word) => String(word).includes("0.001")).length);
    expect(detectTables(report)[0]!.rows[0]).toHaveLength(6);
  });
});

describe("an index whose way of weighting is a choice", () => {
  it("equal, entropy and coefficient of variation are drawn beside the own weights, and each is told to matter", () => {
    const table = tableOf("areas.csv", { area: ["x", "y", "z"], beds: [1, 2, 30], visits: [9, 5, 1] });
    const nodes = [
      { code: "all" },
      { code: "beds", parent: "all", weight: 3, direction: 1 },
      { code: "visits", parent: "all", weight: 1, direction: 1 },
    ];
    const schemes = ["equal", "entropy", "variation"].map((by) => [{ parent: "all", by }]);
    const choices = { schemes, weights: { spread: 0.2, sets: 10 } };
    const report = measureIndex(table, {
      unit: "area",
      nodes,
      uncertainty: { draws: 50, choices },
      sensitivity: { samples: 32, choices },
    });
    expect(report.uncertainty!.choices).toEqual([
      { name: "schemes", options: 4, optionsThatMatter: 3 },
      { name: "weights", options: 10, optionsThatMatter: 10 },
    ]);
    expect(report.sensitivity!.map(({ name }) => name)).toEqual(["schemes", "weights"]);
    // The own weights stay those of the index.
    expect(report.weights).toMatchObject({ beds: 3, visits: 1 });
    const equal = measureIndex(table, { unit: "area", nodes, derive: [{ parent: "all", by: "equal" }] });
    expect(equal.weights).toMatchObject({ beds: 0.5, visits: 0.5 });
  });
});
