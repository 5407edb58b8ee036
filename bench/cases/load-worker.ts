import { parentPort, workerData } from "node:worker_threads";
import { type Client, openClient, p95 } from "./client.ts";
import { lifeCycle } from "./life-cycle.ts";
import { threadMilliseconds } from "./processor-time.ts";

/** What the clients are to do; they run in a thread of their own, as they would in a process of their own. */
export type LoadTask = { readonly address: string } & (
  | { readonly kind: "cycles"; readonly connections: number; readonly seconds: number }
  | { readonly kind: "readings"; readonly urls: readonly string[] }
  | { readonly kind: "paced"; readonly users: number; readonly phases: readonly Phase[] }
);

/** For so long each user begins a life cycle every so many seconds. */
export interface Phase {
  readonly seconds: number;
  readonly everySeconds: number;
}

export interface LoadResult {
  readonly done: number;
  readonly seconds: number;
  readonly errors: readonly string[];
  /** Processor time of the clients. */
  readonly clientMilliseconds: number;
  /** Of one request. */
  readonly p95: number;
  /** The same of the requests that ended in each second. */
  readonly p95BySecond: readonly number[];
}

const task = workerData as LoadTask;
const start = performance.now();
const since = () => (performance.now() - start) / 1000;
const taken: number[] = [];
const bySecond: number[][] = [];
const errors: string[] = [];
const client = openClient(task.address, task.kind === "cycles" ? task.connections : 64, (milliseconds) => {
  taken.push(milliseconds);
  const second = Math.floor(since());
  for (let at = bySecond.length; at <= second; at += 1) bySecond.push([]);
  bySecond[second]?.push(milliseconds);
});

async function attempt(deed: (client: Client) => Promise<unknown>): Promise<boolean> {
  try {
    await deed(client);
    return true;
  } catch (error) {
    errors.push(String(error));
    return false;
  }
}

async function cycles(connections: number, seconds: number): Promise<number> {
  let done = 0;
  const one = async () => {
    while (since() < seconds) if (await attempt((asked) => lifeCycle(asked))) done += 1;
  };
  await Promise.all(Array.from({ length: connections }, one));
  return done;
}

async function readings(urls: readonly string[]): Promise<number> {
  let done = 0;
  for (const url of urls) if (await attempt(({ ask }) => ask("GET", url))) done += 1;
  return done;
}

/** Users who each go through life cycles, one after the other, at the pace of each phase; they do not begin at once. */
async function paced(users: number, phases: readonly Phase[]): Promise<number> {
  let done = 0;
  const user = async (_: unknown, at: number) => {
    let begun = 0;
    for (const { seconds, everySeconds } of phases) {
      for (let next = begun + (at / users) * everySeconds; next < begun + seconds; next += everySeconds) {
        const wait = next - since();
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait * 1000));
        if (await attempt((asked) => lifeCycle(asked))) done += 1;
      }
      begun += seconds;
    }
  };
  await Promise.all(Array.from({ length: users }, user));
  return done;
}

function run(): Promise<number> {
  if (task.kind === "cycles") return cycles(task.connections, task.seconds);
  if (task.kind === "readings") return readings(task.urls);
  return paced(task.users, task.phases);
}

parentPort?.postMessage("begins");
const before = threadMilliseconds();
const done = await run();
client.close();
parentPort?.postMessage({
  done,
  seconds: since(),
  errors,
  clientMilliseconds: threadMilliseconds() - before,
  p95: p95(taken),
  p95BySecond: bySecond.map(p95),
} satisfies LoadResult);
