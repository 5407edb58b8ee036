import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { allocateDecisions, emitKernel, type People, type Rulebook } from "@qingdan/list";

const rounds = 15;

/** Best of several rounds in which each core decides its half of the rows. */
export async function decideOnCores(rulebook: Rulebook, people: People, cores: number): Promise<number> {
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
  const turn = async () => {
    const start = performance.now();
    for (const worker of workers) worker.postMessage("go");
    await Promise.all(workers.map((worker) => once(worker, "message")));
    return (performance.now() - start) / 1000;
  };
  await turn();
  const times: number[] = [];
  for (let at = 0; at < rounds; at += 1) times.push(await turn());
  await Promise.all(workers.map((worker) => worker.terminate()));
  return Math.min(...times);
}
