import { parseArgs } from "node:util";
import type { Lake, RunRow } from "../apps/server/src/modules/entitlements/lake.ts";
import {
  continueCampaign,
  type Offers,
  startCampaign,
} from "../apps/server/src/modules/entitlements/offers/campaigns.ts";
import { releaseCampaign } from "../apps/server/src/modules/entitlements/offers/release-campaign.ts";
import type { RunStore } from "../apps/server/src/modules/entitlements/run-store.ts";
import { type Client, openClient } from "./cases/client.ts";
import { type BenchDesk, openBenchDesk } from "./cases/desk.ts";
import { item } from "./cases/life-cycle.ts";

/** One in so many of those who are offered a grant objects. */
const objecting = 100;
const connections = 8;

/**
 * Grants without application to everybody whom a run found (`--people N`, 100,000): offered, objected to by one in a hundred, over
 * HTTP, and released after the objection period; then every person is counted. The rows of the run are in memory, the store is
 * that of DATABASE_URL, else in memory, and the public log is sealed meanwhile, as in service.
 */
export async function run(args: readonly string[]): Promise<Record<string, number | string>> {
  const { values } = parseArgs({ args: [...args], options: { people: { type: "string", default: "100000" } } });
  const people = Number(values.people);
  let time = new Date("2026-02-10T02:00:00Z");
  const desk = await openBenchDesk(() => time);
  try {
    const offers = await offersOf(desk, people);
    const cpu = process.cpuUsage();
    const start = performance.now();
    const seconds = () => Math.round((performance.now() - start) / 100) / 10;
    const actor = { id: "bench", kind: "staff" as const, name: "Bench", roles: [] };
    const request = { run: runId, item, objectionDays: 15, sample: 0 };
    const id = await startCampaign(offers, actor, request, `offers-${Date.now()}`);
    await continueCampaign(offers, id);
    const offered = seconds();
    const objections = await object(desk, id);
    const objected = seconds();
    time = new Date("2026-02-26T02:00:00Z");
    await releaseCampaign(offers, id);
    const released = seconds();
    const { user, system } = process.cpuUsage(cpu);
    return {
      store: process.env.DATABASE_URL === undefined ? "PGlite" : "PostgreSQL",
      people,
      offeredAfterSeconds: offered,
      objectedAfterSeconds: objected,
      seconds: released,
      cpuSeconds: Math.round((user + system) / 1e5) / 10,
      ...(await counted(desk, id, people, objections)),
    };
  } finally {
    await desk.close();
  }
}

const runId = `bench-${Date.now()}`;
/** Numbers of people that no earlier run of the bench offered anything, whatever store it is. */
const firstPerson = Math.floor(Date.now() / 1000) * 1_000_000;

/** Campaigns over a run that found so many people. */
async function offersOf({ cases, rulebook, database }: BenchDesk, people: number): Promise<Offers> {
  const at = rulebook.items.findIndex(({ code }) => code === item);
  const found = (index: number): RunRow => ({
    person: firstPerson + index,
    district: index % 2,
    outcome: 1,
    reason: rulebook.items[at]?.common.entitled ?? 0,
    fen: 15_000,
    received: null,
    finding: 1,
  });
  const record = {
    run: { synthetic: true },
    items: rulebook.items.map(() => ({ total: { receiving: 1 } })),
    codes: { districts: ["cn-319901", "cn-319902"] },
  };
  const row = { id: runId, rulebook_hash: rulebook.hash, snapshot_hash: "bench", hash: "0".repeat(64) };
  await database
    .insertInto("run")
    .values({ ...row, folder: runId, people_folder: runId, finished_at: new Date() })
    .execute();
  const runs = { one: async () => ({ rulebook, list: "cn-3199", folder: runId, record }) };
  const lake = {
    rows: async (_run: unknown, _item: number, { page, size }: { page: number; size: number }) =>
      Array.from({ length: Math.max(0, Math.min(size, people - (page - 1) * size)) }, (_, place) =>
        found((page - 1) * size + place),
      ),
  };
  return { cases, runs: runs as unknown as RunStore, lake: lake as unknown as Lake };
}

/** One in a hundred objects, at the window; gives how many. */
async function object({ address, database }: BenchDesk, campaign: string): Promise<number> {
  const offered = database.selectFrom("case_view").select("id").where("campaign", "=", campaign);
  const cases = (await offered.orderBy("id").execute()).filter((_, at) => at % objecting === 0);
  const client: Client = openClient(address, connections, () => {});
  const action = { kind: "object", text: "已搬走" };
  await Promise.all(
    cases.map(({ id }) => client.ask("POST", `/cases/${id}/actions`, { seq: 1, channel: "window", action })),
  );
  client.close();
  return cases.length;
}

/** Every person once: granted, objecting, or not reached and why. @throws where somebody is missing or counted twice */
async function counted({ database }: BenchDesk, id: string, people: number, objections: number) {
  const campaign = await database
    .selectFrom("offer_campaign")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const persons = await database
    .selectFrom("case_view")
    .select(["person", "stage"])
    .where("campaign", "=", id)
    .execute();
  const missed = await database.selectFrom("offer_unreachable").select("person").where("campaign", "=", id).execute();
  const granted = persons.filter(({ stage }) => stage === "decided").length;
  const everybody = new Set([...persons, ...missed].map(({ person }) => person));
  const whole = everybody.size === people && persons.length + missed.length === people;
  if (!whole || granted !== campaign.released || granted + objections !== persons.length) {
    throw new Error(
      `Of ${people} people ${everybody.size} are counted, ${granted} granted, ${campaign.released} released`,
    );
  }
  return { offered: campaign.offered, objected: objections, released: granted, unreachable: missed.length };
}
