import type { List, Rulebook } from "@qingdan/list";
import { sql } from "kysely";
import type { Database } from "../../store/database.ts";
import { runStatement } from "../../store/statement.ts";
import { actionOf, type CaseView, type LoggedAction, type StoredAction } from "./case-rows.ts";
import type { CaseState } from "./case-state.ts";
import { foldCase } from "./fold-case.ts";
import type { Guide } from "./guide-model.ts";
import type { PinnedGuide } from "./guides.ts";
import type { KeyRow } from "./request-key.ts";

/** A case as it stands, or stood when it was read. */
export interface StoredCase {
  readonly view: CaseView;
  readonly guide: Guide;
  readonly actions: readonly LoggedAction[];
  readonly state: CaseState;
}

/** A case of which one can ask whether it still stands as it was read or written. */
export interface HeldCase extends StoredCase {
  /** The transaction that wrote its view last. */
  readonly stamp: string;
}

/** Journals, and what is kept beside them. Reads go through `db`: the database, or the transaction under way. */
export interface CaseStore {
  view(id: string): Promise<CaseView | undefined>;
  /** A case as it stands, and what the request of that key made before: one question to the store. */
  open(id: string, asked?: Pick<KeyRow, "actor" | "key">): Promise<OpenedCase | undefined>;
  /** A case as it stood when it was last read or written here. Others may have acted on it since. */
  held(id: string): HeldCase | undefined;
  /** Holds what was just written. */
  keep(stored: HeldCase): void;
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

export interface OpenedCase {
  readonly stored: HeldCase;
  readonly before: Pick<KeyRow, "asked" | "made"> | undefined;
}

/** Rulebooks that are held in memory; one is about a megabyte. */
const heldRulebooks = 16;
/** Folded cases that are held in memory; one is about ten kilobytes. */
const heldCases = 2000;

/** A row of `case_view` as JSON tells it. */
type WrittenView = Omit<CaseView, "opened_at" | "updated_at"> & {
  readonly opened_at: string;
  readonly updated_at: string;
};

interface OpenRow {
  /** See `HeldCase`. */
  readonly stamp: string;
  /** Null where the caller's stamp is still right; the journal likewise. */
  readonly view: WrittenView | null;
  readonly actions: readonly StoredAction[] | null;
  readonly asked: string | null;
  readonly made: string | null;
}

/** For `createLooks`: the case is as it was read. Asked of each row by itself, so that the case is found by its key. */
export const caseStands = `(select v.xmin::text from case_view v where v.id = asked."case") = asked.stamp`;

/** Parameters: case, stamp of what is held, actor and key of the request. */
const openText = `
  select v.xmin::text as stamp,
    case when v.xmin::text is distinct from $2::text then to_json(v) end as view,
    case when v.xmin::text is distinct from $2::text
      then (select json_agg(a order by a.seq) from case_action a where a.case_id = v.id) end as actions,
    k.asked, k.made
  from case_view v left join request_key k on k.actor = $3::text and k.key = $4::text
  where v.id = $1::text`;

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
  const cases = new Map<string, HeldCase>();
  const hold = (rulebook: Rulebook) => holdNewest(rulebooks, heldRulebooks, rulebook.hash, rulebook);
  const find = (db: Database, id: string) => db.selectFrom("case_view").selectAll().where("id", "=", id);
  return {
    view: (id) => find(database, id).executeTakeFirst(),
    async open(id, asked) {
      const held = cases.get(id);
      const values = [id, held?.stamp ?? null, asked?.actor ?? null, asked?.key ?? null];
      const [row] = await runStatement<OpenRow>(database, openText, values);
      if (!row) return undefined;
      const before = row.asked === null || row.made === null ? undefined : { asked: row.asked, made: row.made };
      const { stamp, view, actions } = row;
      if (held && view === null) return { stored: holdNewest(cases, heldCases, id, held), before };
      if (view === null || actions === null) throw new Error(`The case ${id} has no journal`);
      const dated = { ...view, opened_at: new Date(view.opened_at), updated_at: new Date(view.updated_at) };
      const guide = await guideOf(database, view.guide_hash);
      const journal = actions.map(actionOf);
      const stored = { stamp, view: dated, guide, actions: journal, state: foldCase(guide, journal) };
      return { stored: holdNewest(cases, heldCases, id, stored), before };
    },
    held: (id) => cases.get(id),
    keep(stored) {
      holdNewest(cases, heldCases, stored.view.id, stored);
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
      const rows = await sql<StoredAction>`
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

/** Sets a value as the newest of at most `most`; the one that was used longest ago goes. */
function holdNewest<Key, Value>(held: Map<Key, Value>, most: number, key: Key, value: Value): Value {
  held.delete(key);
  held.set(key, value);
  const [oldest] = held.keys();
  if (held.size > most && oldest !== undefined) held.delete(oldest);
  return value;
}
