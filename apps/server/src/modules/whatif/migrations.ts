import { type Kysely, type Migration, sql } from "kysely";

export const whatifMigrations: Readonly<Record<string, Migration>> = {
  "2026-11-22-whatif": {
    async up(db: Kysely<unknown>) {
      let table = db.schema
        .createTable("whatif_saved")
        .addColumn("hash", "text", (column) => column.primaryKey().check(sql`length(hash) = 64`))
        .addColumn("saved_at", "timestamptz", (column) => column.notNull());
      for (const column of [
        "title",
        "author",
        "list",
        "list_hash",
        "rulebook_hash",
        "snapshot_hash",
        "reforms",
        "simulation",
      ]) {
        table = table.addColumn(column, "text", (made) => made.notNull());
      }
      await table.execute();
      await sql`
        CREATE FUNCTION whatif_row_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'a row of % is never changed', TG_TABLE_NAME; END $$`.execute(db);
      await sql`
        CREATE TRIGGER whatif_saved_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON whatif_saved
        FOR EACH STATEMENT EXECUTE FUNCTION whatif_row_is_final()`.execute(db);
    },
  },
};
