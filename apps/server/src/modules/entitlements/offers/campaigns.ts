import { firstDayPaid } from "@qingdan/clock";
import { sql } from "kysely";
import { Problem } from "../../../problem.ts";
import { shanghaiDay } from "../../../shanghai-day.ts";
import { append } from "../../audit/index.ts";
import { type Cases, madeBefore, type Opening, ruledByRun, writeDeeds, writeOpenings } from "../../cases/index.ts";
import { makeDemoPayees, payeesOf } from "../../finance/index.ts";
import type { Actor } from "../../identity/index.ts";
import type { Lake, RunRow } from "../lake.ts";
import type { RunStore, StoredRun } from "../run-store.ts";
import { foundPeople, rowsAtOnce } from "./found-people.ts";

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
  { cases, runs, lake }: Offers,
  id: string,
  onBlock: (seen: number) => void = () => {},
): Promise<void> {
  const first = await campaignOf(cases, id);
  const run = await runs.one(first.run);
  const at = positionOf(run, first.item);
  const list = await cases.list(run.list);
  const guide = cases.guides.of(list, first.item);
  await cases.store.pin({ list, rulebook: run.rulebook, guide });
  for (let seen = first.seen, more = first.finished_at === null; more; ) {
    const rows = await foundPeople(lake, run, at, seen);
    seen = await cases.database.transaction().execute(async (tx) => {
      const campaign = await tx
        .selectFrom("offer_campaign")
        .selectAll()
        .where("id", "=", id)
        .forUpdate()
        .executeTakeFirstOrThrow();
      // Another call did this block in between.
      if (campaign.seen !== seen) return campaign.seen;
      const done = rows.length < rowsAtOnce;
      if (run.record.run.synthetic)
        await makeDemoPayees(
          tx,
          rows.map(({ person }) => String(person)),
          cases.now(),
        );
      const { openings, unreachable } = await sorted(tx, run, campaign, rows, guide.hash);
      await writeOpenings(tx, cases, openings, guide);
      if (unreachable.size > 0) {
        const missed = [...unreachable].map(([person, reason]) => ({ campaign: id, person, reason }));
        await tx.insertInto("offer_unreachable").values(missed).execute();
      }
      const sampled = openings.filter(({ offer }) => offer?.sampled).length;
      await tx
        .updateTable("offer_campaign")
        .set({
          seen: seen + rows.length,
          offered: campaign.offered + openings.length - sampled,
          sampled: campaign.sampled + sampled,
          unreachable: campaign.unreachable + unreachable.size,
          fen: campaign.fen + openings.reduce((sum, { offer }) => sum + (offer?.fen ?? 0), 0),
          ...(done && { finished_at: cases.now() }),
        })
        .where("id", "=", id)
        .execute();
      return seen + rows.length;
    });
    onBlock(seen);
    more = (await campaignOf(cases, id)).finished_at === null;
  }
}

type Tx = Parameters<typeof writeOpenings>[0];
type Campaign = Awaited<ReturnType<typeof campaignOf>>;

/** Who of a block is offered a grant, and who is not and why. */
async function sorted(tx: Tx, run: StoredRun, campaign: Campaign, rows: readonly RunRow[], guideHash: string) {
  const persons = rows.map(({ person }) => String(person));
  const payees = await payeesOf(tx, persons);
  const open = await sql<{ person: string }>`
    select person from case_view where item = ${campaign.item} and (open or pays)
    and person = any(select jsonb_array_elements_text(${JSON.stringify(persons)}::jsonb))`.execute(tx);
  const busy = new Set(open.rows.map(({ person }) => person));
  const unreachable = new Map<string, "no-account" | "has-case">();
  const openings: Opening[] = [];
  rows.forEach((row, place) => {
    const person = String(row.person);
    if (busy.has(person)) unreachable.set(person, "has-case");
    else if (!payees.has(person)) unreachable.set(person, "no-account");
    else openings.push(openingOf(run, campaign, row, campaign.seen + place, guideHash));
  });
  return { openings, unreachable };
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

/**
 * Grants what nobody declined or objected to, a block a transaction; it can be broken off and called again.
 *
 * @throws {Problem} OFFER-STATE before the objection period has passed
 */
export async function releaseCampaign(
  { cases }: Offers,
  id: string,
  onBlock: (released: number) => void = () => {},
): Promise<void> {
  const campaign = await campaignOf(cases, id);
  const today = shanghaiDay(cases.now());
  if (campaign.finished_at === null || today <= campaign.objection_until) {
    throw new Problem("OFFER-STATE", {
      zh: `异议期到 ${campaign.objection_until} 为止`,
      en: `It can be objected to until ${campaign.objection_until}`,
    });
  }
  for (let more = true; more; ) {
    const released = await cases.database.transaction().execute(async (tx) => {
      const views = await tx
        .selectFrom("case_view")
        .selectAll()
        .where("campaign", "=", id)
        .where("stage", "=", "offered")
        .orderBy("id")
        .limit(rowsAtOnce)
        .forUpdate()
        .execute();
      await writeDeeds(tx, cases, views, (state) => {
        if (!state.opening.offer) throw new Error("A campaign's case has an offer");
        return { kind: "release", ruled: ruledByRun(state.opening.offer) };
      });
      await tx
        .updateTable("offer_campaign")
        .set((is) => ({ released: is("released", "+", views.length), released_at: cases.now() }))
        .where("id", "=", id)
        .execute();
      return views.length;
    });
    onBlock(released);
    more = released === rowsAtOnce;
  }
}
