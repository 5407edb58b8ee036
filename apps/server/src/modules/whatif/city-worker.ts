import { parentPort, workerData } from "node:worker_threads";
import {
  createComparer,
  createSimulator,
  type Dimension,
  districtDimension,
  householdTypeDimension,
  incomeDecileDimension,
  type People,
  type SimulationPlan,
  type Simulator,
  type Tally,
} from "@qingdan/list";
import { openSnapshot } from "../intake/index.ts";
import type { CityComparison, CityOrder, CityToLoad, CityWord, CityWorkerData, HeldCity } from "./city-messages.ts";

const { dropped }: CityWorkerData = workerData;
const port = parentPort;
if (port === null) throw new Error("city-worker.ts runs in a worker thread");
const tell = (word: CityWord) => port.postMessage(word);
let simulator: Simulator | undefined;
let held: People | undefined;

port.on("message", async (order: CityOrder) => {
  if (order.kind === "end") port.close();
  else if (order.kind === "hold") {
    const { people, dimensions } = order.city;
    held = people;
    simulator = createSimulator(people, dimensions, { from: order.from, to: order.to });
  } else if (order.kind === "load") tell({ kind: "loaded", city: await loadCity(order.city) });
  else tell(order.kind === "run" ? answer(order.id, order.plan) : weigh(order.id, order.sides));
});

function weigh(id: number, { left, right, comparison }: CityComparison): CityWord {
  try {
    if (!held) throw new Error("The worker holds no city");
    return { kind: "compared", id, effect: createComparer(left, right, comparison)(held) };
  } catch (error) {
    return { kind: "failed", id, message: error instanceof Error ? error.message : String(error) };
  }
}

function answer(id: number, plan: SimulationPlan): CityWord {
  try {
    const tally = runReforms(id, plan);
    return tally ? { kind: "tally", id, tally } : { kind: "dropped", id };
  } catch (error) {
    return { kind: "failed", id, message: error instanceof Error ? error.message : String(error) };
  }
}

/** One reform after the other; undefined when the order was taken back in between. */
function runReforms(id: number, plan: SimulationPlan): Tally | undefined {
  if (!simulator) throw new Error("The worker holds no city");
  let whole: Tally | undefined;
  for (const reform of plan.reforms) {
    if (Atomics.load(dropped, id % dropped.length) === id) return undefined;
    const tally = simulator.run({ ...plan, reforms: [reform] });
    whole = whole ? { ...whole, reforms: [...whole.reforms, ...tally.reforms] } : tally;
  }
  return whole ?? simulator.run(plan);
}

/** Reads the whole city into one block on shared memory. */
async function loadCity({ peopleDir, facts, list, base, districtFact }: CityToLoad): Promise<HeldCity> {
  const snapshot = await openSnapshot(peopleDir);
  const request = { facts, areas: base.areas.map(({ code }) => code) };
  let people: People | undefined;
  for await (const block of snapshot.blocks(request, {
    shared: true,
    personsPerBlock: Math.max(1, snapshot.persons),
  })) {
    if (people) throw new Error("The snapshot came in more than one block");
    people = block.people;
  }
  if (!people) throw new Error(`The snapshot ${peopleDir} has nobody`);
  const dimensions = [
    districtDimension(list, base, people, districtFact),
    householdTypeDimension(people, base.date),
    incomeDecileDimension(people),
  ];
  return { people, dimensions: dimensions.map(shared) };
}

function shared(dimension: Dimension): Dimension {
  const of = new Uint16Array(new SharedArrayBuffer(dimension.of.length * 2));
  of.set(dimension.of);
  return { ...dimension, of };
}
