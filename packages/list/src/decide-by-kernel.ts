import type { Answer, HouseholdFacts } from "./decide.ts";
import { factsToPeople } from "./facts-file.ts";
import { allocateDecisions, type Kernel } from "./kernel.ts";
import type { Outcome, Rulebook } from "./rulebook.ts";

/** Answers every item for one subject. */
export type Decide = (household: HouseholdFacts) => readonly Answer[];

/**
 * One person answered by the kernel that answers millions. The kernel must be written for unknown values of every fact,
 * as the server serves it (`emitKernel(rulebook, { unknown: everyFact(rulebook) })`).
 */
export function decideByKernel(rulebook: Rulebook, kernel: Kernel): Decide {
  return (household) => {
    const people = factsToPeople(rulebook, household);
    const out = allocateDecisions(rulebook, people.persons);
    kernel(people, out, 0, people.persons);
    return rulebook.items.map(({ subject }, at) => {
      // A household's answer stands on the householder's row.
      const row = subject === "household" ? 0 : household.subject;
      return {
        outcome: (out.outcome[at]?.[row] ?? 0) as Outcome,
        reason: out.reason[at]?.[row] ?? 0,
        fen: out.amount[at]?.[row] ?? 0,
        parts: (out.parts[at] ?? []).map((part) => part[row] ?? 0),
      };
    });
  };
}

/** Names of all facts of a rulebook: any of them may be unknown when a person is asked one by one. */
export function everyFact(rulebook: Rulebook): ReadonlySet<string> {
  return new Set(rulebook.facts.map(({ name }) => name));
}
