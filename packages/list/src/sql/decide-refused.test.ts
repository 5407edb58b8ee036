import { expect, test } from "vitest";
import { compileRulebook } from "../compile/compile-rulebook.ts";
import { allocateDecisions } from "../kernel.ts";
import { clubList, clubRules } from "../testing/club-rules.ts";
import { randomPeople } from "../testing/random-people.ts";
import { decideRefused } from "./decide-refused.ts";
import { emitSql } from "./emit-sql.ts";
import { duckdb } from "./engine.ts";
import { kernelAnswers } from "./testing/kernel-answers.ts";

/** Compares three persons at once; the offset with court-rate and its group are refused with it. */
const ladder = `
    subject: person
    area: home
    per: month
    conditions:
      - { code: three, test: 'some m in members satisfies some n in members satisfies n.income > m.income + income', zh: 三人, en: Three persons }
    amount: 10`;

test("items without SQL, and those that touch them, are refused and decided row by row as the kernels do", () => {
  const { rulebook } = compileRulebook(clubList({ ...clubRules, ladder }), { area: "cn-31", date: "2024-07-01" });
  if (rulebook === undefined) throw new Error("the club's list does not compile");
  const emitted = emitSql(rulebook, duckdb);
  const refused = new Map(emitted.refused.map(({ item, code }) => [rulebook.items[item]?.code, code]));
  expect(Object.fromEntries(refused)).toEqual({
    "cn.ladder": "SQL-LOOP-IN-LOOP",
    "cn.court-rate": "SQL-INTERACTS",
    "cn.age-bands": "SQL-INTERACTS",
  });
  const { people } = randomPeople(rulebook, 5, { households: 200, unknown: 0.1 });
  const out = allocateDecisions(rulebook, people.persons);
  decideRefused(rulebook, emitted, people, out);
  const items = emitted.refused.map(({ item }) => item);
  const answers = Array.from({ length: people.persons }, (_, row) => [
    row,
    ...items.flatMap((at) => [out.outcome[at]?.[row], out.reason[at]?.[row], out.amount[at]?.[row]]),
  ]);
  expect(answers).toEqual(kernelAnswers(rulebook, people, items));
});
