import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluate as evaluateFeel } from "../evaluate.ts";
import { civilDate, dayNumber, formatDay, parseDay } from "./calendar.ts";
import { checkText } from "./check.ts";
import { functionNames } from "./check-call.ts";
import type { Environment, FactDeclaration, ParameterDeclaration } from "./environment.ts";
import { evaluate } from "./evaluate.ts";
import { rulesOver } from "./testing/rules-over.ts";
import { booleanType, dateType, numberType } from "./type.ts";

/** A library: books are lent for a time and fees are due after it. */
const facts: readonly FactDeclaration[] = [
  { name: "lent", entity: "person", type: dateType },
  { name: "returned", entity: "person", type: dateType },
  { name: "books", entity: "person", type: numberType("1", 0, -20, 20) },
  { name: "share", entity: "person", type: numberType("1", 2, 0, 100) },
  { name: "terms", entity: "person", type: numberType("month", 0, 0, 60) },
  { name: "owed", entity: "person", type: numberType("CNY", 2, 0, 100_00) },
  { name: "debt", entity: "person", type: numberType("1", 0, -9, -1) },
  { name: "reader", entity: "person", type: booleanType },
];
const parameters: readonly ParameterDeclaration[] = [
  {
    name: "fine",
    type: numberType("CNY", 2, 0, 50_00),
    keys: [
      { name: "kind", values: ["book", "map"] },
      { name: "age", values: ["child", "adult"] },
    ],
  },
];
const { environment, node, refusal: refused, value } = rulesOver({ facts, parameters });
const day = (text: string) => parseDay(text) ?? Number.NaN;
const days = (from: string, to: string) => fc.integer({ min: day(from), max: day(to) });

function refusal(text: string) {
  const found = refused(text);
  return found && `${found.code}: ${found.hint}`;
}

describe("numbers", () => {
  test.each([
    ["2 ** 5", 32],
    ["1.2 * 10 ** 3", 12_000],
    ["books ** 2", 9],
    ["books ** 0", 1],
    ["even(books)", false],
    ["odd(books)", true],
    ["even(share)", false],
    ["odd(-1)", true],
    ["product([6, 3, 9, 6, 6])", 5832],
    ["round half up(mean([1, 2, 4]), 2)", 233],
    ["round half up(10 / debt, 2)", -333],
    ["modulo(-12, -5)", -2],
    ["modulo(10, -4)", -2],
    ["list contains([1, 2, 3], books)", true],
    ["list contains([], books)", false],
    ["is(books, -3)", false],
    ["is(books, 3)", true],
    ["count([1, books])", 2],
    ["all([])", true],
    ["any([])", false],
  ])("%s is %s", (text, wanted) => {
    expect(value(text, { books: 3, share: 50, debt: -3 })).toBe(wanted);
  });

  test("a power is a product: x ** a * x ** b = x ** (a + b), and x ** -1 is one by x", () => {
    fc.assert(
      fc.property(fc.integer({ min: -20, max: 20 }), fc.nat(5), fc.nat(5), (books, a, b) => {
        expect(value(`books ** ${a} * books ** ${b} = books ** ${a + b}`, { books })).toBe(true);
      }),
    );
    expect(value("debt ** -1 * debt = 1", { debt: -7 })).toBe(true);
  });
});

describe("lists written out", () => {
  test.each([
    ["some x in [1, 5, 9] satisfies x = books", true],
    ["every x in [1, 5, 9] satisfies x > books", false],
    ["every x in [] satisfies x > books", true],
    ["some x in 1..12 satisfies x ** 2 = books + 20", true],
    ["some x in [1, 2], y in [10, 20] satisfies x * y = books * 8", true],
    ["sum(for x in 1..4 return x * books)", 50],
    ["max(for x in [3, 1] return x - books)", -2],
    ["all(for x in [1, 2] return x < books)", true],
    ["sum(for x in 3..1 return x)", 6],
  ])("%s is %s", (text, wanted) => {
    expect(value(text, { books: 5 })).toBe(wanted);
  });

  test("an item whose condition is unknown leaves the whole unknown unless another decides it", () => {
    expect(value("some x in [books, 1] satisfies x = 1")).toBe(true);
    expect(value("every x in [books, 1] satisfies x = 1")).toBeUndefined();
  });

  test("the variable hides a fact of its name, and does not reach into what stands behind a name", () => {
    expect(value("some books in [7] satisfies books = 7", { books: 1 })).toBe(true);
    const local = checkText("some books in [7] satisfies own = 1", {
      environment,
      locals: new Map([["own", "books"]]),
    });
    expect(local.ok && evaluate(local.value, { fact: () => 1, members: 1 })).toBe(true);
  });
});

describe("dates", () => {
  // Known from any calendar: 29 February 2024 was a Thursday, day 60; 31 December 2000 a Sunday, day 366.
  test.each([
    ["2024-02-29", "Thursday", 4, 60, "February"],
    ["2000-12-31", "Sunday", 7, 366, "December"],
    ["1969-12-31", "Wednesday", 3, 365, "December"],
    ["1970-01-01", "Thursday", 4, 1, "January"],
  ])("%s is a %s", (text, name, number, ofYear, month) => {
    const person = { lent: day(text) };
    expect(value(`day of week(lent) = "${name}"`, person)).toBe(true);
    expect(value("lent.weekday", person)).toBe(number);
    expect(value("day of year(lent)", person)).toBe(ofYear);
    expect(value(`month of year(lent) = "${month}"`, person)).toBe(true);
  });

  test("date(year, month, day) gives back the day whose parts it is given, where they surely name one", () => {
    fc.assert(
      fc.property(days("1800-01-01", "2199-12-31"), (lent) => {
        const { year, month } = civilDate(lent);
        expect(value("date(lent.year, lent.month, 1)", { lent })).toBe(dayNumber(year, month, 1));
        expect(value("date(lent.year, 8, 31)", { lent })).toBe(dayNumber(year, 8, 31));
        expect(value('date(lent.year, lent.month, 1) + @"P1D" * (lent.day - 1) = lent', { lent })).toBe(true);
      }),
    );
  });

  test("the later and the earlier of dates", () => {
    const person = { lent: day("2024-05-01"), returned: day("2024-05-20") };
    expect(value("max(lent, returned) = returned and min([lent, returned]) = lent", person)).toBe(true);
    expect(value("max(lent, returned)", { lent: 0 })).toBeUndefined();
  });

  test("names of days and months are codes", () => {
    expect(refusal('day of week(lent) = "Munday"')).toBe('RULE-ENUM-CODE: Did you mean "Monday"?');
  });
});

describe("durations", () => {
  test.each([
    ['@"P1Y" + @"P6M" = @"P18M"', true],
    ['-@"P1Y" = @"-P12M"', true],
    ['abs(@"-P30D")', 30],
    ['@"P1Y6M" / @"P6M" = 3', true],
    ['@"P10D" / @"P4D" > 2.4', true],
    ['@"P1Y" * 1.5', 18],
    ['@"-P11M" / 2', -5],
    ['@"P1D" * books = @"P3D"', true],
    ['sum([@"P1M", @"P1Y"])', 13],
    ['max(@"P1M", @"P1Y")', 12],
    ['@"PT48H" = @"P2D"', true],
    ['returned - lent > @"P30D"', true],
    ['(returned - lent) * 2 = @"P62D"', true],
    ['lent + @"P1M" * terms = @"2024-07-31"', true],
  ])("%s is %s", (text, wanted) => {
    const person = { books: 3, lent: day("2024-05-31"), returned: day("2024-07-01"), terms: 2 };
    expect(value(text, person)).toBe(wanted);
  });

  test("months are cut as FEEL cuts them", () => {
    fc.assert(
      fc.property(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 0, max: 100 }), (books, share) => {
        const text = '@"P1M" * books * share';
        const { value: feel } = evaluateFeel(text, { books, share: share / 100 });
        expect(value(text, { books, share })).toBe((feel as { months: number }).months);
      }),
    );
  });
});

describe("ranges", () => {
  // DMN 1.5, table 78: examples of the standard.
  test.each([
    ["before(1, 10)", true],
    ["before([1..10], 10)", false],
    ["before([1..10), 10)", true],
    ["before([1..5], [6..10])", true],
    ["after(12, [1..10])", true],
    ["after([1..10], (0..1))", true],
    ["meets([1..5], [5..10])", true],
    ["meets([1..5), [5..10])", false],
    ["met by([5..10], [1..5])", true],
    ["overlaps([1..5], [3..8])", true],
    ["overlaps([1..5), [5..8])", false],
    ["overlaps before([1..5], [3..8])", true],
    ["overlaps before([3..8], [1..5])", false],
    ["overlaps after([3..8], [1..5])", true],
    ["finishes(10, [1..10])", true],
    ["finished by([1..10], [5..10])", true],
    ["includes([1..10], 5)", true],
    ["includes((1..10), 1)", false],
    ["during([4..6], [1..10])", true],
    ["starts((1..5), (1..10])", true],
    ["started by([1..10], [1..5])", true],
    ["coincides([1..5], [1..5])", true],
    ["coincides((1..5], [1..5])", false],
    ["coincides(3, 3)", true],
  ])("%s is %s", (text, wanted) => {
    expect(value(text)).toBe(wanted);
  });

  const brackets = fc.tuple(fc.constantFrom("[", "("), fc.constantFrom("]", ")"));
  const range = fc
    .tuple(brackets, fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }))
    .map(([[open, close], a, b]) => `${open}${Math.min(a, b)}..${Math.max(a, b)}${close}`);

  test("every relation is what FEEL says, and its mirror holds the other way round", () => {
    const mirrored = [
      ["before", "after"],
      ["meets", "met by"],
      ["overlaps", "overlaps"],
      ["finishes", "finished by"],
      ["includes", "during"],
      ["starts", "started by"],
      ["coincides", "coincides"],
    ];
    fc.assert(
      fc.property(range, range, (a, b) => {
        for (const [relation, mirror] of mirrored) {
          const found = value(`${relation}(${a}, ${b})`);
          expect(found).toBe(evaluateFeel(`${relation}(${a}, ${b})`).value);
          expect(found).toBe(value(`${mirror}(${b}, ${a})`));
        }
        for (const relation of ["overlaps before", "overlaps after"])
          expect(value(`${relation}(${a}, ${b})`)).toBe(evaluateFeel(`${relation}(${a}, ${b})`).value);
      }),
    );
  });

  test("periods of dates", () => {
    const person = { lent: day("2024-05-31"), returned: day("2024-07-01") };
    expect(value('includes([lent..returned], @"2024-06-15")', person)).toBe(true);
    expect(value('overlaps([lent..returned], [@"2024-07-01"..@"2024-08-31"])', person)).toBe(true);
    expect(value('before([lent..returned], @"2024-08-31")', { lent: 0 })).toBeUndefined();
  });
});

describe("arguments by name", () => {
  test("stand for their places", () => {
    expect(value("round half up(scale: 1, n: 2.25)")).toBe(23);
    expect(value("modulo(divisor: 4, dividend: 10)")).toBe(2);
    expect(formatDay(Number(value("date(year: 2024, month: 2, day: 29)")))).toBe("2024-02-29");
    expect(value('years and months duration(to: @"2024-02-01", from: @"2023-01-15").years')).toBe(1);
  });

  test("the keys of a parameter too", () => {
    expect(node('fine(age: "child", kind: "map")')).toMatchObject({
      keys: [{ type: { values: ["map"] } }, { type: { values: ["child"] } }],
    });
  });

  test.each([
    ["floor(n: 1.5, scal: 1)", "RULE-ARGUMENTS: Did you mean scale?"],
    ["round up(n: 5.5, foo: 0)", "RULE-ARGUMENTS: Write round up(n: …, scale: …)"],
    ["modulo(dividend: 5)", "RULE-ARGUMENTS: Write modulo(dividend: …, divisor: …)"],
    ['fine(kind: "map", years: "child")', "RULE-ARGUMENTS: Write fine(kind: …, age: …)"],
  ])("%s is refused: %s", (text, wanted) => {
    expect(refusal(text)).toBe(wanted);
  });
});

describe("refusals", () => {
  test.each([
    ["books ** 0.5", "RULE-NOT-COMPILABLE: From -10 to 10, such as x ** 2"],
    ["books ** books", "RULE-NOT-COMPILABLE: From -10 to 10, such as x ** 2"],
    ["books ** 9 * books ** 9 > 1", "RULE-RANGE: Narrow the ranges of the facts, or round earlier"],
    ["1 / books > 1", "RULE-DIVISOR: Divide by what is surely positive, such as count(members) or max(x, 1)"],
    [
      "date(lent.year, 2, 30)",
      'RULE-RANGE: It should surely lie between 1 and 28; the end of a month is the first of the next - @"P1D"',
    ],
    [
      "date(lent.year, terms, 1)",
      'RULE-RANGE: It should surely lie between 1 and 12; the end of a month is the first of the next - @"P1D"',
    ],
    [
      '@"P1M" + @"P30D" > @"P1M"',
      'RULE-TYPE: Both should be in months (@"P1Y6M") or both in days (@"P30D"); a date takes either',
    ],
    ['@"P30D" / 4 > @"P7D"', "RULE-TYPE: Multiply by a whole number, or divide the number of days: (x).days / 2"],
    ['@"P1D" * terms', 'RULE-UNIT: Multiply by a plain number; months by @"P1M", years by @"P1Y", days by @"P1D"'],
    ['@"P9999999999D" > @"P1D"', "RULE-RANGE: Shorten it, or narrow the range of the factor"],
    ['lent + @"P9999Y" > lent', "RULE-RANGE: Narrow the range of the duration"],
    [
      "before(1, 2, 3)",
      "RULE-ARGUMENTS: Write before(x, x) or before(x, [a..b]) or before([a..b], x) or before([a..b], [a..b])",
    ],
    ["meets(1, [1..2])", "RULE-ARGUMENTS: Write meets([a..b], [a..b])"],
    ["list contains(books, 1)", 'RULE-NOT-COMPILABLE: Such as list contains(["a", "b"], x)'],
    ["some x in 1..books satisfies x > 1", "RULE-NOT-COMPILABLE: At most 100 items, such as for i in 1..12 return ..."],
    [
      "for x in [1, 2] return x",
      "RULE-NOT-COMPILABLE: Take one value of it, as in [a, b][1] or {a: x}.a, or aggregate it by sum, max, ...",
    ],
    [
      "books instance of number",
      "RULE-NOT-COMPILABLE: Use arithmetic, comparison, in, and/or/not, if, aggregates of members, rounding, dates",
    ],
    ["books = null", 'RULE-NULL: Say "none" as a code of the fact'],
    ["all(5)", 'RULE-TYPE: Write a comparison, such as x >= 60 or x = "a"'],
    ["max(lent, books)", "RULE-TYPE: Both sides should be a date"],
  ])("%s is refused: %s", (text, wanted) => {
    expect(refusal(text)).toBe(wanted);
  });

  test("the moved date's year is known to leave the years of facts", () => {
    expect(node('(lent + @"P100Y").year').type).toMatchObject({ min: 1800, max: 2301 });
  });
});

describe("docs/list-format.md", () => {
  const money = (unit: string) => numberType(unit, 2, 0, 100_000_00);
  const named: readonly (readonly [string, FactDeclaration["type"]])[] = [
    ["countedIncome", money("CNY/month")],
    ["incomeA", money("CNY/month")],
    ["incomeB", money("CNY/month")],
    ["line", money("CNY/month")],
    ["rent", money("CNY/month")],
    ["rate", numberType("1", 3, 0, 1000)],
    ["x", numberType("1", 3, 0, 1000)],
    ["age", numberType("year", 0, 0, 150)],
    ["insuredMonths", numberType("month", 0, 0, 600)],
    ["level", { kind: "enum", values: ["a", "b"] }],
    ["hukouArea", { kind: "area" }],
    ...["birthDate", "leftOn", "bornOn", "startedOn", "endedOn", "lentOn", "returnedOn"].map(
      (name) => [name, dateType] as const,
    ),
  ];
  const documented: Environment = {
    facts: new Map(named.map(([name, type]) => [name, { name, type, entity: "person" }])),
    parameters: new Map(),
    areas: ["cn", "cn-31"],
    areasWithin: () => [1],
  };
  const text = readFileSync(fileURLToPath(new URL("../../../../docs/list-format.md", import.meta.url)), "utf8");
  const rows = text.match(/^\| for \| write \| example \|\n\| --- .*\n((?:\|.*\n)+)/m)?.[1] ?? "";
  const examples = rows.split("\n").flatMap((row) => [...(row.split(" | ")[2] ?? "").matchAll(/`([^`]+)`/g)]);

  test.each(examples.map(([, example = ""]) => example))("the example %s is a rule", (example) => {
    expect(checkText(example, { environment: documented })).toMatchObject({ ok: true });
  });

  test("every function is named in the table", () => {
    for (const name of functionNames) expect(rows).toContain(name === "duration" ? "duration" : `\`${name}`);
  });
});
