import { describe, expect, it } from "vitest";
import { asemMethod, readAsem } from "../testing/asem.ts";
import { hasSharedData, readJson } from "../testing/shared-data.ts";
import { pairwiseWeights } from "./ahp.ts";
import { buildIndex, scoresOf } from "./build.ts";
import { integratedWeights, removalWeights } from "./loss-weights.ts";
import type { Direction } from "./model.ts";
import { prepareIndex } from "./prepare.ts";
import { budgetWeights, criticWeights, entropyWeights, principalWeights, variationWeights } from "./weights.ts";

interface Case {
  readonly method: string;
  readonly source: string;
  readonly matrix: readonly (readonly number[])[];
  readonly types: readonly Direction[];
  readonly expected: readonly number[];
  readonly decimals: number;
}
const methods: Record<string, (table: number[][], types: readonly Direction[]) => Float64Array> = {
  entropy: entropyWeights,
  critic: criticWeights,
  coeff_var: variationWeights,
  merec: removalWeights,
  idocriw: integratedWeights,
};
const cases = hasSharedData ? (readJson("mcda-weights/cases.json") as Case[]) : [];

describe.skipIf(!hasSharedData)("published weight vectors", () => {
  it("there are eight of them, and no method that is not here", () => {
    expect(cases).toHaveLength(8);
    for (const { method } of cases) expect(methods).toHaveProperty(method);
  });
  it.each(cases.map((one) => [one.method, one.source, one] as const))(
    "%s, %s",
    (method, _, { matrix, types, expected, decimals }) => {
      const columns = matrix[0]!.map((__, j) => matrix.map((row) => row[j]!));
      const found = methods[method]!(columns, types);
      for (const [j, weight] of expected.entries())
        expect(Math.abs(found[j]! - weight)).toBeLessThan(0.51 * 10 ** -decimals);
    },
  );
  it("COINr's principal weights of ASEM's pillars; the negative one is named", () => {
    const { tree, data } = readAsem();
    const index = prepareIndex(tree, data);
    const build = buildIndex(index, asemMethod);
    const of = (...codes: string[]) => principalWeights(codes.map((code) => scoresOf(index, build, code)!));
    const connected = of("Physical", "ConEcFin", "Political", "Instit", "P2P");
    for (const [j, weight] of [0.511797, 0.3049926, 0.3547671, 0.508154, 0.5108455].entries()) {
      expect(connected.weights[j]).toBeCloseTo(weight, 6);
    }
    const sustained = of("Environ", "Social", "SusEcFin");
    expect(connected.negative).toEqual([]);
    expect(sustained.negative).toHaveLength(1);
    for (const [j, weight] of [0.6513188, -0.7443677, 0.1473108].entries()) {
      expect(Math.abs(sustained.weights[j]!)).toBeCloseTo(Math.abs(weight), 6);
    }
    expect(Math.sign(sustained.weights[0]! * sustained.weights[1]!)).toBe(-1);
  });
});

describe("judgements in pairs", () => {
  it("Saaty's example of three: .279, .649, .072, eigenvalue 3.065", () => {
    const found = pairwiseWeights([
      [1, 1 / 3, 5],
      [3, 1, 7],
      [1 / 5, 1 / 7, 1],
    ]);
    expect(found.eigenvalue).toBeCloseTo(3.0649, 4);
    for (const [i, weight] of [0.279, 0.649, 0.072].entries()) expect(found.weights[i]).toBeCloseTo(weight, 3);
    expect(found.consistencyRatio).toBeCloseTo(0.0324 / 0.58, 3);
  });
  it("judgements in a circle are refused; two things never contradict; consistent ones give back their ratios", () => {
    const circle = [
      [1, 3, 1 / 3],
      [1 / 3, 1, 3],
      [3, 1 / 3, 1],
    ];
    expect(() => pairwiseWeights(circle)).toThrow(expect.objectContaining({ code: "MEASURE-INCONSISTENT" }));
    expect(
      [
        ...pairwiseWeights([
          [1, 4],
          [1 / 4, 1],
        ]).weights,
      ].map((w) => w.toFixed(12)),
    ).toEqual(["0.800000000000", "0.200000000000"]);
    const w = [0.5, 0.3, 0.2];
    const found = pairwiseWeights(w.map((a) => w.map((b) => a / b)));
    for (const [i, weight] of w.entries()) expect(found.weights[i]).toBeCloseTo(weight, 12);
  });
  it("a budget of points is shared expert by expert", () => {
    expect([
      ...budgetWeights([
        [50, 50],
        [1, 3],
      ]),
    ]).toEqual([0.375, 0.625]);
  });
  it.each([
    [
      "MEASURE-PARAMETER",
      () =>
        pairwiseWeights([
          [1, 2],
          [1, 1],
        ]),
    ],
    ["MEASURE-SIGN", () => entropyWeights([[1, -1]])],
    [
      "MEASURE-CONSTANT",
      () =>
        entropyWeights([
          [1, 1],
          [2, 2],
        ]),
    ],
    [
      "MEASURE-CONSTANT",
      () =>
        criticWeights([
          [1, 1],
          [1, 2],
        ]),
    ],
    ["MEASURE-SIGN", () => removalWeights([[0, 1]], [1])],
    ["MEASURE-LENGTH", () => removalWeights([[1, 2]], [])],
    ["MEASURE-CONSTANT", () => removalWeights([[2, 2]], [1])],
    [
      "MEASURE-SINGULAR",
      () =>
        integratedWeights(
          [
            [1, 2],
            [2, 4],
          ],
          [1, 1],
        ),
    ],
    ["MEASURE-MISSING", () => variationWeights([[1, Number.NaN]])],
    ["MEASURE-EMPTY", () => variationWeights([[1]])],
  ])("refuses with %s", (code, act) => {
    expect(act).toThrow(expect.objectContaining({ code }));
  });
});
