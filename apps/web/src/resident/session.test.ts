import { expect, it } from "vitest";
import { emptySession, factsOf, skippedOf, withAnswer, withoutLast } from "./session.ts";

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
