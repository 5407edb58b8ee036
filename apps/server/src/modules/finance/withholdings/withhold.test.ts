import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allowance, type CaseDesk, caseDesk } from "../../../testing/case-desk.ts";
import { caseWork } from "../../../testing/case-work.ts";
import type { CasePage } from "../../cases/index.ts";
import { clawBackRoutes } from "../claw-backs/routes.ts";
import type { BatchPage } from "../model.ts";
import { financeRoutes } from "../routes.ts";

let desk: CaseDesk;
beforeAll(async () => {
  desk = await caseDesk({ more: (cases) => [financeRoutes(cases), clawBackRoutes(cases)] });
}, 120_000);
afterAll(() => desk.close());

const pension = "cn-31.residents-pension";

const { act, read, keep, granted } = caseWork(() => desk);

async function prepared(month: string, item = allowance): Promise<BatchPage> {
  const body = { list: "cn-3199", item, month, area: "cn-319901" };
  const answer = await desk.ask("financeOfficer", "POST", "/payments", body);
  expect(answer.status, answer.text).toBe(201);
  return answer.json as unknown as BatchPage;
}
const release = (id: string) => desk.ask("secondFinanceOfficer", "POST", `/payments/${id}/release`);
const book = (id: string, results: readonly object[]) =>
  desk.ask("financeOfficer", "POST", `/payments/${id}/results`, { results });
const page = async (id: string) => (await desk.ask("auditor", "GET", `/payments/${id}`)).json as unknown as BatchPage;
const totals = async () =>
  (await desk.ask("financeOfficer", "GET", "/claw-backs")).json as {
    figures: Record<string, number | boolean>;
    returned: { returnedFen: number }[];
  };
const returnedFen = async () => (await totals()).returned.reduce((sum, one) => sum + one.returnedFen, 0);

let source: CasePage;
let back: CasePage;
/** 150 yuan a month (沪府发〔2016〕24号); the claim is for January to March. */
const owed = 450_00;
const agree = (more: Record<string, unknown>) => ({
  kind: "agree-offset",
  fen: owed,
  mostPercent: 50,
  payments: "same-item",
  from: "2026-04",
  text: "本人书面同意,难以一次退回",
  ...more,
});

describe("an offset agreed for money claimed back", () => {
  test("is agreed for later payments within what is owed, by a clerk, and replaces the general term", async () => {
    desk.at("2026-01-05T02:00:00Z");
    source = await granted();
    desk.at("2026-03-10T02:00:00Z");
    await keep("/payees", { person: "1", name: "王一", account: "6200000000000001" });
    await keep("/payers/cn-319901", { name: "某区财政专户", account: "31000000000000000001", bank: "102100099996" });
    const batch = await prepared("2026-03");
    await release(batch.id);
    await book(
      batch.id,
      [1, 2, 3].map((n) => ({ n, result: "paid" })),
    );
    const corrections = [{ of: source.facts[0]?.of, fact: "hukouArea", value: "cn-3301" }];
    const claim = { ground: "facts-corrected", case: source.id, from: "2026-01", text: "户籍已迁出", corrections };
    const opened = await desk.ask("clerk", "POST", "/claw-backs", claim);
    expect(opened.status, opened.text).toBe(201);
    back = await read(String(opened.json.id));
    // Nothing is withheld before the person was heard and it was decided.
    expect((await act("clerk", back, agree({}), 409)).code).toBe("CASE-DEED-CLOSED");
    back = await act("clerk", back, { kind: "give-notice", text: "x", method: "in-person", day: "2026-03-10" });
    back = await act("resident", back, { kind: "state-defence", text: "没有异议", hearing: false });
    desk.at("2026-03-18T02:00:00Z");
    back = await act("clerk", back, { kind: "propose", outcome: "repay" });
    back = await act("checker", back, { kind: "decide", outcome: "repay" });
    back = await act("clerk", back, { kind: "deliver", method: "in-person", day: "2026-03-18" });
    expect(back.clocks.find(({ code }) => code === "repayment")?.status).toBe("running");

    const repay = { kind: "repay", fen: 1, method: "offset" };
    expect((await act("clerk", back, repay, 400)).code).toBe("API-REQUEST-INVALID");
    expect((await act("clerk", back, agree({ mostPercent: 101 }), 400)).code).toBe("API-REQUEST-INVALID");
    expect((await act("clerk", back, agree({ mostPercent: undefined }), 400)).code).toBe("API-REQUEST-INVALID");
    expect((await act("clerk", back, agree({ fen: owed + 1 }), 409)).code).toBe("CASE-DEED-WRONG");
    expect((await act("clerk", back, agree({ from: "2026-02" }), 409)).code).toBe("CASE-DEED-WRONG");
    await act("resident", back, agree({}), 403);
    back = await act("clerk", back, agree({}));
    expect(back.clawBack?.offset).toMatchObject({ fen: owed, withheldFen: 0, leftFen: owed, ended: null });
    expect(back.clocks.find(({ code }) => code === "repayment")?.ended).toBe("2026-03-18");
    const none = await desk.ask("resident", "GET", `/claw-backs/${back.id}/offset-notice?language=en`);
    expect(none.text).toContain("Nothing yet.");
    expect(none.text).toContain("Of each payment at most 50 %");
    expect(none.text).toContain("art. 46");
  });

  test("is set aside when a batch is prepared and counts as returned only once the batch is released", async () => {
    desk.at("2026-04-10T02:00:00Z");
    const first = await prepared("2026-04");
    expect(first).toMatchObject({ fen: 150_00, withheldFen: 75_00, bankFen: 75_00, reconciles: true });
    expect(await returnedFen()).toBe(0);
    expect((await read(back.id)).clawBack).toMatchObject({ owedFen: owed, withheldFen: 0 });
    // Discarded, its months and what it set aside are free again; the claim's journal never heard of it.
    const discard = { reason: "误编" };
    expect((await desk.ask("secondFinanceOfficer", "POST", `/payments/${first.id}/discard`, discard)).status).toBe(200);
    expect((await read(back.id)).seq).toBe(back.seq);

    const second = await prepared("2026-04");
    expect(second).toMatchObject({ withheldFen: 75_00 });
    const released = await release(second.id);
    expect(released.json, released.text).toMatchObject({ state: "released", withheldFen: 75_00, undoneFen: 0 });
    const again = await release(second.id);
    expect(again.status).toBe(200);
    back = await read(back.id);
    expect(back.clawBack).toMatchObject({
      owedFen: owed - 75_00,
      withheldFen: 75_00,
      repaidFen: 75_00,
      withholdings: [{ batch: second.id, n: 1, case: source.id, month: "2026-04", fen: 75_00, undone: null }],
    });
    expect(back.journal.at(-1)).toMatchObject({ kind: "withhold", by: { kind: "system" }, body: { batch: second.id } });
    expect(await returnedFen()).toBe(75_00);
    expect((await totals()).figures).toMatchObject({ withheldFen: 75_00, repaidFen: 75_00, reconciles: true });

    const csv = (await desk.ask("financeOfficer", "GET", `/payments/${second.id}/bank.csv`)).text.split("\r\n");
    expect(csv[1]).toBe(
      `1,王一,6200000000000001,75.00,2026-04,某区财政专户,31000000000000000001,102100099996,150.00,75.00,${back.number}`,
    );
    const lines = (await desk.ask("auditor", "GET", `/payments/${second.id}/lines`)).json.lines;
    const withholding = { clawBack: back.id, number: back.number, fen: 75_00, owedFen: owed - 75_00 };
    expect(lines).toMatchObject([{ fen: 150_00, withholdings: [withholding], state: "waiting" }]);
    const own = (await desk.ask("resident", "GET", "/my/payments")).json.payments as object[];
    expect(own[0]).toMatchObject({ month: "2026-04", fen: 150_00, withholdings: [withholding], state: "waiting" });
    const notice = await desk.ask("resident", "GET", `/claw-backs/${back.id}/offset-notice`);
    expect(notice.text).toContain("抵扣 75.00 元");
    expect(notice.text).toContain("尚欠 375.00 元，其中按约定还可抵扣 375.00 元");
    expect((await desk.ask("neighbour", "GET", `/claw-backs/${back.id}/offset-notice`)).status).toBe(403);

    const returned = [{ n: 1, result: "returned", reason: "closed" }];
    expect((await book(second.id, returned)).json).toMatchObject({
      withheldFen: 0,
      undoneFen: 75_00,
      reconciles: true,
    });
    back = await read(back.id);
    expect(back.clawBack).toMatchObject({ owedFen: owed, withheldFen: 0, repaidFen: 0 });
    expect(back.clawBack?.withholdings).toMatchObject([{ undone: "2026-04-10" }]);
    expect(back.journal.at(-1)?.kind).toBe("undo-withholding");
    expect(await returnedFen()).toBe(0);
    const undone = await desk.ask("resident", "GET", `/claw-backs/${back.id}/offset-notice?language=en`);
    expect(undone.text).toContain("undone on 2026-04-10, when the bank sent that payment back");

    await keep("/payees", { person: "1", name: "王一", account: "6200000000000002" });
    const retried = await desk.ask("financeOfficer", "POST", `/payments/${second.id}/retry`);
    expect(retried.json, retried.text).toMatchObject({ fen: 150_00, withheldFen: 75_00, bankFen: 75_00 });
    await release(String(retried.json.id));
    await book(String(retried.json.id), [{ n: 1, result: "paid" }]);
    expect(await returnedFen()).toBe(75_00);
    const month = (await desk.ask("auditor", "GET", "/reconciliation?month=2026-04")).json;
    expect(month).toMatchObject({ paidFen: 75_00, returnedFen: 75_00, withheldFen: 75_00, undoneFen: 75_00 });
    expect(month.reconciles).toBe(true);
  });

  test("a claim repaid meanwhile stops the release, with what would be right", async () => {
    desk.at("2026-05-10T02:00:00Z");
    const batch = await prepared("2026-05");
    expect(batch.withheldFen).toBe(75_00);
    back = await act("clerk", await read(back.id), { kind: "repay", fen: owed - 75_00 - 10_00, method: "cash" });
    const late = await release(batch.id);
    expect(late.status).toBe(409);
    expect(late.json).toMatchObject({
      code: "PAY-WITHHOLDING-LATE",
      detail: expect.stringMatching(/1000 fen.*7500 fen/),
    });
    expect((await page(batch.id)).state).toBe("prepared");
    await desk.ask("financeOfficer", "POST", `/payments/${batch.id}/discard`, { reason: "欠款已变" });
    // No more than is owed, and closed once the last fen was withheld; the bank's return opens it again.
    const next = await prepared("2026-05");
    expect(next).toMatchObject({ withheldFen: 10_00, bankFen: 140_00 });
    await release(next.id);
    back = await act("clerk", await read(back.id), { kind: "close" });
    expect(back.stage).toBe("closed");
    await book(next.id, [{ n: 1, result: "returned", reason: "dormant" }]);
    back = await read(back.id);
    expect(back).toMatchObject({ stage: "decided", clawBack: { owedFen: 10_00 } });
    expect(back.mayDo).not.toContain("close");
    expect((await totals()).figures).toMatchObject({ owedFen: 10_00, reconciles: true });
  });

  test("every benefit where that was agreed, two batches at once never twice, and whole payments do not go to the bank", async () => {
    desk.at("2026-06-10T02:00:00Z");
    const other = await granted({ item: pension, decision: { fen: 8_00, from: "2026-06-01", text: "按档案核定" } });
    back = await act("clerk", back, agree({ fen: 10_00, mostPercent: 100, payments: "any-item", from: "2026-06" }));
    const [small, large] = await Promise.all([prepared("2026-06", pension), prepared("2026-06")]);
    expect(small.withheldFen + large.withheldFen).toBe(10_00);
    await desk.ask("financeOfficer", "POST", `/payments/${large.id}/discard`, { reason: "先发养老金" });
    await desk.ask("financeOfficer", "POST", `/payments/${small.id}/discard`, { reason: "先发养老金" });

    const whole = await prepared("2026-06", pension);
    expect(whole).toMatchObject({ fen: 8_00, withheldFen: 8_00, bankFen: 0 });
    expect((await release(whole.id)).json).toMatchObject({ state: "settled", results: { withheld: 1, waiting: 0 } });
    for (const path of ["bank.csv", "pain.001.xml"]) {
      const file = await desk.ask("financeOfficer", "GET", `/payments/${whole.id}/${path}`);
      expect([file.status, file.json.code]).toEqual([409, "PAY-NOTHING-TO-BANK"]);
    }
    expect((await book(whole.id, [{ n: 1, result: "paid" }])).json.code).toBe("PAY-LINE-WITHHELD");
    const own = (await desk.ask("resident", "GET", "/my/payments")).json.payments as { case: string; state: string }[];
    expect(own.find((one) => one.case === other.id)?.state).toBe("withheld");
    const paid = (await desk.ask("clerk", "GET", `/cases/${other.id}/paid`)).json;
    expect(paid).toMatchObject({ months: [{ month: "2026-06", paidFen: 8_00, withheldFen: 8_00, state: "paid" }] });

    back = await act("clerk", await read(back.id), { kind: "end-offset", text: "生活困难" });
    expect(back.clawBack?.offset).toMatchObject({ ended: "2026-06-10", leftFen: 0 });
    expect(back.mayDo).not.toContain("end-offset");
    expect(await prepared("2026-06")).toMatchObject({ withheldFen: 0 });
    expect((await totals()).figures).toMatchObject({ owedFen: 2_00, reconciles: true });
  });

  test("stands by the database's own word", async () => {
    const { database } = desk.cases;
    await expect(sql`update payment_withholding set fen = 1`.execute(database)).rejects.toThrow(
      /JOURNAL-ONLY-ADDED-TO/,
    );
    const tooMuch = sql`
      insert into payment_withholding (batch, n, claw_back, agreement, fen)
      select line.batch, line.n, ${back.id}, 1, line.fen + 1 from payment_line line
      where not exists (select 1 from payment_withholding held where held.batch = line.batch and held.n = line.n) limit 1`;
    await expect(tooMuch.execute(database)).rejects.toThrow(/PAYMENT-WITHHELD-TOO-MUCH/);
  });
});
