import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ActorName, application, type CaseDesk, caseDesk } from "../../testing/case-desk.ts";
import type { AccountChangeView } from "./model.ts";
import { payeesOf } from "./payees.ts";
import { financeRoutes } from "./routes.ts";

let desk: CaseDesk;
beforeAll(async () => {
  desk = await caseDesk({ more: (cases) => [financeRoutes(cases)] });
  const opened = await desk.ask("clerk", "POST", "/cases", { ...application(), channel: "window", person: "1" });
  expect(opened.status, opened.text).toBe(201);
}, 120_000);
afterAll(() => desk.close());

const put = (account: string, person = "1", actor: ActorName = "financeOfficer") =>
  desk.ask(actor, "PUT", "/payees", { person, name: "王", account });
const answer = (actor: ActorName, id: string, word: "confirm" | "refuse") =>
  desk.ask(actor, "POST", `/account-changes/${id}/${word}`);
const kept = async () => (await payeesOf(desk.cases.database, ["1"])).get("1")?.account;
const change = ({ json }: { json: unknown }) => json as AccountChangeView;

test("an account is paid to once another officer has confirmed it, and not before", async () => {
  const asked = await put("6200000000000001");
  expect(change(asked)).toMatchObject({ kind: "payee", of: "1", area: "cn-3199", answer: null, before: null });
  expect(await kept()).toBeUndefined();
  const { id } = change(asked);
  for (const actor of ["financeOfficer", "clerk", "auditor", "resident"] as const)
    expect((await answer(actor, id, "confirm")).status, actor).toBe(403);
  const waiting = (await desk.ask("secondFinanceOfficer", "GET", "/account-changes")).json;
  expect(waiting).toMatchObject({ changes: [{ id, account: "6200000000000001" }], after: null });
  expect(change(await answer("secondFinanceOfficer", id, "confirm")).answer).toBe("confirmed");
  expect(change(await answer("secondFinanceOfficer", id, "confirm")).answer).toBe("confirmed");
  expect(await kept()).toBe("6200000000000001");
  expect((await answer("financeOfficer", id, "refuse")).json.code).toBe("PAY-STATE");
  const lines = await desk.cases.database
    .selectFrom("audit_line")
    .select(["kind", "actor"])
    .where("subject", "=", "person:1")
    .where("kind", "like", "payment.%")
    .orderBy("id")
    .execute();
  expect(lines).toEqual([
    { kind: "payment.payee.ask", actor: "a-finance-officer" },
    { kind: "payment.payee.confirm", actor: "a-finance-officer-2" },
  ]);
});

test("one change waits at a time; what is refused, by the other or by who asked, changes nothing", async () => {
  const { id } = change(await put("6200000000000002"));
  expect((await put("6200000000000003", "1", "secondFinanceOfficer")).json.code).toBe("PAY-CHANGE-WAITING");
  expect(change(await answer("financeOfficer", id, "refuse"))).toMatchObject({ answer: "refused" });
  const next = change(await put("6200000000000003"));
  expect(next.before?.account).toBe("6200000000000001");
  await answer("secondFinanceOfficer", next.id, "refuse");
  expect((await answer("secondFinanceOfficer", next.id, "confirm")).json.code).toBe("PAY-STATE");
  expect(await kept()).toBe("6200000000000001");
  expect((await answer("secondFinanceOfficer", "nobody", "confirm")).json.code).toBe("PAY-CHANGE-UNKNOWN");
});

test("the database holds the second person too, past the program", async () => {
  const { id } = change(await put("6200000000000004"));
  const alone = sql`update account_change set answer = 'confirmed', answered_by = asked_by, answered_at = now() where id = ${id}`;
  await expect(alone.execute(desk.cases.database)).rejects.toThrow(/account_change_four_eyes/);
  await answer("financeOfficer", id, "refuse");
});

test("nobody redirects the money of somebody who has no case in their area", async () => {
  expect((await put("6200000000000005", "404")).json.code).toBe("PAY-PAYEE-UNKNOWN");
  expect((await put("6200000000000005", "1", "clerk")).status).toBe(403);
  expect((await put("62", "1")).status).toBe(400);
  expect((await desk.ask("resident", "GET", "/account-changes")).status).toBe(403);
});
