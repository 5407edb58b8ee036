import { type Kysely, type Migration, sql } from "kysely";
import { auditMigrations } from "../modules/audit/migrations.ts";
import { caseMigrations } from "../modules/cases/migrations.ts";
import { offerMigrations } from "../modules/entitlements/offers/migrations.ts";
import { facilityMigrations } from "../modules/facilities/migrations.ts";
import { financeMigrations } from "../modules/finance/migrations.ts";
import { identityMigrations } from "../modules/identity/migrations.ts";
import { indicatorMigrations } from "../modules/indicators/migrations.ts";
import { listMigrations } from "../modules/list/migrations.ts";
import { whatifMigrations } from "../modules/whatif/migrations.ts";

/** Every change to the operational store, in order; a migration that was released is never edited. */
export const migrations: Readonly<Record<string, Migration>> = {
  "2026-11-22-runs": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("list_publication")
        .addColumn("rulebook_hash", "text", (column) => column.primaryKey())
        .addColumn("list", "text", (column) => column.notNull())
        .addColumn("area", "text", (column) => column.notNull())
        .addColumn("date", "date", (column) => column.notNull())
        .addColumn("rulebook", "text", (column) => column.notNull())
        .addColumn("published_at", "timestamptz", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("run")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("rulebook_hash", "text", (column) => column.notNull().references("list_publication.rulebook_hash"))
        .addColumn("snapshot_hash", "text", (column) => column.notNull())
        .addColumn("hash", "text", (column) => column.notNull().check(sql`length(hash) = 64`))
        .addColumn("folder", "text", (column) => column.notNull().unique())
        .addColumn("people_folder", "text", (column) => column.notNull())
        .addColumn("finished_at", "timestamptz", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("person_look")
        .addColumn("id", "bigint", (column) => column.primaryKey().generatedAlwaysAsIdentity())
        .addColumn("run", "text", (column) => column.notNull().references("run.id"))
        .addColumn("person", "text", (column) => column.notNull())
        .addColumn("address", "text", (column) => column.notNull())
        .addColumn("at", "timestamptz", (column) => column.notNull())
        .execute();
      await db.schema.createIndex("person_look_person").on("person_look").columns(["person", "at"]).execute();
    },
  },
  ...auditMigrations,
  ...caseMigrations,
  ...financeMigrations,
  ...offerMigrations,
  ...facilityMigrations,
  ...identityMigrations,
  ...listMigrations,
  ...indicatorMigrations,
  ...whatifMigrations,
};
