import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileRulebook } from "./compile/compile-rulebook.ts";
import { decideAll, type HouseholdFacts } from "./decide.ts";
import { allocateDecisions, emitKernel, instantiateKernel, type RulebookDecisions } from "./kernel.ts";
import type { People } from "./people.ts";
import type { Rulebook } from "./rulebook.ts";
import { clubList } from "./testing/club-rules.ts";
import { randomNumbers, randomPeople, randomValue, unknownColumns } from "./testing/random-people.ts";
import { randomRules } from "./testing/random-rules.ts";

function rulebookOf(rules?: Readonly<Record<string, string>>, date = "2024-07-01"): Rulebook {
  const { rulebook, findings } = compileRulebook(clubList(rules), { area: "cn-31", date });
  if (rulebook === undefined) throw new Error(JSON.stringify(findings, null, 1));
  return rulebook;
}

function run(rulebook: Rulebook, people: People, steps: readonly number[] = []): RulebookDecisions {
  const decide = instantiateKernel(emitKernel(rulebook, { unknown: unknownColumns(people) }));
  const out = allocateDecisions(rulebook, people.persons);
  const bounds = [0, ...steps, people.persons];
  bounds.slice(1).forEach((to, at) => {
    decide(people, out, bounds[at] ?? 0, to);
  });
  return out;
}

/** The answers of one row, by item: [outcome, reason code, fen, parts]. */
function kernelRow(rulebook: Rulebook, out: RulebookDecisions, row: number) {
  return rulebook.items.map((item, at) => {
    const reason = item.reasons[out.reason[at]?.[row] ?? -1];
    return [
      out.outcome[at]?.[row],
      reason?.outcome,
      reason?.code,
      out.amount[at]?.[row],
      (out.parts[at] ?? []).map((part) => part[row]),
    ];
  });
}

function decideRow(rulebook: Rulebook, household: HouseholdFacts) {
  return decideAll(rulebook, household).map(({ outcome, reason, fen, parts }, at) => {
    const item = rulebook.items[at];
    if (item?.subject === "household" && household.subject !== 0) return [0, 0, "householder", 0, parts.map(() => 0)];
    return [outcome, item?.reasons[reason]?.outcome, item?.reasons[reason]?.code, fen, parts];
  });
}

function expectAgreement(rulebook: Rulebook, seed: number, unknown: number, households = 12) {
  const { people, householdFacts } = randomPeople(rulebook, seed, { households, unknown });
  const out = run(rulebook, people);
  for (let row = 0; row < people.persons; row += 1) {
    expect(kernelRow(rulebook, out, row)).toEqual(decideRow(rulebook, householdFacts(row)));
  }
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 });

/** The subject beside two members at once: a loop for each person, and nothing that a household shares. */
const threeAtOnce = `
    subject: person
    area: home
    per: month
    conditions:
      - { code: three, test: 'some m in members satisfies some n in members satisfies n.income > m.income + income', zh: 三人, en: Three persons }
    amount: 10`;

describe("kernel and interpreter agree", () => {
  test("on a rule that goes through the members for each person", () => {
    expectAgreement(rulebookOf({ three: threeAtOnce }), 5, 0, 40);
    expectAgreement(rulebookOf({ three: threeAtOnce }), 6, 0.2, 40);
  });

  const club = rulebookOf();

  test("on the club's rules, complete facts", () => {
    fc.assert(
      fc.property(seeds, (seed) => expectAgreement(club, seed, 0)),
      { numRuns: 40 },
    );
  });

  test("on the club's rules, with unknown facts", () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 0, max: 0.9, noNaN: true }), (seed, share) =>
        expectAgreement(club, seed, share),
      ),
      { numRuns: 40 },
    );
  });

  test("on any well-typed rules, with and without unknown facts", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const rulebook = rulebookOf(randomRules(randomNumbers(seed), 6));
        expectAgreement(rulebook, seed, 0);
        expectAgreement(rulebook, seed + 1, 0.2);
      }),
      { numRuns: 40 },
    );
  });
});

describe("answers", () => {
  test("splitting the rows into blocks changes nothing", () => {
    fc.assert(
      fc.property(seeds, fc.array(fc.nat(60), { maxLength: 4 }), (seed, cuts) => {
        const rulebook = rulebookOf(randomRules(randomNumbers(seed), 4));
        const { people } = randomPeople(rulebook, seed, { households: 20, unknown: 0.1 });
        const steps = [...cuts].sort((a, b) => a - b).filter((cut) => cut < people.persons);
        expect(run(rulebook, people, steps)).toEqual(run(rulebook, people));
      }),
      { numRuns: 20 },
    );
  });

  test("nobody gets more fen than was proved possible, and nothing unless entitled", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const rulebook = rulebookOf(randomRules(randomNumbers(seed), 6));
        const { people } = randomPeople(rulebook, seed, { households: 20, unknown: 0.1 });
        const out = run(rulebook, people);
        rulebook.items.forEach((item, at) => {
          out.amount[at]?.forEach((fen, row) => {
            expect(fen).toBeLessThanOrEqual(item.mostFen);
            expect(fen).toBeGreaterThanOrEqual(0);
            if (out.outcome[at]?.[row] !== 1) expect(fen).toBe(0);
          });
        });
      }),
      { numRuns: 20 },
    );
  });

  test("no completion of unknown facts contradicts a definite answer", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = randomNumbers(seed);
        const rulebook = rulebookOf(seed % 3 === 0 ? undefined : randomRules(random, 6));
        const { householdFacts } = randomPeople(rulebook, seed, { households: 3, unknown: 0.3 });
        const partly = householdFacts(0);
        const before = decideAll(rulebook, partly);
        for (let completion = 0; completion < 8; completion += 1) {
          const after = decideAll(rulebook, completed(rulebook, partly, random));
          before.forEach((answer, at) => {
            if (answer.outcome !== 2) {
              expect([rulebook.items[at]?.code, after[at]?.outcome, after[at]?.fen]).toEqual([
                rulebook.items[at]?.code,
                answer.outcome,
                answer.fen,
              ]);
            }
          });
        }
      }),
      { numRuns: 40 },
    );
  });

  test("a kernel that was not written for unknown values refuses them", () => {
    const rulebook = rulebookOf();
    const { people } = randomPeople(rulebook, 1, { households: 5, unknown: 0.5 });
    const decide = instantiateKernel(emitKernel(rulebook));
    expect(() => decide(people, allocateDecisions(rulebook, people.persons), 0, people.persons)).toThrow(
      /KERNEL-UNKNOWN/,
    );
  });
});

/** The same household with every unknown fact given some value. */
function completed(rulebook: Rulebook, household: HouseholdFacts, random: () => number): HouseholdFacts {
  const given = new Map<string, number | boolean>();
  const facts = new Map(rulebook.facts.map((fact) => [fact.name, fact]));
  return {
    ...household,
    fact: (name, entity, member) => {
      const known = household.fact(name, entity, member);
      const fact = facts.get(name);
      if (known !== undefined || fact === undefined) return known;
      const key = `${name} ${entity === "household" ? 0 : member}`;
      const value = given.get(key) ?? randomValue(rulebook, fact, random);
      given.set(key, value);
      return value;
    },
  };
}
