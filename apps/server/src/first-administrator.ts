import path from "node:path";
import type { Config } from "./config.ts";
import { makeFirstAdministrator, type WantedAdministrator } from "./modules/identity/index.ts";
import { openDatabase } from "./store/database.ts";

/**
 * Makes the first administrator in the store that a configuration names; the embedded store must not be served meanwhile.
 *
 * @throws {Problem} as `makeFirstAdministrator`
 */
export async function createFirstAdministrator(
  { databaseUrl, dataDir }: Config,
  wanted: WantedAdministrator,
  at: Date,
) {
  const database = await openDatabase(databaseUrl ?? path.join(dataDir, "store"));
  try {
    return await makeFirstAdministrator(database, wanted, at);
  } finally {
    await database.destroy();
  }
}
