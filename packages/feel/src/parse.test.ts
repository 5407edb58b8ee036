import { describe, expect, test } from "vitest";
import { FeelSyntaxError, syntaxErrorMessage } from "./errors.ts";
import { parseExpression, parseUnaryTests } from "./parse.ts";
import type { Expression } from "./syntax.ts";

/** The tree as text, without places. */
function shape(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(shape);
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node).filter(([name]) => name !== "from" && name !== "to");
  return Object.fromEntries(entries.map(([name, value]) => [name, shape(value)]));
}

const name = (text: string) => ({ kind: "name", name: text });
const number = (text: string) => ({ kind: "number", text });

function refusal(text: string, parse: (text: string) => unknown = parseExpression): FeelSyntaxError {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof FeelSyntaxError) return error;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
}

describe("names", () => {
  test("Chinese names, with spaces too", () => {
    expect(shape(parseExpression("家庭 人均月收入 < 低保标准"))).toEqual({
      kind: "comparison",
      operator: "<",
      left: name("家庭 人均月收入"),
      right: name("低保标准"),
    });
  });

  test("a hyphen is a minus unless the name is known", () => {
    expect(parseExpression("a-b").kind).toBe("arithmetic");
    expect(shape(parseExpression("a - b", { names: ["a-b"] }))).toEqual(name("a-b"));
  });

  test("names inside a known context, with an apostrophe", () => {
    const tree = parseExpression("Student.mother's  name", { names: { Student: { "mother's name": null } } });
    expect(shape(tree)).toEqual({ kind: "path", source: name("Student"), name: "mother's name" });
  });

  test("a variable of a loop is one name", () => {
    const tree = parseExpression("for each-one in list return each-one + 1");
    expect(shape(tree)).toMatchObject({ result: { kind: "arithmetic", left: name("each-one") } });
  });
});

describe("precedence", () => {
  const rows: readonly (readonly [string, string])[] = [
    ["a or b and c", "a or (b and c)"],
    ["a + b * c ** d", "a + (b * (c ** d))"],
    ["a - b - c", "(a - b) - c"],
    ["a < b + c and d", "(a < (b + c)) and d"],
    ["x between 1 and 2 and y", "(x between 1 and 2) and y"],
    ["a[1].b", "(a[1]).b"],
    ["if a then b else c + d", "if a then b else (c + d)"],
    ["-a ** 2", "(-a) ** 2"],
    ["a in [1..2] or b", "(a in [1..2]) or b"],
    ["a in [1..2] and b or c", "((a in [1..2]) and b) or c"],
    ["a in < b + 1 and c", "(a in (< b + 1)) and c"],
    ["a in b = c", "(a in b) = c"],
    ["a in (1, 2) and b", "(a in (1, 2)) and b"],
    ["a in b in c", "(a in b) in c"],
  ];
  test.each(rows)("%s is %s", (text, explicit) =>
    expect(shape(parseExpression(text))).toEqual(shape(parseExpression(explicit))),
  );
});

test("a test of ? takes in the whole condition", () => {
  expect(shape(parseExpression("a in ? > 5 and ? < 9"))).toMatchObject({ kind: "in", tests: [{ kind: "and" }] });
});

test("every node says where it stands", () => {
  const tree = parseExpression("  a + foo(b, c)") as Extract<Expression, { kind: "arithmetic" }>;
  expect([tree.from, tree.to]).toEqual([2, 15]);
  expect([tree.right.from, tree.right.to]).toEqual([6, 15]);
});

test("types, with ranges among them", () => {
  expect(shape(parseExpression("x instance of list<range<years and months duration>>"))).toMatchObject({
    type: { kind: "list", of: { kind: "range", of: { kind: "named", name: "years and months duration" } } },
  });
  expect(parseExpression('x instance of context<a: number> and "range<number>" = y').kind).toBe("and");
});

test("strings keep what they say", () => {
  expect(shape(parseExpression('"a\\"b\\n\\u4e2d\\U01F600\\\\"'))).toEqual({ kind: "string", value: 'a"b\n中😀\\' });
});

test("comments are no part of names and numbers", () => {
  expect(shape(parseExpression("a /* one */ + // two\n 1"))).toMatchObject({ left: name("a"), right: number("1") });
});

describe("unary tests", () => {
  test("any value", () => expect(parseUnaryTests("-").kind).toBe("any"));
  test("one of", () => expect(shape(parseUnaryTests("<5, [7..9)"))).toMatchObject({ kind: "oneOf", tests: [{}, {}] }));
  test("none of", () => expect(parseUnaryTests('not("a", "b")').kind).toBe("noneOf"));
});

describe("what is wrong, where, and what would be right", () => {
  const rows: readonly (readonly [string, number, string])[] = [
    ["if true then 1", 14, "else"],
    ["1 +", 3, "an expression"],
    ["(1", 2, ")"],
    ["for x in [1] x", 13, "return"],
    ["some x in [1]", 13, "satisfies"],
    ['"abc', 0, "a closing quote"],
    ["a.", 2, "a name"],
    ["x instance of", 13, "a type"],
    ["1 2", 2, "an operator"],
    ["", 0, "an expression"],
    ["{a 1}", 4, ":"],
  ];
  test.each(rows)("%s", (text, from, expected) => {
    const { details } = refusal(text);
    expect(details.code).toBe("FEEL_SYNTAX");
    expect(details.from).toBe(from);
    expect(details.expected).toContain(expected);
  });

  test("by line and column, in both languages", () => {
    const { details, message } = refusal("a +\n  * b");
    expect([details.line, details.column]).toEqual([2, 3]);
    expect(message).toBe("2:3: expected an expression, found *");
    expect(syntaxErrorMessage(details, "zh")).toBe("第 2 行第 3 列：此处应为 表达式，而不是 *");
  });
});

describe("limits", () => {
  const deep: readonly (readonly [string, string])[] = [
    ["brackets", `${"(".repeat(5_000)}1${")".repeat(5_000)}`],
    ["open brackets", "[".repeat(20_000)],
    ["minus signs", `${"- ".repeat(5_000)}a`],
    ["conditions", `${"if a then b else ".repeat(1_500)}1`],
    ["sums", Array(5_000).fill("1").join("+")],
    ["calls", `${"f(".repeat(3_000)}1${")".repeat(3_000)}`],
    ["paths", `a${".b".repeat(5_000)}`],
  ];
  test.each(deep)("deeply nested %s are refused", (_, text) => expect(refusal(text).code).toBe("FEEL_TOO_DEEP"));

  test("what people write is not deep", () => {
    expect(parseExpression(Array(300).fill("1").join("+")).kind).toBe("arithmetic");
    expect(parseExpression(`${"(".repeat(100)}1${")".repeat(100)}`).kind).toBe("number");
  });

  test("a text beyond the limit is refused at once", () =>
    expect(refusal("a".repeat(40_000)).code).toBe("FEEL_TOO_LONG"));
});
