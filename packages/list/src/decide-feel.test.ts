import { evaluate as evaluateFeel, type FeelContext, type FeelValue, fromJson, toJson } from "@qingdan/feel";
import { evaluate, formatDay, scaleOf, type Value } from "@qingdan/feel/typed";
import { describe, expect, test } from "vitest";
import { compileRulebook } from "./compile/compile-rulebook.ts";
import { type HouseholdFacts, situationOf } from "./decide.ts";
import type { Rulebook, RulebookFact, RulebookItem } from "./rulebook.ts";
import { clubList } from "./testing/club-rules.ts";
import { randomNumbers, randomPeople } from "./testing/random-people.ts";
import { condition, money } from "./testing/random-rules.ts";

const date = "2024-07-01";

/** One item with a condition and an amount, compiled. */
function compiled(test: string, amount: string): { rulebook: Rulebook; item: RulebookItem } {
  const rule = `
    subject: person
    area: home
    per: month
    conditions: [{ code: c, test: '${test}', zh: 条件, en: Condition }]
    amount: '${amount}'`;
  const { rulebook, findings } = compileRulebook(clubList({ lessons: rule }), { area: "cn-31", date });
  const item = rulebook?.items[0];
  if (rulebook === undefined || item === undefined) throw new Error(JSON.stringify(findings));
  return { rulebook, item };
}

function feel(text: string, context: FeelContext): FeelValue {
  const { value, diagnostics } = evaluateFeel(text, context);
  if (value === null) throw new Error(`${text} is null in FEEL: ${JSON.stringify(diagnostics)}`);
  return value;
}

/** A held value as FEEL has it: codes as strings, dates as dates, decimals as decimals. */
function feelFact(rulebook: Rulebook, fact: RulebookFact, held: Value): FeelValue {
  const { type } = fact;
  if (typeof held === "boolean") return held;
  const number = Number(held);
  if (type.kind === "enum") return type.values[number] ?? "";
  if (type.kind === "area") return rulebook.areas[number]?.code ?? "";
  if (type.kind === "date") return feel(`date("${formatDay(number)}")`, {});
  return feel(`${number} / ${10 ** (type.kind === "number" ? type.scale : 0)}`, {});
}

const derived = [
  ["age", "years and months duration(birthDate, asOf).years"],
  [
    "ageInMonths",
    "years and months duration(birthDate, asOf).years * 12 + years and months duration(birthDate, asOf).months",
  ],
] as const;

/** Parameters and `within` as FEEL; areas lie in others by their codes. A sum over nobody is 0 in rules, null in FEEL. */
const common: FeelContext = {
  asOf: feel(`date("${date}")`, {}),
  line: feel("1200.5", {}),
  discount: feel("0.125", {}),
  within: feel("function(area, code) starts with(area, code)", {}),
  total: feel("function(list) if count(list) = 0 then 0 else sum(list)", {}),
};

function contextOf(rulebook: Rulebook, household: HouseholdFacts): FeelContext {
  const read = (entity: "person" | "household", member: number) =>
    Object.fromEntries(
      rulebook.facts
        .filter((fact) => fact.entity === entity)
        .map((fact) => [fact.name, feelFact(rulebook, fact, household.fact(fact.name, entity, member))]),
    );
  const people = Array.from({ length: household.members }, (_, member) => {
    const own: Record<string, FeelValue> = read("person", member);
    for (const [name, formula] of derived)
      if (own.birthDate !== undefined) own[name] = feel(formula, { ...common, ...own });
    return own;
  });
  const subject = people[household.subject] ?? {};
  // East Two has a rate of its own for senior players.
  const senior = subject.home === "cn-310104" ? 66 : 55;
  const courtRate = feel(
    `function(level) if level = "junior" then 30 else if level = "senior" then ${senior} else -1`,
    {},
  );
  return { ...common, ...read("household", -1), ...subject, courtRate, members: fromJson(people) };
}

/** Every fact is read, so that each is there for both. */
const allFacts =
  'plays and level = "none" and within(home, "cn") and wins > 0 and hours > 0 and space > 0 and income > 0 and age > 0';

describe("typed rules mean what FEEL means", () => {
  test.each(Array.from({ length: 40 }, (_, seed) => seed))(
    "any well-typed rule and household with every fact, %i",
    (seed) => {
      const random = randomNumbers(seed * 7919 + 1);
      const [holds, paid] = [condition(random, 2), money(random, 2)];
      const { rulebook, item } = compiled(`(${holds}) or (${allFacts})`, paid);
      const { people, householdFacts } = randomPeople(rulebook, seed, { households: 6 });
      for (let row = 0; row < people.persons; row += 1) {
        const household = householdFacts(row);
        const context = contextOf(rulebook, household);
        const situation = situationOf(item, household);
        const inFeel = (text: string) => toJson(feel(text.replaceAll("sum(members[", "total(members["), context));
        const typed = item.conditions[0]?.test;
        if (typed === undefined || item.amount.kind !== "amount")
          throw new Error("The rule has a condition and an amount");
        expect(evaluate(typed, situation), holds).toBe(inFeel(`(${holds}) or (${allFacts})`));
        const { amount } = item.amount;
        const fen = evaluate(amount, situation);
        // courtRate("none") has no value: FEEL above stands -1 for what is unknown here.
        if (fen !== undefined)
          expect(Number(fen) / 10 ** scaleOf(amount.type), paid).toBeCloseTo(Number(inFeel(paid)), 9);
      }
    },
  );
});
