import { firstDayPaid, shanghaiDay } from "@qingdan/clock";
import { sql } from "kysely";
import { Problem } from "../../../problem.ts";
import { append } from "../../audit/index.ts";
import {
  type Cases,
  madeBefore,
  type Opening,
  type PinnedGuide,
  type ReadyAction,
  readyOpenings,
  writeOpenings,
} from "../../cases/index.ts";
import { makeDemoPayees, payeesOf } from "../../finance/index.ts";
import type { Actor } from "../../identity/index.ts";
import type { Lake, RunRow } from "../lake.ts";
import type { RunStore, StoredRun } from "../run-store.ts";
import { foundPeople, rowsAtOnce } from "./found-people.ts";
import { madeAhead } from "./made-ahead.ts";

/** What offers need from outside. */
export interface Offers {
  readonly cases: Cases;
  readonly runs: RunStore;
  readonly lake: Lake;
}

export interface CampaignRequest {
  readonly run: string;
  readonly item: string;
  readonly objectionDays: number;
  readonly sample: number;
}

/** Where a run has an item; it must be paid by the month or once, for nothing else can be granted without asking. */
function positionOf(run: StoredRun, item: string): number {
  const at = run.rulebook.items.findIndex(({ code }) => code === item);
  const per = run.rulebook.items[at]?.per;
  if (per === "month" || per === "year" || per === "once") return at;
  throw new Problem("OFFER-ITEM", {
    zh: `${item} 不是按月、按年或一次性发放`,
    en: `${item} is not paid by the month, by the year or once`,
  });
}

/**
 * Begins offers of an item to everybody whom a run found; `continueCampaign` makes them.
 *
 * @throws {Problem} API-RUN-UNKNOWN, OFFER-ITEM
 */
export async function startCampaign(
  { cases, runs }: Offers,
  actor: Actor,
  request: CampaignRequest,
  key: string,
): Promise<string> {
  const run = await runs.one(request.run);
  positionOf(run, request.item);
  const at = cases.now();
  const until = shanghaiDay(new Date(at.getTime() + request.objectionDays * 86_400_000));
  const id = cases.newId();
  return cases.database.transaction().execute(async (tx) => {
    const before = await madeBefore(tx, { actor: actor.id, key, asked: request, at }, id);
    if (before !== undefined) return before;
    const made = await tx
      .insertInto("offer_campaign")
      .values({
        id,
        run: request.run,
        list: run.list,
        item: request.item,
        area: run.rulebook.area,
        objection_until: until,
        sample: request.sample,
        made_by: actor.id,
        made_at: at,
        seen: 0,
        offered: 0,
        sampled: 0,
        unreachable: 0,
        fen: 0,
        finished_at: null,
        released: 0,
        released_at: null,
      })
      .onConflict((conflict) => conflict.columns(["run", "item"]).doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows !== 1n) {
      throw new Problem("OFFER-STATE", {
        zh: "这次测算的这一项已经发过",
        en: "This item of this run was offered already",
      });
    }
    await append(tx, { kind: "offer.start", subject: `campaign:${id}`, body: request, at, by: actor.id });
    return id;
  });
}

/**
 * Makes the offers that are still to be made, a block a transaction: broken off anywhere, the next call goes on, and nobody is
 * offered twice or left out. `onBlock` is told how many rows are done.
 */
export async function continueCampaign(
  offers: Offers,
  id: string,
  onBlock: (seen: number) => void = () => {},
): Promise<void> {
  const { cases, runs } = offers;
  const campaign = await campaignOf(cases, id);
  if (campaign.finished_at !== null) return;
  const run = await runs.one(campaign.run);
  const list = await cases.list(run.list);
  const guide = cases.guides.of(list, campaign.item);
  await cases.store.pin({ list, rulebook: run.rulebook, guide });
  const item = positionOf(run, campaign.item);
  const blockAt = (seen: number) => readyBlock(offers, { run, item, campaign, guide }, seen);
  for await (const block of madeAhead(campaign.seen, blockAt)) {
    await cases.database.transaction().execute((tx) => writeBlock(tx, cases, id, block));
    onBlock(block.seen + block.rows);
  }
}

type Campaign = Awaited<ReturnType<typeof campaignOf>>;

interface OfferWork {
  readonly run: StoredRun;
  /** Where the run has the item. */
  readonly item: number;
  readonly campaign: Campaign;
  readonly guide: PinnedGuide;
}

/** People of a run in their order, and what is to be written of them. */
interface OfferBlock {
  /** How many come before these. */
  readonly seen: number;
  readonly rows: number;
  readonly withoutAccount: readonly string[];
  readonly offered: readonly { readonly offer: Opening["offer"]; readonly ready: ReadyAction }[];
  readonly next: number | undefined;
}

async function readyBlock({ cases, lake }: Offers, work: OfferWork, seen: number): Promise<OfferBlock> {
  const { run, item, campaign, guide } = work;
  const rows = await foundPeople(lake, run, item, seen);
  const persons = rows.map(({ person }) => String(person));
  if (run.record.run.synthetic) await makeDemoPayees(cases.database, persons, cases.now());
  const payees = await payeesOf(cases.database, persons);
  const openings = rows.flatMap((row, place) =>
    payees.has(String(row.person)) ? [openingOf(run, campaign, row, seen + place, guide.hash)] : [],
  );
  const ready = await readyOpenings(cases, openings, guide);
  return {
    seen,
    rows: rows.length,
    withoutAccount: persons.filter((person) => !payees.has(person)),
    offered: ready.map((one, at) => ({ offer: openings[at]!.offer, ready: one })),
    next: rows.length < rowsAtOnce ? undefined : seen + rows.length,
  };
}

async function writeBlock(tx: Tx, cases: Cases, id: string, block: OfferBlock): Promise<void> {
  const campaign = await tx
    .selectFrom("offer_campaign")
    .selectAll()
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  // Another call did this block in between.
  if (campaign.finished_at !== null || campaign.seen !== block.seen) return;
  const everybody = [...block.offered.map(({ ready }) => ready.person), ...block.withoutAccount];
  const busy = await withCase(tx, campaign.item, everybody);
  const offered = block.offered.filter(({ ready }) => !busy.has(ready.person));
  await writeOpenings(
    tx,
    offered.map(({ ready }) => ready),
  );
  const missed = [
    ...[...busy].map((person) => ({ campaign: id, person, reason: "has-case" as const })),
    ...block.withoutAccount
      .filter((person) => !busy.has(person))
      .map((person) => ({ campaign: id, person, reason: "no-account" as const })),
  ];
  if (missed.length > 0) await tx.insertInto("offer_unreachable").values(missed).execute();
  const sampled = offered.filter(({ offer }) => offer?.sampled).length;
  await tx
    .updateTable("offer_campaign")
    .set({
      seen: block.seen + block.rows,
      offered: campaign.offered + offered.length - sampled,
      sampled: campaign.sampled + sampled,
      unreachable: campaign.unreachable + missed.length,
      fen: campaign.fen + offered.reduce((sum, { offer }) => sum + (offer?.fen ?? 0), 0),
      ...(block.next === undefined && { finished_at: cases.now() }),
    })
    .where("id", "=", id)
    .execute();
}

type Tx = Parameters<typeof writeOpenings>[0];

/** Who of these has a case of the item that is open or pays. */
async function withCase(tx: Tx, item: string, persons: readonly string[]): Promise<ReadonlySet<string>> {
  const open = await sql<{ person: string }>`
    select distinct person from case_view where item = ${item} and (open or pays)
    and person = any(select jsonb_array_elements_text(${JSON.stringify(persons)}::jsonb))`.execute(tx);
  return new Set(open.rows.map(({ person }) => person));
}

function openingOf(run: StoredRun, campaign: Campaign, row: RunRow, place: number, guideHash: string): Opening {
  const item = run.rulebook.items.find(({ code }) => code === campaign.item);
  const reason = item?.reasons[row.reason];
  if (!item || !reason) throw new Error(`${campaign.item} has no reason ${row.reason}`);
  const person = String(row.person);
  const day = shanghaiDay(campaign.made_at);
  return {
    kind: "open",
    case: "auto-grant",
    list: campaign.list,
    item: campaign.item,
    area: run.record.codes.districts[row.district] ?? campaign.area,
    office: null,
    person,
    rulebookHash: run.rulebook.hash,
    guideHash,
    // The run's own answer is what is offered; facts come from the registers when a person takes the case over.
    facts: { persons: { [person]: {} }, households: { h: { members: [person] } }, subject: person },
    origins: {},
    uploads: [],
    bundle: null,
    offer: {
      campaign: campaign.id,
      until: campaign.objection_until,
      fen: row.fen,
      per: item.per,
      reason: { code: reason.code, zh: reason.zh, en: reason.en },
      from: firstDayPaid(item.firstMonth === "month-after-decision" ? "month-after-decision" : "eligible-month", day),
      // By place among those found, so that a campaign that goes on draws as one that never stopped.
      sampled: campaign.sample > 0 && place % campaign.sample === 0,
    },
    clawBack: null,
  };
}

/** @throws {Problem} OFFER-UNKNOWN */
export async function campaignOf(cases: Cases, id: string) {
  const campaign = await cases.database
    .selectFrom("offer_campaign")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirst();
  if (campaign) return campaign;
  throw new Problem("OFFER-UNKNOWN", { zh: "请核对编号", en: "Check the identifier" });
}
