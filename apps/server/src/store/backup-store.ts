import path from "node:path";
import type { Config } from "../config.ts";
import { type BackupManifest, backupDatabase, restoreDatabase } from "./backup.ts";
import { type Database, openDatabase } from "./database.ts";

async function withStore<T>({ databaseUrl, dataDir }: Config, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(databaseUrl ?? path.join(dataDir, "store"));
  try {
    return await work(database);
  } finally {
    await database.destroy();
  }
}

/** Backs up the store that a configuration names; the embedded store must not be served meanwhile. @throws {BackupError} */
export function backupStore(config: Config, folder: string, at: Date): Promise<BackupManifest> {
  return withStore(config, (database) => backupDatabase(database, folder, at));
}

/** Restores a backup into the store that a configuration names. @throws {BackupError} */
export function restoreStore(config: Config, folder: string): Promise<BackupManifest> {
  return withStore(config, (database) => restoreDatabase(database, folder));
}
