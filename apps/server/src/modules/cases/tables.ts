import type { ColumnType, Generated } from "kysely";

/** JSON goes in as text and comes out parsed. */
type Json<T> = ColumnType<T, string | null, string | null>;

/** The tables of the cases module; `migrations.ts` makes them. */
export interface CaseTables {
  /** One line of a case's journal. Only ever added to. */
  readonly case_action: {
    readonly case_id: string;
    readonly seq: number;
    /** The action before it: journals have no gaps. */
    readonly after: number | null;
    readonly kind: string;
    readonly at: Date;
    readonly day: string;
    readonly actor: string;
    readonly actor_kind: string;
    readonly actor_name: string;
    readonly channel: string;
    readonly mandate: Json<unknown>;
    readonly evidence: Json<unknown>;
    readonly body: Json<unknown>;
    /** Of a decision that was proposed: by whom. */
    readonly proposed_by: string | null;
    /** Its line of the public log. */
    readonly log_line: number;
  };
  /** What is read to list cases: kept beside the journal in the same transaction, and reckoned again by `rebuild-views.ts` when a year is arranged. */
  readonly case_view: {
    readonly id: string;
    readonly number: string;
    readonly seq: number;
    readonly kind: string;
    readonly list: string;
    readonly item: string;
    readonly area: string;
    readonly office: string | null;
    readonly person: string;
    readonly assignee: string | null;
    readonly assignee_name: string | null;
    readonly stage: string;
    /** Whether somebody still has to do something. */
    readonly open: boolean;
    readonly channel: string;
    readonly opened_at: Date;
    readonly updated_at: Date;
    /** The next binding limit of a running clock. */
    readonly due: string | null;
    /** By which lists are ordered: `due`, or a day after all others. */
    readonly sort_day: string;
    /** The first day of its warning. */
    readonly warn: string | null;
    readonly paused: boolean;
    /** Something is paid by it, now or for days that have passed. */
    readonly pays: boolean;
    /** A limit runs into a year without an arrangement of holidays. */
    readonly without_due: boolean;
    readonly outcome: string | null;
    readonly fen: number | null;
    readonly per: string | null;
    readonly appeal_open: boolean;
    readonly bad_rating: boolean;
    /** Of an offer: the last day of objection. */
    readonly objection_until: string | null;
    readonly bundle: string | null;
    readonly campaign: string | null;
    readonly rulebook_hash: string;
    readonly guide_hash: string;
  };
  /** Guides as cases pinned them. */
  readonly case_guide: { readonly hash: string; readonly item: string; readonly guide: Json<unknown> };
  /** Answers to requests that were sent before: by whom, under which key. */
  readonly request_key: {
    readonly actor: string;
    readonly key: string;
    /** SHA-256 of what was asked. */
    readonly asked: string;
    /** What it made: the id of a case, form, campaign or batch. */
    readonly made: string;
    readonly at: Date;
  };
  readonly case_form: {
    readonly id: string;
    readonly seq: number;
    readonly owner: string;
    readonly person: string;
    readonly list: string;
    readonly area: string;
    readonly items: Json<readonly string[]>;
    readonly bundle: string | null;
    readonly date: string;
    readonly rulebook_hash: string;
    /** Answers, skips, disputes and what the registers gave, as `form-state.ts` holds them. */
    readonly content: Json<unknown>;
    readonly updated_at: Date;
    readonly expires_on: string;
    readonly submitted: Json<unknown>;
    /** Papers that registers saved and that were asked, counted when it is submitted; null of others. */
    readonly papers_saved: number | null;
    readonly papers_asked: number | null;
  };
  readonly form_code: {
    /** Keyed hash of the code; the code itself is nowhere. */
    readonly hash: string;
    readonly form: string;
    readonly until: Date;
    readonly used_at: Date | null;
  };
  readonly form_code_failure: { readonly id: Generated<number>; readonly asker: string; readonly at: Date };
  readonly upload: {
    readonly id: string;
    /** The form that it was handed in with; null where it was handed in to a case. */
    readonly form: string | null;
    /** The case that asked for it to be supplied. */
    readonly case_id: string | null;
    readonly person: string;
    readonly paper: string;
    readonly name: string;
    readonly type: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly content: Uint8Array;
    readonly at: Date;
  };
  readonly bundle_case: {
    readonly id: string;
    readonly list: string;
    readonly bundle: string;
    readonly person: string;
    readonly branches: Json<unknown>;
    readonly at: Date;
  };
}
