import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unaryTest } from "../evaluate.ts";
import { parseUnaryTests } from "../parse.ts";
import type { FeelValue } from "../values.ts";
import { fastTest } from "./fast-test.ts";
import { tableIndex } from "./table-index.ts";

const number = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0.1, 0.2, 0.3, -1.5, 2.25));
const numberCell = fc.oneof(
  fc.constant("-"),
  number.map(String),
  fc.tuple(fc.constantFrom("<", "<=", ">", ">=", "="), number).map(([sign, bound]) => `${sign} ${bound}`),
  fc.tuple(number, number, fc.constantFrom("[]", "()", "[)", "(]")).map(([low, high, ends]) => {
    return `${ends[0]}${low}..${high}${ends[1]}`;
  }),
  fc.tuple(number, number).map(([a, b]) => `${a}, > ${b}`),
  number.map((bound) => `not(${bound})`),
  number.map((bound) => `not(${bound}, null)`),
  number.map((bound) => `< ${bound}, null`),
);
const words = fc
  .subarray(["甲", "乙", "丙"], { minLength: 1 })
  .map((some) => some.map((word) => `"${word}"`).join(","));
const stringCell = fc.oneof(
  fc.constant("-"),
  words,
  words.map((list) => `not(${list})`),
);
const booleanCell = fc.constantFrom("-", "true", "false", "not(true)");
const rows = fc.array(fc.tuple(numberCell, stringCell, booleanCell), { maxLength: 70 });
const values = fc.tuple(number, fc.constantFrom("甲", "乙", "丙", "丁", ""), fc.boolean());

const cellOf = (text: string) => (text === "-" ? null : fastTest(parseUnaryTests(text)));

const rowsThatMatch = (hits: readonly number[]) => hits;

describe("the index of a table", () => {
  it("finds the rows that FEEL's unary tests let through", () => {
    fc.assert(
      fc.property(rows, values, (table, tested) => {
        const index = tableIndex(
          table.map((row) => row.map(cellOf)),
          3,
          rowsThatMatch,
        );
        const wanted = table.flatMap((row, at) =>
          row.every((text, column) => unaryTest(text, tested[column] as FeelValue).value === true) ? [at] : [],
        );
        expect(index?.(tested)).toEqual(wanted);
      }),
      { numRuns: 100 },
    );
  });

  it("leaves nulls, values of other kinds and cells that are no literals to the full code", () => {
    const index = tableIndex([[cellOf("> 5")]], 1, rowsThatMatch);
    expect(index?.([7])).toEqual([0]);
    expect(index?.([null])).toBeUndefined();
    expect(index?.(["x"])).toBeUndefined();
    for (const text of ["> x", "? > 5", 'date("2024-01-01")', "1234567890123456", '"a", 1', "null"]) {
      expect(cellOf(text), text).toBeNull();
    }
    expect(tableIndex([[cellOf('"a"')], [cellOf("1")]], 1, rowsThatMatch)).toBeUndefined();
  });
});
