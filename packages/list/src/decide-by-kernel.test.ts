import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { compileRulebook } from "./compile/compile-rulebook.ts";
import { decideAll } from "./decide.ts";
import { decideByKernel, everyFact } from "./decide-by-kernel.ts";
import { emitKernel, instantiateKernel } from "./kernel.ts";
import type { List } from "./model/list.ts";
import { readList } from "./node/read-list.ts";
import { clubList } from "./testing/club-rules.ts";
import { randomPeople } from "./testing/random-people.ts";

const rulebookOf = (list: List, area: string) => {
  const { rulebook, findings } = compileRulebook(list, { area, date: "2024-07-01" });
  if (rulebook === undefined) throw new Error(JSON.stringify(findings, null, 1));
  return rulebook;
};

test.each(["the club", "Shanghai"])("one person is told by the kernel what the typed rules say: %s", async (name) => {
  const shanghai = await readList(fileURLToPath(new URL("../../../lists/cn-31", import.meta.url)));
  if (shanghai.list === undefined) throw new Error("Shanghai's list does not load");
  const rulebook = rulebookOf(name === "Shanghai" ? shanghai.list : clubList(), "cn-31");
  const decide = decideByKernel(rulebook, instantiateKernel(emitKernel(rulebook, { unknown: everyFact(rulebook) })));
  const outcomes = new Set<number>();
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.constantFrom(0, 0.2, 0.7), (seed, unknown) => {
      const { people, householdFacts } = randomPeople(rulebook, seed, { households: 3, unknown });
      for (let person = 0; person < people.persons; person += 1) {
        const household = householdFacts(person);
        const answers = decide(household);
        expect(answers).toEqual(decideAll(rulebook, household));
        for (const { outcome } of answers) outcomes.add(outcome);
      }
    }),
    { numRuns: 40 },
  );
  expect([...outcomes].sort()).toEqual([0, 1, 2]);
});
