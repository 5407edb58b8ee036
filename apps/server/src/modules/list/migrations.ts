import { type Kysely, type Migration, sql } from "kysely";

export const listMigrations: Readonly<Record<string, Migration>> = {
  "2026-11-22-list-versions": {
    async up(db: Kysely<unknown>) {
      await createDrafts(db);
      await createProposals(db);
      await createVersions(db);
      await sql`
        CREATE FUNCTION list_row_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'a row of % is never changed', TG_TABLE_NAME; END $$`.execute(db);
      for (const table of ["list_proposal", "list_proposal_end", "list_version"]) {
        await sql`
          CREATE TRIGGER ${sql.raw(`${table}_is_final`)} BEFORE UPDATE OR DELETE OR TRUNCATE ON ${sql.table(table)}
          FOR EACH STATEMENT EXECUTE FUNCTION list_row_is_final()`.execute(db);
      }
    },
  },
};

async function createDrafts(db: Kysely<unknown>) {
  await db.schema
    .createTable("list_draft")
    .addColumn("list", "text", (column) => column.notNull())
    .addColumn("file", "text", (column) => column.notNull())
    .addColumn("text", "text")
    .addColumn("base", "text", (column) => column.notNull())
    .addColumn("author", "text", (column) => column.notNull())
    .addColumn("saved_at", "timestamptz", (column) => column.notNull())
    .addPrimaryKeyConstraint("list_draft_key", ["list", "file"])
    .execute();
}

async function createProposals(db: Kysely<unknown>) {
  await db.schema
    .createTable("list_proposal")
    .addColumn("id", "bigint", (column) => column.primaryKey().generatedAlwaysAsIdentity())
    .addColumn("list", "text", (column) => column.notNull())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("author", "text", (column) => column.notNull())
    .addColumn("account", "text", (column) => column.notNull())
    .addColumn("base", "text", (column) => column.notNull().check(sql`length(base) = 64`))
    .addColumn("files", "text", (column) => column.notNull())
    .addColumn("proposed_at", "timestamptz", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("list_proposal_end")
    .addColumn("proposal", "bigint", (column) => column.primaryKey().references("list_proposal.id"))
    .addColumn("kind", "text", (column) => column.notNull().check(sql`kind IN ('published', 'withdrawn')`))
    .addColumn("author", "text", (column) => column.notNull())
    .addColumn("ended_at", "timestamptz", (column) => column.notNull())
    .execute();
}

async function createVersions(db: Kysely<unknown>) {
  await db.schema
    .createTable("list_version")
    .addColumn("number", "bigint", (column) => column.primaryKey().generatedAlwaysAsIdentity())
    .addColumn("list", "text", (column) => column.notNull())
    .addColumn("version", "text", (column) => column.notNull())
    .addColumn("content_hash", "text", (column) => column.notNull().check(sql`length(content_hash) = 64`))
    .addColumn("parent_hash", "text")
    .addColumn("proposal", "bigint", (column) => column.notNull().unique().references("list_proposal.id"))
    .addColumn("files", "text", (column) => column.notNull())
    .addColumn("published_by", "text", (column) => column.notNull())
    .addColumn("published_at", "timestamptz", (column) => column.notNull())
    .addUniqueConstraint("list_version_name", ["list", "version"])
    .execute();
}
