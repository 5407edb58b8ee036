import { describe, expect, test } from "vitest";
import { compileRulebook } from "../compile/compile-rulebook.ts";
import type { HouseholdFacts } from "../decide.ts";
import { writeFact } from "../facts-file.ts";
import type { Rulebook } from "../rulebook.ts";
import { nextQuestion } from "../screen.ts";
import { clubList, clubRules } from "../testing/club-rules.ts";
import { randomPeople } from "../testing/random-people.ts";
import { createInterviews } from "./interview.ts";
import { learnQuestions } from "./learn-questions.ts";

function rulebookOf(rules: Readonly<Record<string, string>> = clubRules): Rulebook {
  const { rulebook, findings } = compileRulebook(clubList(rules), { area: "cn-31", date: "2024-07-01" });
  if (rulebook === undefined) throw new Error(JSON.stringify(findings));
  return rulebook;
}

/** Trainers earn little or train much; one item pays who does both, and asks for the income first. */
const lessons = `
    subject: person
    area: home
    per: none
    conditions: [{ code: c, test: 'income < 50000 and hours > 70', zh: 条件, en: Condition }]`;

const alone = (facts: Record<string, boolean | number>): HouseholdFacts => ({
  members: 1,
  subject: 0,
  fact: (name) => facts[name],
});

describe("an order of questions learned from people", () => {
  const book = rulebookOf({ lessons });
  const item = book.items.filter(({ code }) => code === "cn.lessons");
  const narrow = { ...book, items: item, interactions: [] };

  test("asks first what settles most of them, and is tried on others than those it was made from", () => {
    // All earn little and train little: the hours alone settle it, the income never does.
    const people = Array.from({ length: 200 }, () => alone({ income: 100_00, hours: 30 }));
    const tree = learnQuestions(narrow, people);
    expect(tree.expected).toEqual({ people: 100, withTree: 1, without: 2 });
    const file = { persons: { a: {} }, households: { h: { members: ["a"] } }, subject: "a" };
    expect([nextQuestion(narrow, file)?.fact, nextQuestion(narrow, file, { tree })?.fact]).toEqual(["income", "hours"]);
    // Who cannot tell the hours is asked for what is left.
    const skipped = new Set(["a hours"]);
    expect(nextQuestion(narrow, file, { tree, skipped })?.fact).toBe("income");
  });

  test("takes what the joint distribution says: after one answer another question than after the other", () => {
    // Of those who play the hours settle it, of the others the income; who plays is asked of everybody by another item.
    const text = `
    subject: person
    area: home
    per: none
    conditions: [{ code: c, test: 'plays or (income < 50000 and hours > 70)', zh: 条件, en: Condition }]`;
    const whole = rulebookOf({ lessons: text });
    const two = { ...whole, items: whole.items.filter(({ code }) => code === "cn.lessons"), interactions: [] };
    const people = Array.from({ length: 400 }, (_, at) => alone({ plays: at % 4 < 2, income: 100_00, hours: 30 }));
    const tree = learnQuestions(two, people);
    // Half of them need one question, the others two: fewer is not possible, since both halves must be told apart.
    expect(tree.expected).toMatchObject({ withTree: 1.5 });
    expect(tree.expected.without).toBeGreaterThanOrEqual(1.5);
  });

  test("says nothing of fewer than fifty people", () => {
    const people = Array.from({ length: 98 }, () => alone({ income: 100_00, hours: 30 }));
    expect(learnQuestions(narrow, people).households).toEqual({});
  });
});

test("an interview asks what the residents' page asks, question by question", () => {
  const book = rulebookOf();
  const { householdFacts, people } = randomPeople(book, 5, { households: 12 });
  const interviews = createInterviews(book);
  for (let person = 0; person < people.persons; person += 1) {
    const truth = householdFacts(person);
    // On the page the one who asks stands first.
    if (truth.subject !== 0) continue;
    const interview = interviews.begin(interviews.somebody(truth));
    const names = Array.from({ length: truth.members }, (_, at) => `p${at}`);
    const persons: Record<string, Record<string, unknown>> = Object.fromEntries(names.map((name) => [name, {}]));
    const household: Record<string, unknown> = { members: names };
    for (;;) {
      const next = nextQuestion(book, { persons, households: { h: household }, subject: "p0" });
      const open = interview.open.toSorted((a, b) => b.weight - a.weight);
      expect(open.length).toBe(next?.remaining ?? 0);
      if (next === null) break;
      const member = next.entity === "household" ? -1 : names.indexOf(next.of);
      const question = interview.open.find(({ slot }) => slot === interview.of.layout.slotOf(next.fact, member));
      expect(question?.weight).toBe(open[0]?.weight);
      if (question === undefined) break;
      interviews.ask(interview, question);
      const value = truth.fact(next.fact, next.entity, member);
      const target = next.entity === "household" ? household : persons[next.of];
      if (target && value !== undefined) target[next.fact] = writeFact(book, next.ask, value);
    }
  }
});
