import { parentPort, workerData } from "node:worker_threads";
import { createSimulator, type Dimension, type People, type SimulationPlan } from "@qingdan/list";

const { people, dimensions, from, to } = workerData as {
  people: People;
  dimensions: readonly Dimension[];
  from: number;
  to: number;
};
const simulator = createSimulator(people, dimensions, { from, to });
parentPort?.on("message", (plan: SimulationPlan) => parentPort?.postMessage(simulator.run(plan)));
