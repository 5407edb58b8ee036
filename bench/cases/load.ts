import { parentPort, workerData } from "node:worker_threads";
import { type Client, openClient, p95 } from "./client.ts";
import { lifeCycle } from "./life-cycle.ts";

/** What the clients are to do; they run in a thread of their own, as they would in a process of their own. */
export type LoadTask = { readonly address: string } & (
  | { readonly kind: "cycles"; readonly connections: number; readonly seconds: number }
  | { readonly kind: "readings"; readonly urls: readonly string[] }
  | { readonly kind: "paced"; readonly users: number; readonly everySeconds: number; readonly seconds: number }
);

export interface LoadResult {
  readonly done: number;
  readonly seconds: number;
  readonly errors: readonly string[];
  /** Of one request. */
  readonly p95: number;
  /** Slowest request of each second. */
  readonly slowest: readonly number[];
}

const task = workerData as LoadTask;
const start = performance.now();
const since = () => (performance.now() - start) / 1000;
const taken: number[] = [];
const slowest: number[] = [];
const errors: string[] = [];
const client = openClient(task.address, task.kind === "cycles" ? task.connections : 64, (milliseconds) => {
  taken.push(milliseconds);
  const second = Math.floor(since());
  slowest[second] = Math.max(slowest[second] ?? 0, milliseconds);
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

/** Users who each go through a life cycle and then wait, so that each begins one every so many seconds. */
async function paced(users: number, everySeconds: number, seconds: number): Promise<number> {
  let done = 0;
  const user = async (_: unknown, at: number) => {
    for (let next = (at / users) * everySeconds; next < seconds; next += everySeconds) {
      const wait = next - since();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait * 1000));
      if (await attempt((asked) => lifeCycle(asked))) done += 1;
    }
  };
  await Promise.all(Array.from({ length: users }, user));
  return done;
}

function run(): Promise<number> {
  if (task.kind === "cycles") return cycles(task.connections, task.seconds);
  if (task.kind === "readings") return readings(task.urls);
  return paced(task.users, task.everySeconds, task.seconds);
}

const done = await run();
client.close();
parentPort?.postMessage({ done, seconds: since(), errors, p95: p95(taken), slowest } satisfies LoadResult);
