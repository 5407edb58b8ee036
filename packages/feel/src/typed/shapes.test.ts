import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluate as evaluateFeel } from "../evaluate.ts";
import { checkShape } from "./check.ts";
import type { FactDeclaration } from "./environment.ts";
import { evaluate, quotientOf } from "./evaluate.ts";
import { household, type Row, rulesOver } from "./testing/rules-over.ts";
import { areaType, booleanType, dateType, numberType } from "./type.ts";

/** A choir: how many sing, when they came, and how well. */
const levels = ["new", "old"];
const facts: readonly FactDeclaration[] = [
  { name: "high", entity: "person", type: numberType("1", 0, -50, 50) },
  { name: "low", entity: "person", type: numberType("1", 1, -50, 50) },
  { name: "joined", entity: "person", type: dateType },
  { name: "level", entity: "person", type: { kind: "enum", values: levels } },
  { name: "sings", entity: "person", type: booleanType },
  { name: "home", entity: "person", type: areaType },
];
const { environment, node, refusal } = rulesOver({ facts, areas: ["hall", "yard"] });

/** The value in plain numbers, of a quotient as well. */
function value(text: string, row: Row): number | boolean | string | undefined {
  const of = node(text);
  const situation = household([row]);
  if (of.type.kind === "ratio") {
    const quotient = quotientOf(of, situation);
    return quotient && (quotient.num * 10 ** (of.type.den.scale - of.type.num.scale)) / quotient.den;
  }
  const found = evaluate(of, situation);
  if (of.type.kind === "enum" && typeof found === "number") return of.type.values[found];
  return of.type.kind === "number" && typeof found === "number" ? found / 10 ** of.type.scale : found;
}

const example: Row = { high: 3, low: 15, level: 1, sings: true, joined: 0 };

describe("lists and contexts that are written out", () => {
  // high is 3, low 1.5, the level "old".
  test.each([
    ["{a: high + 1, b: a * 2}.b", 8],
    ["{a: {b: low}}.a.b", 1.5],
    ["[high, low][1]", 3],
    ["[high, low][-1]", 1.5],
    ["high[1]", 3],
    ["[{v: high}, {v: low}].v[2]", 1.5],
    ["sum([{v: high}, {v: low}].v)", 4.5],
    ["[1, 2, 7][item < 3][2]", 2],
    ["[{n: 1, v: high}, {n: 2, v: low}][n = 2].v[1]", 1.5],
    ["sum(append([high], 1, 2))", 6],
    ["concatenate([high], [1, 2])[2]", 1],
    ["reverse([high, 1])[1]", 1],
    ["max(flatten([high, [4, [low]]]))", 4],
    ["sum(remove([high, low, 5], 2))", 8],
    ["insert before([high, low], 1, 9)[1]", 9],
    ["sum(sublist([high, low, 5], 2))", 6.5],
    ["sum(sublist([high, low, 5], -2, 1))", 1.5],
    ["list replace([high, low], -1, 7)[2]", 7],
    ['get value({a: high}, "a")', 3],
    ["get entries({a: high})[1].value", 3],
    ["get entries({a: high})[1].key", "a"],
    ['context([{key: "a", value: high}]).a', 3],
    ['context put({a: high}, "a", 1).a', 1],
    ['context put({x: 0, y: {a: low}}, ["y", "b"], high).y.b', 3],
    ["context merge([{a: 1}, {a: high, b: 2}]).a", 3],
    ["[high, 1] = [3, 1]", true],
    ["[high, 1] = [1, 3]", false],
    ["[high] != [high, high]", true],
    ['{a: high, b: level} = {b: "old", a: 3}', true],
    ["{a: high} = {b: high}", false],
    ["[low..high] = [1.5..3]", true],
    ["[low..high] = (1.5..3]", false],
    ["is([high], [3])", true],
    ["[high, 1] in [[1, 3], [3, 1]]", true],
    ["{a: high} in ({a: 1}, {a: 2})", false],
    ["[high] in != [3]", false],
    ["list contains([[1], [high]], [3])", true],
    ["list contains(append([1], low), high)", false],
    ['list contains(reverse([level, "new"]), "old")', true],
    ["every x in append([1, 2], high) satisfies x > 0", true],
    ["sum(for x in [[1, high], [low]], y in x return y)", 5.5],
    ["(for x in [high, low] return [x, 2 * x])[2][2]", 3],
    ["all(append([sings], false))", false],
    ["any([not(sings), true])", true],
    ["count(append([high], low))", 2],
    ["median([high, low, 7])", 3],
    ["median(high, low)", 2.25],
    ["median([high, low, 7, -1, 2])", 2],
    ['string join(reverse([level, "a"]), "-") = "a-old"', true],
  ])("%s is %s", (text, wanted) => {
    expect(value(text, example)).toBe(wanted);
  });

  test("say what FEEL says", () => {
    const texts = [
      "median([high, low, 2, -high, 0])",
      "sum(sublist(reverse([high, low, 1]), 2))",
      "{a: high, b: {c: a - low}}.b.c",
      "[high, low] = [low, high] or [high] in [[1], [2], [low]]",
      "context merge([{a: low}, {b: high}, {a: high * 2}]).a",
      "max(for x in [[high, 1], [low, 2]] return x[1] * x[2])",
      "list contains(flatten([[high], [1, [2]]]), low)",
    ];
    const tenths = fc.integer({ min: -50, max: 50 });
    fc.assert(
      fc.property(fc.constantFrom(...texts), tenths, tenths, (text, high, low) => {
        const wanted = evaluateFeel(text, { high, low: low / 10 }).value;
        expect(value(text, { high, low })).toBe(wanted);
      }),
    );
  });

  test("leave nothing but their values at run time", () => {
    expect(node("[high, 1] = [low, 2] or [high][1] > 2")).toMatchObject({
      op: "or",
      items: [{ op: "and" }, { op: "compare", left: { op: "fact", fact: "high" } }],
    });
    const shape = checkShape("{a: [high, 1], b: {}}", { environment });
    expect(shape).toMatchObject({ ok: true, value: { kind: "context" } });
  });

  test("what is unknown in them stays unknown, and what else there is decides", () => {
    expect(value("[high, 1] = [3, 1]", {})).toBeUndefined();
    expect(value("[high, 1] = [3, 2]", {})).toBe(false);
    expect(value("[high, 1][2]", {})).toBe(1);
  });

  test.each([
    ["[high, low]", "RULE-NOT-COMPILABLE", "[high, low]"],
    ["{a: high}", "RULE-NOT-COMPILABLE", "{a: high}"],
    ["[high, low] < [1, 2]", "RULE-NOT-COMPILABLE", "[high, low] < [1, 2]"],
    ["[1, 2][high]", "RULE-NOT-COMPILABLE", "high"],
    ["sum([1, 2][item > high])", "RULE-NOT-COMPILABLE", "item > high"],
    ["[high, low][3]", "RULE-RANGE", "3"],
    ["[high, low][0]", "RULE-RANGE", "0"],
    ["remove([high], 2)[1]", "RULE-RANGE", "2"],
    ["remove([high, low], high)[1]", "RULE-NOT-COMPILABLE", "high"],
    ["{a: high}.b", "RULE-UNKNOWN-NAME", "{a: high}.b"],
    ["{a: high, a: low}.a", "RULE-ARGUMENTS", "a: low"],
    ["[high] = 3", "RULE-TYPE", "[high] = 3"],
    ["[high] = [level]", "RULE-TYPE", "[high] = [level]"],
    ["{a: high} in [1, 2]", "RULE-TYPE", "[1, 2]"],
    ["[null][1]", "RULE-NULL", "null"],
    ['context put({a: 1}, ["b", "c"], high).b.c', "RULE-UNKNOWN-NAME", 'context put({a: 1}, ["b", "c"], high)'],
    ["context merge([1]).a", "RULE-TYPE", "context merge([1])"],
    ["get value({a: high}, level)", "RULE-NOT-COMPILABLE", "get value({a: high}, level)"],
    ["median([1, 2, 3, 4, 5, 6, high])", "RULE-NOT-COMPILABLE", "median([1, 2, 3, 4, 5, 6, high])"],
    ["append(listt: [1], item: 2)[1]", "RULE-ARGUMENTS", "listt: [1]"],
    ["reverse()[1]", "RULE-ARGUMENTS", "reverse()"],
  ])("%s is refused: %s", (text, code, place) => {
    expect(refusal(text)).toMatchObject({ code, place });
  });
});
