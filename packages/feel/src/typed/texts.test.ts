import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluate as evaluateFeel } from "../evaluate.ts";
import type { FactDeclaration } from "./environment.ts";
import { type Row, rulesOver } from "./testing/rules-over.ts";
import { booleanType, numberType } from "./type.ts";

/** A library: where a book stands, what it is, how it is marked. */
const shelves = ["310101-a", "310104-b", "3201-a", "x"];
const kinds = ["book", "map", "Sheet"];
const facts: readonly FactDeclaration[] = [
  { name: "shelf", entity: "person", type: { kind: "enum", values: shelves } },
  { name: "kind", entity: "person", type: { kind: "enum", values: kinds } },
  { name: "mark", entity: "person", type: { kind: "enum", values: ["1.50", "20", "-3.125"] } },
  { name: "many", entity: "person", type: { kind: "enum", values: Array.from({ length: 70 }, (_, at) => `c${at}`) } },
  { name: "lent", entity: "person", type: booleanType },
  { name: "copies", entity: "person", type: numberType("1", 0, 1, 9) },
  { name: "price", entity: "person", type: numberType("1", 0, 0, 1_000) },
];
const { node, refusal, value } = rulesOver({ facts });

/** What a node of codes or texts says in words. */
function said(text: string, row: Row) {
  const { type } = node(text);
  const held = value(text, row);
  return type.kind === "enum" && held !== undefined ? type.values[Number(held)] : held;
}

const example: Row = { shelf: 1, kind: 2, mark: 0, lent: true, copies: 3 };

describe("functions of texts", () => {
  // Shelf "310104-b", kind "Sheet", mark "1.50".
  test.each([
    ['starts with(shelf, "3101")', true],
    ['ends with(shelf, "-a")', false],
    ['contains(shelf, "04")', true],
    ['matches(shelf, "^\\\\d{6}-")', true],
    ['matches(kind, "SHEET", "i")', true],
    ["substring(shelf, 1)", "310104-b"],
    ["substring(shelf, -1)", "b"],
    ['substring(shelf, 1, 1) = "3"', true],
    ['substring before(shelf, "-")', "310104"],
    ['substring after(shelf, "-")', "b"],
    ['replace(shelf, "[0-9]+", "#")', "#-b"],
    ["upper case(kind)", "SHEET"],
    ["lower case(kind)", "sheet"],
    ["string length(shelf)", 8],
    ['string join([kind, shelf], "/")', "Sheet/310104-b"],
    ['string join(["a", null, kind])', "aSheet"],
    ['kind + " on " + shelf', "Sheet on 310104-b"],
    ['string(lent) + "!"', "true!"],
    ["substring(kind, 1, copies)", "She"],
    ["number(mark)", 1_500],
    ["number(mark) * 2 = 3", true],
    ["number(mark, null, null) < number(mark)", false],
    ['string(kind) < "Spring"', true],
    ['"book" >= string(kind)', true],
    ["string(kind) < string(shelf)", false],
    ['string(shelf) between "3" and "32"', true],
    ['string(kind) in ["A".."T"]', true],
    ["upper case(kind) = kind", false],
    ['(if lent then upper case(kind) else "none")', "SHEET"],
    ["(if lent then upper case(kind) else shelf)", "SHEET"],
    ["(if not(lent) then lower case(kind) else upper case(kind))", "SHEET"],
    ['starts with("3101", "31")', true],
    ['"a" + "b"', "ab"],
  ])("%s is %s", (text, wanted) => {
    expect(said(text, example)).toBe(wanted);
  });

  test("say of every code what FEEL says of the text", () => {
    const texts = [
      'starts with(shelf, "3101")',
      'ends with(kind, "p") or contains(shelf, kind)',
      'matches(shelf, "[0-9]{4}[^0]")',
      'replace(shelf, "(\\\\d)(\\\\d)", "$2$1")',
      "substring(kind, -2)",
      'substring after(shelf, "1") + lower case(kind)',
      "string length(kind + shelf) - copies",
      "string(kind) <= string(shelf)",
      "number(mark) + string length(kind)",
      'string join([kind, mark, shelf], "; ") > "k"',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.nat(3),
        fc.nat(2),
        fc.nat(2),
        fc.integer({ min: 1, max: 9 }),
        (text, shelf, kind, mark, copies) => {
          const inFeel = { shelf: shelves[shelf], kind: kinds[kind], mark: ["1.50", "20", "-3.125"][mark], copies };
          const wanted = evaluateFeel(text, inFeel as Record<string, string | number>).value;
          const { type } = node(text);
          const found = said(text, { shelf, kind, mark, copies });
          expect(typeof found === "number" && type.kind === "number" ? found / 10 ** type.scale : found).toBe(wanted);
        },
      ),
    );
  });

  test("an unknown code makes the text unknown", () => {
    expect(value('starts with(shelf, "3")', {})).toBeUndefined();
    expect(value("string length(kind + shelf)", { kind: 1 })).toBeUndefined();
  });

  test("a condition on one code is a look at that code, whatever is done to it before", () => {
    const wanted = { op: "one-of", of: { op: "fact", fact: "shelf" }, values: [0, 1] };
    expect(node('substring(shelf, 1, 1) < "4" and starts with(shelf, "31")')).toMatchObject({
      items: [{ ...wanted, values: [0, 1, 2] }, wanted],
    });
    expect(node('upper case(substring before(shelf, "0")) = "31"')).toMatchObject(wanted);
    expect(node('substring before(shelf, "0") in ("31")')).toMatchObject(wanted);
  });

  test("of two codes there is one look-up, with the same code once", () => {
    expect(node("string length(kind + shelf + kind)")).toMatchObject({
      op: "map",
      keys: [{ fact: "kind" }, { fact: "shelf" }],
      type: { kind: "number", scale: 0, min: 7, max: 18 },
    });
  });

  test.each([
    ['substring(shelf, 3) = "x"', "RULE-NULL", "substring(shelf, 3)", 'substring("x", 3) has no value'],
    ["number(kind)", "RULE-NULL", "number(kind)", 'number("book") has no value'],
    ['matches(kind, "[")', "RULE-NULL", 'matches(kind, "[")', 'matches("book", "[") has no value'],
    ['upper case(kind) = "map"', "RULE-ENUM-CODE", '"map"', '"map" is no value of map'],
    ["string length(price)", "RULE-TYPE", "price", "string length takes codes or texts, not a number"],
    ["kind + 1", "RULE-TYPE", "1", "+ takes codes or texts, not a number"],
    ['kind < "Spring"', "RULE-TYPE", 'kind < "Spring"', "Which is greater cannot be asked of a code"],
    ["kind = shelf", "RULE-TYPE", "kind = shelf", "These facts have different codes and cannot be compared"],
    ["contains(kind)", "RULE-ARGUMENTS", "contains(kind)", "contains takes 2 argument(s)"],
    [
      "many + mark + kind + shelf + string(lent)",
      "RULE-RANGE",
      "many + mark + kind + shelf + string(lent)",
      "+ would be reckoned for 5040 combinations of codes, more than 4096",
    ],
  ])("%s is refused: %s", (text, code, place, message) => {
    expect(refusal(text)).toMatchObject({ code, place, message });
  });
});
