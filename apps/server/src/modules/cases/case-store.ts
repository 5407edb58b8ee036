import type { Calendar } from "@qingdan/clock";
import type { List, Rulebook } from "@qingdan/list";
import { type Insertable, type Selectable, sql } from "kysely";
import type { Database, DatabaseTransaction } from "../../store/database.ts";
import { nextDue } from "./case-clocks.ts";
import type { ActionBody, CaseAction, CaseState } from "./case-state.ts";
import { foldCase } from "./fold-case.ts";
import type { Guide } from "./guide-model.ts";
import type { PinnedGuide } from "./guides.ts";
import type { Channel, Evidence, Mandate } from "./model.ts";
import type { CaseTables } from "./tables.ts";

export type CaseView = Selectable<CaseTables["case_view"]>;

/** A case as it stands. */
export interface StoredCase {
  readonly view: CaseView;
  readonly guide: Guide;
  readonly actions: readonly LoggedAction[];
  readonly state: CaseState;
}

/** Journals, and what is kept beside them. Reads go through `db`: the database, or the transaction under way. */
export interface CaseStore {
  view(id: string): Promise<CaseView | undefined>;
  /** The view inside a transaction, of a case that is there. */
  viewOf(db: Database, id: string): Promise<CaseView>;
  /** Holds a case until the transaction ends: others who act on it wait. */
  lock(db: Database, id: string): Promise<void>;
  load(db: Database, view: CaseView): Promise<StoredCase>;
  /** The states of many cases, in the order of the views. */
  loadMany(db: Database, views: readonly CaseView[]): Promise<readonly CaseState[]>;
  /** The guide that a case pinned. */
  guide(db: Database, hash: string): Promise<PinnedGuide>;
  /** The rulebook that a case pinned. */
  rulebook(db: Database, hash: string): Promise<Rulebook>;
  /** Keeps what a case pins; done once for each. */
  pin(pinned: { readonly list: List; readonly rulebook: Rulebook; readonly guide: PinnedGuide }): Promise<void>;
}

/** Rulebooks that are held in memory; one is about a megabyte. */
const heldRulebooks = 16;

export function createCaseStore(database: Database, now: () => Date): CaseStore {
  const guides = new Map<string, Guide>();
  const rulebooks = new Map<string, Rulebook>();
  const pinned = new Set<string>();
  const guideOf = async (db: Database, hash: string) => {
    const known = guides.get(hash);
    if (known) return known;
    const row = await db.selectFrom("case_guide").select("guide").where("hash", "=", hash).executeTakeFirstOrThrow();
    const guide = row.guide as Guide;
    guides.set(hash, guide);
    return guide;
  };
  const hold = (rulebook: Rulebook) => {
    rulebooks.delete(rulebook.hash);
    rulebooks.set(rulebook.hash, rulebook);
    const [oldest] = rulebooks.keys();
    if (rulebooks.size > heldRulebooks && oldest !== undefined) rulebooks.delete(oldest);
    return rulebook;
  };
  const find = (db: Database, id: string) => db.selectFrom("case_view").selectAll().where("id", "=", id);
  return {
    view: (id) => find(database, id).executeTakeFirst(),
    viewOf: (db, id) => find(db, id).executeTakeFirstOrThrow(),
    async lock(db, id) {
      await db.selectFrom("case_view").select("id").where("id", "=", id).forUpdate().execute();
    },
    async load(db, view) {
      const rows = await db
        .selectFrom("case_action")
        .selectAll()
        .where("case_id", "=", view.id)
        .orderBy("seq")
        .execute();
      const guide = await guideOf(db, view.guide_hash);
      const actions = rows.map(actionOf);
      return { view, guide, actions, state: foldCase(guide, actions) };
    },
    async loadMany(db, views) {
      const rows = await sql<Selectable<CaseTables["case_action"]>>`
        select * from case_action
        where case_id = any(select jsonb_array_elements_text(${JSON.stringify(views.map(({ id }) => id))}::jsonb))
        order by case_id, seq`.execute(db);
      const journals = new Map<string, LoggedAction[]>();
      for (const row of rows.rows) {
        const journal = journals.get(row.case_id) ?? [];
        journal.push(actionOf(row));
        journals.set(row.case_id, journal);
      }
      const states: CaseState[] = [];
      for (const view of views) states.push(foldCase(await guideOf(db, view.guide_hash), journals.get(view.id) ?? []));
      return states;
    },
    guide: async (db, hash) => ({ hash, guide: await guideOf(db, hash) }),
    async rulebook(db, hash) {
      const known = rulebooks.get(hash);
      if (known) return hold(known);
      const publications = db.selectFrom("list_publication").select("rulebook").where("rulebook_hash", "=", hash);
      return hold(JSON.parse((await publications.executeTakeFirstOrThrow()).rulebook) as Rulebook);
    },
    async pin({ list, rulebook, guide }) {
      const key = `${rulebook.hash} ${guide.hash}`;
      if (pinned.has(key)) return;
      hold(rulebook);
      await database
        .insertInto("list_publication")
        .values({
          rulebook_hash: rulebook.hash,
          list: list.code,
          area: rulebook.area,
          date: rulebook.date,
          rulebook: JSON.stringify(rulebook),
          published_at: now(),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await database
        .insertInto("case_guide")
        .values({ hash: guide.hash, item: guide.guide.item, guide: JSON.stringify(guide.guide) })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      pinned.add(key);
    },
  };
}

/** An action with its line of the public log. */
export type LoggedAction = CaseAction & { readonly line: number };

function actionOf(row: Selectable<CaseTables["case_action"]>): LoggedAction {
  return {
    seq: row.seq,
    at: row.at.toISOString(),
    day: row.day,
    by: { id: row.actor, kind: row.actor_kind as CaseAction["by"]["kind"], name: row.actor_name },
    channel: row.channel as Channel,
    ...(row.mandate === null ? {} : { mandate: row.mandate as Mandate }),
    evidence: row.evidence as Evidence[],
    body: row.body as ActionBody,
    line: row.log_line,
  };
}

export function actionRow(
  caseId: string,
  state: CaseState,
  action: CaseAction,
  line: number,
): Insertable<CaseTables["case_action"]> {
  const { seq, at, day, by, channel, mandate, evidence, body } = action;
  return {
    case_id: caseId,
    seq,
    after: seq === 1 ? null : seq - 1,
    kind: body.kind,
    at: new Date(at),
    day,
    actor: by.id,
    actor_kind: by.kind,
    actor_name: by.name,
    channel,
    mandate: mandate === undefined ? null : JSON.stringify(mandate),
    evidence: JSON.stringify(evidence),
    body: JSON.stringify(body),
    proposed_by: body.kind === "decide" ? (state.proposal?.by.id ?? null) : null,
    log_line: line,
  };
}

const openStages: ReadonlySet<string> = new Set(["offered", "received", "supplement", "handling", "checking"]);

/** What lists show of a case: everything in it follows from the state. */
export function viewOf(guide: Guide, state: CaseState, calendar: Calendar) {
  const { due, warn, paused, withoutDue } = nextDue(guide, state, calendar);
  const { decision, opening } = state;
  return {
    seq: state.seq,
    office: state.office,
    assignee: state.assignee?.id ?? null,
    assignee_name: state.assignee?.name ?? null,
    stage: state.stage,
    open: openStages.has(state.stage),
    updated_at: new Date(state.updatedAt),
    due,
    sort_day: due ?? "9999-12-31",
    warn,
    pays: state.amounts.some(({ fen }) => fen > 0),
    paused,
    without_due: withoutDue,
    outcome: decision?.outcome ?? null,
    fen: decision?.fen ?? opening.offer?.fen ?? null,
    per: decision?.per ?? opening.offer?.per ?? null,
    appeal_open: state.appeals.some(({ settled }) => settled === null),
    bad_rating: state.rating !== null && state.rating.grade <= 2 && state.rating.answer === null,
  };
}

interface Appended {
  /** After the action. */
  readonly state: CaseState;
  readonly guide: Guide;
  readonly calendar: Calendar;
  readonly action: CaseAction;
  readonly line: number;
}

/** Adds an action to a journal, and what lists show follows it. undefined: another action took the place. */
export async function appendAction(
  tx: DatabaseTransaction,
  id: string,
  { state, guide, calendar, action, line }: Appended,
): Promise<ReturnType<typeof viewOf> | undefined> {
  const added = await tx
    .insertInto("case_action")
    .values(actionRow(id, state, action, line))
    .onConflict((conflict) => conflict.columns(["case_id", "seq"]).doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows !== 1n) return undefined;
  const view = viewOf(guide, state, calendar);
  await tx.updateTable("case_view").set(view).where("id", "=", id).execute();
  return view;
}
