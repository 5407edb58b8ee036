import { describe, expect, test } from "vitest";
import { FeelSyntaxError } from "./errors.ts";
import { prepare, prepareUnaryTests } from "./evaluate.ts";
import { toFeelString } from "./format.ts";
import { fromJson } from "./json.ts";
import type { FeelContext } from "./values.ts";

/** `QINGDAN_FUZZ=100000` runs the long form. */
const rounds = Number(process.env.QINGDAN_FUZZ ?? 5_000);

const seeds = [
  `if age >= 60 and income < 低保标准 * 1.5 then "entitled" else "not"`,
  `for m in members, i in 1..3 return m.income * i + partial[-1]`,
  `some x in [1, 2, 3] satisfies x in (< 2, [3..5), "a")`,
  `{a: 1, "b c": function(x: number, y) x ** y, d: b c(2, 3)}.d`,
  `members[item.age > 18 and income = null].income[-1]`,
  `date and time("2024-02-29T12:00:00@Asia/Shanghai") + duration("P1DT2H") - @"2020-01-01"`,
  `substring(string: replace("aab", "(a+)+b", "$1"), start position: 1)`,
  `years and months duration(date("2011-12-22"), today()) instance of list<range<number>>`,
  `sort([3, 1, 2], function(x, y) x < y) /* comment */ // end`,
  `x between -1.5e3 and .5 or not(y != "\\u4e2d\\"")`,
  `context put({x: {y: []}}, ["x", "y"], [(1..2), ]a..b[, (>= 3)])`,
  `-(2 - 3) ** 2 / 0 + "a" * null`,
];

const pieces = [
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  "..",
  ",",
  ":",
  '"',
  "\\",
  "@",
  "?",
  ".",
  "-",
  "**",
  "for ",
  " in ",
  "if ",
  "then ",
  "else ",
  "and ",
  "or ",
  "function(",
  "some ",
  "satisfies ",
  "instance of ",
  "between ",
  "null",
  "not(",
  "<",
  ">=",
  "!=",
  "9".repeat(40),
  "1e999",
  "/*",
  "//",
  "\n",
  " ",
  "名",
  "😀",
  "\u0000",
  "'",
  "`",
  "list<",
  "range<",
  "date and ",
  "external ",
  "x",
  "1",
];

/** Mulberry32: the same inputs in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function mutate(text: string, next: () => number): string {
  const at = Math.floor(next() * (text.length + 1));
  const length = Math.floor(next() * 8);
  const piece = pieces[Math.floor(next() * pieces.length)] as string;
  const other = seeds[Math.floor(next() * seeds.length)] as string;
  switch (Math.floor(next() * 5)) {
    case 0:
      return text.slice(0, at) + text.slice(at + length);
    case 1:
      return text.slice(0, at) + piece + text.slice(at);
    case 2:
      return text.slice(0, at) + piece.repeat(1 + Math.floor(next() * 20)) + text.slice(at + length);
    case 3:
      return text.slice(0, at) + other.slice(Math.floor(next() * other.length));
    default:
      return text.slice(0, at) + text.slice(at, at + length).repeat(1 + Math.floor(next() * 10)) + text.slice(at);
  }
}

const context = fromJson({
  age: 61,
  income: 1_234.56,
  members: [{ income: 1, age: 20 }, { income: null }],
  x: 1,
  y: "b",
  低保标准: 900,
}) as FeelContext;

describe("broken expressions", () => {
  test(`${rounds} mutated inputs neither hang nor crash`, { timeout: 60_000 + rounds * 20 }, () => {
    const next = random(20_240_229);
    let evaluated = 0;
    for (let round = 0; round < rounds; round += 1) {
      let text = seeds[round % seeds.length] as string;
      for (let count = 1 + Math.floor(next() * 4); count > 0; count -= 1) text = mutate(text, next);
      evaluated += Number(survives(text, round % 3 === 0));
    }
    // The mutations must leave enough whole expressions for the evaluator to be tried, too.
    expect(evaluated).toBeGreaterThan(rounds / 20);
  });
});

/** Whether the text was FEEL. Whatever is thrown but the refusal of a text fails the test. */
function survives(text: string, asTests: boolean): boolean {
  try {
    const prepared = asTests ? prepareUnaryTests(text) : prepare(text);
    const first = prepared.evaluate(context, { input: 5, clock: () => 0 });
    const second = prepared.evaluate(context, { input: 5, clock: () => 0 });
    expect(toFeelString(first.value)).toBe(toFeelString(second.value));
    return true;
  } catch (error) {
    if (!(error instanceof FeelSyntaxError)) throw new Error(`on ${JSON.stringify(text)}`, { cause: error });
    expect(error.details.from).toBeLessThanOrEqual(text.length);
    expect(error.details.expected.length).toBeGreaterThan(0);
    return false;
  }
}
