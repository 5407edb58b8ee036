import { parentPort, workerData } from "node:worker_threads";
import { createColumnWriter } from "../../apps/server/src/modules/intake/index.ts";
import { type CityPlan, openCity } from "./city.ts";
import { openRolls, type RollKernels, type Rolls } from "./decide-receipts.ts";
import { makePart } from "./make-part.ts";
import type { PartTask } from "./part.ts";
import { writePart } from "./write-part.ts";

/** What a worker is told at its start. Its first message is the rolls, or null for none; the others are orders. */
export interface PartWorkerData {
  readonly plan: CityPlan;
  readonly dir: string;
}

/** A part to make, or to end by itself when what is being written is written. */
export type PartOrder = PartTask | "stop";

const { plan, dir } = workerData as PartWorkerData;
const city = openCity(plan);
const writer = await createColumnWriter();
let rolls: RollKernels | undefined;
let writing: Promise<void> = Promise.resolve();

const port = parentPort!;
port.once("message", (first: Rolls | null | PartOrder) => {
  if (first === "stop") return port.close();
  rolls = first === null ? undefined : openRolls(city, first as Rolls);
  port.on("message", (order: PartOrder) => {
    if (order === "stop") void writing.then(() => port.close());
    else writing = write(order);
  });
});

async function write(task: PartTask): Promise<void> {
  port.postMessage(await writePart(writer, city, makePart(city, task, rolls), dir));
}
