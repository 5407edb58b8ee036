import { monitorEventLoopDelay } from "node:perf_hooks";
import { createRunStore } from "../../apps/server/src/modules/entitlements/index.ts";
import { countStreets } from "../../apps/server/src/modules/indicators/street-counts.ts";
import { openDatabase } from "../../apps/server/src/store/database.ts";

/** Counts a finished run by street, three times, and tells the middle time and the longest that others had to wait meanwhile. */
export async function timeStreetCounts(run: { readonly folder: string; readonly peopleDir: string }) {
  const database = await openDatabase();
  try {
    const runs = createRunStore(database, () => new Date());
    await runs.record(run);
    const [stored] = await runs.all();
    const waits = monitorEventLoopDelay({ resolution: 2 });
    waits.enable();
    const times: { readonly seconds: number; readonly cpu: number }[] = [];
    for (let round = 0; round < 3; round++) {
      const [start, before] = [performance.now(), process.cpuUsage()];
      await countStreets(stored!);
      const { user, system } = process.cpuUsage(before);
      times.push({ seconds: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 });
    }
    waits.disable();
    const middle = (pick: (time: (typeof times)[number]) => number) =>
      Math.round(times.map(pick).toSorted((a, b) => a - b)[1]! * 100) / 100;
    return {
      streetPeople: stored!.snapshot.manifest.people,
      streetCountsSeconds: middle(({ seconds }) => seconds),
      streetCountsCpuSeconds: middle(({ cpu }) => cpu),
      streetCountsStallMilliseconds: Math.round(waits.max / 1e6),
    };
  } finally {
    await database.destroy();
  }
}
