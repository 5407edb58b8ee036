import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allowance, application, type CaseDesk, caseDesk, seniorFacts } from "../../testing/case-desk.ts";
import { caseWork } from "../../testing/case-work.ts";
import type { CaseCard, CasesPage, Letter } from "./model.ts";

let desk: CaseDesk;
beforeAll(async () => {
  desk = await caseDesk();
}, 120_000);
afterAll(() => desk.close());

async function open(item = allowance, facts = seniorFacts()): Promise<CaseCard> {
  const answer = await desk.ask("resident", "POST", "/cases", application(facts, item));
  expect(answer.text && answer.status, answer.text).toBe(201);
  return answer.json as unknown as CaseCard;
}

const { act } = caseWork(() => desk);

describe("a case from application to service", () => {
  test("is opened, accepted, decided by the rule, served, rated and closed", async () => {
    desk.at("2026-02-10T02:00:00Z");
    const card = await open();
    expect(card).toMatchObject({
      stage: "received",
      seq: 1,
      person: "1",
      number: expect.stringMatching(/^20260210-\d{8}$/),
    });
    let page = await act("clerk", card, { kind: "accept" });
    expect(page.stage).toBe("handling");
    page = await act("clerk", page, { kind: "decide", outcome: "grant" });
    // 70 to 79: 150 yuan a month, from the month of becoming eligible.
    expect(page.decision).toMatchObject({
      outcome: "grant",
      fen: 15_000,
      per: "month",
      from: "2026-02-01",
      rule: "entitled",
      agrees: true,
    });
    page = await act("clerk", page, { kind: "deliver", method: "electronic", day: "2026-02-10" });
    page = await act("resident", page, { kind: "rate", grade: 5 });
    page = await act("clerk", page, { kind: "close" });
    expect(page).toMatchObject({ stage: "closed", seq: 6 });
    expect(page.journal.map(({ kind, by }) => `${kind} ${by.kind}`)).toEqual([
      "open resident",
      "accept staff",
      "decide staff",
      "deliver staff",
      "rate resident",
      "close staff",
    ]);
  });

  test("its letter says what, why, on which law, and what can be done against it", async () => {
    const young = await open(allowance, seniorFacts("1990-01-01"));
    let page = await act("clerk", young, { kind: "accept" });
    page = await act("clerk", page, { kind: "decide", outcome: "reject" });
    expect(page.decision).toMatchObject({ outcome: "reject", reason: { code: "age" }, fen: null });
    for (const [language, needed] of [
      [
        "zh",
        [
          "不予给付",
          "本月年满 65 周岁: 不符合",
          "行政复议",
          "60 日",
          "6 个月",
          "咨询电话：12345",
          "决定日期：2026-02-10",
        ],
      ],
      [
        "en",
        [
          "not granted",
          "not met",
          "administrative review",
          "60 days",
          "6 months",
          "12345",
          "Decided by: Receiving unit",
        ],
      ],
    ] as const) {
      const answer = await desk.ask("resident", "GET", `/cases/${page.id}/letter?language=${language}`);
      const letter = answer.json as unknown as Letter;
      const text = letter.paragraphs.flatMap(({ lines }) => lines).join("\n");
      for (const part of needed) expect(text).toContain(part);
      expect(letter.number).toBe(page.number);
    }
    const explanation = await desk.ask("resident", "GET", `/cases/${page.id}/explanation`);
    expect(explanation.json).toMatchObject({
      code: allowance,
      outcome: "not",
      rulebook: { hash: page.pinned.rulebookHash },
    });
  });
});

describe("who acts on what", () => {
  test("of two clerks on one case one wins and the other is told", async () => {
    const card = await open();
    const both = await Promise.all(
      (["clerk", "secondClerk"] as const).map((actor) =>
        desk.ask(actor, "POST", `/cases/${card.id}/actions`, { seq: 1, channel: "window", action: { kind: "accept" } }),
      ),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.json.code).toBe("CASE-CONFLICT");
  });

  test("the same key again changes nothing; another request with it is refused", async () => {
    const card = await open();
    const ask = (action: unknown) =>
      desk.ask("clerk", "POST", `/cases/${card.id}/actions`, { seq: 1, channel: "window", action }, "one-key");
    expect((await ask({ kind: "accept" })).json).toMatchObject({ seq: 2 });
    expect((await ask({ kind: "accept" })).json).toMatchObject({ seq: 2, stage: "handling" });
    expect((await ask({ kind: "note", text: "x" })).json.code).toBe("CASE-KEY-REUSED");
  });

  test("a decision against the rule needs its reason and a second person, who cannot be the first", async () => {
    const card = await open();
    let page = await act("clerk", card, { kind: "accept" });
    expect((await act("clerk", page, { kind: "decide", outcome: "reject" }, 400)).code).toBe("CASE-REASON-MISSING");
    expect((await act("clerk", page, { kind: "decide", outcome: "reject", text: "户籍存疑" }, 409)).code).toBe(
      "CASE-SECOND-PERSON",
    );
    page = await act("clerk", page, { kind: "propose", outcome: "reject", text: "户籍存疑" });
    expect(page).toMatchObject({ stage: "checking", secondPerson: { needed: true } });
    expect((await act("clerk", page, { kind: "decide", outcome: "reject", text: "户籍存疑" }, 403)).code).toBe(
      "AUTH-NOT-PERMITTED",
    );
    expect((await act("checker", page, { kind: "decide", outcome: "grant" }, 409)).code).toBe("CASE-DEED-WRONG");
    page = await act("checker", page, { kind: "decide", outcome: "reject", text: "户籍存疑" });
    expect(page.decision).toMatchObject({ outcome: "reject", agrees: false, text: "户籍存疑" });
  });

  test("what cannot be determined is not decided without the reason in words", async () => {
    const { birthDate: _, ...rest } = seniorFacts().persons.p1!;
    const card = await open(allowance, { ...seniorFacts(), persons: { p1: rest } });
    const page = await act("clerk", card, { kind: "accept" });
    expect((await act("clerk", page, { kind: "decide", outcome: "grant" }, 409)).code).toBe("CASE-UNDETERMINED");
  });

  test("a stage allows its own deeds and no others", async () => {
    const card = await open();
    expect((await act("clerk", card, { kind: "decide", outcome: "grant" }, 409)).code).toBe("CASE-DEED-CLOSED");
    const page = await act("resident", card, { kind: "withdraw", text: "不需要了" });
    expect(page.stage).toBe("withdrawn");
    expect((await act("clerk", page, { kind: "accept" }, 409)).code).toBe("CASE-DEED-CLOSED");
  });

  test("papers that are missing are asked for once, before the clock runs", async () => {
    const card = await open();
    let page = await act("clerk", card, { kind: "request-supplement", papers: ["户口簿"], text: "请补户口簿" });
    expect(page).toMatchObject({
      stage: "supplement",
      clocks: expect.arrayContaining([]),
      supplement: { papers: ["户口簿"] },
    });
    expect(page.clocks.every(({ status }) => status === "not-started")).toBe(true);
    page = await act("resident", page, {
      kind: "supply",
      papers: ["户口簿"],
      facts: [{ of: "p1", fact: "hukouArea", value: "cn-3199" }],
    });
    expect(page.stage).toBe("received");
  });
});

describe("the legal clock of a case", () => {
  test("an item without limits of its own has those of licensing by analogy: 20 working days from the day after acceptance", async () => {
    desk.at("2026-02-10T02:00:00Z");
    const card = await open();
    const page = await act("clerk", card, { kind: "accept" });
    const total = page.clocks.find(({ code }) => code === "total");
    // From 10 February 2026, 20 working days end on 16 March (Spring Festival and its make-up days).
    expect(total).toMatchObject({
      due: { due: "2026-03-16" },
      reference: true,
      status: "running",
      basis: { article: "42" },
    });
    expect(page.due).toBe("2026-03-16");
    const days = await desk.ask("resident", "GET", `/cases/${page.id}/clocks/total/days`);
    const counted = days.json.days as { day: string; number?: number }[];
    expect(counted.filter(({ number }) => number !== undefined)).toHaveLength(20);
    expect(counted.find(({ day }) => day === "2026-02-14")).toMatchObject({ kind: "make-up" });
  });

  test("only listed reasons stop it, a pause adds its own working days, and one extension is allowed", async () => {
    desk.at("2026-02-10T02:00:00Z");
    let page = await act("clerk", await open(), { kind: "accept" });
    const pause = (reason: string) => ({ kind: "pause", clock: "total", reason, text: "…" });
    expect((await act("clerk", page, pause("means-test"), 409)).code).toBe("CASE-DEED-WRONG");
    desk.at("2026-02-11T02:00:00Z");
    page = await act("clerk", page, pause("hearing"));
    expect(page).toMatchObject({ clock: "paused", due: null });
    desk.at("2026-02-13T02:00:00Z");
    page = await act("clerk", page, { kind: "resume", clock: "total" });
    // 11 and 12 February do not count: 16 March becomes 18 March.
    expect(page.due).toBe("2026-03-18");
    const extend = { kind: "extend", clock: "total", reason: "head-approved", approver: "局长", text: "案情复杂" };
    page = await act("clerk", page, extend);
    // Ten working days after 18 March 2026: 1 April.
    expect(page.due).toBe("2026-04-01");
    expect((await act("clerk", page, extend, 409)).code).toBe("CASE-DEED-WRONG");
  });

  test("a limit that runs into a year without an arrangement says so and is listed", async () => {
    desk.at("2026-12-20T02:00:00Z");
    const page = await act("clerk", await open(), { kind: "accept" });
    expect(page.clocks[0]).toMatchObject({ due: null, problem: { en: expect.stringContaining("not arranged") } });
    const found = await desk.ask("clerk", "GET", "/cases?queue=without-due");
    expect((found.json as unknown as CasesPage).cases.map(({ id }) => id)).toContain(page.id);
    desk.at("2026-02-10T02:00:00Z");
  });

  test("the subsistence allowance runs by its own steps, and the queues tell what is due soon and what is late", async () => {
    desk.at("2026-02-10T02:00:00Z");
    const facts = { ...seniorFacts(), households: { h1: { members: ["p1"], householdAssets: 1000 } } };
    let page = await act("clerk", await open("cn-31.subsistence-allowance", facts), { kind: "accept" });
    // Three working days from 10 February: 13 February. The whole: 20.
    expect(page.clocks.find(({ code }) => code === "start-investigation")).toMatchObject({
      due: { due: "2026-02-13" },
    });
    expect(page.due).toBe("2026-02-13");
    const queue = async (name: string) => {
      const found = await desk.ask("clerk", "GET", `/cases?queue=${name}&item=cn-31.subsistence-allowance`);
      return (found.json as unknown as CasesPage).cases.map(({ id }) => id);
    };
    expect(await queue("warning")).toEqual([]);
    desk.at("2026-02-13T02:00:00Z");
    expect(await queue("warning")).toEqual([page.id]);
    desk.at("2026-02-14T02:00:00Z");
    expect(await queue("breached")).toEqual([page.id]);
    page = await act("clerk", page, { kind: "finish-step", step: "start-investigation" });
    expect(page.clocks.find(({ code }) => code === "start-investigation")?.status).toBe("breached");
    expect(page.steps.find(({ code }) => code === "start-check")?.state).toBe("running");
    expect((await act("clerk", page, { kind: "finish-step", step: "public-notice" }, 409)).code).toBe(
      "CASE-DEED-WRONG",
    );
  });
});

describe("after the decision", () => {
  const decided = async () => {
    desk.at("2026-02-10T02:00:00Z");
    let page = await act("clerk", await open(), { kind: "accept" });
    page = await act("clerk", page, { kind: "decide", outcome: "grant" });
    return act("clerk", page, { kind: "deliver", method: "in-person", day: "2026-02-10" });
  };

  test("an administrative review is open for 60 days and handed over, never settled here", async () => {
    let page = await decided();
    // 60 calendar days from 10 February 2026 end on Saturday 11 April, which rolls to Monday 13 April.
    expect(page.appealUntil.find(({ route }) => route === "administrative-review")?.until).toBe("2026-04-13");
    page = await act("resident", page, { kind: "appeal", route: "administrative-review", ground: "金额不对" });
    expect(page.appeals[0]).toMatchObject({ inTime: true, filedOn: "2026-02-10" });
    const upheld = { kind: "settle-appeal", appeal: 1, outcome: "upheld", text: "维持" };
    expect((await act("secondClerk", page, upheld, 409)).code).toBe("CASE-DEED-WRONG");
    page = await act("secondClerk", page, { ...upheld, outcome: "handed-over", text: "已移交" });
    expect(page.appeals[0]).toMatchObject({ outcome: "handed-over" });
  });

  test("a re-examination is not settled by who decided, and a changed decision is decided again", async () => {
    let page = await decided();
    page = await act("resident", page, { kind: "appeal", route: "re-examination", ground: "年龄算错" });
    const change = { kind: "settle-appeal", appeal: 1, outcome: "changed", text: "重新计算" };
    expect((await act("clerk", page, change, 403)).code).toBe("AUTH-NOT-PERMITTED");
    page = await act("secondClerk", page, change);
    expect(page).toMatchObject({ stage: "handling", decision: null });
    page = await act("secondClerk", page, {
      kind: "correct",
      of: "p1",
      fact: "birthDate",
      value: "1944-03-01",
      text: "以身份证为准",
    });
    expect(page.facts.find(({ fact }) => fact === "birthDate")?.history.map(({ value }) => value)).toEqual([
      "1954-03-01",
      "1944-03-01",
    ]);
    page = await act("secondClerk", page, { kind: "decide", outcome: "grant" });
    // 80 to 89: 180 yuan a month.
    expect(page.decision?.fen).toBe(18_000);
  });

  test("one matter is rated once, a bad rating waits in a queue until it is answered", async () => {
    let page = await decided();
    page = await act("resident", page, { kind: "rate", grade: 1, text: "等太久" });
    expect((await act("resident", page, { kind: "rate", grade: 5 }, 409)).code).toBe("CASE-DEED-CLOSED");
    const bad = async () =>
      ((await desk.ask("clerk", "GET", "/cases?queue=bad-ratings")).json as unknown as CasesPage).cases.map(
        ({ id }) => id,
      );
    expect(await bad()).toContain(page.id);
    page = await act("clerk", page, { kind: "answer-rating", text: "已致歉并整改" });
    expect(await bad()).not.toContain(page.id);
  });

  test("a benefit is suspended, resumed, reduced and stopped as three different states", async () => {
    let page = await decided();
    const change = (change: string, more = {}) => ({ kind: "benefit", change, from: "2026-03-01", text: "…", ...more });
    page = await act("clerk", page, change("suspend"));
    expect(page.benefit?.state).toBe("suspended");
    page = await act("clerk", page, change("resume"));
    expect((await act("clerk", page, change("reduce", { fen: 99_999 }), 409)).code).toBe("CASE-DEED-WRONG");
    page = await act("clerk", page, change("reduce", { fen: 5_000 }));
    expect(page.benefit).toMatchObject({ state: "reduced", fen: 5_000 });
    page = await act("clerk", page, change("stop"));
    expect((await act("clerk", page, change("resume"), 409)).code).toBe("CASE-DEED-CLOSED");
  });
});

describe("the journal", () => {
  test("is only ever added to, whoever asks the store", async () => {
    const { id } = await open();
    const { database } = desk.cases;
    for (const change of [
      sql`update case_action set actor = 'x' where case_id = ${id}`,
      sql`delete from case_action where case_id = ${id}`,
      sql`truncate case_action cascade`,
    ]) {
      await expect(change.execute(database)).rejects.toThrow(/JOURNAL-ONLY-ADDED-TO/);
    }
  });

  test("has no gaps and no decision by who proposed it, even past the program", async () => {
    const { id } = await open();
    const { database } = desk.cases;
    const row = await database
      .selectFrom("case_action")
      .selectAll()
      .where("case_id", "=", id)
      .executeTakeFirstOrThrow();
    const line = { ...row, kind: "note", body: "{}", evidence: "[]", mandate: null };
    await expect(
      database
        .insertInto("case_action")
        .values({ ...line, seq: 3, after: 2 })
        .execute(),
    ).rejects.toThrow(/foreign key/);
    await expect(
      database
        .insertInto("case_action")
        .values({ ...line, seq: 2, after: 1, channel: "helper" })
        .execute(),
    ).rejects.toThrow(/mandate/);
    const decide = { ...line, seq: 2, after: 1, kind: "decide", proposed_by: row.actor };
    await expect(database.insertInto("case_action").values(decide).execute()).rejects.toThrow(/second_person/);
  });
});
