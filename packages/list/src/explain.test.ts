import type { Node } from "@qingdan/feel/typed";
import { describe, expect, test } from "vitest";
import { compileRulebook } from "./compile/compile-rulebook.ts";
import { type ExplainedNode, type Explanation, explain, explainAll, UnknownItemError } from "./explain.ts";
import { clubList } from "./testing/club-rules.ts";

const file = {
  persons: {
    anna: { birthDate: "1990-02-28", home: "cn-310104", plays: true, level: "senior", income: 900, hours: 4, wins: 2 },
    ben: { birthDate: "2012-03-01", home: "cn-310104", plays: false, level: "junior", income: 0, hours: 1, wins: 0 },
  },
  households: { h: { members: ["anna", "ben"], space: 13.5, savings: 48000 } },
  subject: "anna",
};

function explained(item: string, rules?: Readonly<Record<string, string>>, facts: unknown = file): Explanation {
  const { rulebook, findings } = compileRulebook(clubList(rules), { area: "cn-31", date: "2024-07-01" });
  if (rulebook === undefined) throw new Error(JSON.stringify(findings));
  // The rule of a test reads few of the facts; the others may stand in the file.
  const others = new Set(Object.keys({ ...file.persons.anna, ...file.households.h }));
  return explain(rulebook, facts, item, others);
}

const nodesOf = (node: ExplainedNode): ExplainedNode[] => [node, ...node.children.flatMap(nodesOf)];

function allNodes({ conditions, amounts }: Explanation): ExplainedNode[] {
  const trees = [
    ...conditions.map(({ tree }) => tree),
    ...amounts.flatMap(({ test, tree }) => (test === null ? [tree] : [test, tree])),
  ];
  return trees.flatMap(nodesOf);
}

/** One rule text for every operator a rule can be made of; the type makes a new operator add its line. */
const operators: Readonly<Record<Exclude<Node["op"], "parameter" | "otherwise">, string>> = {
  constant: "wins > 3",
  fact: "plays",
  lookup: "income < line",
  map: "string length(level) > 5",
  moment: "birthDate < yearStart",
  within: 'within(home, "cn-31")',
  "one-of": 'level in ("junior", "senior")',
  add: "wins + 1 > 2",
  subtract: "wins - 1 > 2",
  multiply: "income * discount > 3",
  divide: "income / count(members) > 3",
  modulo: "modulo(wins, 2) = 0",
  negate: "-wins < 3",
  absolute: "abs(wins - 5) < 3",
  least: "min(wins, 3) > 1",
  greatest: "max(wins, 3) > 1",
  round: "round half up(hours, 0) = 4",
  compare: "hours >= 4",
  and: "plays and wins > 1",
  or: "plays or wins > 1",
  not: "not(plays)",
  if: "(if plays then wins else 3) > 1",
  "months-between": 'years and months duration(birthDate, asOf) > duration("P1Y")',
  "days-between": "(asOf - birthDate).days > 100",
  part: "age > 10",
  shift: 'birthDate + duration("P18Y") <= asOf',
  aggregate: "sum(members[plays].income) > 0",
};

describe("explanations", () => {
  test.each(Object.entries(operators))(
    "tell of the operator %s, in words of both languages, with its value",
    (op, text) => {
      const rule = `
    subject: person
    area: home
    per: none
    conditions: [{ code: c, test: '${text}', zh: 条件, en: Condition }]`;
      const explanation = explained("cn.lessons", { lessons: rule });
      const found = allNodes(explanation).filter((node) => node.op === op);
      expect(found.length).toBeGreaterThan(0);
      for (const { zh, en, value } of allNodes(explanation)) {
        expect(zh).toMatch(/\S/);
        expect(en).toMatch(/\S/);
        expect(`${zh} ${en}`).not.toMatch(/undefined|NaN|\[object/);
        expect(value).not.toBeNull();
      }
    },
  );

  test("beside each condition stands its law, and beside each parameter its published value", () => {
    const explanation = explained("cn.means-test");
    expect(explanation.conditions.map(({ code, holds, basis }) => [code, holds, basis[0]?.article])).toEqual([
      ["home", true, "2"],
      ["income", true, "3"],
      ["savings", true, undefined],
    ]);
    const line = allNodes(explanation).find((node) => node.parameter?.code === "line");
    expect(line).toMatchObject({
      zh: "标准线",
      parameter: { value: 120_050, from: "2024-01-01", mark: "V", source: ["S1"] },
    });
    expect(line?.value).toEqual({ zh: "1200.50 元/月", en: "1200.50 yuan a month" });
  });

  test("a failing condition is told in words made from the rule, with the distance", () => {
    const poor = { ...file, persons: { ...file.persons, anna: { ...file.persons.anna, income: 2600.98 } } };
    const condition = explained("cn.means-test", undefined, poor).conditions[1];
    expect(condition?.holds).toBe(false);
    expect(condition?.tree.en).toBe(
      "(the sum of Monthly income over the members of the household ÷ the number of the members of the household) is below Line",
    );
    // 2600.98 / 2 = 1300.49, 99.99 above 1200.50.
    expect(condition?.distances.map(({ zh, en, by }) => [zh, en, by])).toEqual([
      ["高出 99.99 元/月", "99.99 yuan a month too high", "99.99"],
    ]);
  });

  test("what is unknown and cannot matter leaves the answer certain: the known is told as the least", () => {
    const unsaid = { anna: { ...file.persons.anna, income: 2600.98 }, ben: { ...file.persons.ben, income: undefined } };
    const persons = JSON.parse(JSON.stringify(unsaid));
    // Whatever Ben earns, 2600.98 / 2 = 1300.49 is above 1200.50.
    const condition = explained("cn.means-test", undefined, { ...file, persons }).conditions[1];
    expect(condition?.holds).toBe(false);
    const sum = condition && nodesOf(condition.tree).find(({ op }) => op === "aggregate");
    expect(sum?.value).toEqual({ zh: "至少 2600.98 元/月", en: "at least 2600.98 yuan a month" });
  });

  test("why not is the fewest comparisons that must turn out otherwise", () => {
    const rule = (test: string) => `
    subject: person
    area: home
    per: none
    conditions: [{ code: c, test: '${test}', zh: 条件, en: Condition }]`;
    // Anna plays as a senior, earns 900 a month, trains 4 hours a week and has won twice.
    const why = (test: string) =>
      explained("cn.lessons", { lessons: rule(test) }).conditions[0]?.distances.map(({ en }) => en);
    // Two ways out: three more wins alone, or more wins and another level together.
    expect(why('wins >= 5 or (wins >= 3 and level = "junior")')).toEqual(["3 too low"]);
    expect(why("(wins >= 3 and hours > 9) or hours >= 5")).toEqual(["1.0 hours a week too low"]);
    // All of them: each says what it is about, and a code, which has no distance, is asked for by its name.
    expect(why('wins >= 5 and level = "junior" and plays')).toEqual([
      "Wins is at least 5: 3 too low",
      "asked for: Level is Junior",
    ]);
    expect(why("not(plays or wins = 2)")).toEqual([
      "asked for: not Plays regularly",
      "Wins is not 2: exactly at the bound",
    ]);
    // A single yes or no is told by the statement of the condition itself.
    expect(why("not(plays)")).toEqual([]);
    expect(why('level = "junior"')).toEqual([]);
  });

  test("days and months of the calendar are told by their names", () => {
    const rule = (test: string) => `
    subject: person
    area: home
    per: none
    conditions: [{ code: c, test: '${test}', zh: 条件, en: Condition }]`;
    const told = (test: string) => explained("cn.lessons", { lessons: rule(test) }).conditions[0]?.tree;
    // 28 February 1990 was a Wednesday.
    expect(told('day of week(birthDate) in ("Monday", "Wednesday")')).toMatchObject({
      zh: "出生日期的星期为星期一、星期三",
      en: "the day of the week of Date of birth is Monday or Wednesday",
    });
    expect(told('month of year(birthDate) = "March"')).toMatchObject({
      zh: "出生日期的月份为3月",
      en: "the month of Date of birth is March",
    });
  });

  test("what is unknown is named with whose it is", () => {
    const { income: _, ...ben } = file.persons.ben;
    const explanation = explained("cn.means-test", undefined, { ...file, persons: { ...file.persons, ben } });
    expect(explanation.outcome).toBe("undetermined");
    expect(explanation.missing).toEqual([{ fact: "income", of: "ben", zh: "月收入", en: "Monthly income" }]);
  });

  test("the row of a table that applies is told, and items it is settled with", () => {
    const old = { ...file, persons: { ...file.persons, anna: { ...file.persons.anna, birthDate: "1950-01-01" } } };
    const explanation = explained("cn.age-bands", undefined, old);
    expect(explanation.amounts.map(({ code, holds, fen }) => [code, holds, fen])).toEqual([
      ["a65", false, 7500],
      ["a70", true, 15000],
      ["a80", false, 18000],
    ]);
    expect(explanation.interactions).toEqual([{ kind: "higher", item: "cn.court-rate", outcome: "not" }]);
  });

  test("an item that is not in the rulebook is refused", () => {
    expect(() => explained("cn.nothing")).toThrow(UnknownItemError);
  });
});

test("explaining every item at once says of each what explaining it alone says", () => {
  const { rulebook } = compileRulebook(clubList(), { area: "cn-31", date: "2024-07-01" });
  if (rulebook === undefined) throw new Error("The club does not compile");
  const alone = rulebook.items.map(({ code }) => explain(structuredClone(rulebook), file, code));
  expect(explainAll(rulebook, file)).toEqual(alone);
});
