import { type Kysely, type Migration, sql } from "kysely";

type Db = Kysely<unknown>;

/** Claims for money back: what is claimed of which payment, and to whom it goes. */
async function clawBacks(db: Db): Promise<void> {
  await sql`
    create table claw_back (
      case_id text primary key references case_view (id),
      of_case text not null references case_view (id),
      ground text not null check (ground in ('decision-changed', 'facts-corrected', 'run')),
      area text not null,
      fen bigint not null check (fen > 0),
      at timestamptz not null,
      by text not null,
      constraint claw_back_of_another check (case_id <> of_case)
    )`.execute(db);
  await sql`create index claw_back_of on claw_back (of_case)`.execute(db);
  await sql`create index claw_back_area on claw_back (area, case_id)`.execute(db);
  await sql`
    create table claw_back_line (
      claw_back text not null references claw_back (case_id),
      batch text not null,
      n integer not null,
      due_fen bigint not null check (due_fen >= 0),
      fen bigint not null check (fen > 0),
      primary key (claw_back, batch, n),
      foreign key (batch, n) references payment_line (batch, n)
    )`.execute(db);
  await sql`create index claw_back_line_paid on claw_back_line (batch, n)`.execute(db);
  await sql`
    create table claw_back_share (
      claw_back text not null references claw_back (case_id),
      payer text not null,
      area text not null,
      fen bigint not null check (fen > 0),
      primary key (claw_back, payer, area)
    )`.execute(db);
  for (const table of ["claw_back", "claw_back_line", "claw_back_share"]) {
    await sql`
      create trigger ${sql.raw(`${table}_only_added_to`)} before update or delete or truncate on ${sql.table(table)}
      for each statement execute function only_added_to()`.execute(db);
  }
}

/** From which account an area pays; a batch keeps the one that it was released with. */
async function payerAccounts(db: Db): Promise<void> {
  const shape = (prefix: string) =>
    sql.raw(`length(${prefix}name) between 1 and 140 and ${prefix}account ~ '^[0-9]{8,34}$'
      and ${prefix}bank ~ '^([0-9]{12}|[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?)$'`);
  await sql`
    create table payer_account (
      area text primary key,
      name text not null,
      account text not null,
      bank text not null,
      synthetic boolean not null,
      at timestamptz not null,
      by text not null,
      constraint payer_account_shape check (${shape("")})
    )`.execute(db);
  await sql`
    alter table payment_batch add column payer_name text, add column payer_account text, add column payer_bank text`.execute(
    db,
  );
  // Not of batches that were released before there were payers' accounts.
  await sql`
    alter table payment_batch add constraint payment_released_with_payer check (
      case when released_by is null then num_nonnulls(payer_name, payer_account, payer_bank) = 0
      else num_nonnulls(payer_name, payer_account, payer_bank) = 3 and ${shape("payer_")} end
    ) not valid`.execute(db);
}

/** Accounts that money goes to and comes from are asked for by one and confirmed by another. */
async function accountChanges(db: Db): Promise<void> {
  await sql`
    create table account_change (
      id text primary key,
      kind text not null check (kind in ('payee', 'payer')),
      "of" text not null,
      area text not null,
      name text not null check (length(name) between 1 and 140),
      account text not null check (account ~ '^[0-9]{8,34}$'),
      bank text,
      asked_by text not null,
      asked_at timestamptz not null,
      answer text check (answer in ('confirmed', 'refused')),
      answered_by text,
      answered_at timestamptz,
      constraint account_change_bank check ((kind = 'payer') = (bank is not null)),
      constraint account_change_whole check (num_nonnulls(answer, answered_by, answered_at) in (0, 3)),
      constraint account_change_four_eyes check (answer <> 'confirmed' or answered_by <> asked_by)
    )`.execute(db);
  await sql`create unique index account_change_waiting on account_change (kind, "of") where answer is null`.execute(db);
  await sql`create index account_change_area on account_change (area, id) where answer is null`.execute(db);
}

/**
 * A batch that is not released can be discarded: it stays in the history, and the months of its lines can be paid again. Its lines
 * follow it by their foreign key; nothing else of a line ever changes.
 */
async function discardedBatches(db: Db): Promise<void> {
  await sql`
    alter table payment_batch add column discarded boolean not null default false,
      add column discarded_by text, add column discarded_at timestamptz, add column discard_reason text`.execute(db);
  await sql`
    alter table payment_batch
      add constraint payment_discarded_not_released check (not discarded or released_by is null),
      add constraint payment_discarded_whole check (
        num_nonnulls(discarded_by, discarded_at, discard_reason) = case when discarded then 3 else 0 end),
      add constraint payment_discard_reason check (length(discard_reason) between 1 and 1000),
      add constraint payment_batch_lines_follow unique (id, discarded)`.execute(db);
  await sql`
    create function payment_batch_stays() returns trigger language plpgsql as $$
    begin
      if old.discarded or (old.released_by is not null
        and (old.released_by, old.released_at) is distinct from (new.released_by, new.released_at)) then
        raise exception 'PAYMENT-BATCH-STAYS: a batch stays released or discarded';
      end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger payment_batch_stays before update on payment_batch
    for each row execute function payment_batch_stays()`.execute(db);

  await sql`alter table payment_line add column discarded boolean not null default false`.execute(db);
  await sql`
    alter table payment_line drop constraint payment_line_batch_fkey,
      add constraint payment_line_batch_fkey foreign key (batch, discarded)
        references payment_batch (id, discarded) on update cascade`.execute(db);
  await sql`
    create function payment_line_stays() returns trigger language plpgsql as $$
    begin
      if old.discarded or to_jsonb(old) - 'discarded' is distinct from to_jsonb(new) - 'discarded' then
        raise exception 'JOURNAL-ONLY-ADDED-TO: rows of % are neither changed nor removed', tg_table_name;
      end if;
      return new;
    end $$`.execute(db);
  await sql`drop trigger payment_line_only_added_to on payment_line`.execute(db);
  await sql`
    create trigger payment_line_only_added_to before delete or truncate on payment_line
    for each statement execute function only_added_to()`.execute(db);
  await sql`
    create trigger payment_line_stays before update on payment_line
    for each row execute function payment_line_stays()`.execute(db);
  await sql`drop index payment_line_once`.execute(db);
  await sql`drop index payment_line_again`.execute(db);
  await sql`
    create unique index payment_line_once on payment_line (case_id, month)
    where again_batch is null and not discarded`.execute(db);
  await sql`
    create unique index payment_line_again on payment_line (again_batch, again_n)
    where again_batch is not null and not discarded`.execute(db);
}

/** What payments withhold for claims: never more than the payment, by the database's own word. */
async function withholdings(db: Db): Promise<void> {
  await sql`
    create table payment_withholding (
      batch text not null,
      n integer not null,
      claw_back text not null references claw_back (case_id),
      agreement integer not null check (agreement >= 1),
      fen bigint not null check (fen > 0),
      primary key (batch, n, claw_back),
      foreign key (batch, n) references payment_line (batch, n)
    )`.execute(db);
  await sql`create index payment_withholding_claim on payment_withholding (claw_back, batch)`.execute(db);
  await sql`
    create function payment_withholding_within() returns trigger language plpgsql as $$
    begin
      if (select sum(fen) from payment_withholding where batch = new.batch and n = new.n)
        > (select fen from payment_line where batch = new.batch and n = new.n) then
        raise exception 'PAYMENT-WITHHELD-TOO-MUCH: a payment withholds no more than itself';
      end if;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger payment_withholding_within after insert on payment_withholding
    for each row execute function payment_withholding_within()`.execute(db);
  await sql`
    create trigger payment_withholding_only_added_to before update or delete or truncate on payment_withholding
    for each statement execute function only_added_to()`.execute(db);
  await sql`
    alter table payment_result drop constraint payment_result_result_check,
      add constraint payment_result_result_check check (result in ('paid', 'returned', 'withheld'))`.execute(db);
}

/** The tables of payments. `only_added_to` comes with the cases. */
export const financeMigrations: Readonly<Record<string, Migration>> = {
  "2026-11-23-finance": {
    async up(db: Db) {
      await sql`
        create table payee (
          person text primary key,
          name text not null check (length(name) between 1 and 140),
          account text not null check (account ~ '^[0-9]{8,34}$'),
          synthetic boolean not null,
          at timestamptz not null
        )`.execute(db);
      await sql`
        create table payment_batch (
          id text primary key,
          list text not null,
          item text not null,
          area text not null,
          month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
          prepared_by text not null,
          prepared_at timestamptz not null,
          released_by text,
          released_at timestamptz,
          lines integer not null check (lines >= 0),
          fen bigint not null check (fen >= 0),
          left_out jsonb not null,
          constraint payment_four_eyes check (released_by is null or released_by <> prepared_by),
          constraint payment_released_whole check ((released_by is null) = (released_at is null))
        )`.execute(db);
      await sql`create index payment_batch_area on payment_batch (area, prepared_at, id)`.execute(db);
      await sql`
        create table payment_line (
          batch text not null references payment_batch (id),
          n integer not null check (n >= 1),
          case_id text not null references case_view (id),
          person text not null,
          month text not null,
          fen bigint not null check (fen > 0),
          name text not null,
          account text not null,
          again_batch text,
          again_n integer,
          primary key (batch, n),
          foreign key (again_batch, again_n) references payment_line (batch, n)
        )`.execute(db);
      // A month of a case is paid once, and a payment that came back is paid again once.
      await sql`create unique index payment_line_once on payment_line (case_id, month) where again_batch is null`.execute(
        db,
      );
      await sql`create unique index payment_line_again on payment_line (again_batch, again_n) where again_batch is not null`.execute(
        db,
      );
      await sql`create index payment_line_person on payment_line (person, month)`.execute(db);
      await sql`
        create table payment_share (
          batch text not null,
          n integer not null,
          payer text not null,
          area text not null,
          fen bigint not null check (fen > 0),
          primary key (batch, n, payer, area),
          foreign key (batch, n) references payment_line (batch, n)
        )`.execute(db);
      await sql`
        create table payment_result (
          id bigint generated always as identity primary key,
          batch text not null,
          n integer not null,
          result text not null check (result in ('paid', 'returned')),
          reason text,
          at timestamptz not null,
          by text not null,
          unique (batch, n),
          foreign key (batch, n) references payment_line (batch, n),
          constraint payment_return_has_reason check ((result = 'returned') = (reason is not null))
        )`.execute(db);
      for (const table of ["payment_line", "payment_share", "payment_result"]) {
        await sql`
          create trigger ${sql.raw(`${table}_only_added_to`)} before update or delete or truncate on ${sql.table(table)}
          for each statement execute function only_added_to()`.execute(db);
      }
    },
  },
  "2026-11-24-claw-backs": { up: clawBacks },
  "2026-11-27-payer-accounts": { up: payerAccounts },
  "2026-11-28-account-changes": { up: accountChanges },
  "2026-11-29-discarded-batches": { up: discardedBatches },
  "2026-11-30-withholdings": { up: withholdings },
};
