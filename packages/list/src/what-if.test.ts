import { describe, expect, test } from "vitest";
import { compileRulebook } from "./compile/compile-rulebook.ts";
import { type FactsFile, FactsFileError, writeFact } from "./facts-file.ts";
import { withImplied } from "./imply-facts.ts";
import { screen } from "./screen.ts";
import { clubList } from "./testing/club-rules.ts";
import { randomNumbers, randomValue } from "./testing/random-people.ts";
import { whatIf } from "./what-if.ts";

const { rulebook } = compileRulebook(clubList(), { area: "cn-31", date: "2024-07-01" });
if (rulebook === undefined) throw new Error("The club does not compile");
const book = rulebook;

const file: FactsFile = {
  persons: {
    anna: { birthDate: "1958-07-02", home: "cn-310104", plays: true, level: "senior", income: 900, hours: 4, wins: 2 },
    ben: { birthDate: "2012-03-01", home: "cn-310104", plays: false, level: "junior", income: 0, hours: 1, wins: 0 },
  },
  households: { h: { members: ["anna", "ben"], space: 13.5, savings: 48000 } },
  subject: "anna",
};

const told = (changes: ReturnType<typeof whatIf>) =>
  changes.map(({ code, before, after }) => [
    code,
    before.outcome,
    before.fen,
    after.outcome,
    after.fen,
    after.reason.code,
  ]);

describe("whatIf", () => {
  test("one fact more or less, worked by hand", () => {
    // The line is 1200.50 a head: 1200.50 x 2 - 900 = 1501.00 now, 1200.50 x 2 - 1000 = 1401.00 with 1000, and with
    // 2500 the income a head of 1250 is above the line.
    const income = (value: number) => told(whatIf(book, file, { of: "anna", fact: "income", value }));
    expect(income(1000)).toEqual([["cn.means-test", "entitled", 150100, "entitled", 140100, "entitled"]]);
    expect(income(2500)).toEqual([["cn.means-test", "entitled", 150100, "not", 0, "income"]]);
    // Savings of 48000 for two are the limit itself, 24000 a head.
    const savings = (value: number) => told(whatIf(book, file, { of: "h", fact: "savings", value }));
    expect(savings(48000)).toEqual([]);
    expect(savings(48000.01)).toEqual([["cn.means-test", "entitled", 150100, "not", 0, "savings"]]);
  });

  test("a fact of another member, and one that was not known", () => {
    const { income: _, ...ben } = file.persons.ben ?? {};
    const unsure = { ...file, persons: { ...file.persons, ben } };
    const changes = told(whatIf(book, unsure, { of: "ben", fact: "income", value: 100 }));
    // 1200.50 x 2 - 900 - 100 = 1401.00.
    expect(changes).toContainEqual(["cn.means-test", "undetermined", 0, "entitled", 140100, "entitled"]);
  });

  test("what is supposed wrongly is refused with its place", () => {
    const codes = (of: string, fact: string, value: number | string) => {
      try {
        whatIf(book, file, { of, fact, value });
        return [];
      } catch (error) {
        if (!(error instanceof FactsFileError)) throw error;
        return error.problems.map(({ code, path }) => `${code} ${path}`);
      }
    };
    expect(codes("carl", "income", 1)).toEqual(["FACTS-NOBODY carl"]);
    expect(codes("constructor", "income", 1)).toEqual(["FACTS-NOBODY constructor"]);
    expect(codes("anna", "incom", 1)).toEqual(["FACTS-UNKNOWN-FACT persons.anna.incom"]);
    expect(codes("anna", "income", "much")).toEqual(["FACTS-VALUE persons.anna.income"]);
    expect(codes("anna", "savings", 1)).toEqual(["FACTS-WRONG-ENTITY persons.anna.savings"]);
  });

  test("any fact of random people changes what two screenings differ in, and nothing else", () => {
    const random = randomNumbers(7);
    const facts = book.facts.filter(({ entity }) => entity === "person");
    for (let round = 0; round < 60; round += 1) {
      const known = facts.filter(() => random() < 0.8);
      const person = Object.fromEntries(
        known.map((fact) => [fact.name, writeFact(book, fact, randomValue(book, fact, random))]),
      );
      const before: FactsFile = { ...file, persons: { ...file.persons, anna: person } };
      const fact = facts[Math.floor(random() * facts.length)] ?? facts[0]!;
      const value = writeFact(book, fact, randomValue(book, fact, random));
      const after: FactsFile = { ...file, persons: { ...file.persons, anna: { ...person, [fact.name]: value } } };
      const prepare = (given: FactsFile) => withImplied(book, given).file;
      const [one, two] = [before, after].map((given) => answersOf(screen(book, prepare(given))));
      const changed = book.items.map(({ code }) => code).filter((code) => one?.get(code) !== two?.get(code));
      const found = whatIf(book, before, { of: "anna", fact: fact.name, value }, { prepare });
      expect(
        found
          .filter(({ before, after }) => before.outcome !== after.outcome || before.fen !== after.fen)
          .map(({ code }) => code),
      ).toEqual(changed);
      expect(whatIf(book, after, { of: "anna", fact: fact.name, value }, { prepare })).toEqual([]);
    }
  });
});

function answersOf({ entitled, not, undetermined }: ReturnType<typeof screen>): ReadonlyMap<string, string> {
  return new Map([
    ...entitled.map(({ code, fen }) => [code, `entitled ${fen}`] as const),
    ...not.map(({ code }) => [code, "not 0"] as const),
    ...undetermined.map(({ code }) => [code, "undetermined 0"] as const),
  ]);
}
