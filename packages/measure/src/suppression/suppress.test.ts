import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { LinearSolver } from "../index-engine/benefit-of-doubt.ts";
import { testSolver } from "../testing/highs-solver.ts";
import { type Suppression, suppressSmall } from "./suppress.ts";

let solver: LinearSolver;
beforeAll(async () => {
  solver = await testSolver();
});

/** The greatest value that a withheld cell may have, as an attacker with a linear programming solver finds it from everything that is shown. */
function greatest(counts: readonly (readonly number[])[], found: Suppression, at: readonly [number, number]): number {
  const grid = counts.map((row) => [...row, row.reduce((a, b) => a + b, 0)]);
  const full = [...grid, grid[0]!.map((_, c) => grid.reduce((sum, row) => sum + row[c]!, 0))];
  const withheld = [
    ...found.cells.map((row, r) => [...row, found.rowTotals[r]!]),
    [...found.columnTotals, found.grandTotal],
  ];
  const width = full[0]!.length;
  const rows: number[][] = [];
  const cell = (r: number, c: number) => r * width + c;
  const equation = (cells: number[], total: number) =>
    rows.push(full.flat().map((_, i) => (i === total ? -1 : Number(cells.includes(i)))));
  for (let r = 0; r < full.length; r++)
    equation(
      Array.from({ length: width - 1 }, (_, c) => cell(r, c)),
      cell(r, width - 1),
    );
  for (let c = 0; c < width; c++)
    equation(
      Array.from({ length: full.length - 1 }, (_, r) => cell(r, c)),
      cell(full.length - 1, c),
    );
  const known = full.flatMap((row, r) => row.map((count, c) => (withheld[r]![c] ? null : count)));
  const { solution } = solver.solve(
    {
      cost: known.map((_, i) => (i === cell(...at) ? -1 : 0)),
      lower: known.map((count) => count ?? 0),
      upper: known.map((count) => count ?? 1e6),
      whole: known.map((): 0 => 0),
      rows: {
        lower: rows.map(() => 0),
        upper: rows.map(() => 0),
        starts: Array.from({ length: rows.length + 1 }, (_, r) => r * known.length),
        column: rows.flatMap((row) => row.map((_, i) => i)),
        value: rows.flat(),
      },
    },
    { seconds: 10 },
  );
  return solution![cell(...at)]!;
}

describe("suppression of small cells", () => {
  it("by hand: one small cell takes three more with it, the cheapest circle", () => {
    const found = suppressSmall(
      {
        counts: [
          [3, 20, 50],
          [12, 40, 60],
          [90, 80, 70],
        ],
      },
      5,
    );
    expect(found.cells).toEqual([
      ["small", "complementary", null],
      ["complementary", "complementary", null],
      [null, null, null],
    ]);
    expect([found.small, found.complementary]).toEqual([1, 3]);
  });
  it("nothing small: nothing is withheld; a zero is shown", () => {
    const found = suppressSmall(
      {
        counts: [
          [0, 20],
          [9, 5],
        ],
      },
      5,
    );
    expect(found.cells.flat()).toEqual([null, null, null, null]);
    expect(found.complementary).toBe(0);
  });
  it("a list of areas with one total: a second area is withheld, unless the total is not published", () => {
    const counts = [[2, 30, 8]];
    const shown = suppressSmall({ counts, published: { columnTotals: false } }, 5);
    expect(shown.cells[0]).toEqual(["small", null, "complementary"]);
    const bare = suppressSmall({ counts, published: { columnTotals: false, rowTotals: false } }, 5);
    expect(bare.cells[0]).toEqual(["small", null, null]);
  });
  it("a lone person in an empty table: the totals go with the cell", () => {
    const counts = [
      [3, 0],
      [0, 0],
    ];
    const found = suppressSmall({ counts }, 5);
    expect([found.cells[0]![0], found.rowTotals[0], found.columnTotals[0], found.grandTotal]).toEqual(
      Array(4).fill("small"),
    );
  });
  const tables = fc.tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 4 })).chain(([r, c]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: c, maxLength: c }), {
      minLength: r,
      maxLength: r,
    }),
  );
  it("an attacker who solves the totals cannot bring a small cell below the threshold", () => {
    let protectedCells = 0;
    fc.assert(
      fc.property(tables, fc.integer({ min: 2, max: 8 }), (counts, threshold) => {
        const found = suppressSmall({ counts }, threshold);
        const totals = counts.map((row) => row.reduce((a, b) => a + b, 0));
        const all = counts.map((row, r) => [...row, totals[r]!]);
        const withheld = found.cells.map((row, r) => [...row, found.rowTotals[r]!]);
        for (const [r, row] of all.entries()) {
          for (const [c, count] of row.entries()) {
            expect(withheld[r]![c] === "small").toBe(count > 0 && count < threshold);
            if (withheld[r]![c] !== "small") continue;
            protectedCells++;
            expect(greatest(counts, found, [r, c])).toBeGreaterThan(threshold - 1e-6);
          }
        }
      }),
      { numRuns: 60 },
    );
    expect(protectedCells).toBeGreaterThan(50);
  });
  it.each([
    ["MEASURE-EMPTY", [], 5],
    ["MEASURE-LENGTH", [[1, 2], [1]], 5],
    ["MEASURE-SIGN", [[1.5]], 5],
    ["MEASURE-PARAMETER", [[1]], 1],
  ])("refuses with %s", (code, counts, threshold) => {
    expect(() => suppressSmall({ counts }, threshold)).toThrow(expect.objectContaining({ code }));
  });
});
