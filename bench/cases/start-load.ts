import { once } from "node:events";
import { startThread } from "../../apps/server/src/start-thread.ts";
import type { LoadResult, LoadTask } from "./load.ts";

/** Runs clients in a thread of their own; `onBegin` is told when they begin. @throws where the thread fails */
export async function startLoad(task: LoadTask, onBegin?: () => void): Promise<LoadResult> {
  const worker = startThread(new URL("./load.ts", import.meta.url), task);
  await once(worker, "message");
  onBegin?.();
  const [result] = (await once(worker, "message")) as [LoadResult];
  await worker.terminate();
  for (const error of result.errors.slice(0, 5)) process.stderr.write(`${error}\n`);
  return result;
}
