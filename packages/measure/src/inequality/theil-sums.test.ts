import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sumInDuckDb } from "../testing/theil-in-duckdb.ts";
import { decomposeGini } from "./decompose-gini.ts";
import { decomposeTheil } from "./decompose-theil.ts";
import { decomposeGiniFromSums } from "./gini-sums.ts";
import { theilFromSums } from "./theil-sums.ts";

const query = (values: string) =>
  sumInDuckDb(`SELECT * FROM (VALUES ${values}) AS t(x, p, "g""1")`, { value: "x", weight: "p", group: 'g"1' });

describe("Theil from sums that a database made", () => {
  it("equals the decomposition of the rows; rows with a gap are counted as left out", async () => {
    const rows = [
      [10, 2, "a"],
      [20, 1, "a"],
      [35, 4, "b"],
      [5, 3, "c"],
      [60, 1, "c"],
    ] as const;
    const values = rows.map(([x, p, g]) => `(${x}.0::DOUBLE, ${p}.0::DOUBLE, '${g}')`).join(", ");
    const { sums, leftOut } = await query(
      `${values}, (NULL, 1.0, 'a'), (3.0, NULL, 'b'), (3.0, 1.0, NULL), (-1.0, 1.0, 'a')`,
    );
    expect(leftOut).toBe(4);
    const found = theilFromSums(sums);
    const sample = { values: rows.map(([x]) => x), weights: rows.map(([, p]) => p) };
    const levels = [{ name: "g", groups: rows.map(([, , g]) => g) }];
    for (const measure of ["T", "L"] as const) {
      const parts = decomposeTheil(sample, { measure, levels });
      expect(found[`theil${measure}`]).toBeCloseTo(parts.total, 14);
      expect(found[`between${measure}`]).toBeCloseTo(parts.levels[0]!.between, 14);
      expect(found[`within${measure}`]).toBeCloseTo(parts.within, 14);
    }
  });
  it("Gini, whole and decomposed, equals that of the rows, whatever the ties", async () => {
    const rows = fc.array(
      fc.record({
        x: fc.integer({ min: 0, max: 9 }),
        p: fc.integer({ min: 1, max: 5 }),
        g: fc.constantFrom("a", "b", "c"),
      }),
      { minLength: 1, maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(rows, async (people) => {
        fc.pre(people.some(({ x }) => x > 0));
        const values = people.map(({ x, p, g }) => `(${x}::BIGINT, ${p}.0::DOUBLE, '${g}')`).join(", ");
        const found = await query(`${values}, (NULL, 1.0, 'a'), (-3, 1.0, 'a'), (3, 1.0, NULL)`);
        const parts = decomposeGini(
          { values: people.map(({ x }) => x), weights: people.map(({ p }) => p) },
          people.map(({ g }) => g),
        );
        const fromSums = decomposeGiniFromSums(found.gini, found.sums, found.inside);
        for (const part of ["total", "within", "between", "overlap"] as const)
          expect(fromSums[part]).toBeCloseTo(parts[part], 12);
      }),
      { numRuns: 20 },
    );
    expect(() =>
      decomposeGiniFromSums(0.5, [{ group: "z", population: 1, total: 1, totalLog: 0, populationLog: 0 }], []),
    ).toThrow(expect.objectContaining({ code: "MEASURE-GROUP" }));
  });
  it("a value of 0 leaves T and takes away L", async () => {
    const found = theilFromSums((await query("(0.0::DOUBLE, 1.0, 'a'), (10.0, 1.0, 'b')")).sums);
    expect(found.theilT).toBeCloseTo(Math.LN2, 14);
    expect(found.theilL).toBeNull();
  });
  it("nothing to sum is refused", () => {
    expect(() => theilFromSums([])).toThrow(expect.objectContaining({ code: "MEASURE-EMPTY" }));
    const none = { group: "a", population: 1, total: 0, totalLog: 0, populationLog: null };
    expect(() => theilFromSums([none])).toThrow(expect.objectContaining({ code: "MEASURE-MEAN" }));
  });
});
