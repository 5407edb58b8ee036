import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { validateXML } from "xmllint-wasm";
import { type Answer, type CaseDesk, caseDesk, seniorFacts } from "../../testing/case-desk.ts";
import type { CasePage } from "../cases/index.ts";
import { bankCsv, pain001 } from "./bank-file.ts";
import { type BatchPage, payeeRequest, type Reconciliation } from "./model.ts";
import { payableMonths } from "./payable.ts";
import { makeDemoPayer } from "./payers.ts";
import { financeRoutes } from "./routes.ts";
import { pain001Schema } from "./testing/pain001.ts";

let desk: CaseDesk;
beforeAll(async () => {
  desk = await caseDesk({ more: (cases) => [financeRoutes(cases)] });
}, 120_000);
afterAll(() => desk.close());

const pension = "cn-31.residents-pension";

/** A pension that a clerk set at so many fen a month from January 2026, confirmed by a second person. */
async function granted(person: string, fen: number, item = pension): Promise<CasePage> {
  desk.at("2026-01-05T02:00:00Z");
  const request = { list: "cn-3199", item, channel: "window", person, area: "cn-319901", facts: seniorFacts() };
  const opened = await desk.ask("clerk", "POST", "/cases", request);
  expect(opened.status, opened.text).toBe(201);
  let page = opened.json as unknown as CasePage;
  const act = async (actor: "clerk" | "checker", action: unknown) => {
    const answer = await desk.ask(actor, "POST", `/cases/${page.id}/actions`, {
      seq: page.seq,
      channel: "window",
      action,
    });
    expect(answer.status, answer.text).toBe(200);
    page = answer.json as unknown as CasePage;
  };
  const decision = { outcome: "grant", fen, from: "2026-01-01", text: "按档案核定" };
  await act("clerk", { kind: "accept" });
  await act("clerk", { kind: "propose", ...decision });
  await act("checker", { kind: "decide", ...decision });
  desk.at("2026-02-10T02:00:00Z");
  return page;
}

/** What one finance officer asks and another confirms; a refusal as it is told. */
async function confirmed(asking: Promise<Answer>): Promise<Answer> {
  const asked = await asking;
  return asked.status === 200
    ? desk.ask("secondFinanceOfficer", "POST", `/account-changes/${asked.json.id}/confirm`)
    : asked;
}
const payee = (person: string, account: string) =>
  confirmed(desk.ask("financeOfficer", "PUT", "/payees", { person, name: `王 & 李 ${person}`, account }));
const prepare = (month: string, key?: string) =>
  desk.ask("financeOfficer", "POST", "/payments", { list: "cn-3199", item: pension, month }, key);
const payer = { name: "清单市财政局 & 专户", account: "31000000000000000001", bank: "102100099996" };
const keepPayer = (
  body: unknown = payer,
  area = "cn-3199",
  actor: "financeOfficer" | "clerk" | "auditor" = "financeOfficer",
) => confirmed(desk.ask(actor, "PUT", `/payers/${area}`, body));
const batch = (answer: { json: unknown }) => answer.json as BatchPage;

/** What the schema of pain.001.001.09 has against a file. */
async function refusals(contents: string): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: { fileName: "batch.xml", contents },
    schema: { fileName: "pain.xsd", contents: pain001Schema },
  });
  return errors.map(({ message }) => message);
}

describe("a batch from preparing to what comes back", () => {
  let first: BatchPage;

  test("holds every month that is due, split between payers to the fen, and counts whom it leaves out", async () => {
    for (const [person, fen] of [
      ["1", 154_301],
      ["2", 110_000],
      ["3", 99_999],
    ] as const)
      await granted(person, fen);
    await payee("1", "6200000000000001");
    await payee("2", "6200000000000002");
    const answer = await prepare("2026-02", "batch-one");
    expect(answer.status, answer.text).toBe(201);
    first = batch(answer);
    // Persons 1 and 2, January and February; person 3 has no account.
    expect(first).toMatchObject({
      state: "prepared",
      lines: 4,
      fen: 2 * (154_301 + 110_000),
      leftOut: [{ reason: "no-payee", cases: 1 }],
      reconciles: true,
    });
    // City and district bear half each; the city's half is rounded down: 77,150 of 154,301 fen.
    expect(first.shares).toEqual([
      { payer: "city", area: "cn-3199", fen: 2 * (77_150 + 55_000), lines: 4 },
      { payer: "county", area: "cn-319901", fen: 2 * (77_151 + 55_000), lines: 4 },
    ]);
    expect(batch(await prepare("2026-02", "batch-one")).id).toBe(first.id);
    // The one who was left out is told by name, to those who may write down an account.
    const missing = `/payees/missing?list=cn-3199&item=${pension}`;
    expect((await desk.ask("financeOfficer", "GET", missing)).json).toMatchObject({
      cases: [{ person: "3" }],
      after: null,
    });
    expect((await desk.ask("clerk", "GET", missing)).status).toBe(403);
  });

  test("the same month is never paid twice, also past the program", async () => {
    const again = await prepare("2026-02");
    expect(again.json).toMatchObject({ code: "PAY-BATCH-EMPTY", detail: expect.stringContaining("paid-already 2") });
    const { database } = desk.cases;
    const twice = sql`insert into payment_line select id, 9, case_id, person, line.month, line.fen, name, account, null, null
      from payment_line line, payment_batch where line.n = 1 limit 1`;
    await expect(twice.execute(database)).rejects.toThrow(/payment_line_once/);
    await expect(sql`update payment_line set fen = 1`.execute(database)).rejects.toThrow(/JOURNAL-ONLY-ADDED-TO/);
  });

  test("is released by another person than who prepared it, and only then is there a bank file", async () => {
    expect((await desk.ask("financeOfficer", "GET", `/payments/${first.id}/bank.csv`)).json.code).toBe("PAY-STATE");
    expect((await desk.ask("financeOfficer", "POST", `/payments/${first.id}/release`)).status).toBe(403);
    const itself = sql`update payment_batch set released_by = prepared_by, released_at = now()`;
    await expect(itself.execute(desk.cases.database)).rejects.toThrow(/four_eyes/);
    const release = () => desk.ask("secondFinanceOfficer", "POST", `/payments/${first.id}/release`);
    // Nobody wrote down from which account the city pays: what is missing, and where it goes.
    const refused = await release();
    expect(refused.json).toMatchObject({
      code: "PAY-PAYER-UNKNOWN",
      detail: expect.stringMatching(/cn-3199.*Payments/),
    });
    expect(refused.status).toBe(409);
    expect((await keepPayer()).status).toBe(200);
    const released = batch(await release());
    expect(released).toMatchObject({ state: "released", payer });
    const bare = sql`update payment_batch set payer_account = null`;
    await expect(bare.execute(desk.cases.database)).rejects.toThrow(/released_with_payer/);
    const csv = (await desk.ask("financeOfficer", "GET", `/payments/${first.id}/bank.csv`)).text;
    expect(csv.split("\r\n")).toHaveLength(7);
    expect(csv).toContain("合计,4,,5286.02,,,,,5286.02,0.00,");
    expect(csv.split("\r\n")[1]).toMatch(/,清单市财政局 & 专户,31000000000000000001,102100099996,\d+\.\d\d,0\.00,$/);
    const xml = (await desk.ask("financeOfficer", "GET", `/payments/${first.id}/pain.001.xml`)).text;
    expect(await refusals(xml)).toEqual([]);
    expect(xml).toContain("<CtrlSum>5286.02</CtrlSum>");
    expect(xml).toContain("王 &amp; 李");
    expect(xml).toContain("<Dbtr><Nm>清单市财政局 &amp; 专户</Nm></Dbtr>");
    expect(xml).toContain("<DbtrAcct><Id><Othr><Id>31000000000000000001</Id></Othr></Id></DbtrAcct>");
    expect(xml).toContain("<Cd>CNAPS</Cd></ClrSysId><MmbId>102100099996</MmbId>");
    // Each payee reads which month was paid: two persons, January and February.
    const months = [...xml.matchAll(/<Ustrd>.* (\S+)<\/Ustrd>/g)].map(([, month]) => month);
    expect(months.sort()).toEqual(["2026-01", "2026-01", "2026-02", "2026-02"]);
  });

  test("another account to pay from counts for batches to come, and leaves an old file as it was", async () => {
    const files = () =>
      Promise.all(
        ["bank.csv", "pain.001.xml"].map(
          async (name) => (await desk.ask("financeOfficer", "GET", `/payments/${first.id}/${name}`)).text,
        ),
      );
    const before = await files();
    const other = { name: "新账户", account: "31000000000000000002", bank: "ICBKCNBJSHI" };
    expect((await keepPayer(other)).json).toMatchObject({ of: "cn-3199", ...other, answer: "confirmed" });
    expect(await files()).toEqual(before);
    const read = await desk.ask("auditor", "GET", "/payers");
    expect(read.json).toMatchObject({ payers: [{ area: "cn-3199", ...other }], after: null });
    const lines = await desk.cases.database
      .selectFrom("audit_line")
      .select(["subject", "body", "actor"])
      .where("kind", "=", "payment.payer.confirm")
      .orderBy("id")
      .execute();
    expect(lines.map(({ body }) => JSON.parse(String(body)).account)).toEqual([payer.account, other.account]);
    expect(lines[0]).toMatchObject({ subject: "area:cn-3199", actor: "a-finance-officer-2" });
  });

  test("what comes back is paid again once there is another account, and the month adds up four ways", async () => {
    const results = [
      { n: 1, result: "paid" },
      { n: 2, result: "paid" },
      { n: 3, result: "returned", reason: "closed" },
    ];
    const send = (key: string) => desk.ask("financeOfficer", "POST", `/payments/${first.id}/results`, { results }, key);
    expect((await send("results-one")).json).toMatchObject({ results: { paid: 2, returned: 1, waiting: 1 } });
    expect((await send("results-one")).status).toBe(200);
    expect((await send("results-two")).json.code).toBe("PAY-RESULT-TWICE");
    const retry = () => desk.ask("financeOfficer", "POST", `/payments/${first.id}/retry`);
    expect((await retry()).json.code).toBe("PAY-BATCH-EMPTY");
    const returned = await desk.ask("financeOfficer", "GET", `/payments/${first.id}/lines?state=returned`);
    const [line] = returned.json.lines as { person: string; fen: number }[];
    await payee(String(line?.person), "6200000000000099");
    const second = batch(await retry());
    expect(second).toMatchObject({ lines: 1, fen: line?.fen, reconciles: true });
    expect((await retry()).json.code).toBe("PAY-BATCH-EMPTY");
    const release = await desk.ask("secondFinanceOfficer", "POST", `/payments/${second.id}/release`);
    expect(batch(release).payer?.account).toBe("31000000000000000002");
    const xml = (await desk.ask("financeOfficer", "GET", `/payments/${second.id}/pain.001.xml`)).text;
    expect(await refusals(xml)).toEqual([]);
    expect(xml).toContain("<DbtrAgt><FinInstnId><BICFI>ICBKCNBJSHI</BICFI></FinInstnId></DbtrAgt>");
    const sums = (await desk.ask("financeOfficer", "GET", "/reconciliation?month=2026-02"))
      .json as unknown as Reconciliation;
    expect(sums).toMatchObject({ batches: 2, reconciles: true, paidAgainFen: line?.fen, returnedFen: line?.fen });
    expect(sums.lineFen).toBe(first.fen + second.fen);
  });

  test("somebody else's payments are not shown, nor is a clerk a finance officer", async () => {
    const own = (await desk.ask("neighbour", "GET", "/my/payments")).json.payments as { fen: number }[];
    expect(own.map(({ fen }) => fen).every((fen) => fen === 110_000)).toBe(true);
    expect((await desk.ask("clerk", "POST", `/payments/${first.id}/release`)).status).toBe(403);
    expect((await desk.ask("resident", "GET", `/payments/${first.id}/lines`)).status).toBe(403);
    expect((await desk.ask(null, "GET", "/payments")).status).toBe(401);
    expect((await desk.ask(null, "GET", "/payers")).status).toBe(401);
    expect((await desk.ask("resident", "GET", "/payers")).status).toBe(403);
    for (const actor of ["clerk", "auditor"] as const)
      expect((await keepPayer(payer, "cn-3199", actor)).status).toBe(403);
    // An officer of the city keeps its districts' accounts, not another city's or the province's.
    expect((await keepPayer(payer, "cn-319901")).status).toBe(200);
    for (const area of ["cn-3301", "cn-31", "cn"]) expect((await keepPayer(payer, area)).status).toBe(403);
    const pages = await desk.ask("financeOfficer", "GET", "/payers?size=1");
    expect(pages.json).toMatchObject({ payers: [{ area: "cn-3199" }], after: "cn-3199" });
    const rest = await desk.ask("financeOfficer", "GET", "/payers?size=1&after=cn-3199");
    expect(rest.json).toMatchObject({ payers: [{ area: "cn-319901" }], after: null });
  });

  test("a batch that was released before there were such accounts is paid from the present one", async () => {
    const { database } = desk.cases;
    await sql`alter table payment_batch drop constraint payment_released_with_payer`.execute(database);
    await sql`update payment_batch set payer_name = null, payer_account = null, payer_bank = null`.execute(database);
    const csv = await desk.ask("financeOfficer", "GET", `/payments/${first.id}/bank.csv`);
    expect(csv.text).toContain(",31000000000000000002,ICBKCNBJSHI,");
  });
});

describe("months that a case pays for", () => {
  const decision = { per: "month" } as never;
  const state = (benefit: unknown, amounts: readonly { from: string; fen: number }[], per = "month") =>
    ({ benefit, amounts, decision: { ...(decision as object), per } }) as never;
  const running = { state: "running", from: "2026-01-01", fen: 100 };

  test("a suspension waits and is paid later, a stop is not, a reduction counts from its month", () => {
    const amounts = [{ from: "2026-01-01", fen: 100 }];
    expect(payableMonths(state(running, amounts), "2026-03")).toHaveLength(3);
    expect(payableMonths(state({ state: "suspended", from: "2026-02-01", fen: 100 }, amounts), "2026-03")).toEqual([
      { month: "2026-01", fen: 100 },
    ]);
    expect(
      payableMonths(
        state({ state: "stopped", from: "2026-02-01", fen: 0 }, [...amounts, { from: "2026-02-01", fen: 0 }]),
        "2026-03",
      ),
    ).toHaveLength(1);
    expect(
      payableMonths(state(running, [...amounts, { from: "2026-03-01", fen: 60 }]), "2026-03")?.map(({ fen }) => fen),
    ).toEqual([100, 100, 60]);
  });

  test("a yearly benefit is paid in its month, a single one once, a school day's is no batch's", () => {
    const amounts = [{ from: "2025-09-01", fen: 100 }];
    expect(payableMonths(state(running, amounts, "year"), "2026-10")?.map(({ month }) => month)).toEqual([
      "2025-09",
      "2026-09",
    ]);
    expect(payableMonths(state(running, amounts, "once"), "2026-10")).toHaveLength(1);
    expect(payableMonths(state(running, amounts, "school-day"), "2026-10")).toBeNull();
  });
});

test.each(["\u0001", "王\u0000", "王\n李", "王\uFFFF", "王\uD800"])(
  "a payee cannot bear a name that no bank file can hold: %j",
  (name) => {
    expect(payeeRequest.safeParse({ person: "1", name, account: "62000000" }).success).toBe(false);
    expect(payeeRequest.safeParse({ person: "1", name: "王·李 𠮷", account: "62000000" }).success).toBe(true);
  },
);

// BICFIDec2014Identifier of ISO 20022; a CNAPS number has twelve digits, an account as a payee's.
test.each([
  ["an account of letters", { account: "cn-3199" }],
  ["an account of 7 digits", { account: "3100000" }],
  ["a CNAPS number of 11 digits", { bank: "10210009999" }],
  ["a CNAPS number of 13 digits", { bank: "1021000999960" }],
  ["a BIC in small letters", { bank: "icbkcnbj" }],
  ["a BIC of 9 characters", { bank: "ICBKCNBJS" }],
  ["no bank", { bank: "NOTPROVIDED" }],
  ["a name that no bank file can hold", { name: "财政\u0000" }],
])("an area cannot pay from %s", async (_, wrong) => {
  const answer = await keepPayer({ ...payer, ...wrong }, "cn-319902");
  expect(answer.status, answer.text).toBe(400);
  const kept = await desk.ask("financeOfficer", "GET", "/payers?area=cn-319902");
  expect(kept.json.payers).toEqual([]);
});

test("a demonstration pays from an account that says so, and never from it where there is a real one", async () => {
  const { database } = desk.cases;
  const area = "cn-319903";
  await makeDemoPayer(database, area, new Date(0));
  const read = async () => (await desk.ask("financeOfficer", "GET", `/payers?area=${area}`)).json.payers;
  expect(await read()).toMatchObject([{ synthetic: true, by: null, name: expect.stringContaining("示范") }]);
  await keepPayer(payer, area);
  await makeDemoPayer(database, area, new Date(0));
  expect(await read()).toMatchObject([{ synthetic: false, ...payer }]);
});

describe("the bank file", () => {
  const line = { n: 1, name: "王", account: "62000000", fen: 154_301, month: "2026-01", withholdings: [] };
  const of = {
    id: "0".repeat(32),
    itemName: "项",
    payer: { name: "区", account: "31000000", bank: "ICBKCNBJ" },
    releasedAt: new Date(0),
    on: "2026-01-01",
    lines: [line],
  };

  // The published schema refuses each of these: EndToEndId 1..1, Max140Text, five fraction digits, DbtrAgt 1..1, the order.
  test.each([
    ["no reference", /<EndToEndId>.*<\/EndToEndId>/, "", "EndToEndId"],
    ["a name of 141 characters", "<Nm>王</Nm>", `<Nm>${"王".repeat(141)}</Nm>`, "maxLength"],
    ["an amount of 6 decimals", "1543.01</InstdAmt>", "1543.010001</InstdAmt>", "fractionDigits"],
    ["no bank of the payer", /<DbtrAgt>.*<\/DbtrAgt>/, "", "DbtrAgt"],
    ["a BIC of 9 characters", "<BICFI>ICBKCNBJ", "<BICFI>ICBKCNBJS", "BICFI"],
    ["the account before the name", /(<Cdtr>.*<\/Cdtr>)\s*(<CdtrAcct>.*<\/CdtrAcct>)/, "$2$1", "CdtrAcct"],
  ])("is refused with %s", async (_, part, instead, says) => {
    const xml = pain001(of);
    expect(await refusals(xml)).toEqual([]);
    expect((await refusals(xml.replace(part, instead))).join("\n")).toContain(says);
  });

  test("keeps the month where the item's name is too long for the text to the payee", async () => {
    const xml = pain001({ ...of, itemName: "项".repeat(141) });
    expect(await refusals(xml)).toEqual([]);
    expect(xml).toContain("项 2026-01</Ustrd>");
  });

  test("pays what is due less what is withheld, and tells the bank and the payee", async () => {
    const withheld = { ...line, withholdings: [{ number: "20260310-00000002", fen: 54_301 }] };
    const bank = { ...of, itemName: "项".repeat(141), lines: [withheld, { ...line, n: 2 }] };
    const xml = pain001(bank);
    expect(await refusals(xml)).toEqual([]);
    expect(xml).toContain('<InstdAmt Ccy="CNY">1000.00</InstdAmt>');
    expect(xml).toContain("<CtrlSum>2543.01</CtrlSum>");
    expect(xml).toContain("项 2026-01 应发1543.01元 抵扣543.01元</Ustrd>");
    const [, first, , total] = bankCsv(bank).split("\r\n");
    expect(first).toBe("1,王,62000000,1000.00,2026-01,区,31000000,ICBKCNBJ,1543.01,543.01,20260310-00000002");
    expect(total).toBe("合计,2,,2543.01,,,,,3086.02,543.01,");
  });

  test("a name cannot break out of the bank file", () => {
    const hostile = {
      n: 1,
      name: '=HYPERLINK("x"),<b>\u0000',
      account: "62000000",
      fen: 1,
      month: "2026-01",
      withholdings: [],
    };
    const bank = { ...of, lines: [hostile] };
    expect(bankCsv(bank)).toContain(`"'=HYPERLINK(""x""),<b>\u0000"`);
    expect(pain001(bank)).toContain('<Nm>=HYPERLINK("x"),&lt;b&gt;</Nm>');
  });
});
