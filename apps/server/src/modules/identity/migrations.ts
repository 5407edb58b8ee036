import { type Kysely, type Migration, sql } from "kysely";
import { staffRoles } from "./actor.ts";

/** Tables of identity, in the order in which they were made. */
export const identityMigrations: Readonly<Record<string, Migration>> = {
  "2026-11-23-identity": {
    async up(db: Kysely<unknown>) {
      await createAccounts(db);
      await createSignIn(db);
      await widenLooks(db);
    },
  },
  "2026-11-24-mandates": { up: createMandates },
};

async function createMandates(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table mandate (
      id text primary key,
      person text not null,
      person_name text not null,
      helper text not null references account (id),
      relation text not null check (relation in ('guardian', 'close-relative', 'committee', 'agent')),
      items text not null check (length(items) > 0),
      disposes boolean not null,
      evidence text not null,
      until date not null,
      given_by text not null references account (id),
      given_at timestamptz not null,
      revoked_at timestamptz,
      revoked_by text,
      constraint mandate_revoked_whole check ((revoked_at is null) = (revoked_by is null))
    )`.execute(db);
  await sql`create index mandate_person on mandate (person, given_at)`.execute(db);
  await sql`create index mandate_helper on mandate (helper, given_at)`.execute(db);
}

async function createAccounts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("account")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("login", "text", (column) => column.notNull().unique().check(sql`login = lower(login)`))
    .addColumn("kind", "text", (column) => column.notNull().check(sql`kind IN ('resident', 'staff')`))
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("person", "text")
    .addColumn("secret", "text", (column) => column.check(sql`secret LIKE '$argon2id$%'`))
    .addColumn("demo", "boolean", (column) => column.notNull())
    .addColumn("created_at", "timestamptz", (column) => column.notNull())
    .addColumn("disabled_at", "timestamptz")
    .execute();
  await db.schema.createIndex("account_person").on("account").column("person").execute();
  const account = (table: string) =>
    db.schema.createTable(table).addColumn("account", "text", (column) => column.notNull().references("account.id"));
  await account("account_role")
    .addColumn("role", "text", (column) => column.notNull().check(sql`role IN (${sql.join(staffRoles.map(sql.lit))})`))
    .addColumn("area", "text", (column) => column.notNull())
    .addColumn("office", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("account_role_key", ["account", "role", "area", "office"])
    .execute();
  await account("account_passkey")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("public_key", "bytea", (column) => column.notNull())
    .addColumn("counter", "bigint", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("created_at", "timestamptz", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("account_passkey_account").on("account_passkey").column("account").execute();
  await account("account_identity")
    .addColumn("issuer", "text", (column) => column.notNull())
    .addColumn("subject", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("account_identity_key", ["issuer", "subject"])
    .execute();
}

async function createSignIn(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("session")
    .addColumn("token_hash", "text", (column) => column.primaryKey())
    .addColumn("account", "text", (column) => column.notNull().references("account.id"))
    .addColumn("created_at", "timestamptz", (column) => column.notNull())
    .addColumn("seen_at", "timestamptz", (column) => column.notNull())
    .addColumn("turned_at", "timestamptz", (column) => column.notNull())
    .addColumn("before_hash", "text", (column) => column.unique())
    .addColumn("address", "text", (column) => column.notNull())
    .addColumn("agent", "text", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("session_account").on("session").column("account").execute();
  await db.schema
    .createTable("sign_in_step")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("ends_at", "timestamptz", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("sign_in_failure")
    .addColumn("key", "text", (column) => column.primaryKey())
    .addColumn("count", "integer", (column) => column.notNull().check(sql`count > 0`))
    .addColumn("at", "timestamptz", (column) => column.notNull())
    .execute();
}

/** A look was one within a run; now it is any, by whom and for what. */
async function widenLooks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("person_look")
    .alterColumn("run", (column) => column.dropNotNull())
    .execute();
  for (const name of ["actor", "actor_name", "item", "case", "facts"]) {
    await db.schema.alterTable("person_look").addColumn(name, "text").execute();
  }
}
