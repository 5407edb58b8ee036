import { sql } from "kysely";
import type { Database } from "../../store/database.ts";
import { allActions, type StoredAction } from "./action-store.ts";
import { allAlarms, type StoredAlarm } from "./alarm-store.ts";

/** What somebody is doing, and what rings. */
export interface OpenWork {
  readonly actions: readonly StoredAction[];
  readonly alarms: readonly StoredAlarm[];
}

/**
 * Reads actions and alarms with all that was done with them. Their tables only grow, so as many rows as before are the same rows: one short
 * question a view, and everything is read again only after somebody did something.
 */
export function createWorkReader(database: Database): () => Promise<OpenWork> {
  let known: { readonly rows: string; readonly work: Promise<OpenWork> } | undefined;
  return async () => {
    const rows = await countRows(database);
    if (known?.rows !== rows) {
      const work = readAll(database);
      known = { rows, work };
      work.catch(() => {
        known = undefined;
      });
    }
    return known.work;
  };
}

async function countRows(database: Database): Promise<string> {
  const { rows } = await sql<{ readonly rows: string }>`
    select concat_ws(' ', (select count(*) from indicator_action), (select count(*) from indicator_action_event),
      (select count(*) from indicator_alarm), (select count(*) from indicator_alarm_event)) as rows`.execute(database);
  return rows[0]?.rows ?? "";
}

async function readAll(database: Database): Promise<OpenWork> {
  const [actions, alarms] = await Promise.all([allActions(database), allAlarms(database)]);
  return { actions, alarms };
}
