import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ActorName, allowance, type CaseDesk, caseDesk, seniorFacts } from "../../../testing/case-desk.ts";
import { caseWork } from "../../../testing/case-work.ts";
import type { CasePage } from "../../cases/index.ts";
import type { BatchPage } from "../model.ts";
import { financeRoutes } from "../routes.ts";
import { clawBackRoutes } from "./routes.ts";
import { inProportion } from "./wrongly-paid.ts";

let desk: CaseDesk;
/** What the registers hold of person 9: hukou outside the city. */
const elsewhere = { ...seniorFacts(), persons: { p1: { ...seniorFacts().persons.p1, hukouArea: "cn-3301" } } };
beforeAll(async () => {
  desk = await caseDesk({
    more: (cases) => [financeRoutes(cases), clawBackRoutes(cases)],
    register: async (person) => (person === "9" ? { facts: elsewhere, date: "2026-03-01" } : undefined),
  });
}, 120_000);
afterAll(() => desk.close());

const { act, read, keep, granted } = caseWork(() => desk);

/** The allowance of somebody of 70, 150 yuan a month, paid from January to March 2026 and credited. */
async function paidAllowance(person: string): Promise<CasePage> {
  desk.at("2026-01-05T02:00:00Z");
  let page = await granted({ person });
  page = await act("clerk", page, { kind: "deliver", method: "in-person", day: "2026-01-05" });
  desk.at("2026-03-10T02:00:00Z");
  await keep("/payees", { person, name: `甲${person}`, account: `62000000000000${person}0` });
  const body = { list: "cn-3199", item: allowance, month: "2026-03", area: "cn-319901" };
  const batch = (await desk.ask("financeOfficer", "POST", "/payments", body)).json as unknown as BatchPage;
  const payer = { name: "某区财政专户", account: "31000000000000000001", bank: "102100099996" };
  await keep("/payers/cn-319901", payer);
  await desk.ask("secondFinanceOfficer", "POST", `/payments/${batch.id}/release`);
  const results = Array.from({ length: batch.lines }, (_, at) => ({ n: at + 1, result: "paid" }));
  const booked = await desk.ask("financeOfficer", "POST", `/payments/${batch.id}/results`, { results });
  expect(booked.status, booked.text).toBe(200);
  return read(page.id);
}

const totals = async () =>
  (await desk.ask("financeOfficer", "GET", "/claw-backs")).json as {
    figures: Record<string, number> & { reconciles: boolean };
    returned: { claimedFen: number; returnedFen: number }[];
  };
const claim = (body: Record<string, unknown>, actor: ActorName | null = "clerk", key?: string) =>
  desk.ask(actor, "POST", "/claw-backs", { text: "核查发现", ...body }, key);

describe("money claimed back, from the finding to the last fen", () => {
  let source: CasePage;
  let back: CasePage;
  /** 150 yuan a month for three months (沪府发〔2016〕24号). */
  const whole = 3 * 150_00;

  test("facts turn out otherwise: the rules are asked again, and every payment that was too much is named", async () => {
    source = await paidAllowance("1");
    const holder = source.facts[0]?.of;
    const corrections = [{ of: holder, fact: "hukouArea", value: "cn-3301" }];
    const body = { ground: "facts-corrected", case: source.id, from: "2026-01", corrections };
    const preview = await desk.ask("clerk", "POST", "/claw-backs/preview", { ...body, text: "户籍已迁出" });
    expect(preview.json, preview.text).toMatchObject({ fen: whole, rule: { outcome: "not" } });
    const later = await desk.ask("clerk", "POST", "/claw-backs/preview", { ...body, from: "2026-03", text: "x" });
    expect(later.json).toMatchObject({ fen: 150_00, lines: [{ month: "2026-03", paidFen: 150_00, dueFen: 0 }] });
    const opened = await claim({ ...body, text: "户籍已迁出" }, "clerk", "claim-one");
    expect(opened.status, opened.text).toBe(201);
    expect((await claim({ ...body, text: "户籍已迁出" }, "clerk", "claim-one")).json.id).toBe(opened.json.id);
    back = await read(String(opened.json.id));
    expect(back).toMatchObject({ kind: "claw-back", stage: "handling", related: [source.id] });
    expect(back.clawBack?.lines.map(({ month }) => month)).toEqual(["2026-01", "2026-02", "2026-03"]);
    // By the rulebook that the first case pinned, with the corrected fact.
    expect(back.pinned.rulebookHash).toBe(source.pinned.rulebookHash);
    expect(back.facts.find(({ fact }) => fact === "hukouArea")).toMatchObject({ value: "cn-3301" });
    // 90 days from the opening.
    expect(back.clocks.find(({ code }) => code === "total")).toMatchObject({
      due: { due: "2026-06-08" },
      reference: true,
    });
  });

  test("the same payments are not claimed twice, also by two at once and past the program", async () => {
    const body = { ground: "run", case: source.id, from: "2026-01" };
    expect((await claim(body)).json.code).toBe("CASE-UNDETERMINED");
    expect((await claim({ ground: "decision-changed", case: source.id })).json.code).toBe("PAY-NOT-OVERPAID");
    const ninth = await paidAllowance("9");
    const both = await Promise.all([1, 2].map(() => claim({ ground: "run", case: ninth.id, from: "2026-02" })));
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect(both.find(({ status }) => status === 409)?.json.code).toBe("PAY-NOT-OVERPAID");
    const changed = sql`update claw_back set fen = 1`.execute(desk.cases.database);
    await expect(changed).rejects.toThrow(/JOURNAL-ONLY-ADDED-TO/);
  });

  test("nobody is made to repay before they are told, and heard where they ask", async () => {
    const repay = { kind: "propose", outcome: "repay" };
    expect((await act("clerk", back, repay, 409)).code).toBe("CASE-DEED-WRONG");
    const notice = { kind: "give-notice", text: "户籍已迁出本市", method: "in-person", day: "2026-03-10" };
    back = await act("clerk", back, notice);
    // Five working days after Tuesday 10 March 2026.
    expect(back.clawBack?.notice?.until).toBe("2026-03-17");
    const letter = await desk.ask("resident", "GET", `/claw-backs/${back.id}/notice?language=en`);
    expect(letter.text).toContain("Until 2026-03-17 you may state your case");
    expect(letter.text).toContain("2026-02: paid ¥150.00, due ¥0.00");
    desk.at("2026-03-17T02:00:00Z");
    expect((await act("clerk", back, repay, 409)).code).toBe("CASE-DEED-WRONG");
    // The statement is the person's own: a neighbour cannot make it, nor does the claimant withdraw for them.
    await act("neighbour", back, { kind: "state-defence", text: "x", hearing: false }, 403);
    expect(back.mayDo).not.toContain("withdraw");
    expect((await act("clerk", back, { kind: "finish-step", step: "statement" }, 409)).code).toBe("CASE-DEED-CLOSED");
    back = await act("resident", back, { kind: "state-defence", text: "我二月才迁出", hearing: true });
    expect(back.clocks.find(({ code }) => code === "hearing")?.status).toBe("running");
    expect((await act("clerk", back, repay, 409)).code).toBe("CASE-DEED-WRONG");
    // Seven working days ahead: Thursday 26 March at the earliest.
    const call = (on: string) => ({ kind: "call-hearing", on, place: "二楼听证室" });
    expect((await act("clerk", back, call("2026-03-25"), 409)).code).toBe("CASE-DEED-WRONG");
    back = await act("clerk", back, call("2026-03-26"));
    const hold = { kind: "hold-hearing", attended: true, text: "当事人提交了二月的迁移证" };
    expect((await act("checker", back, hold, 409)).code).toBe("CASE-DEED-WRONG");
    desk.at("2026-03-26T06:00:00Z");
    // Who brought the claim does not preside.
    await act("clerk", back, hold, 403);
    back = await act("checker", back, hold);
    expect(back.steps.find(({ code }) => code === "hearing")?.state).toBe("done");
  });

  test("a second person decides, less than was claimed with its reason, never more", async () => {
    const less = { kind: "propose", outcome: "repay", fen: 300_00 };
    expect((await act("clerk", back, less, 400)).code).toBe("CASE-REASON-MISSING");
    const more = { kind: "propose", outcome: "repay", fen: whole + 1, text: "x" };
    expect((await act("clerk", back, more, 409)).code).toBe("CASE-DEED-WRONG");
    const reason = { ...less, text: "一月仍在本市,不追回" };
    expect((await act("clerk", back, { ...reason, kind: "decide" }, 409)).code).toBe("CASE-SECOND-PERSON");
    back = await act("clerk", back, reason);
    back = await act("checker", back, { ...reason, kind: "decide" });
    back = await act("clerk", back, { kind: "deliver", method: "in-person", day: "2026-03-26" });
    // Fifteen days from service.
    expect(back.clocks.find(({ code }) => code === "repayment")).toMatchObject({ due: { due: "2026-04-10" } });
    expect(back.clawBack).toMatchObject({ owedFen: 300_00 });
    const letter = await desk.ask("resident", "GET", `/cases/${back.id}/letter`);
    expect(letter.text).toContain("应予退回");
    expect(letter.text).toContain("金额：300.00 元");
  });

  test("a plan takes the place of the term; what comes in is booked, and adds up to the fen with who gets it", async () => {
    const plan = (fens: readonly number[]) => ({
      kind: "plan-repayment",
      text: "一次退回有困难",
      instalments: fens.map((fen, at) => ({ due: `2026-0${at + 4}-20`, fen })),
    });
    expect((await act("clerk", back, plan([100_00, 199_99]), 409)).code).toBe("CASE-DEED-WRONG");
    back = await act("clerk", back, plan([100_01, 199_99]));
    expect(back).toMatchObject({ due: "2026-04-20" });
    expect(back.mayDo).not.toContain("close");
    back = await act("clerk", back, { kind: "repay", fen: 100_01, method: "cash" });
    expect(back.clawBack?.plan?.instalments.map(({ state }) => state)).toEqual(["paid", "due"]);
    expect(back).toMatchObject({ due: "2026-05-20" });
    const sums = await totals();
    expect(sums.figures).toMatchObject({ repaidFen: 100_01, owedFen: 199_99, decidedFen: 300_00, reconciles: true });
    // 450 yuan given up to 300; the other claim of two months stands open.
    expect(sums.figures).toMatchObject({ claimedFen: whole + 300_00, droppedFen: 150_00, openFen: 300_00 });
    expect(sums.returned.reduce((sum, { returnedFen }) => sum + returnedFen, 0)).toBe(100_01);
    desk.at("2026-05-21T02:00:00Z");
    expect((await read(back.id)).clawBack?.plan?.instalments.map(({ state }) => state)).toEqual(["paid", "late"]);
    expect((await read(back.id)).clock).toBe("breached");
    expect((await act("clerk", back, { kind: "repay", fen: 200_00, method: "cash" }, 409)).code).toBe(
      "CASE-DEED-WRONG",
    );
    back = await act("clerk", back, { kind: "repay", fen: 199_99, method: "instalment" });
    expect(back.clawBack).toMatchObject({ owedFen: 0 });
    back = await act("clerk", back, { kind: "close" });
    expect(back.stage).toBe("closed");
    expect((await totals()).figures).toMatchObject({ repaidFen: 300_00, owedFen: 0, reconciles: true });
  });

  test("an appeal that is upheld after payment leads to a claim by the case's own new decision", async () => {
    let third = await paidAllowance("3");
    expect((await claim({ ground: "decision-changed", case: third.id })).json.code).toBe("PAY-NOT-OVERPAID");
    third = await act("clerk", third, { kind: "appeal", route: "re-examination", ground: "邻居反映其户籍不在本市" });
    third = await act("secondClerk", third, { kind: "settle-appeal", appeal: 1, outcome: "revoked", text: "查实" });
    expect((await claim({ ground: "decision-changed", case: third.id })).json.code).toBe("PAY-CASE-OPEN");
    const reject = { outcome: "reject", text: "户籍不在本市" };
    third = await act("clerk", third, { kind: "propose", ...reject });
    third = await act("checker", third, { kind: "decide", ...reject });
    const answer = await claim({ ground: "decision-changed", case: third.id });
    expect(answer.status, answer.text).toBe(201);
    const paid = (await desk.ask("clerk", "GET", `/cases/${third.id}/paid`)).json;
    expect(paid).toMatchObject({ paidFen: whole, overpaidFen: 0, clawBacks: [{ id: answer.json.id, fen: whole }] });
    // Found to be no overpayment after all: given up, and the payments can be claimed again.
    const given = await read(String(answer.json.id));
    await act("clerk", given, { kind: "terminate", text: "原决定有误" });
    expect((await totals()).figures).toMatchObject({ droppedFen: 150_00 + whole, reconciles: true });
    expect((await desk.ask("clerk", "GET", `/cases/${third.id}/paid`)).json).toMatchObject({ overpaidFen: whole });
  });

  test("is for the clerks of the desk: nobody claims of their own case, a finance officer follows", async () => {
    const body = { ground: "decision-changed", case: source.id };
    for (const actor of ["resident", "neighbour", "financeOfficer", "checker", "elsewhere"] as const)
      expect((await claim(body, actor)).status, actor).toBe(403);
    expect((await claim(body, null)).status).toBe(401);
    expect((await desk.ask("resident", "GET", "/claw-backs")).status).toBe(403);
    expect((await desk.ask("neighbour", "GET", `/cases/${source.id}/paid`)).status).toBe(403);
    expect((await desk.ask("neighbour", "GET", `/claw-backs/${back.id}/notice`)).status).toBe(403);
  });
});

test("money goes back in proportion, in whole fen that sum to it", () => {
  // Largest remainder of 100 over 1:1:1 is 34, 33, 33.
  expect(inProportion(100, [1, 1, 1])).toEqual([34, 33, 33]);
  expect(inProportion(7, [77_150, 77_151])).toEqual([3, 4]);
  expect(inProportion(0, [5])).toEqual([0]);
  expect(inProportion(5, [0, 0])).toEqual([0, 0]);
  // Beyond the exact integers of floating point.
  expect(inProportion(9_007_199_254_740_991, [1, 1]).reduce((sum, part) => sum + BigInt(part), 0n)).toBe(
    9_007_199_254_740_991n,
  );
});
