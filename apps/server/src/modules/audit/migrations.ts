import { type Kysely, type Migration, sql } from "kysely";

/** A line, once sealed, may only be erased: subject, body, doer and salt go, the commitment and its place stay for good. */
const keepLines = sql`
  CREATE FUNCTION audit_line_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'DELETE' THEN
      RAISE EXCEPTION 'a line of the log is never deleted';
    END IF;
    IF NEW.id <> OLD.id OR NEW.commitment <> OLD.commitment OR NEW.at <> OLD.at OR NEW.kind <> OLD.kind
      OR (OLD.leaf IS NOT NULL AND NEW.leaf IS DISTINCT FROM OLD.leaf)
      OR (NEW.salt IS NOT NULL AND (NEW.salt IS DISTINCT FROM OLD.salt OR NEW.body IS DISTINCT FROM OLD.body
        OR NEW.subject IS DISTINCT FROM OLD.subject OR NEW.actor IS DISTINCT FROM OLD.actor)) THEN
      RAISE EXCEPTION 'a line of the log is never changed';
    END IF;
    RETURN NEW;
  END $$`;

/** Tables of the log, in the order in which they were made. */
export const auditMigrations: Readonly<Record<string, Migration>> = {
  "2026-11-23-audit": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("audit_line")
        .addColumn("id", "bigint", (column) => column.primaryKey().generatedAlwaysAsIdentity())
        .addColumn("kind", "text", (column) => column.notNull())
        .addColumn("subject", "text")
        .addColumn("body", "text")
        .addColumn("actor", "text")
        .addColumn("at", "timestamptz", (column) => column.notNull())
        .addColumn("salt", "bytea", (column) => column.check(sql`octet_length(salt) = 32`))
        .addColumn("commitment", "bytea", (column) => column.notNull().check(sql`octet_length(commitment) = 32`))
        .addColumn("leaf", "bigint", (column) => column.unique())
        .addColumn("erased_at", "timestamptz")
        .addCheckConstraint("audit_line_whole_or_erased", sql`(salt IS NULL) = (erased_at IS NOT NULL)`)
        .addCheckConstraint("audit_line_erased_bare", sql`salt IS NOT NULL OR (body IS NULL AND subject IS NULL)`)
        .execute();
      await sql`CREATE INDEX audit_line_pending ON audit_line (id) WHERE leaf IS NULL`.execute(db);
      await db.schema.createIndex("audit_line_subject").on("audit_line").columns(["subject", "id"]).execute();
      await keepLines.execute(db);
      await sql`CREATE TRIGGER audit_line_keeps BEFORE UPDATE OR DELETE ON audit_line
        FOR EACH ROW EXECUTE FUNCTION audit_line_keeps()`.execute(db);
      await db.schema
        .createTable("audit_tile")
        .addColumn("level", "integer", (column) => column.notNull())
        .addColumn("n", "bigint", (column) => column.notNull())
        .addColumn("hashes", "bytea", (column) => column.notNull())
        .addPrimaryKeyConstraint("audit_tile_key", ["level", "n"])
        .execute();
      await db.schema
        .createTable("audit_checkpoint")
        .addColumn("size", "bigint", (column) => column.primaryKey())
        .addColumn("root", "bytea", (column) => column.notNull().check(sql`octet_length(root) = 32`))
        .addColumn("note", "text", (column) => column.notNull())
        .addColumn("at", "timestamptz", (column) => column.notNull())
        .execute();
    },
  },
  "2026-11-26-audit-leaves": {
    async up(db: Kysely<unknown>) {
      // A line that is not sealed has no place in this index; what seals it changes nothing else, which is seen without a function.
      await sql`ALTER TABLE audit_line DROP CONSTRAINT audit_line_leaf_key`.execute(db);
      await sql`CREATE UNIQUE INDEX audit_line_leaf ON audit_line (leaf) WHERE leaf IS NOT NULL`.execute(db);
      await sql`DROP TRIGGER audit_line_keeps ON audit_line`.execute(db);
      await sql`CREATE TRIGGER audit_line_keeps BEFORE UPDATE ON audit_line FOR EACH ROW
        WHEN (OLD.leaf IS NOT NULL OR NEW.salt IS NULL OR
          (OLD.id, OLD.kind, OLD.subject, OLD.body, OLD.actor, OLD.at, OLD.salt, OLD.commitment)
          IS DISTINCT FROM (NEW.id, NEW.kind, NEW.subject, NEW.body, NEW.actor, NEW.at, NEW.salt, NEW.commitment))
        EXECUTE FUNCTION audit_line_keeps()`.execute(db);
      await sql`CREATE TRIGGER audit_line_stays BEFORE DELETE ON audit_line
        FOR EACH ROW EXECUTE FUNCTION audit_line_keeps()`.execute(db);
    },
  },
};
