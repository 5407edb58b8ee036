import { evaluate } from "@qingdan/feel/typed";
import { type FactsFile, type ReadFacts, readFacts } from "./facts-file.ts";
import type { Rulebook, WrittenFact } from "./rulebook.ts";

/** A fact that follows from others, of a person or household by name. */
export interface ImpliedFact {
  readonly of: string;
  readonly fact: string;
  readonly value: WrittenFact;
}

/**
 * A facts file with what its facts imply, until nothing more follows. What was said is never changed, and what does not
 * follow stays unknown. Throws `FactsFileError`.
 */
export function withImplied(rulebook: Rulebook, file: FactsFile): { file: FactsFile; implied: readonly ImpliedFact[] } {
  const implied: ImpliedFact[] = [];
  for (let whole = file; ; ) {
    const found = impliedBy(rulebook, readFacts(rulebook, whole));
    if (found.length === 0) return { file: whole, implied };
    implied.push(...found);
    whole = found.reduce(withFact, whole);
  }
}

function impliedBy(rulebook: Rulebook, facts: ReadFacts): ImpliedFact[] {
  return rulebook.facts.flatMap(({ name, entity, implied }) => {
    const members = entity === "household" ? [-1] : facts.persons.map((_, member) => member);
    return members.flatMap((member) => {
      if (implied.length === 0 || facts.fact(name, entity, member) !== undefined) return [];
      const situation = {
        members: facts.members,
        fact: (other: string, of: "person" | "household", at: number) =>
          facts.fact(other, of, of === "person" && at < 0 ? Math.max(0, member) : at),
      };
      const following = implied.find(({ when }) => evaluate(when, situation) === true);
      const of = entity === "household" ? facts.household : (facts.persons[member] ?? "");
      return following === undefined ? [] : [{ of, fact: name, value: following.value }];
    });
  });
}

function withFact(file: FactsFile, { of, fact, value }: ImpliedFact): FactsFile {
  const person = file.persons[of];
  if (person !== undefined) return { ...file, persons: { ...file.persons, [of]: { ...person, [fact]: value } } };
  const household = file.households[of];
  if (household === undefined) throw new Error(`The facts file has neither person nor household ${of}`);
  return { ...file, households: { ...file.households, [of]: { ...household, [fact]: value } } };
}
