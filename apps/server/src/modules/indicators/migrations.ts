import { type Kysely, type Migration, sql } from "kysely";

/** Tables whose rows are never changed and never deleted: what was frozen or written down stays as it was. */
const APPEND_ONLY = [
  "indicator_snapshot",
  "indicator_batch",
  "indicator_row",
  "indicator_quarantine",
  "indicator_alarm",
  "indicator_alarm_event",
  "indicator_action",
  "indicator_action_event",
] as const;

export const indicatorMigrations: Readonly<Record<string, Migration>> = {
  "2026-11-22-indicators": {
    async up(db: Kysely<unknown>) {
      await createBatches(db);
      await createWork(db);
      await sql`
        CREATE FUNCTION indicator_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP;
        END $$`.execute(db);
      for (const table of APPEND_ONLY) await makeAppendOnly(db, table);
    },
  },
  "2026-11-22-indicators-evaluations": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("indicator_evaluation")
        .addColumn("hash", "text", (column) => column.primaryKey().check(sql`length(hash) = 64`))
        .addColumn("content", "text", (column) => column.notNull())
        .addColumn("by", "text", (column) => column.notNull())
        .addColumn("at", "timestamptz", (column) => column.notNull())
        .execute();
      await makeAppendOnly(db, "indicator_evaluation");
    },
  },
};

async function makeAppendOnly(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`
    CREATE TRIGGER ${sql.ref(`${table}_append_only`)} BEFORE UPDATE OR DELETE OR TRUNCATE ON ${sql.table(table)}
    FOR EACH STATEMENT EXECUTE FUNCTION indicator_refuse_change()`.execute(db);
}

async function createBatches(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("indicator_batch")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("number", "bigint", (column) => column.generatedAlwaysAsIdentity().unique())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull().check(sql`length(hash) = 64`))
    .addColumn("rows", "integer", (column) => column.notNull())
    .addColumn("accepted", "integer", (column) => column.notNull())
    .addColumn("quarantined", "integer", (column) => column.notNull())
    .addColumn("by", "text", (column) => column.notNull())
    .addColumn("at", "timestamptz", (column) => column.notNull())
    .addCheckConstraint("indicator_batch_counts", sql`rows = accepted + quarantined`)
    .execute();
  await db.schema
    .createTable("indicator_row")
    .addColumn("batch", "text", (column) => column.notNull().references("indicator_batch.id"))
    .addColumn("row", "integer", (column) => column.notNull())
    .addColumn("indicator", "text", (column) => column.notNull())
    .addColumn("area", "text", (column) => column.notNull())
    .addColumn("period", "text", (column) => column.notNull())
    .addColumn("numerator", "double precision")
    .addColumn("denominator", "double precision")
    .addColumn("value", "double precision")
    .addPrimaryKeyConstraint("indicator_row_key", ["batch", "row"])
    .execute();
  await db.schema
    .createTable("indicator_quarantine")
    .addColumn("batch", "text", (column) => column.notNull().references("indicator_batch.id"))
    .addColumn("row", "integer", (column) => column.notNull())
    .addColumn("column", "text", (column) => column.notNull())
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("value", "text", (column) => column.notNull())
    .addColumn("record", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("indicator_quarantine_key", ["batch", "row"])
    .execute();
}

async function createWork(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("indicator_snapshot")
    .addColumn("hash", "text", (column) => column.primaryKey().check(sql`length(hash) = 64`))
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("area", "text", (column) => column.notNull())
    .addColumn("version", "text", (column) => column.notNull())
    .addColumn("figures", "integer", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .addColumn("provenance", "text", (column) => column.notNull())
    .addColumn("by", "text", (column) => column.notNull())
    .addColumn("at", "timestamptz", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("indicator_alarm")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("rule", "text", (column) => column.notNull())
    .addColumn("indicator", "text", (column) => column.notNull())
    .addColumn("area", "text", (column) => column.notNull())
    .addColumn("period", "text", (column) => column.notNull())
    .addColumn("value", "double precision", (column) => column.notNull())
    .addColumn("limit", "double precision")
    .addColumn("at", "timestamptz", (column) => column.notNull())
    .addUniqueConstraint("indicator_alarm_once", ["rule", "area", "period"])
    .execute();
  await db.schema
    .createTable("indicator_alarm_event")
    .addColumn("id", "bigint", (column) => column.primaryKey().generatedAlwaysAsIdentity())
    .addColumn("alarm", "text", (column) => column.notNull().references("indicator_alarm.id"))
    .addColumn("state", "text", (column) =>
      column.notNull().check(sql`state IN ('open', 'confirmed', 'false', 'fixed')`),
    )
    .addColumn("note", "text", (column) => column.notNull())
    .addColumn("by", "text", (column) => column.notNull())
    .addColumn("at", "timestamptz", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("indicator_action")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("indicator", "text", (column) => column.notNull())
    .addColumn("area", "text", (column) => column.notNull())
    .addColumn("alarm", "text", (column) => column.references("indicator_alarm.id"))
    .addColumn("what", "text", (column) => column.notNull())
    .addColumn("owner", "text", (column) => column.notNull())
    .addColumn("due", "date", (column) => column.notNull())
    .addColumn("by", "text", (column) => column.notNull())
    .addColumn("at", "timestamptz", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("indicator_action_event")
    .addColumn("id", "bigint", (column) => column.primaryKey().generatedAlwaysAsIdentity())
    .addColumn("action", "text", (column) => column.notNull().references("indicator_action.id"))
    .addColumn("state", "text", (column) => column.notNull().check(sql`state IN ('open', 'done', 'dropped')`))
    .addColumn("note", "text", (column) => column.notNull())
    .addColumn("by", "text", (column) => column.notNull())
    .addColumn("at", "timestamptz", (column) => column.notNull())
    .execute();
}
