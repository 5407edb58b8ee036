import type { Generated } from "kysely";

/** The tables of published list versions and of what leads to them. */
export interface ListTables {
  /** A file of a list as somebody is writing it; one draft a file. */
  readonly list_draft: {
    readonly list: string;
    readonly file: string;
    /** null: the file is to go. */
    readonly text: string | null;
    /** SHA-256 of the text that was shown when the draft was begun; empty for a new file. */
    readonly base: string;
    readonly author: string;
    readonly saved_at: Date;
  };
  /** Drafts frozen together, to be looked at before they are published. */
  readonly list_proposal: {
    readonly id: Generated<string>;
    readonly list: string;
    readonly title: string;
    readonly author: string;
    /** Id of the author's account, for four eyes; empty where nobody was signed in. */
    readonly account: string;
    /** Content hash of the list that it changes. */
    readonly base: string;
    /** The changed files as JSON: path -> text, or null where the file is to go. */
    readonly files: string;
    readonly proposed_at: Date;
  };
  /** How a proposal ended: one line, never changed. */
  readonly list_proposal_end: {
    readonly proposal: string;
    readonly kind: "published" | "withdrawn";
    readonly author: string;
    readonly ended_at: Date;
  };
  /** A published version: all own files of a list, never changed. */
  readonly list_version: {
    readonly number: Generated<string>;
    readonly list: string;
    readonly version: string;
    /** SHA-256 of the files: see `content-hash.ts`. */
    readonly content_hash: string;
    /** Content hash of the parent list that it was checked on; null for the nation. */
    readonly parent_hash: string | null;
    readonly proposal: string;
    /** All files as JSON: path -> text. */
    readonly files: string;
    readonly published_by: string;
    readonly published_at: Date;
  };
}
