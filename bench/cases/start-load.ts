import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { LoadResult, LoadTask } from "./load-worker.ts";

/** Runs clients in a thread of their own; `onBegin` is told when they begin. @throws where the thread fails */
export async function startLoad(task: LoadTask, onBegin?: () => void): Promise<LoadResult> {
  const worker = new Worker(new URL("./load-worker.ts", import.meta.url), { workerData: task });
  await once(worker, "message");
  onBegin?.();
  const [result] = (await once(worker, "message")) as [LoadResult];
  await worker.terminate();
  for (const error of result.errors.slice(0, 5)) process.stderr.write(`${error}\n`);
  return result;
}
