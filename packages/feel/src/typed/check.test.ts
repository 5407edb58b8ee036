import { describe, expect, test } from "vitest";
import { parseDay } from "./calendar.ts";
import { checkCell } from "./check.ts";
import type { FactDeclaration, ParameterDeclaration } from "./environment.ts";
import { evaluate } from "./evaluate.ts";
import type { Node } from "./node.ts";
import { household, type Row, rulesOver } from "./testing/rules-over.ts";
import { areaType, booleanType, dateType, numberType } from "./type.ts";

/** A tennis club: members play, pay fees, and belong to a court. */
const facts: readonly FactDeclaration[] = [
  { name: "born", entity: "person", type: dateType },
  { name: "fee", entity: "person", type: numberType("CNY/month", 2, 0, 1_000_00) },
  { name: "grade", entity: "person", type: { kind: "enum", values: ["none", "junior", "senior"] } },
  { name: "plays", entity: "person", type: booleanType },
  { name: "home", entity: "person", type: areaType },
  { name: "courts", entity: "household", type: numberType("m2", 1, 0, 1_000_0) },
  { name: "remark", entity: "person", type: null },
  {
    name: "years",
    entity: "person",
    type: numberType("year", 0, 0, 0),
    formula: "years and months duration(born, asOf).years",
  },
  {
    name: "months",
    entity: "person",
    type: numberType("month", 0, 0, 0),
    formula: "years and months duration(born, asOf).years * 12 + years and months duration(born, asOf).months",
  },
  { name: "purse", entity: "household", type: numberType("CNY/month", 2, 0, 0), formula: "sum(members.fee)" },
  { name: "loop", entity: "person", type: numberType("1", 0, 0, 0), formula: "loop + 1" },
];
const parameters: readonly ParameterDeclaration[] = [
  { name: "line", type: numberType("CNY/month", 2, 0, 5_000_00), keys: [] },
  {
    name: "rate",
    type: numberType("CNY/month", 2, 0, 500_00),
    keys: [{ name: "grade", values: ["junior", "senior"] }],
  },
];
const { environment, node, refusal } = rulesOver({
  facts,
  parameters,
  areas: ["club", "club-east", "club-west"],
  areasWithin: (code) => ({ club: [0, 1, 2], "club-east": [1], "club-west": [2] })[code] ?? null,
});

const value = (text: string, members: readonly Row[] = [{}], shared: Row = {}) =>
  evaluate(node(text), household(members, shared));

describe("types and units", () => {
  test.each([
    ["feee > 3", "RULE-UNKNOWN-NAME", "feee", "Did you mean fee?"],
    [
      "fee > courts",
      "RULE-UNIT",
      "fee > courts",
      "Both sides should be CNY/month or both m2; convert with a parameter that carries the unit",
    ],
    [
      "fee + courts > 3",
      "RULE-UNIT",
      "fee + courts",
      "Both sides should be CNY/month or both m2; convert with a parameter that carries the unit",
    ],
    ['grade = "jnior"', "RULE-ENUM-CODE", '"jnior"', 'Did you mean "junior"?'],
    ['rate("adult")', "RULE-ENUM-CODE", '"adult"', "One of junior, senior"],
    ["rate", "RULE-ARGUMENTS", "rate", "Write rate(grade)"],
    ["plays and fee", "RULE-TYPE", "fee", 'Write a comparison, such as x >= 60 or x = "a"'],
    [
      "fee / courts > 3",
      "RULE-DIVISOR",
      "courts",
      "Divide by what is surely positive, such as count(members) or max(x, 1)",
    ],
    ["plays = null", "RULE-NULL", "null", 'Say "none" as a code of the fact'],
    ["members.fee", "RULE-NOT-COMPILABLE", "members.fee", "Such as sum(members.fee)"],
    [
      "max(members[plays].fee)",
      "RULE-EMPTY-LIST",
      "max(members[plays].fee)",
      "Use count, sum, some or every, or leave out the filter",
    ],
    ['within(home, "club-eat")', "RULE-AREA", '"club-eat"', 'Did you mean "club-east"?'],
    ["loop > 1", "RULE-CYCLE", "loop", "loop -> loop"],
    ['remark = "x"', "RULE-TYPE", "remark", "Use a typed fact"],
    [
      "fee * fee * fee * fee > 1",
      "RULE-RANGE",
      "fee * fee * fee * fee",
      "Narrow the ranges of the facts, or round earlier",
    ],
    ["fee >", "RULE-SYNTAX", "", "Expected an expression"],
    ["some x in fee satisfies x > 1", "RULE-NOT-COMPILABLE", "x in fee", "Write for m in members return m.fact"],
  ])("%s is refused as %s", (text, code, place, hint) => {
    expect(refusal(text)).toMatchObject({ code, place, hint });
  });

  test.each([
    ["line * 0.2", "CNY/month", 3],
    ["line * count(members) - purse", "CNY/month", 2],
    ["fee / max(line, 1) * courts", "m2", undefined],
    ["years + 1", "year", 0],
    ["months", "month", 0],
    ["round half up(purse / count(members), 2)", "CNY/month", 2],
  ])("%s has the unit %s", (text, unit, scale) => {
    const { type } = node(text);
    expect(type).toMatchObject(scale === undefined ? { unit } : { unit, scale });
  });

  test("a comparison of literals takes the unit of the other side", () => {
    expect(refusal("fee >= 65 and courts <= 7 and years >= 65")).toBeNull();
  });
});

describe("meaning", () => {
  const born = (text: string) => ({ born: parseDay(text) ?? undefined });

  test("who was born on 29 February is a year older on 1 March of a common year", () => {
    const age = (asOf: string) => value(`years and months duration(born, @"${asOf}").years`, [born("2004-02-29")]);
    expect([age("2021-02-28"), age("2021-03-01"), age("2024-02-28"), age("2024-02-29")]).toEqual([16, 17, 19, 20]);
  });

  test("a day past the end of a month is the month's last", () => {
    expect(value('date("2024-01-31") + duration("P1M") = date("2024-02-29")')).toBe(true);
    expect(value('born + @"P1M" = @"2023-02-28"', [born("2023-01-30")])).toBe(true);
  });

  test("the members are counted, summed and filtered", () => {
    const club = [
      { fee: 100_00, plays: true },
      { fee: 50_00, plays: false },
      { fee: 25_50, plays: true },
    ];
    expect(value("count(members)", club)).toBe(3);
    expect(value("sum(members[plays].fee)", club)).toBe(125_50);
    expect(value("sum(for m in members return if m.plays then 0 else m.fee)", club)).toBe(50_00);
    expect(value("count(members[fee < 60 and plays])", club)).toBe(1);
    expect(value("some m in members satisfies m.fee > 99", club)).toBe(true);
    expect(value("every m in members satisfies m.plays", club)).toBe(false);
    expect(value("count(members[not(plays)]) = 0", club)).toBe(false);
    expect(value("max(members.fee)", club)).toBe(100_00);
    expect(value("some m in members satisfies m.fee < fee", club)).toBe(true);
  });

  test("what is unknown stays unknown unless it cannot matter", () => {
    const half = [{ plays: true }, { fee: 1_00 }];
    expect(value("plays or fee > 3", half)).toBe(true);
    expect(value("not(plays) and fee > 3", half)).toBe(false);
    expect(value("plays and fee > 3", half)).toBeUndefined();
    expect(value("some m in members satisfies m.plays", half)).toBe(true);
    expect(value("every m in members satisfies m.plays", half)).toBeUndefined();
    expect(value("sum(members.fee)", half)).toBeUndefined();
    expect(value("if fee > 3 then plays else plays", half)).toBe(true);
  });

  // 2.5 -> 2 and 3.5 -> 4: DMN 1.5, 10.3.4.5, half to even; the others round away from or towards zero as named.
  test.each([
    ["decimal(2.5, 0)", 2],
    ["decimal(3.5, 0)", 4],
    ["decimal(-2.5, 0)", -2],
    ["decimal(1/3, 2)", 33],
    ["round half up(2.5, 0)", 3],
    ["round half up(-2.5, 0)", -3],
    ["round half down(2.5, 0)", 2],
    ["round half down(-2.5, 0)", -2],
    ["round up(2.1, 0)", 3],
    ["round up(-2.1, 0)", -3],
    ["round down(-2.9, 0)", -2],
    ["floor(-2.1)", -3],
    ["ceiling(-2.1)", -2],
    ["ceiling(7/2)", 4],
    ["round half up(1234, -2)", 1200],
    ["round half up(2073.5 / 5, 0) * 5", 2075],
    ["modulo(-7, 3)", 2],
    ["abs(-1.5)", 15],
    ["min(3, 1.5)", 15],
    ["max([2, 7, 5])", 7],
    ["sum(1, 2, 3.5)", 65],
  ])("%s is %d", (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  test("tests on codes, ranges and areas", () => {
    const one = [{ grade: 1, fee: 7_00, home: 1 }];
    expect(value('grade in ("junior", "senior")', one)).toBe(true);
    expect(value('grade in ["none", "senior"]', one)).toBe(false);
    expect(value('grade != "junior"', one)).toBe(false);
    expect(value("fee in [7..8)", one)).toBe(true);
    expect(value("fee in (7..8]", one)).toBe(false);
    expect(value("fee between 1 and 7", one)).toBe(true);
    expect(value('within(home, "club")', one)).toBe(true);
    expect(value('home = "club-west"', one)).toBe(false);
  });

  test.each([
    ["-", true],
    ['"junior"', true],
    ['"none", "senior"', false],
    ['not("none")', true],
  ])("the cell %s on grade junior is %s", (cell, expected) => {
    const checked = checkCell(cell, node("grade"), { environment });
    expect(checked.ok && evaluate(checked.value, household([{ grade: 1 }]))).toBe(expected);
  });

  test.each([
    [">= 65", true],
    ["[60..70)", true],
    ["< 65, > 80", false],
  ])("the cell %s on 65 is %s", (cell, expected) => {
    const checked = checkCell(cell, node("years"), { environment });
    const asOf = (n: Node): Node =>
      JSON.parse(JSON.stringify(n), (_, v) =>
        v?.op === "moment" ? { ...v, value: parseDay("2024-05-01") } : v,
      ) as Node;
    expect(checked.ok && evaluate(asOf(checked.value), household([born("1959-05-01")]))).toBe(expected);
  });
});
