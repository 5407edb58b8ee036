import { parentPort, workerData } from "node:worker_threads";
import type { Rulebook } from "@qingdan/list";
import { prepareDeciding } from "./deciding.ts";
import { type PartRecord, type PartSetting, runPart } from "./run-part.ts";
import { type EngineName, prepareSqlDeciding } from "./sql-engine.ts";

/** What a worker is started with. */
export interface WorkerSetting extends Omit<PartSetting, "signal"> {
  readonly rulebook: Rulebook;
  readonly engine: EngineName;
}

/** A worker is told the number of a part, or to stop after the block that it is at. */
export type WorkerOrder = number | "stop";

/** A worker says how many people it has decided, and hands back the part's record. */
export type WorkerMessage =
  | { readonly kind: "people"; readonly people: number }
  | { readonly kind: "done"; readonly record: PartRecord };

const setting: WorkerSetting = workerData;
const port = parentPort;
if (port === null) throw new Error("worker.ts runs in a worker thread");
const tell = (message: WorkerMessage) => port.postMessage(message);

const stop = new AbortController();
const deciding =
  setting.engine === "kernels"
    ? prepareDeciding(setting.rulebook)
    : prepareSqlDeciding(setting.rulebook, setting.engine);

port.on("message", async (order: WorkerOrder) => {
  if (order === "stop") {
    stop.abort();
    port.close();
    return;
  }
  try {
    const record = await runPart({ ...setting, signal: stop.signal }, order, deciding, (people) =>
      tell({ kind: "people", people }),
    );
    tell({ kind: "done", record });
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
});
