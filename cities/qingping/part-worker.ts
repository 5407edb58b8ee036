import { parentPort, workerData } from "node:worker_threads";
import { createColumnWriter } from "../../apps/server/src/modules/intake/index.ts";
import { openCity } from "./city.ts";
import { openRolls, type Rolls } from "./decide-receipts.ts";
import { makePart } from "./make-part.ts";
import type { PartTask } from "./part.ts";
import { writePart } from "./write-part.ts";

/** What a worker is told at its start; then it is given tasks. */
export interface PartWorkerData {
  readonly seed: number;
  readonly weights: Float64Array;
  readonly dir: string;
  readonly rolls: Rolls | undefined;
}

const { seed, weights, dir, rolls } = workerData as PartWorkerData;
const city = openCity(seed, weights);
const kernels = rolls && openRolls(city, rolls);
const writer = await createColumnWriter();
parentPort!.on("message", async (task: PartTask) => {
  parentPort!.postMessage(await writePart(writer, city, makePart(city, task, kernels), dir));
});
