import { Worker } from "node:worker_threads";
import type { PartRecord } from "./run-part.ts";
import type { WorkerMessage, WorkerOrder, WorkerSetting } from "./worker.ts";

interface Work {
  readonly setting: WorkerSetting;
  /** Parts to decide. */
  readonly parts: readonly number[];
  readonly workers: number;
  readonly onPeople: (people: number) => void;
  readonly onPart: (record: PartRecord) => void;
  readonly signal?: AbortSignal;
}

/** Shares the parts out to worker threads; the first failure, or the signal, stops them all. */
export async function runWorkers(work: Work): Promise<void> {
  const pending = [...work.parts];
  const workers: Worker[] = [];
  const lanes = Array.from({ length: Math.min(work.workers, pending.length) }, () => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: work.setting });
    workers.push(worker);
    return runLane(worker, pending, work);
  });
  try {
    await Promise.all(lanes);
  } finally {
    await Promise.all(workers.map(stopWorker));
  }
}

/** Lets a worker end by itself: to tear it down in the middle of a read takes DuckDB, and the process, with it. */
function stopWorker(worker: Worker): Promise<void> {
  if (worker.threadId === -1) return Promise.resolve();
  return new Promise((resolve) => {
    worker.on("exit", () => resolve());
    worker.postMessage("stop" satisfies WorkerOrder);
  });
}

function runLane(worker: Worker, pending: number[], work: Work): Promise<void> {
  const { signal } = work;
  return new Promise((resolve, reject) => {
    const next = () => {
      const part = pending.shift();
      if (part === undefined) settle(resolve);
      else worker.postMessage(part satisfies WorkerOrder);
    };
    const onAbort = () => settle(() => reject(signal?.reason));
    const settle = (how: () => void) => {
      signal?.removeEventListener("abort", onAbort);
      how();
    };
    signal?.addEventListener("abort", onAbort);
    if (signal?.aborted) return onAbort();
    worker.on("error", (error) => settle(() => reject(error)));
    worker.on("exit", (code) => settle(() => reject(new Error(`A worker ended with code ${code}`))));
    worker.on("message", (message: WorkerMessage) => {
      if (message.kind === "people") return work.onPeople(message.people);
      work.onPart(message.record);
      next();
    });
    next();
  });
}
