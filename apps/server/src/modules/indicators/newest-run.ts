import type { RunStore } from "../entitlements/index.ts";
import type { RunToRead } from "./open-cockpit.ts";
import { countStreets } from "./street-counts.ts";

/** The newest finished run as the cockpit reads it; undefined before the first. */
export async function newestRun(runs: Pick<RunStore, "all">): Promise<RunToRead | undefined> {
  const [newest] = await runs.all();
  if (!newest) return undefined;
  const { run, items } = newest.record;
  const { id, hash, synthetic, list, area, date, districts } = run;
  const peopleFolder = newest.snapshot.dir;
  return { id, hash, synthetic, list, area, date, districts, items, peopleFolder, streets: () => countStreets(newest) };
}
