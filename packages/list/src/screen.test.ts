import { describe, expect, test } from "vitest";
import { compileRulebook } from "./compile/compile-rulebook.ts";
import { decideByKernel, everyFact } from "./decide-by-kernel.ts";
import { FactsFileError, holdFact, readFacts, writeFact } from "./facts-file.ts";
import { emitKernel, instantiateKernel } from "./kernel.ts";
import type { Rulebook } from "./rulebook.ts";
import { nextQuestion, screen } from "./screen.ts";
import { clubList } from "./testing/club-rules.ts";
import { randomNumbers, randomValue } from "./testing/random-people.ts";

function clubBook(date = "2024-07-01"): Rulebook {
  const { rulebook, findings } = compileRulebook(clubList(), { area: "cn-31", date });
  if (rulebook === undefined) throw new Error(JSON.stringify(findings));
  return rulebook;
}
const book = clubBook();

const complete = {
  persons: {
    anna: { birthDate: "1958-07-02", home: "cn-310104", plays: true, level: "senior", income: 900, hours: 4, wins: 2 },
    ben: { birthDate: "2012-03-01", home: "cn-310104", plays: false, level: "junior", income: 0, hours: 1, wins: 0 },
  },
  households: { h: { members: ["anna", "ben"], space: 13.5, savings: 48000 } },
  subject: "anna",
};

function coded(result: ReturnType<typeof screen>) {
  return {
    entitled: Object.fromEntries(result.entitled.map(({ code, fen }) => [code.slice(3), fen])),
    not: Object.fromEntries(
      result.not.map(({ code, reasons }) => [code.slice(3), reasons.map((reason) => reason.code)]),
    ),
    undetermined: Object.fromEntries(
      result.undetermined.map(({ code, missing }) => [
        code.slice(3),
        missing.map(({ fact, of }) => `${fact} of ${of}`),
      ]),
    ),
  };
}

describe("screen", () => {
  test("a club member with every fact, worked by hand", () => {
    // Means test: 900 / 2 = 450 < 1200.50; savings 48000 / 2 = 24000 is within; amount 1200.50 x 2 - 900 = 1501.00.
    // Lodging: 13.5 / 2 = 6.75 <= 7; max(15, 20 - 13.5 = 6.5) = 15; 15 x 12.35 = 185.25, floored to 185.
    // Court rate at East Two for senior 66; age 65 on 2 July 2023, so 75 a month: of the two the higher 75 is kept.
    // The ladder's 10 is not offset, as the court rate was lost to the higher; the gift is excluded by nothing: her
    // two wins and Ben not playing fail it.
    expect(coded(screen(book, complete))).toEqual({
      entitled: { "age-bands": 7500, ladder: 1000, lodging: 18500, "means-test": 150100 },
      not: { coaching: ["young", "needy"], "court-rate": ["higher:cn.age-bands"], gift: ["wins"], lessons: ["crowd"] },
      undetermined: {},
    });
  });

  test("the day before her 65th birthday she has the court rate, and the ladder is offset by it", () => {
    const before = coded(screen(clubBook("2023-07-01"), complete));
    expect(before.entitled["court-rate"]).toBe(6600);
    expect(before.not["age-bands"]).toEqual(["age"]);
    expect(before.not.ladder).toEqual(["offset:cn.court-rate"]);
  });

  test("what cannot be told names the facts that would settle it, of whom they are missing", () => {
    const { persons, households } = complete;
    const { income: _, ...ben } = persons.ben;
    const { savings: __, ...home } = households.h;
    const file = { persons: { ...persons, ben }, households: { h: home }, subject: "anna" };
    expect(coded(screen(book, file)).undetermined).toEqual({
      "means-test": ["income of ben", "savings of h"],
      lessons: ["income of ben"],
    });
  });

  test("what fails for sure is not asked about", () => {
    const file = { persons: { p: { home: "cn-32", plays: false, wins: 3 } }, households: {}, subject: "p" };
    const { not, undetermined } = coded(screen(book, file));
    expect(not["means-test"]).toEqual(["home"]);
    expect(not.gift).toEqual(["wins"]);
    expect(undetermined["means-test"]).toBeUndefined();
  });

  test("a failed condition says by how much", () => {
    const rich = { ...complete, persons: { ...complete.persons, anna: { ...complete.persons.anna, income: 2400.99 } } };
    const reasons = screen(book, rich).not.find(({ code }) => code === "cn.means-test")?.reasons;
    // 2400.99 / 2 = 1200.495, below 1200.50 by 0.005: still entitled; one fen more is 1200.50 exactly and fails.
    expect(reasons).toBeUndefined();
    const richer = { ...complete, persons: { ...complete.persons, anna: { ...complete.persons.anna, income: 2500 } } };
    const failed = screen(book, richer).not.find(({ code }) => code === "cn.means-test")?.reasons;
    expect(failed?.map(({ code, distances }) => [code, distances.map(({ by, unit, en }) => [by, unit, en])])).toEqual([
      ["income", [["49.50", "CNY/month", "49.50 yuan a month too high"]]],
    ]);
  });

  test("an age that is too low says from which day it will do", () => {
    const reasons = screen(clubBook("2023-07-01"), complete).not.find(({ code }) => code === "cn.age-bands")?.reasons;
    expect(reasons?.[0]?.distances.map(({ on }) => on)).toEqual(["2023-07-02"]);
  });

  test("a standard that is missing at its source leaves the answer open, and no fact is asked for it", () => {
    const winner = { ...complete, persons: { ...complete.persons, anna: { ...complete.persons.anna, wins: 11 } } };
    const alone = { ...winner, households: { h: { members: ["anna"], space: 100, savings: 10_000_000 } } };
    const gift = screen(book, alone).undetermined.find(({ code }) => code === "cn.gift");
    expect([gift?.reasons[0]?.code, gift?.missing]).toEqual(["parameter-missing", []]);
  });

  test("a screening by the kernel is the same screening", () => {
    const kernel = instantiateKernel(emitKernel(book, { unknown: everyFact(book) }));
    const decide = decideByKernel(book, kernel);
    expect(screen(book, complete, { decide })).toEqual(screen(book, complete));
    const unsure = { ...complete, households: { h: { members: ["anna", "ben"] } } };
    expect(screen(book, unsure, { decide })).toEqual(screen(book, unsure));
    expect(nextQuestion(book, unsure, { decide })).toEqual(nextQuestion(book, unsure));
  });
});

describe("nextQuestion", () => {
  test("asked until nothing can change, within the bound it gave, and about nothing that is known", () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const random = randomNumbers(seed);
      const file = {
        persons: { a: {}, b: {} } as Record<string, Record<string, unknown>>,
        households: { h: { members: ["a", "b"] } } as Record<string, Record<string, unknown>>,
        subject: "a",
      };
      const first = nextQuestion(book, file);
      let bound = first?.remaining ?? 0;
      for (let next = first; next !== null; next = nextQuestion(book, file)) {
        expect(next.remaining).toBeLessThanOrEqual(bound);
        bound = next.remaining - 1;
        const target = next.entity === "household" ? file.households[next.of] : file.persons[next.of];
        expect(target).toBeDefined();
        expect(Object.keys(target ?? {})).not.toContain(next.fact);
        if (target !== undefined) target[next.fact] = writeFact(book, next.ask, randomValue(book, next.ask, random));
      }
      expect(bound).toBeGreaterThanOrEqual(0);
      // What is left open hangs on facts without a question, or on a missing standard.
      const asked = new Set(book.facts.filter(({ question }) => question !== null).map(({ name }) => name));
      for (const { missing } of screen(book, file).undetermined) {
        for (const { fact } of missing) expect(asked.has(fact)).toBe(false);
      }
    }
  });
});

describe("facts files", () => {
  const problems = (file: unknown) => {
    try {
      readFacts(book, file, new Set(["hobby"]));
      return [];
    } catch (error) {
      if (!(error instanceof FactsFileError)) throw error;
      return error.problems.map(({ code, path }) => `${code} ${path}`);
    }
  };
  const of = (facts: Record<string, unknown>) => ({
    persons: { p: facts },
    households: { h: { members: ["p"] } },
    subject: "p",
  });

  test("everything wrong is told at once, each with its place", () => {
    expect(
      problems(
        of({
          birthDate: "2023-02-29",
          home: "cn-99",
          level: "expert",
          income: 1.005,
          wins: 1.5,
          plays: "yes",
          age: 3,
          incom: 5,
          hobby: 1,
          space: 3,
        }),
      ),
    ).toEqual([
      "FACTS-VALUE persons.p.birthDate",
      "FACTS-VALUE persons.p.home",
      "FACTS-VALUE persons.p.level",
      "FACTS-VALUE persons.p.income",
      "FACTS-VALUE persons.p.wins",
      "FACTS-VALUE persons.p.plays",
      "FACTS-DERIVED persons.p.age",
      "FACTS-UNKNOWN-FACT persons.p.incom",
      "FACTS-WRONG-ENTITY persons.p.space",
    ]);
  });

  test.each([
    [[], "FACTS-SHAPE "],
    [{ persons: { p: {} }, subject: "q" }, "FACTS-SUBJECT subject"],
    [
      { persons: { p: {} }, households: { h: { members: ["p", "q"] } }, subject: "p" },
      "FACTS-MEMBERS households.h.members",
    ],
    [{ persons: { p: {} }, households: { h: {} }, subject: "p" }, "FACTS-SHAPE households.h.members"],
    [{ persons: { p: {} }, subject: "p", more: 1 }, "FACTS-SHAPE more"],
  ])("%j is refused", (file, problem) => {
    expect(problems(file)).toEqual([problem]);
  });

  test("written facts come back as they were written", () => {
    const random = randomNumbers(7);
    for (const fact of book.facts) {
      const value = randomValue(book, fact, random);
      expect(holdFact(book, fact, writeFact(book, fact, value))).toBe(value);
    }
  });
});
