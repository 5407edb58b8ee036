import { booleanType, type Node, numberType, parseUnit } from "@qingdan/feel/typed";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { AmountTable, Item, List } from "../model/list.ts";
import { tableFindings } from "./table-coverage.ts";

const type = numberType(parseUnit("1"), 0, 0, 9);
const input = (at: number): Node => ({ op: "fact", fact: `f${at}`, entity: "person", row: 0, type });
const constant = (value: number): Node => ({ op: "constant", type, value });

interface Span {
  readonly from: number;
  readonly to: number;
}

/** from <= f <= to */
const within = (at: number, { from, to }: Span): Node => ({
  op: "and",
  type: booleanType,
  items: [
    { op: "compare", operator: ">=", type: booleanType, left: input(at), right: constant(from) },
    { op: "compare", operator: "<=", type: booleanType, left: input(at), right: constant(to) },
  ],
});

const list = { facts: new Map(), areas: new Map() } as unknown as List;
const item = { code: "cn.x", origin: { file: "x.yaml", line: 1, column: 1, positions: {} } } as unknown as Item;

function codesOf(rows: readonly (readonly Span[])[], columns: number): string[] {
  const inputs = Array.from({ length: columns }, (_, at) => input(at));
  const table = {
    hitPolicy: "F",
    inputs: inputs.map((_, at) => ({ expression: `f${at}`, zh: `f${at}`, en: `f${at}` })),
    rules: rows.map((_, at) => ({ code: `r${at}` })),
  } as unknown as AmountTable;
  const typed = rows.map((row) => ({ cells: row.map((span, at) => within(at, span)), amount: constant(1) }));
  return [...tableFindings(list, item, table, inputs, typed, [])].map(({ code, message }) =>
    code === "TABLE-ROW-UNREACHABLE" ? `${code} ${/row (\w+)/.exec(message.en)?.[1]}` : code,
  );
}

const span = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })).map(([a, b]) => ({
  from: Math.min(a, b),
  to: Math.max(a, b),
}));

test("gaps and rows out of reach are those that trying every input shows", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(span, span), { minLength: 1, maxLength: 6 }), (rows) => {
      const first: (number | undefined)[] = [];
      for (let a = 0; a <= 9; a += 1) {
        for (let b = 0; b <= 9; b += 1) {
          const at = rows.findIndex(([x, y]) => a >= x.from && a <= x.to && b >= y.from && b <= y.to);
          first.push(at < 0 ? undefined : at);
        }
      }
      const expected = [
        ...(first.includes(undefined) ? ["TABLE-GAP"] : []),
        ...rows.flatMap((_, at) => (first.includes(at) ? [] : [`TABLE-ROW-UNREACHABLE r${at}`])),
      ];
      expect(codesOf(rows, 2)).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

test("TABLE-LARGE: a table that cannot be searched through says so", () => {
  // Row r takes one half of input r and the last row nothing is left to: 2^20 ways to be nearly through, no gap.
  const all = { from: 0, to: 9 };
  const rows = Array.from({ length: 20 }, (_, row) =>
    Array.from({ length: 20 }, (_, column) => (column === row ? { from: 5, to: 9 } : all)),
  );
  const rest = Array.from({ length: 20 }, (_, column) => (column === 19 ? all : { from: 0, to: 4 }));
  expect(codesOf([...rows, rest], 20)).toEqual(["TABLE-LARGE"]);
});
