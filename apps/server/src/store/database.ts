import { mkdir } from "node:fs/promises";
import { type Generated, Kysely, Migrator, PostgresDialect } from "kysely";
import { migrations } from "./migrations.ts";
import { pglitePool } from "./pglite-pool.ts";

/** The tables of the operational store. */
interface Tables {
  readonly list_publication: {
    readonly rulebook_hash: string;
    readonly list: string;
    readonly area: string;
    readonly date: string | Date;
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
  /** Every look at one person's facts: whose, from which address, when. */
  readonly person_look: {
    readonly id: Generated<string>;
    readonly run: string;
    readonly person: string;
    readonly address: string;
    readonly at: Date;
  };
}

export type Database = Kysely<Tables>;

/** Opens the embedded store in `folder` (in memory without one) and brings its tables up to date. */
export async function openDatabase(folder?: string): Promise<Database> {
  if (folder !== undefined) await mkdir(folder, { recursive: true });
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: pglitePool(folder) }) });
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    await database.destroy();
    throw error;
  }
  return database;
}
