import { mkdir } from "node:fs/promises";
import { Kysely, Migrator, PostgresDialect, sql, type Transaction } from "kysely";
import type { AuditTables } from "../modules/audit/tables.ts";
import type { CaseTables } from "../modules/cases/tables.ts";
import type { OfferTables } from "../modules/entitlements/offers/tables.ts";
import type { FacilityTables } from "../modules/facilities/tables.ts";
import type { FinanceTables } from "../modules/finance/tables.ts";
import type { IdentityTables } from "../modules/identity/tables.ts";
import type { IndicatorTables } from "../modules/indicators/tables.ts";
import type { ListTables } from "../modules/list/tables.ts";
import type { WhatifTables } from "../modules/whatif/tables.ts";
import { migrations } from "./migrations.ts";
import { pglitePool } from "./pglite-pool.ts";
import { postgresPool } from "./postgres-pool.ts";
import { type ConnectionPool, preparingPool } from "./prepared.ts";
import { runDirectly } from "./statement.ts";
import { lockStore } from "./store-lock.ts";

/** The tables of the operational store. */
interface Tables
  extends IndicatorTables,
    AuditTables,
    CaseTables,
    FinanceTables,
    OfferTables,
    IdentityTables,
    FacilityTables,
    ListTables,
    WhatifTables {
  readonly list_publication: {
    readonly rulebook_hash: string;
    readonly list: string;
    readonly area: string;
    readonly date: string;
    /** The compiled rulebook as JSON: what decided then can decide again. */
    readonly rulebook: string;
    readonly published_at: Date;
  };
  readonly run: {
    readonly id: string;
    readonly rulebook_hash: string;
    readonly snapshot_hash: string;
    readonly hash: string;
    /** Folder of the run's Parquet files. */
    readonly folder: string;
    readonly people_folder: string;
    readonly finished_at: Date;
  };
}

export type Database = Kysely<Tables>;
export type DatabaseTransaction = Transaction<Tables>;

/**
 * Opens the operational store and brings its tables up to date: a PostgreSQL server where `at` is a `postgres:` address,
 * else the embedded store in the folder `at`, in memory without one.
 */
export async function openDatabase(at?: string): Promise<Database> {
  const server = at !== undefined && /^postgres(ql)?:/.test(at);
  if (at !== undefined && !server) await mkdir(at, { recursive: true });
  const pool = preparingPool(server ? postgresPool(at) : at === undefined ? pglitePool(at) : await lockedPool(at));
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  runDirectly(database, pool);
  try {
    await migrateDatabase(database);
  } catch (error) {
    await database.destroy();
    throw error;
  }
  return database;
}

/** The embedded store in a folder, which this process has for itself until it is closed. @throws {StoreInUseError} */
async function lockedPool(folder: string): Promise<ConnectionPool> {
  const release = await lockStore(folder);
  const pool = pglitePool(folder);
  return {
    ...pool,
    async end() {
      await pool.end();
      await release();
    },
  };
}

/** Makes the tables of `names`, or of every migration; each module numbers its own, so they may come unordered. */
async function migrateDatabase(database: Database): Promise<void> {
  if (await isMigrated(database)) return;
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => ({ ...migrations }) },
    allowUnorderedMigrations: true,
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** The migrator reads the whole catalogue of tables before it looks whether anything is left to do. */
async function isMigrated(database: Database): Promise<boolean> {
  const names = new Set(Object.keys(migrations));
  try {
    const { rows } = await sql<{ name: string }>`SELECT name FROM kysely_migration`.execute(database);
    return rows.length === names.size && rows.every(({ name }) => names.has(name));
  } catch {
    // The first start has no such table; what else is wrong the migrator tells.
    return false;
  }
}
