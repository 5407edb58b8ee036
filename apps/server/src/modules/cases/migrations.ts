import { type Kysely, type Migration, sql } from "kysely";

type Db = Kysely<unknown>;

/** Refuses changes and removals: what was written down stays. */
async function onlyAddedTo(db: Db, table: string): Promise<void> {
  await sql`
    create trigger ${sql.raw(`${table}_only_added_to`)} before update or delete or truncate on ${sql.table(table)}
    for each statement execute function only_added_to()`.execute(db);
}

async function journal(db: Db): Promise<void> {
  await sql`
    create function only_added_to() returns trigger language plpgsql as $$
    begin
      raise exception 'JOURNAL-ONLY-ADDED-TO: rows of % are neither changed nor removed', tg_table_name;
    end $$`.execute(db);
  await sql`create sequence case_number`.execute(db);
  await sql`
    create table case_action (
      case_id text not null,
      seq integer not null,
      after integer,
      kind text not null,
      at timestamptz not null,
      day date not null,
      actor text not null,
      actor_kind text not null check (actor_kind in ('resident', 'staff', 'system')),
      actor_name text not null,
      channel text not null check (channel in ('window', 'web', 'phone', 'station', 'helper', 'system')),
      mandate jsonb,
      evidence jsonb not null,
      body jsonb not null,
      proposed_by text,
      log_line bigint not null references audit_line (id),
      primary key (case_id, seq),
      foreign key (case_id, after) references case_action (case_id, seq),
      constraint case_begins_with_open check ((seq = 1) = (kind = 'open')),
      constraint case_has_no_gaps check ((seq = 1 and after is null) or (seq > 1 and after is not null and after = seq - 1)),
      constraint case_helper_has_mandate check (channel <> 'helper' or mandate is not null),
      constraint case_system_is_no_person check ((channel = 'system') = (actor_kind = 'system')),
      constraint case_second_person check (kind <> 'decide' or proposed_by is null or proposed_by <> actor)
    )`.execute(db);
  await onlyAddedTo(db, "case_action");
}

async function guide(db: Db): Promise<void> {
  await sql`create table case_guide (hash text primary key check (length(hash) = 64), item text not null, guide jsonb not null)`.execute(
    db,
  );
  await onlyAddedTo(db, "case_guide");
}

async function view(db: Db): Promise<void> {
  await sql`
    create table case_view (
      id text primary key,
      number text not null unique,
      seq integer not null,
      kind text not null,
      list text not null,
      item text not null,
      area text not null,
      office text,
      person text not null,
      assignee text,
      assignee_name text,
      stage text not null,
      open boolean not null,
      channel text not null,
      opened_at timestamptz not null,
      updated_at timestamptz not null,
      due date,
      sort_day date not null,
      warn date,
      paused boolean not null,
      pays boolean not null,
      without_due boolean not null,
      outcome text check (outcome in ('grant', 'reject', 'repay')),
      fen bigint check (fen >= 0),
      per text,
      appeal_open boolean not null,
      bad_rating boolean not null,
      objection_until date,
      bundle text,
      campaign text,
      rulebook_hash text not null references list_publication (rulebook_hash),
      guide_hash text not null references case_guide (hash),
      foreign key (id, seq) references case_action (case_id, seq),
      constraint case_view_sorts_by_due check (sort_day = coalesce(due, '9999-12-31'))
    )`.execute(db);
  const indexes: readonly (readonly [name: string, columns: string, where?: string])[] = [
    ["case_view_area", "area, sort_day, number", "open"],
    ["case_view_due", "sort_day, number", "open"],
    ["case_view_stage", "stage, sort_day, number"],
    ["case_view_area_stage", "area, stage, sort_day, number"],
    ["case_view_assignee", "assignee, sort_day, number", "open"],
    ["case_view_item", "item, sort_day, number", "open"],
    ["case_view_person", "person, opened_at, number"],
    ["case_view_unassigned", "area, sort_day, number", "open and assignee is null"],
    ["case_view_appeal", "sort_day, number", "appeal_open"],
    ["case_view_bad_rating", "sort_day, number", "bad_rating"],
    ["case_view_without_due", "id", "without_due"],
    ["case_view_pays", "item, id", "pays"],
    ["case_view_bundle", "bundle", "bundle is not null"],
    ["case_view_campaign", "campaign, stage, id", "campaign is not null"],
  ];
  for (const [name, columns, where] of indexes) {
    await sql.raw(`create index ${name} on case_view (${columns})${where ? ` where ${where}` : ""}`).execute(db);
  }
}

async function requests(db: Db): Promise<void> {
  await sql`
    create table request_key (
      actor text not null,
      key text not null check (key ~ '^[A-Za-z0-9-]{1,80}$'),
      asked text not null,
      made text not null,
      at timestamptz not null,
      primary key (actor, key)
    )`.execute(db);
}

async function forms(db: Db): Promise<void> {
  await sql`
    create table case_form (
      id text primary key,
      seq integer not null check (seq >= 1),
      owner text not null,
      person text not null,
      list text not null,
      area text not null,
      items jsonb not null,
      bundle text,
      date date not null,
      rulebook_hash text not null references list_publication (rulebook_hash),
      content jsonb not null,
      updated_at timestamptz not null,
      expires_on date not null,
      submitted jsonb
    )`.execute(db);
  await sql`create index case_form_owner on case_form (owner, updated_at)`.execute(db);
  await sql`create index case_form_expiry on case_form (expires_on) where submitted is null`.execute(db);
  await sql`create index case_form_person on case_form (person, updated_at)`.execute(db);
  await sql`
    create table form_code (
      hash text primary key check (length(hash) = 64),
      form text not null references case_form (id) on delete cascade,
      until timestamptz not null,
      used_at timestamptz
    )`.execute(db);
  await sql`create index form_code_form on form_code (form)`.execute(db);
  await sql`
    create table form_code_failure (
      id bigint generated always as identity primary key,
      asker text not null,
      at timestamptz not null
    )`.execute(db);
  await sql`create index form_code_failure_asker on form_code_failure (asker, at)`.execute(db);
  await sql`
    create table upload (
      id text primary key,
      form text not null references case_form (id),
      person text not null,
      paper text not null,
      name text not null,
      type text not null,
      bytes integer not null check (bytes > 0),
      sha256 text not null check (length(sha256) = 64),
      content bytea not null,
      at timestamptz not null,
      unique (form, paper, sha256)
    )`.execute(db);
  await sql`
    create table bundle_case (
      id text primary key,
      list text not null,
      bundle text not null,
      person text not null,
      branches jsonb not null,
      at timestamptz not null
    )`.execute(db);
}

/** Days of warning as ranges: which of all open cases a day lies in the warning of is found without looking at the others. */
async function warning(db: Db): Promise<void> {
  await sql`
    create index case_view_warning on case_view using gist ((case when warn <= due then daterange(warn, due, '[]') end))
    where open and not paused`.execute(db);
}

/** Lists by each thing they can be narrowed by, also of cases that are closed. */
async function lists(db: Db): Promise<void> {
  await sql`drop index case_view_area, case_view_due, case_view_item`.execute(db);
  for (const narrowed of ["", "area, ", "item, ", "kind, ", "list, "]) {
    const name = narrowed === "" ? "due" : narrowed.slice(0, -2);
    await sql.raw(`create index case_view_${name} on case_view (${narrowed}sort_day, number)`).execute(db);
  }
  await sql`create index case_view_office on case_view (office, sort_day, number) where office is not null`.execute(db);
}

/** Papers that a case asks for later are handed in to the case. */
async function suppliedUploads(db: Db): Promise<void> {
  await sql`
    alter table upload alter column form drop not null, add column case_id text references case_view (id),
      add constraint upload_belongs check (num_nonnulls(form, case_id) = 1)`.execute(db);
  await sql`create unique index upload_case on upload (case_id, paper, sha256) where case_id is not null`.execute(db);
}

/** How many papers each submitted form asked for and was spared by registers; unknown of those submitted before. */
async function formPapers(db: Db): Promise<void> {
  await sql`
    alter table case_form add column papers_saved integer, add column papers_asked integer,
      add constraint case_form_papers check (
        num_nonnulls(papers_saved, papers_asked) = 0
        or (papers_saved is not null and papers_asked is not null and submitted is not null
          and papers_saved >= 0 and papers_asked >= 0))`.execute(db);
  await sql`
    create index case_form_papers_area on case_form (area) include (papers_saved, papers_asked)
    where papers_asked is not null`.execute(db);
}

/** The tables of cases: journal, what is listed, forms. */
export const caseMigrations: Readonly<Record<string, Migration>> = {
  "2026-11-23-cases": {
    async up(db: Db) {
      await journal(db);
      await guide(db);
      await view(db);
      await requests(db);
      await forms(db);
    },
  },
  "2026-11-24-bundle-person": {
    up: (db: Db) => sql`create index bundle_case_person on bundle_case (person, at)`.execute(db).then(() => undefined),
  },
  "2026-11-24-case-warning": { up: warning },
  "2026-11-25-case-lists": { up: lists },
  "2026-11-28-supplied-uploads": { up: suppliedUploads },
  "2026-11-29-form-papers": { up: formPapers },
};
