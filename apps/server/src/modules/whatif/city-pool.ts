import { Worker } from "node:worker_threads";
import {
  addTallies,
  type ComparisonEffect,
  type Dimension,
  finishSimulation,
  type People,
  type Simulation,
  type SimulationPlan,
  type Tally,
} from "@qingdan/list";
import type { CityComparison, CityOrder, CityToLoad, CityWord, CityWorkerData, HeldCity } from "./city-messages.ts";

/** A city whose people stand in memory once, with workers that try reforms on them. */
export interface CityPool {
  readonly people: People;
  readonly dimensions: readonly Omit<Dimension, "of">[];
  /** Bytes of the columns, held once for all workers. */
  readonly bytes: number;
  /**
   * What the reforms of a plan do; `signal` takes the order back.
   * @throws the signal's reason, or an Error when a worker fails
   */
  simulate(plan: SimulationPlan, signal: AbortSignal): Promise<Simulation>;
  /** What the right side's list would mean for the people of the left one. */
  compare(sides: CityComparison, signal: AbortSignal): Promise<ComparisonEffect>;
  /** Whether a worker broke down: the city must be opened anew. */
  broken(): boolean;
  close(): Promise<void>;
}

/** An order under way: hears the words of its workers until it has all that it waits for. */
interface Waiting {
  readonly heard: (word: Extract<CityWord, { kind: "tally" | "compared" }>) => void;
  readonly reject: (reason: unknown) => void;
}

/** Orders that may be under way at once; more wait in the workers' queues under numbers of their own. */
const slots = 1024;

/** Reads a city into shared memory and shares its people out to workers, on borders of households. */
export async function openCityPool(city: CityToLoad, workerCount: number): Promise<CityPool> {
  const dropped = new Int32Array(new SharedArrayBuffer(slots * 4)).fill(-1);
  const workers = Array.from(
    { length: workerCount },
    () =>
      new Worker(new URL("./city-worker.ts", import.meta.url), { workerData: { dropped } satisfies CityWorkerData }),
  );
  try {
    const held = await load(workers[0]!, city);
    return poolOf(workers, held, dropped);
  } catch (error) {
    await Promise.all(workers.map(endWorker));
    throw error;
  }
}

const order = (worker: Worker, message: CityOrder) => worker.postMessage(message);

function load(worker: Worker, city: CityToLoad): Promise<HeldCity> {
  return new Promise((resolve, reject) => {
    worker.once("message", (word: CityWord) => {
      if (word.kind === "loaded") resolve(word.city);
      else reject(new Error(`A worker that loads said ${word.kind}`));
    });
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`The worker that loads the city ended with ${code}`)));
    order(worker, { kind: "load", city });
  });
}

function poolOf(workers: readonly Worker[], held: HeldCity, dropped: Int32Array): CityPool {
  const { people, dimensions } = held;
  const waiting = new Map<number, Waiting>();
  let last = 0;
  /** Why no order is taken any more. */
  let ended: Error | undefined;
  const failAll = (error: Error) => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const heard = (word: CityWord) => {
    if (word.kind === "loaded" || word.kind === "dropped") return;
    if (word.kind !== "failed") return waiting.get(word.id)?.heard(word);
    waiting.get(word.id)?.reject(new Error(word.message));
    waiting.delete(word.id);
  };
  workers.forEach((worker, at) => {
    const [from, to] = [at, at + 1].map((part) => border(people, Math.round((people.persons * part) / workers.length)));
    order(worker, { kind: "hold", city: held, from: from ?? 0, to: to ?? people.persons });
    stopHearing(worker);
    worker.on("message", (word: CityWord) => heard(word));
    worker.on("error", (error) => failAll(error));
    worker.on("exit", (code) => failAll(new Error(`A worker of the city ended with ${code}`)));
  });

  /** Sends an order out under a number of its own and waits until `take` has heard enough. */
  const ask = <T>(
    signal: AbortSignal,
    send: (id: number) => void,
    take: (word: Parameters<Waiting["heard"]>[0]) => T | undefined,
  ): Promise<T> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      if (ended) return reject(ended);
      const id = ++last;
      const settle = () => {
        signal.removeEventListener("abort", takeBack);
        waiting.delete(id);
      };
      const takeBack = () => {
        Atomics.store(dropped, id % slots, id);
        settle();
        reject(signal.reason);
      };
      signal.addEventListener("abort", takeBack);
      waiting.set(id, {
        heard: (word) => {
          const whole = take(word);
          if (whole === undefined) return;
          settle();
          resolve(whole);
        },
        reject: (reason) => {
          settle();
          reject(reason);
        },
      });
      send(id);
    });
  const tally = (plan: SimulationPlan, signal: AbortSignal): Promise<Tally> => {
    const tallies: Tally[] = [];
    const send = (id: number) => {
      for (const worker of workers) order(worker, { kind: "run", id, plan });
    };
    return ask(signal, send, (word) => {
      if (word.kind === "tally") tallies.push(word.tally);
      return tallies.length === workers.length ? tallies.reduce(addTallies) : undefined;
    });
  };

  return {
    people,
    dimensions: dimensions.map(({ name, groups }) => ({ name, groups })),
    bytes: bytesOf(people) + dimensions.reduce((sum, { of }) => sum + of.byteLength, 0),
    simulate: async (plan, signal) => finishSimulation(plan, dimensions, await tally(plan, signal)),
    compare: (sides, signal) =>
      ask(
        signal,
        (id) => order(workers[0]!, { kind: "compare", id, sides }),
        (word) => (word.kind === "compared" ? word.effect : undefined),
      ),
    broken: () => ended !== undefined,
    async close() {
      failAll(new Error("The city is closed"));
      await Promise.all(workers.map(endWorker));
    },
  };
}

/** Takes our listeners away; those that Node keeps on a worker for itself stay. */
function stopHearing(worker: Worker): void {
  for (const event of ["message", "error", "exit"]) worker.removeAllListeners(event);
}

/** Lets a worker end by itself: to tear it down in the middle of a read takes DuckDB, and the process, with it. */
function endWorker(worker: Worker): Promise<void> {
  if (worker.threadId === -1) return Promise.resolve();
  return new Promise((resolve) => {
    stopHearing(worker);
    worker.on("error", () => resolve());
    worker.on("exit", () => resolve());
    order(worker, { kind: "end" });
  });
}

/** The first row of the household that a row is in. */
function border({ household, householdOf, persons }: People, row: number): number {
  return row >= persons ? persons : household.start[householdOf[row]!]!;
}

function bytesOf({ personColumns, householdColumns, householdOf, household }: People): number {
  const columns = [...Object.values(personColumns), ...Object.values(householdColumns)];
  const ofColumns = columns.reduce((sum, { data, unknown }) => sum + data.byteLength + (unknown?.byteLength ?? 0), 0);
  return ofColumns + householdOf.byteLength + household.start.byteLength + household.members.byteLength;
}
