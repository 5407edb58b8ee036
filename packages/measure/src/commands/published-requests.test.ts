import { describe, expect, it } from "vitest";
import { agree, sharedTable, tableOf } from "../testing/brought-table.ts";
import { hasSharedData, readJson, readRows } from "../testing/shared-data.ts";
import { measureDetect } from "./measure-detect.ts";
import { indexTables, measureIndex } from "./measure-index.ts";
import { inequalityTables, measureInequality } from "./measure-inequality.ts";
import { measureSurvey, surveyTables } from "./measure-survey.ts";

describe.skipIf(!hasSharedData)("every detector by a rule that is data: alarms of Salmonella Newport in 2011", () => {
  const weekly = hasSharedData ? sharedTable("surveillance/salmNewport_weekly.csv") : (null as never);
  const stored = hasSharedData ? readRows("surveillance/ref_salmNewport_2011.csv") : [];
  const farrington = { method: "farrington", frequency: 52, dates: "monday", years: 4 };
  it.each([
    ["C1", { method: "ears", variant: "C1", alpha: 0.05 }],
    ["C1_default", { method: "ears", variant: "C1" }],
    ["C2", { method: "ears", variant: "C2", alpha: 0.05 }],
    ["C3", { method: "ears", variant: "C3", alpha: 0.05, around: "count" }],
    ["C3_default", { method: "ears", variant: "C3", around: "count" }],
    ["cusum", { method: "cusum" }],
    ["cusum_rossi", { method: "cusum", transform: "rossi" }],
    ["farrington", { ...farrington, alpha: 0.05 }],
    [
      "ff_nbPlugin",
      {
        ...farrington,
        alpha: 0.01,
        trendLevel: 1,
        seasons: { count: 10, skip: 26 },
        enough: { cases: 0, periods: 50 },
        threshold: "plug-in",
      },
    ],
  ])("%s", (name, rule) => {
    const period = { period: "index", from: stored[0]!.index, to: stored.at(-1)!.index };
    const report = measureDetect(weekly, { value: "cases", ...period, rule });
    expect(report.watched.map(({ alarm }) => Number(alarm))).toEqual(stored.map((row) => Number(row[`${name}_alarm`])));
    for (const [i, { upper }] of report.watched.entries())
      agree(upper ?? 0, (Number(stored[i]![`${name}_ub`]) || 0).toFixed(8));
  });
  it("Poisson GLR of Salmonella hadar: six alarms", () => {
    const hadar = sharedTable("surveillance/shadar_weekly.csv");
    const [value] = [...hadar.columns.keys()].filter((name) => name === "cases");
    const rule = { method: "glr", frequency: 52, threshold: 5 };
    const report = measureDetect(hadar, { value, from: 105, rule });
    expect(report.alarms).toBe(6);
    expect(report.watched.slice(0, 5).map(({ statistic }) => statistic!.toFixed(6))).toEqual(
      [0, 0, 0.0486448, 0.4187168, 0].map((number) => number.toFixed(6)),
    );
  });
  it("funnel of observed over expected: every area's standing as England's Fingertips publishes it", () => {
    const words = {
      "high-3": "High (0.001)",
      "high-2": "High (0.025)",
      none: "Not significant",
      "low-2": "Low (0.025)",
      "low-3": "Low (0.001)",
    };
    const inputs = sharedTable("phe-methods/funnel_ratio_inputs.csv");
    const report = measureDetect(inputs, { value: "obs", rule: { method: "ratio-funnel", expected: "expected" } });
    expect(report.watched.map(({ standing }) => words[standing!])).toEqual(inputs.columns.get("significance"));
    const none = tableOf("none.csv", { obs: [1], expected: [0] });
    const ask = () => measureDetect(none, { value: "obs", rule: { method: "ratio-funnel", expected: "expected" } });
    expect(ask).toThrow(expect.objectContaining({ code: "MEASURE-SIGN" }));
  });
});

describe.skipIf(!hasSharedData)("survey figures by a design that is data", () => {
  const strat = hasSharedData ? sharedTable("survey-api/apistrat.csv") : (null as never);
  const strata = { weights: "pw", strata: "stype", populationSizes: ["fpc"] };
  it("Rao and Scott's test and a regression, as R prints them", () => {
    const report = measureSurvey(strat, {
      ...strata,
      associations: [{ rows: "sch.wide", columns: "stype" }],
      regressions: [{ outcome: "api00", on: ["ell", "meals", "mobility"] }],
    });
    agree(report.associations[0]!.f, "17.24744396389");
    agree(report.regressions[0]!.coefficients[2]!.estimate, "-3.141535");
    agree(report.regressions[0]!.coefficients[2]!.standardError, ".283947");
    expect(surveyTables(report).map(({ name, rows }) => [name, rows.length])).toEqual([
      ["associations", 1],
      ["regressions", 4],
    ]);
  });
  it("a term may be whether a column has a value: two groups differ by the difference of their means", () => {
    const of = (where: object) =>
      measureSurvey(strat, { ...strata, estimates: [{ mean: "api00", where }] }).estimates[0]!.estimate!;
    const asked = { ...strata, regressions: [{ outcome: "api00", on: [{ column: "sch.wide", equals: "Yes" }] }] };
    const { coefficients } = measureSurvey(strat, asked).regressions[0]!;
    expect(coefficients[1]!.estimate).toBeCloseTo(of({ "sch.wide": "Yes" }) - of({ "sch.wide": "No" }), 8);
  });
  it.each([
    ["remove", "5.8058"],
    ["certainty", "5.8058"],
    ["adjust", "5.8281"],
    ["average", "6.0096"],
  ])("a stratum of one school, mode %s", (lonely, error) => {
    const asked = { weights: "pw", strata: "dnum", lonely, estimates: [{ mean: "api00" }] };
    agree(measureSurvey(sharedTable("survey-api/apiclus1.csv"), asked).estimates[0]!.se, error);
  });
});

describe("the size of a survey to come", () => {
  it("385 answers know a half within 5 points, 278 of a thousand people do, 59 visits without a failure show 5 %", () => {
    const sizes = [{ share: 0.5, margin: 0.05 }, { share: 0.5, margin: 0.05, population: 1000 }, { failureRate: 0.05 }];
    const report = measureSurvey(tableOf("plan.csv", { a: [1] }), { sizes });
    expect(report.sizes.map(({ rows }) => rows)).toEqual([385, 278, 59]);
    expect(surveyTables(report)).toHaveLength(1);
  });
});

describe.skipIf(!hasSharedData)("every way of weighting by a request that is data", () => {
  interface Case {
    readonly method: string;
    readonly matrix: readonly (readonly number[])[];
    readonly types: readonly (1 | -1)[] | null;
    readonly expected: readonly number[];
    readonly decimals: number;
  }
  const cases = hasSharedData ? (readJson("mcda-weights/cases.json") as Case[]) : [];
  const names: Readonly<Record<string, string>> = { coeff_var: "variation" };
  // A request weighs scores, which are turned round already; published vectors that do not turn the columns are told by their goalposts alone.
  it.each(
    cases
      .filter(({ method }) => ["entropy", "coeff_var"].includes(method))
      .map((one, i) => [one.method, i, one] as const),
  )("%s, published vector %d", (method, _, { matrix, expected, decimals }) => {
    const columns = matrix[0]!.map((__, j) => matrix.map((row) => row[j]!));
    const best = columns.map((column) => Math.max(...column));
    const codes = columns.map((__, j) => `c${j + 1}`);
    const report = measureIndex(
      tableOf("matrix.csv", {
        unit: matrix.map((__, i) => `u${i + 1}`),
        ...Object.fromEntries(codes.map((code, j) => [code, columns[j]!])),
      }),
      {
        unit: "unit",
        nodes: [{ code: "all" }, ...codes.map((code) => ({ code, parent: "all", direction: 1 }))],
        method: {
          normalise: {
            kind: "goalposts",
            posts: Object.fromEntries(codes.map((code, j) => [code, [0, best[j]]])),
            scale: 1,
          },
        },
        derive: [{ parent: "all", by: names[method] ?? method }],
      },
    );
    for (const [j, weight] of expected.entries())
      expect(Math.abs(report.weights[codes[j]!]! - weight)).toBeLessThan(0.51 * 10 ** -decimals);
  });
  it("removal effects, impact loss and both with entropy; equal influence as it is meant", () => {
    const table = tableOf("areas.csv", {
      area: ["x", "y", "z", "w"],
      a: [1, 2, 30, 4],
      b: [9, 5, 1, 7],
      c: [3, 4, 5, 9],
    });
    const nodes = [{ code: "all" }, ...["a", "b", "c"].map((code) => ({ code, parent: "all", direction: 1 }))];
    const method = { normalise: { kind: "min-max", lower: 1, upper: 100 } };
    const by = (how: unknown) =>
      measureIndex(table, { unit: "area", nodes, method, derive: [{ parent: "all", by: how }] });
    for (const how of ["merec", "cilos", "idocriw", "critic", { optimised: { a: 1, b: 1, c: 1 } }]) {
      const { a, b, c } = by(how).weights as Record<"a" | "b" | "c", number>;
      expect(a + b + c).toBeCloseTo(1, 12);
    }
    // Two numbers more are told of no weights at all: a score of 0 has no logarithm.
    expect(() => measureIndex(table, { unit: "area", nodes, derive: [{ parent: "all", by: "merec" }] })).toThrow(
      expect.objectContaining({ code: "MEASURE-SIGN" }),
    );
  });
});

describe("an index of people at several times", () => {
  const table = tableOf("panel.csv", {
    unit: ["A20", "A21", "A22", "B20", "B21", "B22"],
    area: ["A", "A", "A", "B", "B", "B"],
    year: [2020, 2021, 2022, 2020, 2021, 2022],
    people: [1, 1, 1, 3, 3, 3],
    beds: [20, null, 60, 40, 80, null],
  });
  const asked = (impute: string) => ({
    unit: "unit",
    panel: { area: "area", time: "year" },
    people: "people",
    nodes: [{ code: "all" }, { code: "beds", parent: "all", direction: 1 }],
    method: { missing: { impute }, normalise: { kind: "goalposts", posts: { beds: [0, 100] }, scale: 100 } },
  });
  const beds = (impute: string) => measureIndex(table, asked(impute)).nodes.find(({ code }) => code === "beds")!.scores;
  it("a gap is filled by the last value, or on the line between two and never beyond; known values stay", () => {
    expect(beds("last")).toEqual([20, 20, 60, 40, 80, 80]);
    expect(beds("linear")).toEqual([20, 40, 60, 40, 80, null]);
    const { notices } = measureIndex(table, asked("linear"));
    expect(notices).toContainEqual({ code: "IMPUTED", node: "beds", units: ["A21"] });
    expect(notices).toContainEqual({ code: "NOT-IMPUTED", node: "beds", units: ["B22"] });
  });
  it("areas are ranked within their year; level, equality and adjusted score stand apart, year by year", () => {
    const report = measureIndex(table, asked("last"));
    expect(report.ranks).toEqual([2, 2, 2, 1, 1, 1]);
    const [first] = report.summary!;
    // One with 20, three with 40: mean 35; Gini sum p_i p_j |x_i - x_j| / (2 mean) = 2 (1/4)(3/4) 20 / 70.
    expect(first).toMatchObject({ time: 2020, units: 2, without: 0, level: 35 });
    expect(first!.equality!.oneMinusGini).toBeCloseTo(1 - 7.5 / 70, 12);
    expect(first!.adjusted).toBeCloseTo(20 ** 0.25 * 40 ** 0.75, 10);
    expect(indexTables(report)[0]!.rows.map(([year]) => year)).toEqual([2020, 2021, 2022]);
    expect(measureIndex(table, asked("linear")).summary![2]).toMatchObject({ without: 1, level: 60 });
  });
  it("scores below 0 have a level and no equality, and say why", () => {
    const method = { missing: { impute: "last" }, normalise: { kind: "z-score", mean: 0, deviation: 1 } };
    expect(measureIndex(table, { ...asked("last"), method }).summary![0]).toMatchObject({
      equality: null,
      adjusted: null,
      refused: "MEASURE-SIGN",
    });
  });
  it("without a panel there is nothing to fill in time; one area twice in a year is refused", () => {
    const { panel, ...plain } = asked("last");
    expect(() => measureIndex(table, plain)).toThrow(expect.objectContaining({ code: "MEASURE-GROUP" }));
    const twice = { ...asked("last"), panel: { ...panel, time: "people" } };
    expect(() => measureIndex(table, twice)).toThrow(expect.objectContaining({ code: "MEASURE-GROUP" }));
  });
  it("each unit's share of draws in each class of ranks", () => {
    const choices = { normalise: [{ kind: "min-max", lower: 0, upper: 1 }, { kind: "borda" }] };
    const areas = tableOf("areas.csv", { unit: ["A", "B", "C", "D"], beds: [1, 2, 3, 4] });
    const nodes = asked("last").nodes;
    const report = measureIndex(areas, { unit: "unit", nodes, uncertainty: { draws: 20, classes: 2, choices } });
    expect(report.uncertainty!.units.map(({ classes }) => classes)).toEqual([
      [0, 1],
      [0, 1],
      [1, 0],
      [1, 0],
    ]);
    expect(indexTables(report).at(-1)!.columns.slice(-2)).toEqual(["class1", "class2"]);
    expect(report.audit.at(-1)!.alpha).toBeNaN();
  });
});

describe.skipIf(!hasSharedData)("inequality figures by a request that is data", () => {
  it("Mexican states: near and far, whether the regions are more than chance, and what is defined of rows alone", () => {
    const report = measureInequality(sharedTable("inequality/mexico.csv"), {
      value: "pcgdp1940",
      groups: ["hanson98"],
      near: "hanson98",
      permutations: { count: 999, seed: 10 },
      aversions: [2],
    });
    expect([report.spatial!.nearSum, report.spatial!.farSum]).toEqual([884130, 4353856]);
    expect(Math.abs(report.permutation!.pValue - 0.4)).toBeLessThan(0.05);
    agree(report.permutation!.observed, ".0345889");
    expect(report.atkinson[0]!.index).toBeGreaterThan(report.atkinsonOne!);
    const names = inequalityTables(report)[0]!.rows.map(([name]) => name);
    expect(names).toEqual(expect.arrayContaining(["atkinson(2)", "giniNear", "giniFar", "betweenPValue", "wolfson"]));
  });
  it("ten incomes as R's ineq prints them; with weights, what is of rows alone is not told", () => {
    const incomes = tableOf("incomes.csv", {
      x: [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261],
      one: Array(10).fill(1),
    });
    const report = measureInequality(incomes, { value: "x" });
    agree(report.herfindahl, ".1840812");
    agree(report.rosenbluth, ".1859051");
    agree(report.giniCorrected, ".513434589");
    expect(measureInequality(incomes, { value: "x", weight: "one" })).toMatchObject({
      herfindahl: null,
      wolfson: null,
    });
  });
  it("a bounded outcome: Erreygers and Wagstaff beside the concentration index", () => {
    const table = tableOf("care.csv", { care: [0, 0, 1, 1], rank: [1, 2, 3, 4] });
    const bounds = { lowest: 0, highest: 1 };
    const report = measureInequality(table, { value: "care", rankedBy: "rank", bounds });
    expect([report.concentration, report.wagstaff, report.erreygers].map((x) => x!.toFixed(12))).toEqual([
      "0.500000000000",
      "1.000000000000",
      "1.000000000000",
    ]);
  });
});
