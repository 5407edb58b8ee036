import { randomUUID } from "node:crypto";
import { Worker } from "node:worker_threads";
import { Problem } from "../../problem.ts";
import type { Database } from "../../store/database.ts";
import { inputsOf } from "./coverage.ts";
import type { Directory } from "./directory.ts";
import { kindNamed, walkedStandard } from "./kinds.ts";
import { areaNamed, type PlacesMap } from "./places-map.ts";
import { sitedBy } from "./siting-instance.ts";
import type { SitingBody, SitingRun } from "./siting-model.ts";
import { createThreadRuns, type RunStore, type ThreadRuns, waitingRun } from "./thread-runs.ts";

/** Siting runs; what starts one is a request. */
export interface SitingRuns extends Omit<ThreadRuns<SitingRun>, "start"> {
  /** @throws {Problem} PLACES-KIND-UNKNOWN, PLACES-STANDARD-UNKNOWN, PLACES-MINUTES-GIVEN, PLACES-AREA-UNKNOWN, PLACES-NOT-SITABLE, PLACES-RUNS-WAITING */
  start(request: SitingBody, directory: Directory): SitingRun;
}

interface Setting {
  readonly map: PlacesMap;
  readonly database: Database;
  readonly now: () => Date;
}

export function createSitingRuns({ map, database, now }: Setting): SitingRuns {
  const runs = createThreadRuns<SitingRun>({
    store: storeOf(database),
    thread: (order) => new Worker(new URL("./siting-worker.ts", import.meta.url), { workerData: order }),
  });
  return {
    ...runs,
    start(request, directory) {
      const kind = kindNamed(request.kind);
      const standard = walkedStandard(request.standard);
      const area = request.area === undefined ? null : areaNamed(map, request.area);
      if (!sitedBy(standard, kind.code)) {
        throw new Problem("PLACES-NOT-SITABLE", {
          zh: `${standard.title.zh}没有对${kind.name.zh}的要求`,
          en: `${standard.title.en} asks for no ${kind.name.en}`,
        });
      }
      const inputs = inputsOf(map, directory, standard);
      const startedAt = now().toISOString();
      const run: SitingRun = { ...waitingRun, id: randomUUID(), request, kind, area, inputs, startedAt };
      return runs.start(run, { folder: map.folder, facilities: directory.facilities, request });
    },
  };
}

function storeOf(database: Database): RunStore<SitingRun> {
  return {
    save: (run) =>
      database
        .insertInto("siting_run")
        .values({ id: run.id, started_at: new Date(run.startedAt), run: JSON.stringify(run) })
        .execute(),
    async load(id) {
      const row = await database.selectFrom("siting_run").select("run").where("id", "=", id).executeTakeFirst();
      return row?.run as SitingRun | undefined;
    },
    async newest(limit) {
      const rows = await database
        .selectFrom("siting_run")
        .select("run")
        .orderBy("started_at", "desc")
        .limit(limit)
        .execute();
      return rows.map(({ run }) => run as SitingRun);
    },
  };
}
