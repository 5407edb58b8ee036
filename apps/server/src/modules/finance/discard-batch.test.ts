import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type CaseDesk, caseDesk, seniorFacts } from "../../testing/case-desk.ts";
import type { CasePage } from "../cases/index.ts";
import type { BatchPage } from "./model.ts";
import { financeRoutes } from "./routes.ts";

const item = "cn-31.residents-pension";
let desk: CaseDesk;
let page: CasePage;

beforeAll(async () => {
  desk = await caseDesk({ more: (cases) => [financeRoutes(cases)] });
  desk.at("2026-01-05T02:00:00Z");
  const request = { list: "cn-3199", item, channel: "window", person: "1", area: "cn-319901", facts: seniorFacts() };
  page = (await desk.ask("clerk", "POST", "/cases", request)).json as unknown as CasePage;
  const decision = { outcome: "grant", fen: 154_301, from: "2026-01-01", text: "按档案核定" };
  for (const [actor, action] of [
    ["clerk", { kind: "accept" }],
    ["clerk", { kind: "propose", ...decision }],
    ["checker", { kind: "decide", ...decision }],
  ] as const) {
    const body = { seq: page.seq, channel: "window", action };
    page = (await desk.ask(actor, "POST", `/cases/${page.id}/actions`, body)).json as unknown as CasePage;
  }
  desk.at("2026-02-10T02:00:00Z");
  await account("PUT", "/payees", { person: "1", name: "王一", account: "6200000000000001" });
  const payer = { name: "清单市财政局", account: "31000000000000000001", bank: "102100099996" };
  await account("PUT", "/payers/cn-3199", payer);
}, 120_000);
afterAll(() => desk.close());

/** Each test takes the next month, since what was released before stays paid. */
let month = 1;
beforeEach(() => {
  month += 1;
  desk.at(`2026-${String(month).padStart(2, "0")}-10T02:00:00Z`);
});
const upTo = () => `2026-${String(month).padStart(2, "0")}`;

async function account(method: "PUT", path: string, body: unknown): Promise<void> {
  const asked = await desk.ask("financeOfficer", method, path, body);
  const answer = await desk.ask("secondFinanceOfficer", "POST", `/account-changes/${asked.json.id}/confirm`);
  expect(answer.status, answer.text).toBe(200);
}
async function prepared(): Promise<BatchPage> {
  const answer = await desk.ask("financeOfficer", "POST", "/payments", { list: "cn-3199", item, month: upTo() });
  expect(answer.status, answer.text).toBe(201);
  return answer.json as unknown as BatchPage;
}
type Who = Parameters<CaseDesk["ask"]>[0];
const discard = (id: string, who: Who = "financeOfficer", reason: unknown = "误选了月份") =>
  desk.ask(who, "POST", `/payments/${id}/discard`, { reason });
const release = (id: string) => desk.ask("secondFinanceOfficer", "POST", `/payments/${id}/release`);
const logged = async (id: string) =>
  (
    await desk.cases.database
      .selectFrom("audit_line")
      .select(["kind", "body", "actor"])
      .where("subject", "=", `batch:${id}`)
      .orderBy("id")
      .execute()
  ).map(({ kind, body, actor }) => ({ kind, actor, reason: JSON.parse(String(body)).reason as unknown }));

test("who prepared a batch discards it: it is kept with who, when and why, and its months are paid by the next one", async () => {
  const first = await prepared();
  expect(first).toMatchObject({ lines: 2, discarded: null, preparedById: "a-finance-officer" });
  const given = await discard(first.id);
  expect(given.json).toMatchObject({
    state: "discarded",
    lines: 2,
    fen: 2 * 154_301,
    reconciles: true,
    discarded: { at: "2026-02-10T02:00:00.000Z", reason: "误选了月份", sentBack: false },
  });
  expect((await discard(first.id)).status).toBe(200);
  expect(await logged(first.id)).toEqual([
    { kind: "payment.prepare", actor: "a-finance-officer", reason: undefined },
    { kind: "payment.discard", actor: "a-finance-officer", reason: "误选了月份" },
  ]);
  expect((await release(first.id)).json).toMatchObject({ code: "PAY-STATE", detail: "The batch was discarded" });
  for (const path of ["bank.csv", "pain.001.xml"])
    expect((await desk.ask("financeOfficer", "GET", `/payments/${first.id}/${path}`)).json.code).toBe("PAY-STATE");
  const lines = (await desk.ask("auditor", "GET", `/payments/${first.id}/lines`)).json.lines as { state: string }[];
  expect(lines.map(({ state }) => state)).toEqual(["discarded", "discarded"]);
  expect((await desk.ask("auditor", "GET", `/payments/${first.id}/lines?state=waiting`)).json.lines).toEqual([]);
  // The person is shown no payment that will not come, and the case counts none.
  expect((await desk.ask("resident", "GET", "/my/payments")).json.payments).toEqual([]);

  // Batches of one moment stand in no order.
  desk.at("2026-02-10T02:00:01Z");
  const second = await prepared();
  expect(second).toMatchObject({ lines: 2, fen: 2 * 154_301 });
  expect((await release(second.id)).status).toBe(200);
  const sums = await desk.ask("auditor", "GET", `/reconciliation?month=${upTo()}`);
  expect(sums.json).toMatchObject({ batches: 1, lineFen: 2 * 154_301, reconciles: true });
  const listed = (await desk.ask("auditor", "GET", "/payments")).json.batches as BatchPage[];
  // Both were prepared in the same moment of the test's clock, so that either may come first.
  expect(new Map(listed.map(({ id, state }) => [id, state]))).toEqual(
    new Map([
      [first.id, "discarded"],
      [second.id, "released"],
    ]),
  );
});

test("another finance officer sends it back with a reason; nobody else does, and never without one", async () => {
  const { id } = await prepared();
  for (const who of ["clerk", "checker", "auditor", "resident"] as const)
    expect((await discard(id, who)).status).toBe(403);
  expect((await discard(id, null)).status).toBe(401);
  for (const reason of ["", "  ", null, "长".repeat(1001)])
    expect((await discard(id, "secondFinanceOfficer", reason)).status).toBe(400);
  const sent = await discard(id, "secondFinanceOfficer", "金额与名册不符");
  expect(sent.json).toMatchObject({ state: "discarded", discarded: { reason: "金额与名册不符", sentBack: true } });
  expect((await discard(id)).json.code).toBe("PAY-STATE");
  expect((await logged(id)).at(-1)).toEqual({
    kind: "payment.send-back",
    actor: "a-finance-officer-2",
    reason: "金额与名册不符",
  });
  expect((await discard("no-such-batch")).json.code).toBe("PAY-BATCH-UNKNOWN");
  const next = await prepared();
  expect((await release(next.id)).status).toBe(200);
});

test("what came back and whose second batch is discarded can be paid again", async () => {
  const { id } = await prepared();
  expect((await release(id)).status).toBe(200);
  const results = [{ n: 1, result: "returned", reason: "closed" }];
  expect((await desk.ask("financeOfficer", "POST", `/payments/${id}/results`, { results })).status).toBe(200);
  await account("PUT", "/payees", { person: "1", name: "王一", account: "6200000000000002" });
  const again = () => desk.ask("financeOfficer", "POST", `/payments/${id}/retry`);
  const first = (await again()).json as unknown as BatchPage;
  expect((await again()).json.code).toBe("PAY-BATCH-EMPTY");
  expect((await discard(first.id)).status).toBe(200);
  const second = await again();
  expect(second.json).toMatchObject({ lines: 1, fen: 154_301, state: "prepared" });
  expect((await release(String(second.json.id))).status).toBe(200);
});

test("of a release and a discard at once one wins, and the other is told", async () => {
  const outcomes: string[] = [];
  for (const releaseFirst of [true, false]) {
    const { id } = await prepared();
    const deeds = [() => release(id), () => discard(id)];
    const [one, other] = await Promise.all((releaseFirst ? deeds : deeds.toReversed()).map((deed) => deed()));
    expect([one?.status, other?.status].toSorted()).toEqual([200, 409]);
    const lost = one?.status === 409 ? one : other;
    expect(lost?.json.code).toBe("PAY-STATE");
    const { state } = (await desk.ask("auditor", "GET", `/payments/${id}`)).json;
    outcomes.push(String(state));
    expect(lost?.json.detail).toBe(`The batch was ${String(state)}`);
    month += 1;
    desk.at(`${upTo()}-10T02:00:00Z`);
  }
  expect(outcomes.every((state) => state === "released" || state === "discarded")).toBe(true);
});

test("the database holds it too: released stays released, discarded stays discarded, a line only follows its batch", async () => {
  const { database } = desk.cases;
  const kept = await prepared();
  await discard(kept.id);
  const paid = await prepared();
  await release(paid.id);
  const refused = (statement: ReturnType<typeof sql>, words: RegExp) =>
    expect(statement.execute(database)).rejects.toThrow(words);
  const given = sql`discarded = true, discarded_by = 'a', discarded_at = now(), discard_reason = 'x'`;
  await refused(sql`update payment_batch set ${given} where id = ${paid.id}`, /payment_discarded_not_released/);
  await refused(
    sql`update payment_batch set released_by = null, released_at = null, payer_name = null, payer_account = null,
      payer_bank = null, ${given} where id = ${paid.id}`,
    /PAYMENT-BATCH-STAYS/,
  );
  const revived = sql`discarded = false, discarded_by = null, discarded_at = null, discard_reason = null`;
  await refused(sql`update payment_batch set ${revived} where id = ${kept.id}`, /PAYMENT-BATCH-STAYS/);
  await refused(sql`update payment_line set discarded = true where batch = ${paid.id}`, /payment_line_batch_fkey/);
  await refused(sql`update payment_line set discarded = false where batch = ${kept.id}`, /JOURNAL-ONLY-ADDED-TO/);
  await refused(sql`update payment_line set fen = 1 where batch = ${paid.id}`, /JOURNAL-ONLY-ADDED-TO/);
  await refused(sql`delete from payment_line where batch = ${kept.id}`, /JOURNAL-ONLY-ADDED-TO/);
  // A month that a batch holds is still paid once.
  await refused(
    sql`insert into payment_line select batch, 99, case_id, person, month, fen, name, account, null, null
      from payment_line where batch = ${paid.id} limit 1`,
    /payment_line_once/,
  );
  desk.at("2026-12-10T02:00:00Z");
  month = 12;
  const open = await prepared();
  const half = sql`update payment_batch set discarded = true, discarded_by = 'a' where id = ${open.id}`;
  await refused(half, /payment_discarded_whole/);
});
