import { parentPort, workerData } from "node:worker_threads";
import { createColumnWriter } from "../../apps/server/src/modules/intake/index.ts";
import { openCity } from "./city.ts";
import { makePart } from "./make-part.ts";
import { writePart } from "./write-part.ts";

/** What a worker is told at its start, and what it is asked again and again. */
export interface PartWorkerData {
  readonly seed: number;
  readonly weights: Float64Array;
  readonly dir: string;
}

export interface PartTask {
  readonly index: number;
  readonly persons: number;
}

const { seed, weights, dir } = workerData as PartWorkerData;
const city = openCity(seed, weights);
const writer = await createColumnWriter();
parentPort!.on("message", async ({ index, persons }: PartTask) => {
  parentPort!.postMessage(await writePart(writer, city, makePart(city, index, persons), dir));
});
