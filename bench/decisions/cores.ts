import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { allocateDecisions, emitKernel, type People, type Rulebook } from "@qingdan/list";

const rounds = 15;

/** Best of several rounds in which each core decides its share of the rows. */
export async function decideOnCores(rulebook: Rulebook, people: People, cores: number): Promise<number> {
  const [seconds] = await roundsOnCores(rulebook, people, [cores]);
  return Math.min(...(seconds ?? []));
}

/** Seconds of each round on so many cores; the numbers of cores take turns, so that a machine that slows down does so for all. */
export async function roundsOnCores(
  rulebook: Rulebook,
  people: People,
  numbers: readonly number[],
): Promise<readonly (readonly number[])[]> {
  const ways = numbers.map((cores) => openCores(rulebook, people, cores));
  for (const way of ways) await way.turn();
  const seconds = ways.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1)
    for (const [at, way] of ways.entries()) seconds[at]?.push(await way.turn());
  await Promise.all(ways.map((way) => way.close()));
  return seconds;
}

function openCores(rulebook: Rulebook, people: People, cores: number) {
  const out = allocateDecisions(rulebook, people.persons, { shared: true });
  const source = emitKernel(rulebook).replace(/^export /m, "");
  const code = `const { parentPort, workerData } = require("node:worker_threads");
${source}
const { people, out, from, to } = workerData;
parentPort.on("message", () => { decide(people, out, from, to); parentPort.postMessage("done"); });`;
  const share = Math.ceil(people.persons / cores);
  const workers = Array.from({ length: cores }, (_, core) => {
    const [from, to] = [core * share, Math.min(people.persons, (core + 1) * share)];
    return new Worker(code, { eval: true, workerData: { people, out, from, to } });
  });
  return {
    /** Decides every row once. Gives seconds. */
    async turn(): Promise<number> {
      const start = performance.now();
      for (const worker of workers) worker.postMessage("go");
      await Promise.all(workers.map((worker) => once(worker, "message")));
      return (performance.now() - start) / 1000;
    },
    close: () => Promise.all(workers.map((worker) => worker.terminate())),
  };
}
