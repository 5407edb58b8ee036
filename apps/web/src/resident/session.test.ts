import type { NextQuestion, RulebookFact } from "@qingdan/list/browser";
import { describe, expect, it } from "vitest";
import {
  emptySession,
  factsOf,
  pagesOf,
  situationsOf,
  skippedOf,
  withAnswer,
  withoutLast,
  withSituations,
} from "./session.ts";

const birth = { of: "p1", fact: "birthDate", entity: "person", value: "1955-06-10" } as const;
const area = { of: "h1", fact: "livingArea", entity: "household", value: 12.5 } as const;

it("answers become a facts file with every member, known or not", () => {
  const session = withAnswer(withAnswer(emptySession(2), birth), area);
  expect(factsOf(session)).toEqual({
    persons: { p1: { birthDate: "1955-06-10" }, p2: {} },
    households: { h1: { livingArea: 12.5, members: ["p1", "p2"] } },
    subject: "p1",
  });
});

it("an answer given again takes the place of the first", () => {
  const session = withAnswer(withAnswer(withAnswer(emptySession(1), birth), area), { ...birth, value: "1956-06-10" });
  expect(session.given.map(({ value }) => value)).toEqual(["1956-06-10", 12.5]);
  expect(withoutLast(session).given).toHaveLength(1);
});

it("what is not known is absent, never zero or false, and is not asked again", () => {
  const session = withAnswer(emptySession(1), { of: "p1", fact: "monthlyIncome", entity: "person" });
  expect(factsOf(session).persons).toEqual({ p1: {} });
  expect([...skippedOf(session)]).toEqual(["p1 monthlyIncome"]);
});

describe("situations ticked together", () => {
  const fact = (name: string, factType: "boolean" | "enum") =>
    ({ name, factType, entity: "person", situation: { zh: name, en: name } }) as unknown as RulebookFact;
  const open = [
    { of: "p1", fact: fact("diabetes", "boolean") },
    { of: "p1", fact: fact("disabilityGrade", "enum") },
    { of: "p1", fact: fact("careLevel", "enum") },
  ];
  const next = { of: "p1", fact: "diabetes", ask: open[0]?.fact, situations: open } as unknown as NextQuestion;

  it("what is not ticked is not so; what is ticked is so, or is asked further", () => {
    const before = withAnswer(emptySession(1), birth);
    const session = withSituations(before, open, new Set(["p1 diabetes", "p1 disabilityGrade"]));
    expect(factsOf(session).persons.p1).toEqual({ birthDate: "1955-06-10", diabetes: true, careLevel: "none" });
    expect(session.ticked).toEqual(["p1 disabilityGrade"]);
    expect(pagesOf(session)).toBe(2);
    expect(withoutLast(session)).toEqual(before);
  });

  it("they are one page only while several are open and nobody asked to have them one by one", () => {
    expect(situationsOf(emptySession(1), next)).toEqual(open);
    expect(situationsOf({ ...emptySession(1), oneByOne: true }, next)).toEqual([]);
    expect(situationsOf({ ...emptySession(1), ticked: ["p1 disabilityGrade", "p1 careLevel"] }, next)).toEqual([]);
    expect(situationsOf({ ...emptySession(1), ticked: ["p1 diabetes"] }, next)).toEqual([]);
    const unsure = withAnswer(emptySession(1), { of: "p1", fact: "careLevel", entity: "person" });
    expect(situationsOf(unsure, next).map(({ fact: { name } }) => name)).toEqual(["diabetes", "disabilityGrade"]);
  });
});
