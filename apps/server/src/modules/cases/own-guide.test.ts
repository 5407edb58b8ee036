import { afterAll, beforeAll, expect, test } from "vitest";
import { allowance, type CaseDesk, caseDesk, seniorFacts } from "../../testing/case-desk.ts";
import type { GuideView } from "./guide-view-model.ts";

let desk: CaseDesk;
beforeAll(async () => {
  desk = await caseDesk({
    register: async (person) => {
      if (person === "1") return { facts: seniorFacts(), date: "2024-07-01" };
      const elsewhere = { persons: { p1: { hukouArea: "cn-440101" } }, households: { h1: { members: ["p1"] } } };
      return person === "2" ? { facts: { ...elsewhere, subject: "p1" }, date: "2024-07-01" } : undefined;
    },
  });
}, 120_000);
afterAll(() => desk.close());

const own = async (actor: "resident" | "neighbour" | "helper" | "clerk" | null) => {
  const { status, json, text } = await desk.ask(actor, "GET", `/guides/cn-3199/${allowance}`);
  expect(status, text).toBe(200);
  return (json as unknown as GuideView).own;
};

test("a resident reads in a guide what it comes to for them, and what need not be handed in", async () => {
  // 沪府发〔2016〕24号: 150 yuan a month from 70 to 79.
  expect(await own("resident")).toMatchObject({
    ...{ outcome: "entitled", fen: 15_000, per: "month", area: "cn-3199", registerDate: "2024-07-01" },
    held: ["birthDate", "hukouArea"],
  });
});

test("nobody else is told, and no register of another list is read as if it were this one's", async () => {
  expect(await own(null)).toBeNull();
  expect(await own("clerk")).toBeNull();
  expect(await own("helper")).toBeNull();
  expect(await own("neighbour")).toBeNull();
});
