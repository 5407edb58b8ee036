import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { testSolver } from "../testing/highs-solver.ts";
import { benefitOfDoubt, type LinearSolver } from "./benefit-of-doubt.ts";

let solver: LinearSolver;
beforeAll(async () => {
  solver = await testSolver();
});
const free = { least: 0, greatest: 1 };

describe("benefit of the doubt", () => {
  it("two outputs of seven branches: the efficiencies printed by Cooper, Seiford and Tone (2007), table 1.4", () => {
    const table = [
      [1, 2, 3, 4, 4, 5, 6],
      [5, 7, 4, 3, 6, 5, 2],
    ];
    const found = benefitOfDoubt(table, [free, free], { solver });
    expect(found.map(({ score }) => Number(score.toFixed(3)))).toEqual([0.714, 1, 0.7, 0.75, 1, 1, 1]);
    // A is measured against B alone, D against F and G.
    expect(found[0]!.peers).toEqual([1]);
    expect(found[3]!.peers).toEqual([5, 6]);
  });
  it("fixed shares of one half: worked by hand for two units", () => {
    // Unit 2 (2, 4): w1 = s/4, w2 = s/8; itself s <= 1, unit 1 (4, 2): s + s/4 <= 1 gives s = .8.
    const half = { least: 0.5, greatest: 0.5 };
    const found = benefitOfDoubt(
      [
        [4, 2],
        [2, 4],
      ],
      [half, half],
      { solver },
    );
    expect(found[1]!.score).toBeCloseTo(0.8, 9);
    expect(Array.from(found[1]!.shares, (share) => Number(share.toFixed(9)))).toEqual([0.5, 0.5]);
  });
  const tables = fc.tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 15 })).chain(([k, n]) =>
    fc.array(fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: n, maxLength: n }), {
      minLength: k,
      maxLength: k,
    }),
  );
  it("nobody exceeds 1 under anybody's weights, shares keep their bounds, leaders of an indicator score 1 when free", () => {
    fc.assert(
      fc.property(tables, (table) => {
        const k = table.length;
        const loose = benefitOfDoubt(
          table,
          table.map(() => free),
          { solver },
        );
        const tight = benefitOfDoubt(
          table,
          table.map(() => ({ least: 0.5 / k, greatest: 1.5 / k })),
          { solver },
        );
        for (const [unit, { score, weights, shares }] of tight.entries()) {
          expect(score).toBeLessThanOrEqual(loose[unit]!.score + 1e-6);
          for (let other = 0; other < tight.length; other++) {
            expect(weights.reduce((sum, w, j) => sum + w * table[j]![other]!, 0)).toBeLessThan(1 + 1e-6);
          }
          for (const share of shares) {
            expect(share).toBeGreaterThan(0.5 / k - 1e-6);
            expect(share).toBeLessThan(1.5 / k + 1e-6);
          }
        }
        for (const column of table) expect(loose[column.indexOf(Math.max(...column))]!.score).toBeCloseTo(1, 6);
        const scaled = table.map((column, j) => column.map((value) => value * (j + 2)));
        for (const [unit, { score }] of benefitOfDoubt(
          scaled,
          table.map(() => free),
          { solver },
        ).entries()) {
          expect(score).toBeCloseTo(loose[unit]!.score, 5);
        }
      }),
      { numRuns: 25 },
    );
  });
  it.each([
    ["MEASURE-LENGTH", [[1, 2]], []],
    ["MEASURE-SIGN", [[1, -2]], [free]],
    ["MEASURE-SIGN", [[1, 0]], [{ least: 0.1, greatest: 1 }]],
    ["MEASURE-PARAMETER", [[1, 2]], [{ least: 0.6, greatest: 0.5 }]],
    [
      "MEASURE-INFEASIBLE",
      [
        [1, 2],
        [2, 1],
      ],
      [
        { least: 0, greatest: 0.4 },
        { least: 0, greatest: 0.4 },
      ],
    ],
    ["MEASURE-CONSTANT", [[0, 0]], [free]],
    ["MEASURE-MISSING", [[1, Number.NaN]], [free]],
  ])("refuses with %s", (code, table, bounds) => {
    expect(() => benefitOfDoubt(table, bounds, { solver })).toThrow(expect.objectContaining({ code }));
  });
});
