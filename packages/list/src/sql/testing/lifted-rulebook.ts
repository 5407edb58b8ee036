import { compileRulebook } from "../../compile/compile-rulebook.ts";
import type { Rulebook, RulebookFact, RulebookItem } from "../../rulebook.ts";
import { clubList } from "../../testing/club-rules.ts";
import { peopleOf, type RandomPeople } from "../../testing/random-people.ts";
import { type CaseTest, type LiftedCase, rowsOfCase } from "./lifted-case.ts";

const head = `
    subject: person
    area: home
    per: month
    conditions: [{ code: c, test: plays, zh: 条件, en: Condition }]`;
const rules = {
  lessons: `${head}
    amount: 10`,
  prizes: `${head}
    table:
      hitPolicy: F
      inputs: [{ expression: plays, zh: 条件, en: Condition }]
      rules: [{ when: ["true"], amount: 10, code: row, zh: 行, en: Row }]`,
};

/** A compiled rulebook of one item with a condition and one with a table, whose expressions are replaced. */
export function patternOfRulebook(): Rulebook {
  const { rulebook, findings } = compileRulebook(clubList(rules), { area: "cn-31", date: "2024-07-01" });
  if (rulebook === undefined) throw new Error(`The club's list does not compile: ${JSON.stringify(findings)}`);
  return rulebook;
}

/** A rulebook in which every test is an item, and the people it is asked about, one a row. */
export function batchOf(pattern: Rulebook, cases: readonly LiftedCase[]) {
  const [fact] = pattern.facts as [RulebookFact];
  const tests = cases.flatMap((of) => of.tests);
  const columns = cases.flatMap((of) => of.columns);
  const rulebook: Rulebook = {
    ...pattern,
    interactions: [],
    facts: columns.map(({ name, type }) => ({ ...fact, name, type, entity: "person", values: [] })),
    items: tests.map((test, at) => itemOf(pattern, test, `c${at}`)),
  };
  const people: RandomPeople = peopleOf(
    rulebook,
    Array.from({ length: rowsOfCase + 1 }, (_, at) => at),
    new Map(columns.map(({ name, values }) => [name, values])),
  );
  return { rulebook, people, tests };
}

function itemOf(pattern: Rulebook, { condition, table }: CaseTest, code: string): RulebookItem {
  const kind = table === undefined ? "amount" : "table";
  const item = pattern.items.find((of) => of.amount.kind === kind);
  const [first] = item?.conditions ?? [];
  if (item === undefined || first === undefined)
    throw new Error(`The pattern has no item with a condition and ${kind}`);
  if (condition !== undefined) return { ...item, code, conditions: [{ ...first, test: condition }] };
  if (table === undefined) throw new Error("A test is a condition or a table");
  return { ...item, code, conditions: [], amount: table, mostFen: 2 ** 40 };
}

/** Position of the reason that a row of a table gives. */
export function rowReason(pattern: Rulebook): number {
  for (const { amount } of pattern.items) if (amount.kind === "table") return amount.rows[0]?.reason ?? 0;
  throw new Error("The pattern has no table");
}
