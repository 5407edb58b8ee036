import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CaseDesk, caseDesk, demoList } from "../../../testing/case-desk.ts";
import type { CasePage, CasesPage } from "../../cases/index.ts";
import type { Lake, RunRow } from "../lake.ts";
import type { RunStore } from "../run-store.ts";
import { continueCampaign, type Offers, startCampaign } from "./campaigns.ts";
import type { CampaignPage } from "./model.ts";
import { releaseCampaign } from "./release-campaign.ts";
import { offerRoutes } from "./routes.ts";

const item = "cn-31.senior-comprehensive-allowance";
/** More than two blocks, so that a campaign can break off between them. */
const people = 4500;
let desk: CaseDesk;
let offers: Offers;

beforeAll(async () => {
  const { rulebook } = await demoList();
  const at = rulebook.items.findIndex(({ code }) => code === item);
  const district = ["cn-319901", "cn-319902"];
  const all: RunRow[] = Array.from({ length: people }, (_, index) => ({
    person: index + 1,
    district: index % 2,
    outcome: 1,
    reason: rulebook.items[at]?.common.entitled ?? 0,
    fen: 15_000,
    received: null,
    finding: 1,
  }));
  const run = {
    rulebook,
    list: "cn-3199",
    folder: path.join("nowhere"),
    record: {
      run: { synthetic: true },
      items: rulebook.items.map(() => ({ total: { receiving: 1 } })),
      codes: { districts: district },
    },
  };
  const runs = { one: async () => run } as unknown as RunStore;
  const lake = {
    rows: async (_: unknown, __: number, { page, size }: { page: number; size: number }) =>
      all.slice((page - 1) * size, page * size),
  } as unknown as Lake;
  desk = await caseDesk({
    more: (cases) => {
      offers = { cases, runs, lake };
      return [offerRoutes(offers)];
    },
  });
  const { database } = desk.cases;
  await desk.cases.store.pin({
    list: (await demoList()).list,
    rulebook,
    guide: desk.cases.guides.of((await demoList()).list, item),
  });
  await database
    .insertInto("run")
    .values({
      id: "r1",
      rulebook_hash: rulebook.hash,
      snapshot_hash: "s",
      hash: "0".repeat(64),
      folder: "f",
      people_folder: "p",
      finished_at: new Date(0),
    })
    .execute();
}, 120_000);
afterAll(() => desk.close());

const page = async (id: string) => (await desk.ask("clerk", "GET", `/offers/${id}`)).json as unknown as CampaignPage;

describe("a campaign of offers", () => {
  let id: string;

  test("that breaks off goes on where it stopped: everybody is counted, nobody twice", async () => {
    desk.at("2026-02-10T02:00:00Z");
    id = await startCampaign(
      offers,
      { id: "a-clerk", kind: "staff", name: "x", roles: [] },
      { run: "r1", item, objectionDays: 15, sample: 100 },
      "k1",
    );
    const broken = continueCampaign(offers, id, () => {
      throw new Error("the power went");
    });
    await expect(broken).rejects.toThrow("the power went");
    expect(await page(id)).toMatchObject({ state: "offering", found: 2000, counted: true });
    // Two servers going on at once do each block once.
    await Promise.all([continueCampaign(offers, id), continueCampaign(offers, id)]);
    const done = await page(id);
    // One in fifty of the made-up people has no account; of the 4,500 places every hundredth is drawn, if it has one.
    const unreachable = Math.floor(people / 50);
    expect(done).toMatchObject({
      state: "objection",
      found: people,
      unreachable: [{ reason: "no-account", persons: unreachable }],
      counted: true,
    });
    expect(done.offered + done.sampled).toBe(people - unreachable);
    expect(done.sampled).toBe(45);
    expect(done.fen).toBe((people - unreachable) * 15_000);
    const listed = await desk.ask("clerk", "GET", `/offers/${id}/unreachable?size=500`);
    expect(listed.json.persons).toHaveLength(unreachable);
  });

  test("people decline, object and are heard; nothing is paid before the period has passed", async () => {
    const own = async (actor: "resident" | "neighbour") =>
      ((await desk.ask(actor, "GET", "/my/cases")).json as unknown as CasesPage).cases[0]!;
    // Person 1 was drawn for review, person 2 was offered.
    expect((await own("resident")).stage).toBe("received");
    const offered = await own("neighbour");
    expect(offered).toMatchObject({ stage: "offered", fen: 15_000, kind: "auto-grant" });
    const act = (kind: string, text?: string) =>
      desk.ask("neighbour", "POST", `/cases/${offered.id}/actions`, { seq: 1, channel: "web", action: { kind, text } });
    expect((await desk.ask("clerk", "POST", `/offers/${id}/release`)).json.code).toBe("OFFER-STATE");
    expect((await act("object", "我已搬走")).json).toMatchObject({ stage: "received" });
    expect((await act("decline")).json.code).toBe("CASE-CONFLICT");
  });

  test("after it the rest is granted, each counted, and a second release changes nothing", async () => {
    desk.at("2026-02-26T02:00:00Z");
    // Clerks object for people while the release goes on: whoever is first has the case, and the other is told.
    const offered = desk.cases.database.selectFrom("case_view").select("id").where("stage", "=", "offered");
    const late = (await offered.orderBy("id", "desc").limit(5).execute()).map((row) => row.id);
    const asked: Promise<{ readonly status: number; readonly json: { readonly code?: unknown } }>[] = [];
    await releaseCampaign(offers, id, () => {
      const action = { kind: "object", text: "已搬走" };
      const body = { seq: 1, channel: "window", action };
      for (const each of late.splice(0, 2)) asked.push(desk.ask("clerk", "POST", `/cases/${each}/actions`, body));
    });
    const answers = await Promise.all(asked);
    const objected = 1 + answers.filter(({ status }) => status === 200).length;
    expect(answers.every(({ status, json }) => status === 200 || json.code === "CASE-CONFLICT")).toBe(true);
    const done = await page(id);
    expect(done).toMatchObject({ state: "released", released: done.offered - objected, counted: true });
    expect(done.cases).toEqual([
      { stage: "decided", cases: done.offered - objected },
      { stage: "received", cases: done.sampled + objected },
    ]);
    await releaseCampaign(offers, id);
    expect((await page(id)).released).toBe(done.released);
  });

  test("a granted case has its journal, its reason and the month from which it pays", async () => {
    const found = await desk.ask("clerk", "GET", `/cases?person=3&item=${item}`);
    const [card] = (found.json as unknown as CasesPage).cases;
    const shown = (await desk.ask("clerk", "GET", `/cases/${card?.id}`)).json as unknown as CasePage;
    expect(shown.journal.map(({ kind, by }) => `${kind} ${by.kind}`)).toEqual(["open system", "release system"]);
    expect(shown.decision).toMatchObject({
      outcome: "grant",
      fen: 15_000,
      from: "2026-02-01",
      reason: { code: "entitled" },
    });
    expect(shown.journal.every(({ logLine }) => logLine > 0)).toBe(true);
  });

  test("the same item of the same run is not offered again, and residents do not start campaigns", async () => {
    const again = await desk.ask("clerk", "POST", "/offers", { run: "r1", item });
    expect(again.json.code).toBe("OFFER-STATE");
    expect((await desk.ask("resident", "POST", "/offers", { run: "r1", item })).status).toBe(403);
    expect((await desk.ask("clerk", "POST", "/offers", { run: "r1", item: "cn-31.legal-aid" })).json.code).toBe(
      "OFFER-ITEM",
    );
  });
});
