import { expect, test } from "vitest";
import { compileRulebook } from "./compile/compile-rulebook.ts";
import { decideAll } from "./decide.ts";
import { factsReadBy, narrowRulebook } from "./narrow-rulebook.ts";
import { clubList } from "./testing/club-rules.ts";
import { randomPeople } from "./testing/random-people.ts";

const { rulebook } = compileRulebook(clubList(), { area: "cn-31", date: "2024-07-01" });
if (rulebook === undefined) throw new Error("the club's rules compile");

test("a narrowed rulebook answers its items as the whole one does, whatever the facts", () => {
  const { people, householdFacts } = randomPeople(rulebook, 11, { households: 40, unknown: 0.3 });
  for (const { code } of rulebook.items) {
    const narrow = narrowRulebook(rulebook, [code]);
    const [whole, own] = [rulebook, narrow].map(({ items }) => items.findIndex((item) => item.code === code));
    for (let person = 0; person < people.persons; person += 1) {
      const facts = householdFacts(person);
      expect(decideAll(narrow, facts)[own ?? -1], `${code} of ${person}`).toEqual(
        decideAll(rulebook, facts)[whole ?? -1],
      );
    }
  }
});

test("what an item is settled with stays, other items go", () => {
  // The ladder is offset by the court rate, and of court rate and age bands the higher is kept.
  const kept = narrowRulebook(rulebook, ["cn.ladder"]).items.map(({ code }) => code);
  expect(kept.toSorted()).toEqual(["cn.age-bands", "cn.court-rate", "cn.ladder"]);
});

test("the facts that an item reads are those of its conditions and amount", () => {
  const meansTest = rulebook.items.find(({ code }) => code === "cn.means-test");
  expect(meansTest && [...factsReadBy(meansTest)].toSorted()).toEqual(["home", "income", "savings"]);
});
