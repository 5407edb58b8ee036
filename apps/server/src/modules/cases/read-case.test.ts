import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ActorName, actors, type CaseDesk, caseDesk } from "../../testing/case-desk.ts";
import { actOnCase } from "./act-on-case.ts";
import { createCaseStore } from "./case-store.ts";
import type { CaseDeed, CasePage } from "./model.ts";
import { type Opened, readCase } from "./read-case.ts";
import type { Cases } from "./seams.ts";
import { createCaseWriter } from "./write-action.ts";

let desk: CaseDesk;
/** Another process at the same store: it holds nothing of what the desk has read. */
let elsewhere: Cases;
beforeAll(async () => {
  desk = await caseDesk();
  const { database, calendar, now } = desk.cases;
  elsewhere = {
    ...desk.cases,
    store: createCaseStore(database, now),
    writer: createCaseWriter(database, calendar),
  };
}, 120_000);
afterAll(() => desk.close());

async function open(): Promise<string> {
  const { status, text, json } = await desk.ask("clerk", "POST", "/cases", {
    ...{ list: "cn-3199", item: "cn-31.senior-comprehensive-allowance", area: "cn-319901" },
    ...{ channel: "window", person: "1" },
    facts: {
      persons: { p1: { birthDate: "1954-03-01", hukouArea: "cn-319901" } },
      households: { h1: { members: ["p1"] } },
      subject: "p1",
    },
  });
  expect(status, text).toBe(201);
  return String(json.id);
}

const actElsewhere = (id: string, seq: number, action: CaseDeed) =>
  actOnCase(elsewhere, actors.clerk, id, { seq, channel: "window", evidence: [], action }, randomUUID());

async function read(actor: ActorName, id: string): Promise<CasePage> {
  const { status, text, json } = await desk.ask(actor, "GET", `/cases/${id}`);
  expect(status, text).toBe(200);
  return json as unknown as CasePage;
}

async function looksAt(id: string) {
  const { database } = desk.cases;
  const looks = await database.selectFrom("person_look").selectAll().where("case", "=", id).execute();
  const lines = await database
    .selectFrom("audit_line")
    .select("body")
    .where("kind", "=", "person.look")
    .where("body", "like", `%${id}%`)
    .execute();
  return { looks, lines: lines.length };
}

test("a case that somebody acted on elsewhere is shown as it stands, and looked at once", async () => {
  const id = await open();
  await actElsewhere(id, 1, { kind: "accept" });
  expect(await read("clerk", id)).toMatchObject({ seq: 2, stage: "handling" });
  await actElsewhere(id, 2, { kind: "note", text: "来电询问" });
  expect(await read("resident", id)).toMatchObject({ seq: 3 });
  const { looks, lines } = await looksAt(id);
  expect(looks).toMatchObject([{ person: "1", actor: actors.clerk.id, facts: "birthDate hukouArea" }]);
  expect(lines).toBe(1);
});

test("who reads a case while others act on it is shown one moment of it, and every look is written down", async () => {
  const id = await open();
  const deeds = Array.from({ length: 10 }, (_, at) => ({ kind: "note" as const, text: `第 ${at + 1} 次来电` }));
  const acting = (async () => {
    for (const [at, deed] of deeds.entries()) await actElsewhere(id, at + 1, deed);
  })();
  const pages = await Promise.all(Array.from({ length: 30 }, () => read("clerk", id)));
  await acting;
  for (const { seq, journal } of pages) {
    expect(journal.map((line) => line.seq)).toEqual(Array.from({ length: seq }, (_, at) => at + 1));
  }
  const { looks, lines } = await looksAt(id);
  expect(looks).toHaveLength(pages.length);
  expect(lines).toBe(pages.length);
  expect(await read("clerk", id)).toMatchObject({ seq: 11 });
});

test("what is held of a case does not refuse it to who may read it where it now stands", async () => {
  const id = await open();
  await actElsewhere(id, 1, { kind: "transfer", office: "housing", text: "归住房窗口" });
  const officer = {
    ...actors.clerk,
    id: "a-housing",
    roles: [{ role: "clerk", area: "cn-319901", office: "housing" }],
  };
  const show = async ({ stored }: Opened) => ({ content: stored.view.office, facts: [] });
  expect(await readCase(desk.cases, { actor: officer, ip: "::1" }, id, show)).toBe("housing");
  const { looks } = await looksAt(id);
  expect(looks).toMatchObject([{ actor: "a-housing" }]);
});

test("nor does it show it to who may no longer read it", async () => {
  const id = await open();
  const at = (office: string) => ({
    ...actors.clerk,
    id: office,
    roles: [{ role: "clerk", area: "cn-319901", office }],
  });
  const show = async ({ stored }: Opened) => ({ content: stored.view.office, facts: [] });
  const ask = (office: string) => readCase(desk.cases, { actor: at(office), ip: "::1" }, id, show);
  await actElsewhere(id, 1, { kind: "transfer", office: "civil", text: "归民政窗口" });
  expect(await ask("civil")).toBe("civil");
  await actElsewhere(id, 2, { kind: "transfer", office: "housing", text: "归住房窗口" });
  await expect(ask("civil")).rejects.toThrow(/AUTH-NOT-PERMITTED/);
  const { looks } = await looksAt(id);
  expect(looks.map(({ actor }) => actor)).toEqual(["civil"]);
});
