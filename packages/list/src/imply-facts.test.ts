import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRulebook } from "./compile/compile-rulebook.ts";
import type { FactsFile } from "./facts-file.ts";
import { withImplied } from "./imply-facts.ts";
import { readList } from "./node/read-list.ts";
import type { Rulebook, WrittenFact } from "./rulebook.ts";
import { nextQuestion, screen } from "./screen.ts";

const lists = fileURLToPath(new URL("../../../lists", import.meta.url));

const shanghai = async (): Promise<Rulebook> => {
  const { list } = await readList(`${lists}/cn-31`);
  if (!list) throw new Error("Shanghai's list has errors");
  const { rulebook } = compileRulebook(list, { area: "cn-31", date: "2025-06-01" });
  if (!rulebook) throw new Error("Shanghai's list does not compile");
  return rulebook;
};

const rulebook = await shanghai();
const alone = (facts: Record<string, WrittenFact>): FactsFile => ({
  persons: { p1: facts },
  households: { h1: { members: ["p1"] } },
  subject: "p1",
});

describe("what facts imply", () => {
  it("someone not in school boards at none, and is no pupil in hardship", () => {
    const { file } = withImplied(rulebook, alone({ schoolStage: "none" }));
    expect(file.persons.p1).toMatchObject({ schoolKind: "none", boarding: false, studentInHardship: false });
  });
  it("follows step by step: a child of ten has no scheme, so no pension", () => {
    const { file, implied } = withImplied(rulebook, alone({ birthDate: "2015-01-01" }));
    expect(file.persons.p1).toMatchObject({
      employmentStatus: "none",
      registeredUnemployed: false,
      pensionScheme: "none",
    });
    expect(implied.map(({ of }) => of)).toEqual(implied.map(() => "p1"));
  });
  it("never changes what was said, and leaves open what does not follow", () => {
    const { file } = withImplied(rulebook, alone({ schoolStage: "none", boarding: true }));
    expect(file.persons.p1).toMatchObject({ boarding: true });
    expect(withImplied(rulebook, alone({ schoolStage: "primary" })).file.persons.p1).not.toHaveProperty("boarding");
  });
  it("holds for each member by their own facts", () => {
    const { file } = withImplied(rulebook, {
      persons: { p1: { schoolStage: "primary" }, p2: { schoolStage: "none" } },
      households: { h1: { members: ["p1", "p2"] } },
      subject: "p1",
    });
    expect([file.persons.p1, file.persons.p2].map((facts) => facts?.boarding)).toEqual([undefined, false]);
  });
});

it("only turns unknown into known: no definite answer changes", () => {
  const stages = rulebook.facts.find(({ name }) => name === "schoolStage")?.values.map(({ code }) => code) ?? [];
  const facts = fc.record(
    {
      birthDate: fc
        .date({ min: new Date("1930-01-01"), max: new Date("2025-05-31"), noInvalidDate: true })
        .map((day) => day.toISOString().slice(0, 10)),
      schoolStage: fc.constantFrom(...stages),
      hukouArea: fc.constantFrom("cn-310101", "cn-34"),
      employmentStatus: fc.constantFrom("none", "employed", "unemployed", "retired"),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(facts, (given) => {
      const before = screen(rulebook, alone(given as Record<string, WrittenFact>));
      const after = screen(rulebook, withImplied(rulebook, alone(given as Record<string, WrittenFact>)).file);
      const codes = (items: readonly { readonly code: string }[]) => items.map(({ code }) => code);
      expect(codes(after.entitled)).toEqual(expect.arrayContaining(codes(before.entitled)));
      expect(codes(after.not)).toEqual(expect.arrayContaining(codes(before.not)));
    }),
    { numRuns: 40 },
  );
});

it("a question that cannot be answered is not asked again, and the bound falls with it", () => {
  const skipped = new Set<string>();
  let bound = Number.POSITIVE_INFINITY;
  for (;;) {
    const next = nextQuestion(rulebook, alone({}), { skipped });
    if (next === null) break;
    expect(skipped.has(`${next.of} ${next.fact}`)).toBe(false);
    expect(next.remaining).toBeLessThan(bound);
    bound = next.remaining;
    skipped.add(`${next.of} ${next.fact}`);
  }
  expect(bound).toBe(1);
});
