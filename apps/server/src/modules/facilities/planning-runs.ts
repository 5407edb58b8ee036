import { randomUUID } from "node:crypto";
import { Worker } from "node:worker_threads";
import { Problem } from "../../problem.ts";
import type { Database } from "../../store/database.ts";
import { inputsOf } from "./coverage.ts";
import type { Directory } from "./directory.ts";
import { kindNamed, walkedStandard } from "./kinds.ts";
import { areaNamed, type PlacesMap } from "./places-map.ts";
import { unplannable } from "./planning-mix.ts";
import { type PlanningBody, type PlanningRun, planningBody } from "./planning-model.ts";
import { createThreadRuns, type RunStore, type ThreadRuns, waitingRun } from "./thread-runs.ts";

/** Runs of the planning mix; what starts one is a request. */
export interface PlanningRuns extends Omit<ThreadRuns<PlanningRun>, "start"> {
  /** @throws {Problem} PLACES-KIND-UNKNOWN, PLACES-STANDARD-UNKNOWN, PLACES-MINUTES-GIVEN, PLACES-AREA-UNKNOWN, PLACES-NOT-SITABLE, PLACES-RUNS-WAITING */
  start(request: PlanningBody, directory: Directory): PlanningRun;
}

interface Setting {
  readonly map: PlacesMap;
  readonly database: Database;
  readonly now: () => Date;
}

export function createPlanningRuns({ map, database, now }: Setting): PlanningRuns {
  const runs = createThreadRuns<PlanningRun>({
    store: storeOf(database),
    thread: (order) => new Worker(new URL("./planning-worker.ts", import.meta.url), { workerData: order }),
  });
  return {
    ...runs,
    start(asked, directory) {
      const request = { ...asked, kinds: [...new Set(asked.kinds)] };
      const kinds = request.kinds.map(kindNamed);
      const standard = walkedStandard(request.standard);
      const area = areaNamed(map, request.area);
      const without = unplannable(standard, request).map((kind) => kindNamed(kind).name);
      if (without.length > 0) {
        throw new Problem("PLACES-NOT-SITABLE", {
          zh: `${standard.title.zh}没有对${without.map(({ zh }) => zh).join("、")}的要求`,
          en: `${standard.title.en} asks for no ${without.map(({ en }) => en).join(", ")}`,
        });
      }
      const inputs = inputsOf(map, directory, standard);
      const startedAt = now().toISOString();
      const run: PlanningRun = { ...waitingRun, id: randomUUID(), request, kinds, area, inputs, startedAt };
      return runs.start(run, { folder: map.folder, facilities: directory.facilities, request });
    },
  };
}

/** A run as it was kept: what could not be asked for yet in its time was not asked for. */
function kept(run: unknown): PlanningRun {
  const found = run as PlanningRun;
  return { ...found, request: planningBody.parse(found.request) };
}

function storeOf(database: Database): RunStore<PlanningRun> {
  return {
    save: (run) =>
      database
        .insertInto("planning_run")
        .values({ id: run.id, started_at: new Date(run.startedAt), run: JSON.stringify(run) })
        .execute(),
    async load(id) {
      const row = await database.selectFrom("planning_run").select("run").where("id", "=", id).executeTakeFirst();
      return row && kept(row.run);
    },
    async newest(limit) {
      const rows = await database
        .selectFrom("planning_run")
        .select("run")
        .orderBy("started_at", "desc")
        .limit(limit)
        .execute();
      return rows.map(({ run }) => kept(run));
    },
  };
}
