import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { PartTask } from "./part.ts";
import type { PartWorkerData } from "./part-worker.ts";
import type { WrittenPart } from "./write-part.ts";

/** Makes and writes the parts on worker threads, each as soon as a worker is free. */
export async function makePartsOnWorkers(
  tasks: readonly PartTask[],
  data: PartWorkerData,
  options: { readonly workers: number; readonly signal?: AbortSignal; readonly onPart: (part: WrittenPart) => void },
): Promise<void> {
  const waiting = [...tasks];
  const workers = Array.from({ length: Math.min(options.workers, tasks.length) }, () => startWorker(data));
  try {
    await Promise.all(workers.map((worker) => runWorker(worker, waiting, options)));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Workers do not inherit the loader of TypeScript that the main thread registered; each registers it before its module. */
function startWorker(data: PartWorkerData): Worker {
  const module = new URL("part-worker.ts", import.meta.url).href;
  const tsx = createRequire(import.meta.url).resolve("tsx/package.json");
  const api = new URL("dist/esm/api/index.mjs", pathToFileURL(tsx)).href;
  const start = `import { register } from "${api}"; register(); await import("${module}");`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(start)}`), { workerData: data });
}

function runWorker(
  worker: Worker,
  waiting: PartTask[],
  { signal, onPart }: { readonly signal?: AbortSignal; readonly onPart: (part: WrittenPart) => void },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal?.reason);
    const next = () => {
      const task = waiting.shift();
      if (task) worker.postMessage(task);
      else resolve();
    };
    signal?.addEventListener("abort", abort, { once: true });
    if (signal?.aborted) abort();
    worker.on("error", reject);
    worker.on("message", (part: WrittenPart) => {
      onPart(part);
      next();
    });
    next();
  });
}
