import type { Worker } from "node:worker_threads";
import type { z } from "zod";
import { Problem, type Words } from "../../problem.ts";
import type { threadRun } from "./thread-run-model.ts";

type ThreadRun = z.infer<typeof threadRun> & { readonly plan: unknown };

/** A thread tells its phases, and at last its plan or why there is none. */
export type ThreadMessage<Plan> =
  | { readonly kind: "phase"; readonly phase: ThreadRun["phase"] }
  | { readonly kind: "progress"; readonly progress: ThreadRun["progress"] }
  | { readonly kind: "plan"; readonly plan: Plan }
  | { readonly kind: "refused"; readonly problem: Words };

/** Runs of one sort: one works at a time, in a thread of its own; a few wait. */
export interface ThreadRuns<Run> {
  /** Takes a run that waits. @throws {Problem} PLACES-RUNS-WAITING */
  start(run: Run, order: object): Run;
  /** @throws {Problem} PLACES-RUN-UNKNOWN */
  one(id: string): Promise<Run>;
  /** Newest first, those that wait or work before those that ended. */
  all(): Promise<readonly Run[]>;
  /** Ends a run with the best plan so far; one that waits ends without. @throws {Problem} PLACES-RUN-UNKNOWN */
  stop(id: string): Promise<Run>;
  close(): Promise<void>;
}

/** Where runs are kept once they have ended. */
export interface RunStore<Run> {
  save(run: Run): Promise<unknown>;
  load(id: string): Promise<Run | undefined>;
  newest(limit: number): Promise<readonly Run[]>;
}

export interface ThreadRunsOptions<Run> {
  readonly store: RunStore<Run>;
  /** Starts the thread with the order and a flag: set to 1 when it is to end with the best plan so far. */
  readonly thread: (order: object & { readonly stop: SharedArrayBuffer }) => Worker;
}

/** What a run that has not begun looks like. */
export const waitingRun = {
  state: "waiting",
  phase: "waiting",
  progress: null,
  elapsed: 0,
  problem: null,
  plan: null,
} as const;

const mostWaiting = 4;
const mostKept = 50;

interface Job<Run> {
  run: Run;
  readonly order: object & { readonly stop: SharedArrayBuffer };
  startedAt: number | undefined;
}

export function createThreadRuns<Run extends ThreadRun>({ store, thread }: ThreadRunsOptions<Run>): ThreadRuns<Run> {
  const waiting: Job<Run>[] = [];
  let working: { readonly job: Job<Run>; readonly worker: Worker; readonly ended: Promise<void> } | undefined;
  const jobs = () => [...(working ? [working.job] : []), ...waiting];
  const live = (id: string) => jobs().find((job) => job.run.id === id);

  const next = () => {
    const job = working ? undefined : waiting.shift();
    if (!job) return;
    job.startedAt = performance.now();
    job.run = { ...job.run, state: "running", phase: "reading" };
    const worker = thread(job.order);
    const ended = follow(job, worker).then(async (run) => {
      job.run = run;
      await store.save(run);
      working = undefined;
      next();
    });
    working = { job, worker, ended };
  };
  const stored = async (id: string): Promise<Run> => {
    const run = await store.load(id);
    if (run) return run;
    throw new Problem("PLACES-RUN-UNKNOWN", { zh: `没有运算 ${id}`, en: `There is no run ${id}` });
  };
  return {
    start(run, order) {
      if (waiting.length >= mostWaiting)
        throw new Problem("PLACES-RUNS-WAITING", { zh: "请等一次运算结束", en: "Wait until one of them has ended" });
      const job: Job<Run> = { run, order: { ...order, stop: new SharedArrayBuffer(4) }, startedAt: undefined };
      waiting.push(job);
      next();
      return shown(job);
    },
    async one(id) {
      const job = live(id);
      return job ? shown(job) : stored(id);
    },
    async all() {
      const ended = await store.newest(mostKept);
      return [...jobs().map(shown), ...ended.filter(({ id }) => !live(id))];
    },
    async stop(id) {
      const job = live(id);
      if (!job) return stored(id);
      const at = waiting.indexOf(job);
      if (at >= 0) {
        waiting.splice(at, 1);
        job.run = { ...job.run, state: "stopped", phase: "ended" };
        await store.save(job.run);
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

const secondsOf = (startedAt: number) => Math.round((performance.now() - startedAt) / 100) / 10;

function shown<Run extends ThreadRun>({ run, startedAt }: Job<Run>): Run {
  return startedAt === undefined ? run : { ...run, elapsed: secondsOf(startedAt) };
}

/** Keeps a job's phase up to date and gives the run as it ended. */
function follow<Run extends ThreadRun>(job: Job<Run>, worker: Worker): Promise<Run> {
  return new Promise((resolve) => {
    const end = (end: Partial<ThreadRun>) =>
      resolve({ ...job.run, elapsed: secondsOf(job.startedAt ?? 0), phase: "ended", ...end });
    const wasStopped = () => Atomics.load(new Int32Array(job.order.stop), 0) === 1;
    worker.on("message", (message: ThreadMessage<unknown>) => {
      if (message.kind === "phase") job.run = { ...job.run, phase: message.phase };
      else if (message.kind === "progress") job.run = { ...job.run, progress: message.progress };
      else if (message.kind === "plan") end({ state: wasStopped() ? "stopped" : "done", plan: message.plan });
      else end({ state: "failed", problem: message.problem });
    });
    const failed = { zh: "运算中断，数据没有改动", en: "The run broke off; nothing was changed" };
    worker.on("error", () => end({ state: "failed", problem: failed }));
    worker.on("exit", () => end({ state: "failed", problem: failed }));
  });
}
