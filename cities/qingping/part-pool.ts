import { Worker } from "node:worker_threads";
import type { Rolls } from "./decide-receipts.ts";
import type { PartTask } from "./part.ts";
import type { PartOrder, PartWorkerData } from "./part-worker.ts";
import type { WrittenPart } from "./write-part.ts";

/** Parts to make, and whom to tell. */
export interface PartWork {
  readonly tasks: readonly PartTask[];
  readonly rolls: Rolls | undefined;
  readonly signal?: AbortSignal;
  readonly onPart: (part: WrittenPart) => void;
}

/** Worker threads that make and write parts. */
export interface PartPool {
  /** Shares the parts out, each to the worker that is free first; the first failure, or the signal, stops all. */
  make(work: PartWork): Promise<void>;
  close(): Promise<void>;
}

/** Starts the workers, so that they load while the caller prepares the rolls. */
export function startPartPool(data: PartWorkerData, count: number): PartPool {
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL("./part-worker.ts", import.meta.url), { workerData: data }),
  );
  return {
    async make(work) {
      const waiting = [...work.tasks];
      await Promise.all(workers.map((worker) => runWorker(worker, waiting, work)));
    },
    async close() {
      await Promise.all(workers.map(stopWorker));
    },
  };
}

/** Lets a worker end by itself: to tear it down in the middle of a write takes DuckDB, and the process, with it. */
function stopWorker(worker: Worker): Promise<void> {
  if (worker.threadId === -1) return Promise.resolve();
  return new Promise((resolve) => {
    worker.on("exit", () => resolve());
    worker.postMessage("stop" satisfies PartOrder);
  });
}

function runWorker(worker: Worker, waiting: PartTask[], { rolls, signal, onPart }: PartWork): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = () => {
      const task = waiting.shift();
      if (task) worker.postMessage(task satisfies PartOrder);
      else resolve();
    };
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
    if (signal?.aborted) reject(signal.reason);
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`A worker ended with code ${code}`)));
    worker.on("message", (part: WrittenPart) => {
      onPart(part);
      next();
    });
    worker.postMessage(rolls ?? null);
    next();
  });
}
