import { afterAll, beforeAll, expect, test } from "vitest";
import { type ActorName, type CaseDesk, caseDesk } from "../../testing/case-desk.ts";
import type { CasePage } from "./model.ts";

let desk: CaseDesk;
beforeAll(async () => {
  desk = await caseDesk();
}, 120_000);
afterAll(() => desk.close());

/** A case of an item, accepted, on the facts of one person. */
async function accepted(item: string, facts: Record<string, string | number | boolean>): Promise<string> {
  const request = {
    ...{ list: "cn-3199", item, channel: "window", person: "1" },
    facts: { persons: { p1: facts }, households: { h1: { members: ["p1"] } }, subject: "p1" },
  };
  const { json, status, text } = await desk.ask("clerk", "POST", "/cases", request);
  expect(status, text).toBe(201);
  await act("clerk", String(json.id), 1, { kind: "accept" });
  return String(json.id);
}

const act = (actor: ActorName, id: string, seq: number, action: unknown) =>
  desk.ask(actor, "POST", `/cases/${id}/actions`, { seq, channel: "window", action });
const page = ({ json }: { json: unknown }) => json as CasePage;

const pension = "cn-31.residents-pension";
const insured = { hukouArea: "cn-3199", pensionScheme: "residents", pensionContributionYears: 20 };

test("a pension asked for late is paid from the month after the age was reached", async () => {
  // 社会保险经办条例 art. 18; 60 on 29 February 2024, applied for in 2026: paid from March 2024.
  const id = await accepted(pension, { ...insured, birthDate: "1964-02-29" });
  const proposed = page(await act("clerk", id, 2, { kind: "propose", outcome: "grant", fen: 100_00, text: "核定" }));
  expect(proposed.proposal).toMatchObject({ rule: "entitled", from: "2024-03-01" });
});

test("money is not granted without a first day, and who confirms need not say again what was proposed", async () => {
  // Paid from the registration, which the rules do not know (社会保险法 art. 50).
  const id = await accepted("cn-31.unemployment-benefit", { birthDate: "1980-01-01" });
  const proposal = { kind: "propose", outcome: "grant", fen: 2_000_00, text: "按登记核定" };
  const missing = await act("clerk", id, 2, proposal);
  expect(missing.json.code).toBe("CASE-FIRST-DAY-MISSING");
  const proposed = page(await act("clerk", id, 2, { ...proposal, from: "2026-01-15" }));
  expect(proposed.proposal).toMatchObject({ from: "2026-01-15", fen: 2_000_00 });
  const other = await act("checker", id, 3, { kind: "decide", outcome: "grant", fen: 1_00 });
  expect(other.json.code).toBe("CASE-DEED-WRONG");
  const decided = page(await act("checker", id, 3, { kind: "decide", outcome: "grant" }));
  expect(decided.decision).toMatchObject({ from: "2026-01-15", fen: 2_000_00, text: "按登记核定" });
  expect(decided.benefit).toMatchObject({ state: "running", from: "2026-01-15", fen: 2_000_00 });
});
