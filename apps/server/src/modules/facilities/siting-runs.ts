import { randomUUID } from "node:crypto";
import type { Worker } from "node:worker_threads";
import { Problem } from "../../problem.ts";
import { startThread } from "../../start-thread.ts";
import type { Database } from "../../store/database.ts";
import { inputsOf } from "./coverage.ts";
import type { Directory } from "./directory.ts";
import { kindNamed, standardNamed } from "./kinds.ts";
import type { SitingBody, SitingRun } from "./model.ts";
import { type PlacesMap, townsOf } from "./places-map.ts";
import { sitedBy } from "./siting-plan.ts";
import type { SitingMessage, SitingOrder } from "./siting-worker.ts";

/** Siting runs: one works at a time, in a thread of its own; a few wait. */
export interface SitingRuns {
  /** @throws {Problem} PLACES-KIND-UNKNOWN, PLACES-STANDARD-UNKNOWN, PLACES-AREA-UNKNOWN, PLACES-NOT-SITABLE, PLACES-RUNS-WAITING */
  start(request: SitingBody, directory: Directory): SitingRun;
  /** @throws {Problem} PLACES-RUN-UNKNOWN */
  one(id: string): Promise<SitingRun>;
  /** Newest first, those that wait or work before those that ended. */
  all(): Promise<readonly SitingRun[]>;
  /** Ends a run with the best plan so far; one that waits ends without. @throws {Problem} PLACES-RUN-UNKNOWN */
  stop(id: string): Promise<SitingRun>;
  close(): Promise<void>;
}

const mostWaiting = 4;
const mostKept = 50;

interface Job {
  run: SitingRun;
  readonly order: SitingOrder;
  startedAt: number | undefined;
}

interface Setting {
  readonly map: PlacesMap;
  readonly database: Database;
  readonly now: () => Date;
}

export function createSitingRuns({ map, database, now }: Setting): SitingRuns {
  const waiting: Job[] = [];
  let working: { readonly job: Job; readonly worker: Worker; readonly ended: Promise<void> } | undefined;
  const live = (id: string) => [...(working ? [working.job] : []), ...waiting].find((job) => job.run.id === id);
  const shown = ({ run, startedAt }: Job): SitingRun =>
    startedAt === undefined ? run : { ...run, elapsed: Math.round((performance.now() - startedAt) / 100) / 10 };

  const save = (run: SitingRun) =>
    database
      .insertInto("siting_run")
      .values({ id: run.id, started_at: new Date(run.startedAt), run: JSON.stringify(run) })
      .execute();

  const next = () => {
    const job = working ? undefined : waiting.shift();
    if (!job) return;
    job.startedAt = performance.now();
    job.run = { ...job.run, state: "running", phase: "reading" };
    const worker = startThread(new URL("./siting-worker.ts", import.meta.url), job.order);
    const ended = follow(job, worker).then(async (run) => {
      job.run = run;
      await save(run);
      working = undefined;
      next();
    });
    working = { job, worker, ended };
  };

  const stored = async (id: string): Promise<SitingRun> => {
    const row = await database.selectFrom("siting_run").select("run").where("id", "=", id).executeTakeFirst();
    if (row) return row.run as SitingRun;
    throw new Problem("PLACES-RUN-UNKNOWN", { zh: `没有选址运算 ${id}`, en: `There is no siting run ${id}` });
  };
  return {
    start(request, directory) {
      const kind = kindNamed(request.kind);
      const standard = standardNamed(request.standard);
      const area = request.area === undefined ? null : areaNamed(map, request.area);
      if (!sitedBy(standard, kind.code)) {
        throw new Problem("PLACES-NOT-SITABLE", {
          zh: `${standard.title.zh}没有对${kind.name.zh}的要求`,
          en: `${standard.title.en} asks for no ${kind.name.en}`,
        });
      }
      if (waiting.length >= mostWaiting)
        throw new Problem("PLACES-RUNS-WAITING", { zh: "请等一次运算结束", en: "Wait until one of them has ended" });
      const run: SitingRun = {
        id: randomUUID(),
        request,
        kind,
        area,
        inputs: inputsOf(map, directory, standard),
        state: "waiting",
        phase: "waiting",
        progress: null,
        elapsed: 0,
        startedAt: now().toISOString(),
        problem: null,
        plan: null,
      };
      const { facilities } = directory;
      const order = { folder: map.folder, facilities, request, stop: new SharedArrayBuffer(4) };
      const job: Job = { run, order, startedAt: undefined };
      waiting.push(job);
      next();
      return shown(job);
    },
    async one(id) {
      const job = live(id);
      return job ? shown(job) : stored(id);
    },
    async all() {
      const rows = await database
        .selectFrom("siting_run")
        .select("run")
        .orderBy("started_at", "desc")
        .limit(mostKept)
        .execute();
      const jobs = [...(working ? [working.job] : []), ...waiting].map(shown);
      return [...jobs, ...rows.map(({ run }) => run as SitingRun).filter(({ id }) => !live(id))];
    },
    async stop(id) {
      const job = live(id);
      if (!job) return stored(id);
      const at = waiting.indexOf(job);
      if (at >= 0) {
        waiting.splice(at, 1);
        job.run = { ...job.run, state: "stopped", phase: "ended" };
        await save(job.run);
        return job.run;
      }
      Atomics.store(new Int32Array(job.order.stop), 0, 1);
      await working?.ended;
      return job.run;
    },
    async close() {
      waiting.length = 0;
      await working?.worker.terminate();
      await working?.ended.catch(() => {});
    },
  };
}

function areaNamed(map: PlacesMap, area: string): { code: string; name: { zh: string; en: string } } {
  townsOf(map, area);
  const town = map.towns.find(({ code }) => code === area);
  if (town) return { code: area, name: town.name };
  return map.towns.find(({ district }) => district.code === area)!.district;
}

/** Keeps a job's phase up to date and gives the run as it ended. */
function follow(job: Job, worker: Worker): Promise<SitingRun> {
  return new Promise((resolve) => {
    const elapsed = () => Math.round((performance.now() - (job.startedAt ?? 0)) / 100) / 10;
    const end = (end: Partial<SitingRun>) => resolve({ ...job.run, elapsed: elapsed(), phase: "ended", ...end });
    const wasStopped = () => Atomics.load(new Int32Array(job.order.stop), 0) === 1;
    worker.on("message", (message: SitingMessage) => {
      if (message.kind === "phase") job.run = { ...job.run, phase: message.phase };
      else if (message.kind === "progress") job.run = { ...job.run, progress: message.progress };
      else if (message.kind === "plan") end({ state: wasStopped() ? "stopped" : "done", plan: message.plan });
      else end({ state: "failed", problem: message.problem });
    });
    const failed = { zh: "运算中断,数据没有改动", en: "The run broke off; nothing was changed" };
    worker.on("error", () => end({ state: "failed", problem: failed }));
    worker.on("exit", () => end({ state: "failed", problem: failed }));
  });
}
