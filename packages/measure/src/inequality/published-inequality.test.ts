import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../numeric/random.ts";
import { column, hasSharedData, labels, readRows } from "../testing/shared-data.ts";
import { decomposeTheil } from "./decompose-theil.ts";
import { gini } from "./gini.ts";
import { lorenzAsymmetry } from "./lorenz-asymmetry.ts";
import { permutationTest } from "./permutation.ts";
import { providerConcentration } from "./provider-concentration.ts";
import { spatialGini } from "./spatial-gini.ts";

/** The ten incomes of R's ineq. */
const incomes = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261];

describe("printed by R's ineq", () => {
  it("Herfindahl and Rosenbluth of the ten incomes", () => {
    const found = providerConcentration(incomes);
    expect(found.herfindahl).toBeCloseTo(0.1840812, 7);
    expect(found.rosenbluth).toBeCloseTo(0.1859051, 7);
  });
  it("two samples of one Gini: a few large make it (1.46), many small do (.74)", () => {
    expect(lorenzAsymmetry([...Array<number>(9).fill(50 / 9), 50])).toBeCloseTo(1.46, 10);
    expect(lorenzAsymmetry([...Array<number>(5).fill(2), ...Array<number>(5).fill(18)])).toBeCloseTo(0.74, 10);
  });
});

describe.skipIf(!hasSharedData)("printed by PySAL: Mexican states, hanson98", () => {
  const rows = hasSharedData ? readRows("inequality/mexico.csv") : [];
  const blocks = labels(rows, "hanson98");
  it("the Gini of 1940 over neighbours and others: 884130 and 4353856", () => {
    const found = spatialGini(column(rows, "pcgdp1940"), blocks);
    expect([found.nearSum, found.farSum]).toEqual([884130, 4353856]);
    expect(found.gini).toBeCloseTo(0.35372371173452849, 14);
    expect(found.near + found.far).toBeCloseTo(found.gini, 14);
  });
  it.each([
    ["1940", 0.4],
    ["1950", 0.344],
    ["1960", 0.001],
    ["1970", 0.001],
    ["1980", 0.034],
    ["1990", 0.072],
    ["2000", 0.032],
  ])("p of the between part of %s under 1,999 deals, within .03 of PySAL's 999", (year, published) => {
    const values = column(rows, `pcgdp${year}`);
    const between = (groups: readonly (string | number)[]) =>
      decomposeTheil({ values }, { measure: "T", levels: [{ name: "block", groups }] }).levels[0]!.between;
    const found = permutationTest(blocks, between, { permutations: 1999, random: seededRandom(10) });
    expect(Math.abs(found.pValue - published)).toBeLessThan(0.03);
  });
});

describe("laws", () => {
  const amounts = fc
    .array(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 30 })
    .filter((values) => new Set(values).size > 1);
  it("scale and order do not matter; n equal providers have 1/n; a spatial Gini of one neighbourhood is near, of none is far", () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 2, max: 9 }), (values, k) => {
        const [once, again] = [values, values.toReversed().map((value) => value * k)].map(providerConcentration);
        expect(again!.herfindahl).toBeCloseTo(once!.herfindahl, 12);
        expect(again!.rosenbluth).toBeCloseTo(once!.rosenbluth, 12);
        expect(lorenzAsymmetry(values.map((value) => value * k))).toBeCloseTo(lorenzAsymmetry(values), 9);
        const whole = gini({ values });
        const all = spatialGini(
          values,
          values.map(() => "a"),
        );
        expect(all.near).toBeCloseTo(whole, 12);
        expect(all.far).toBe(0);
        expect(spatialGini(values, [...values.keys()]).far).toBeCloseTo(whole, 12);
      }),
    );
    expect(providerConcentration([7, 7, 7, 7])).toEqual({ herfindahl: 0.25, rosenbluth: 0.25 });
  });
  it("groups that do not matter are dealt as well; two that tell all apart are dealt so well once in three", () => {
    const spread = (groups: readonly (string | number)[]) => Math.abs(groups.indexOf("b") - groups.lastIndexOf("a"));
    expect(permutationTest([1, 1, 1], () => 5, { permutations: 99, random: seededRandom(1) })).toEqual({
      observed: 5,
      permutations: 99,
      pValue: 1,
    });
    // Of the three places of b among a a b, one alone (b a a) is two away from the last a.
    const found = permutationTest(["b", "a", "a"], spread, { permutations: 9999, random: seededRandom(2) });
    expect(found.observed).toBe(2);
    expect(Math.abs(found.pValue - 1 / 3)).toBeLessThan(0.02);
  });
  it.each([
    ["MEASURE-CONSTANT", () => lorenzAsymmetry([3, 3])],
    ["MEASURE-LENGTH", () => spatialGini([1, 2], ["a"])],
    ["MEASURE-SIGN", () => providerConcentration([1, -1])],
    ["MEASURE-PARAMETER", () => permutationTest([1], () => 0, { permutations: 0, random: seededRandom(1) })],
  ])("refuses with %s", (code, act) => {
    expect(act).toThrow(expect.objectContaining({ code }));
  });
});
