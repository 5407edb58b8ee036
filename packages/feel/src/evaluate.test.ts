import { describe, expect, test } from "vitest";
import { diagnosticMessage } from "./diagnostics.ts";
import { evaluate, prepare, unaryTest } from "./evaluate.ts";
import { toFeelString } from "./format.ts";
import { fromJson, toJson } from "./json.ts";
import { builtinType } from "./types.ts";
import type { FeelContext } from "./values.ts";

/** Results that DMN 1.5 states in the section named. */
const rows: readonly (readonly [section: string, expression: string, result: string])[] = [
  ["10.3.2.5 filter", "[1, 2, 3, 4][item > 2]", "[3, 4]"],
  ["10.3.2.5 filter", "[{x: 1, y: 2}, {x: 2, y: 3}][x = 1]", "[{x: 1, y: 2}]"],
  ["10.3.2.5 filter", "[{x: 1, y: 2}, {x: null, y: 3}][x < 2]", "[{x: 1, y: 2}]"],
  ["10.3.2.5 position", "[1, 2, 3, 4][-1]", "4"],
  ["10.3.2.5 path over a list", "[{x: 1, y: 2}, {x: 2, y: 3}].y", "[2, 3]"],
  ["10.3.2.8 decision table of types", "null = null", "true"],
  ["10.3.2.9 instance of", "[1, 2] instance of list<number>", "true"],
  ["10.3.2.14 for", "for i in 0..4 return if i = 0 then 1 else i * partial[-1]", "[1, 1, 2, 6, 24]"],
  ["10.3.2.14 for, two iterators", "for i in [1, 2], j in [i..2] return [i, j]", "[[1, 1], [1, 2], [2, 2]]"],
  ["10.3.2.14 quantified", "every i in [1, 2] satisfies i > 0", "true"],
  ["10.3.2.14 quantified", "some i in [] satisfies true", "false"],
  ["10.3.2.6 context", "{a: 2, b: a * 3}.b", "6"],
  ["10.3.2.13 function", "{square: function(x: number) x ** 2, nine: square(3)}.nine", "9"],
  ["10.3.2.13 recursion", "{f: function(n) if n = 0 then 1 else n * f(n - 1), ten: f(10)}.ten", "3628800"],
  ["10.3.2.13 closure", "(for k in [1, 2] return function(x) x + k)[2](10)", "12"],
  ["table 50, and", "false and null", "false"],
  ["table 50, or", "null or true", "true"],
  ["10.3.2.7 range ends", "5 in ]1..5]", "true"],
  ["10.3.2.7 range ends", "1 in ]1..5]", "false"],
  ["10.3.2.7 range as value", "(< 10) = (< 10)", "true"],
  ["table 56, dates", `@"2024-03-31" - @"P1M"`, "2024-02-29"],
  ["table 57, zones", `@"2021-01-02T10:10:10@Europe/Paris" - @"2021-01-01T10:10:10@Asia/Dhaka"`, "P1DT5H"],
  ["table 65, properties", `@"P1Y14M".years + @"2018-12-10".weekday`, "3"],
  ["10.3.2.9.4 list of one", 'string length(["abc"])', "3"],
];

test.each(rows)("%s: %s", (_, expression, result) => {
  const { value, diagnostics } = evaluate(expression);
  expect(toFeelString(value)).toBe(result);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
});

test("an hour later is an hour of time where the clocks go forward", () => {
  const { value } = evaluate(`@"2024-03-31T01:30:00@Europe/Paris" + @"PT1H"`);
  expect(toFeelString(value)).toBe("2024-03-31T03:30:00@Europe/Paris");
});

describe("every null has its cause", () => {
  const causes: readonly (readonly [string, string, "error" | "warning"])[] = [
    ["a + 1", "UNKNOWN_NAME", "error"],
    ["{a: 1}.b", "UNKNOWN_ENTRY", "error"],
    [`@"2024-01-01".hour`, "UNKNOWN_PROPERTY", "error"],
    ["nope(1)", "UNKNOWN_NAME", "error"],
    ["null(1)", "UNKNOWN_FUNCTION", "error"],
    ["(1)(2)", "NOT_A_FUNCTION", "error"],
    ["1 + null", "NULL_OPERAND", "error"],
    ['1 + "a"', "TYPE_MISMATCH", "error"],
    ["1 / 0", "DIVISION_BY_ZERO", "error"],
    ["10 ** 7000", "OUT_OF_RANGE", "error"],
    ['1 < "a"', "NOT_COMPARABLE", "error"],
    ["null < 1", "NULL_OPERAND", "warning"],
    ["true and 1", "NOT_BOOLEAN", "warning"],
    ["for i in null return i", "NOT_ITERABLE", "error"],
    ["[1][2]", "INDEX_OUT_OF_BOUNDS", "warning"],
    ["{a: 1, a: 2}", "DUPLICATE_ENTRY", "error"],
    ["1 instance of nothing", "UNKNOWN_TYPE", "error"],
    [`@"2023-02-29"`, "BAD_VALUE", "error"],
    ["sum(for i in 1..20000000 return i)", "TOO_MUCH_WORK", "error"],
    ["{f: function(n) f(n), x: f(1)}.x", "TOO_DEEP", "error"],
    ['matches("a", "(")', "BAD_VALUE", "error"],
  ];
  test.each(causes)("%s: %s", (expression, code, severity) => {
    const { value, diagnostics } = evaluate(expression);
    expect(value).toBeNull();
    const [first] = diagnostics;
    expect(first).toMatchObject({ code, severity });
    for (const language of ["zh", "en"] as const) {
      expect(first && diagnosticMessage(first, language)).not.toMatch(/\{\d\}|^$/u);
    }
  });

  test("told once for a place, however often it happens", () => {
    expect(evaluate("for i in 1..1000 return i + null").diagnostics).toHaveLength(1);
  });
});

describe("names", () => {
  test("a context may use the names of prototypes", () => {
    expect(evaluate("constructor", { constructor: 1 }).value).toBe(1);
    expect(evaluate("toString").diagnostics[0]?.code).toBe("UNKNOWN_NAME");
    expect(toJson(evaluate("{__proto__: 1}.__proto__").value)).toBe(1);
  });

  test("a filter's item comes before what is around it", () => {
    expect(toJson(evaluate("[{x: 1}, {x: 5}][x > y].x", { x: 9, y: 3 }).value)).toEqual([5]);
  });

  test("a built-in is hidden by a declared name, and by nothing else", () => {
    const own = evaluate("function(x) 42").value;
    expect(prepare("count([1])", { names: ["count"] }).evaluate({ count: own }).value).toBe(42);
    expect(prepare("count([1])").evaluate({ count: own }).value).toBe(1);
  });
});

describe("unary tests", () => {
  const cells: readonly (readonly [string, unknown, boolean | null])[] = [
    ["-", null, true],
    ['"a", "b"', "b", true],
    ['not("a", "b")', "b", false],
    ["< 5, > 10", 7, false],
    ["[1..limit]", 3, true],
    ["? > 2 and ? < limit", 3, true],
    ["limit", 4, true],
    ["[3, 4]", 4, true],
    ["null", null, true],
    ["< 5", null, null],
    ["true", false, false],
    ["count([1]) = 1", "anything", true],
  ];
  test.each(cells)("%s of %s is %s", (text, input, passes) => {
    expect(unaryTest(text, fromJson(input), { limit: 4 }).value).toBe(passes);
  });
});

test("item types by name", () => {
  const types = (name: string) => (name === "tAge" ? builtinType("number") : null);
  expect(prepare("3 instance of tAge", { types }).evaluate().value).toBe(true);
});

test("data goes in and out", () => {
  const data = { a: [1, 2.5, null, "x", true], b: { "c d": 0.1 } };
  expect(toJson(fromJson(data))).toEqual(data);
  expect(toJson(evaluate("1 / 3").value)).toBe(`0.${"3".repeat(34)}`);
  expect(toJson(evaluate(`[@"2024-01-01", @"PT90M"]`).value)).toEqual(["2024-01-01", "PT1H30M"]);
  expect((fromJson({ n: 0.1 + 0.2 }) as FeelContext).n?.toString()).toBe("0.30000000000000004");
});
