import { parentPort, workerData } from "node:worker_threads";
import { createColumnWriter } from "../../apps/server/src/modules/intake/index.ts";
import { type CityPlan, openCity } from "./city.ts";
import { openRolls, type RollKernels, type Rolls } from "./decide-receipts.ts";
import { makePart } from "./make-part.ts";
import type { PartTask } from "./part.ts";
import { writePart } from "./write-part.ts";

/** What a worker is told at its start. Its first message is the rolls, or null for none; the others are tasks. */
export interface PartWorkerData {
  readonly plan: CityPlan;
  readonly dir: string;
}

const { plan, dir } = workerData as PartWorkerData;
const city = openCity(plan);
const writer = await createColumnWriter();
let rolls: RollKernels | undefined;
parentPort!.once("message", (first: Rolls | null) => {
  rolls = first === null ? undefined : openRolls(city, first);
  parentPort!.on("message", async (task: PartTask) => {
    parentPort!.postMessage(await writePart(writer, city, makePart(city, task, rolls), dir));
  });
});
