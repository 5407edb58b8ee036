import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fTail } from "../numeric/f-tail.ts";
import { column, hasSharedData, labels, readRows } from "../testing/shared-data.ts";
import { associate } from "./association.ts";
import { prepareDesign } from "./design.ts";
import { regress } from "./regression.ts";

/** To every digit that R prints. */
const agree = (actual: number, printed: string) =>
  expect(Math.abs(actual - Number(printed))).toBeLessThanOrEqual(
    Math.max(0.5001 * 10 ** -(printed.split(".")[1]?.length ?? 0), 1e-10 * Math.abs(actual)),
  );

describe.skipIf(!hasSharedData)("California schools by strata, R survey", () => {
  const rows = hasSharedData ? readRows("survey-api/apistrat.csv") : [];
  const design = hasSharedData
    ? prepareDesign(
        { weights: column(rows, "pw"), strata: labels(rows, "stype"), populationSizes: [column(rows, "fpc")] },
        rows.length,
      )
    : (null as never);
  it("met the school-wide goal by type of school: Rao and Scott's F 17.24744396389 on 1.8286715 and 360.2482863", () => {
    const found = associate(design, labels(rows, "sch.wide"), labels(rows, "stype"));
    agree(found.f, "17.24744396389");
    agree(found.df1, "1.828671504164");
    agree(found.df2, "360.248286320");
    expect(found.pValue).toBeCloseTo(2.035e-7, 10);
    expect([found.rows, found.columns]).toEqual([
      ["No", "Yes"],
      ["E", "H", "M"],
    ]);
    expect(found.shares.flat().reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });
  it("the score regressed on learners of English, meals and mobility", () => {
    const terms = ["ell", "meals", "mobility"].map((name) => ({ name, values: column(rows, name) }));
    const { coefficients, df } = regress(design, column(rows, "api00"), terms);
    const printed = [
      ["820.887316", "10.077736"],
      ["-.480587", ".391973"],
      ["-3.141535", ".283947"],
      [".225713", ".393218"],
    ] as const;
    for (const [j, [estimate, error]] of printed.entries()) {
      agree(coefficients[j]!.estimate, estimate);
      agree(coefficients[j]!.standardError, error);
    }
    expect(df).toBe(194);
  });
});

describe("laws and refusals", () => {
  it("F with one degree above is Student's t squared: 12.706 at .05 on 1, 4.303 on 2; two equal ones have half above 1", () => {
    expect(fTail(12.7062047 ** 2, 1, 1)).toBeCloseTo(0.05, 8);
    expect(fTail(4.30265273 ** 2, 1, 2)).toBeCloseTo(0.05, 8);
    expect(fTail(1, 7, 7)).toBeCloseTo(0.5, 12);
  });
  const sample = fc.array(
    fc.record({
      a: fc.constantFrom("yes", "no"),
      b: fc.constantFrom("east", "west", "north"),
      y: fc.integer({ min: 0, max: 50 }),
      weight: fc.integer({ min: 1, max: 9 }),
    }),
    { minLength: 20, maxLength: 40 },
  );
  it("an association does not see which question comes first nor the scale of weights", () => {
    fc.assert(
      fc.property(sample, (rows) => {
        const [a, b] = [rows.map((row) => row.a), rows.map((row) => row.b)];
        fc.pre(new Set(a.map((label, i) => `${label} ${b[i]}`)).size === 6);
        const of = (scale: number) => prepareDesign({ weights: rows.map(({ weight }) => weight * scale) }, rows.length);
        const found = associate(of(1), a, b);
        for (const other of [associate(of(1), b, a), associate(of(5), a, b)]) {
          expect(other.f).toBeCloseTo(found.f, 6);
          expect(other.df1).toBeCloseTo(found.df1, 6);
        }
        expect(found.pValue).toBeGreaterThanOrEqual(0);
        expect(found.pValue).toBeLessThanOrEqual(1);
      }),
    );
  });
  it("a regression on nothing but the intercept of itself plus a line gives the line back without an error", () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: -5, max: 5 }), (rows, slope) => {
        const x = rows.map((_, i) => (i * i) % 17);
        const design = prepareDesign({ weights: rows.map(({ weight }) => weight) }, rows.length);
        const line = x.map((value) => 3 + slope * value);
        const { coefficients } = regress(design, line, [{ name: "x", values: x }]);
        expect(coefficients[0]!.estimate).toBeCloseTo(3, 8);
        expect(coefficients[1]!.estimate).toBeCloseTo(slope, 8);
        expect(coefficients[1]!.standardError).toBeLessThan(1e-8);
      }),
    );
  });
  const one = prepareDesign({ weights: [1, 1, 1] }, 3);
  it("a missing answer is left out and counted", () => {
    expect(
      associate(prepareDesign({ weights: [1, 1, 1, 1, 1] }, 5), ["a", "b", "a", "b", ""], [1, 2, 2, 1, 1]),
    ).toMatchObject({
      answered: 4,
      missing: 1,
    });
    expect(regress(one, [1, 2, null], [])).toMatchObject({ rows: 2, missing: 1 });
  });
  it.each([
    ["MEASURE-CONSTANT", () => associate(one, ["a", "a", "a"], ["x", "y", "x"])],
    ["MEASURE-LENGTH", () => associate(one, ["a"], ["x", "y", "x"])],
    ["MEASURE-LENGTH", () => regress(one, [1, 2], [])],
    ["MEASURE-EMPTY", () => regress(one, [null, null, null], [])],
    [
      "MEASURE-UNDEFINED",
      () =>
        regress(
          one,
          [1, 2, 3],
          [1, 2].map((k) => ({ name: `${k}`, values: [k, 0, 1] })),
        ),
    ],
    ["MEASURE-SINGULAR", () => regress(one, [1, 2, 3], [{ name: "x", values: [2, 2, 2] }])],
  ])("refuses with %s", (code, act) => {
    expect(act).toThrow(expect.objectContaining({ code }));
  });
});
