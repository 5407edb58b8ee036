import type { Lake, RunRow } from "../lake.ts";
import type { StoredRun } from "../run-store.ts";

/** Rows that are read and written at once. */
export const rowsAtOnce = 2000;

/**
 * The people whom a run found to be owed an item and not to receive it, in the order of their numbers; where the item has no
 * roll, everybody who is owed. `seen` rows were read before: a campaign that broke off goes on where it stopped.
 */
export async function foundPeople(lake: Lake, run: StoredRun, item: number, seen: number): Promise<RunRow[]> {
  const hasRoll = run.record.items[item]?.total.receiving !== null;
  const page = seen / rowsAtOnce + 1;
  return lake.rows(run, item, { group: hasRoll ? "missed" : "entitled", page, size: rowsAtOnce });
}
