import type { Kysely, Migration } from "kysely";

export const facilityMigrations: Readonly<Record<string, Migration>> = {
  "2026-11-22-facilities": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("facility_import")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("map", "text", (column) => column.notNull())
        .addColumn("source", "text", (column) => column.notNull())
        .addColumn("sha256", "text", (column) => column.notNull())
        .addColumn("imported_at", "timestamptz", (column) => column.notNull())
        .addColumn("imported_by", "text", (column) => column.notNull())
        .addColumn("rows", "integer", (column) => column.notNull())
        .addColumn("accepted", "integer", (column) => column.notNull())
        .addColumn("quarantined", "integer", (column) => column.notNull())
        .addColumn("by_reason", "jsonb", (column) => column.notNull())
        .addColumn("kinds", "jsonb", (column) => column.notNull())
        .addColumn("datum", "jsonb", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("facility_quarantine")
        .addColumn("import", "text", (column) => column.notNull().references("facility_import.id"))
        .addColumn("row", "integer", (column) => column.notNull())
        .addColumn("column", "text", (column) => column.notNull())
        .addColumn("reason", "text", (column) => column.notNull())
        .addColumn("value", "text", (column) => column.notNull())
        .addColumn("record", "text", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("facility")
        .addColumn("map", "text", (column) => column.notNull())
        .addColumn("code", "text", (column) => column.notNull())
        .addColumn("kind", "text", (column) => column.notNull())
        .addColumn("name_zh", "text", (column) => column.notNull())
        .addColumn("name_en", "text", (column) => column.notNull())
        .addColumn("town", "text", (column) => column.notNull())
        .addColumn("lon", "float8", (column) => column.notNull())
        .addColumn("lat", "float8", (column) => column.notNull())
        .addColumn("functions", "text", (column) => column.notNull())
        .addColumn("floor_m2", "float8")
        .addColumn("capacity", "float8")
        .addColumn("capacity_unit", "text")
        .addColumn("opening_hours", "text")
        .addColumn("step_free", "boolean")
        .addColumn("operator", "text")
        .addColumn("state", "text", (column) => column.notNull())
        .addColumn("import", "text", (column) => column.notNull().references("facility_import.id"))
        .addPrimaryKeyConstraint("facility_key", ["map", "code"])
        .execute();
      await db.schema
        .createTable("coverage_run")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("map", "text", (column) => column.notNull())
        .addColumn("facilities", "text", (column) => column.notNull())
        .addColumn("standard", "text", (column) => column.notNull())
        .addColumn("step_free", "boolean", (column) => column.notNull())
        .addColumn("ran_at", "timestamptz", (column) => column.notNull())
        .addColumn("hash", "text", (column) => column.notNull())
        .addColumn("index", "jsonb", (column) => column.notNull())
        .addColumn("totals", "jsonb", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("siting_run")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("started_at", "timestamptz", (column) => column.notNull())
        .addColumn("run", "jsonb", (column) => column.notNull())
        .execute();
    },
  },
  "2026-11-22-planning-runs": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("planning_run")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("started_at", "timestamptz", (column) => column.notNull())
        .addColumn("run", "jsonb", (column) => column.notNull())
        .execute();
    },
  },
};
