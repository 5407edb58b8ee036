import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { fillStore } from "../apps/server/src/modules/cases/testing/fill-store.ts";
import { openClient } from "./cases/client.ts";
import { type BenchDesk, openBenchDesk } from "./cases/desk.ts";
import { lifeCycle } from "./cases/life-cycle.ts";
import { openStoreTime } from "./cases/processor-time.ts";
import { startLoad } from "./cases/start-load.ts";

/**
 * Whole life cycles of cases over HTTP (create, accept, assign, decide, read), `--connections N` (8) at a time for `--seconds N`
 * (20), beside `--stored N` (0) cases that are there already; then one user's search, queue and open. The public log is sealed
 * meanwhile, as in service. The store is that of DATABASE_URL, else in memory.
 *
 * `--users N` in place of connections: so many users who each begin a life cycle a minute, five times as many for a minute, and
 * then as before.
 */
export async function run(args: readonly string[]): Promise<Record<string, number | string>> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      stored: { type: "string", default: "0" },
      seconds: { type: "string", default: "20" },
      connections: { type: "string", default: "8" },
      users: { type: "string" },
    },
  });
  const stored = Number(values.stored);
  const connections = Number(values.connections);
  const desk = await openBenchDesk();
  try {
    const { address } = desk;
    const client = openClient(address, 1, () => {});
    const decided = await lifeCycle(client);
    const handled = await lifeCycle(client, "assigned");
    client.close();
    await fillStore(desk.database, { stored, decided, handled });
    await desk.log.seal();
    await startLoad({ kind: "cycles", address, connections, seconds: 3 });
    if (values.users !== undefined) return await spike(desk, Number(values.users), stored);
    const storeTime = await openStoreTime(desk.database);
    let [cpu, store] = [process.cpuUsage(), 0];
    const seconds = Number(values.seconds);
    const measured = await startLoad({ kind: "cycles", address, connections, seconds }, () => {
      [cpu, store] = [process.cpuUsage(), storeTime?.() ?? 0];
    });
    const { user, system } = process.cpuUsage(cpu);
    const each = (milliseconds: number) => Math.round((100 * milliseconds) / Math.max(1, measured.done)) / 100;
    return {
      store: storeName(),
      stored,
      connections,
      lifecyclesPerSecond: Math.round((measured.done / measured.seconds) * 10) / 10,
      p95Milliseconds: measured.p95,
      // Processor time of a life cycle tells more than the clock where other work runs beside.
      serverCpuMilliseconds: each((user + system) / 1000 - measured.clientMilliseconds),
      clientCpuMilliseconds: each(measured.clientMilliseconds),
      ...(storeTime && { storeCpuMilliseconds: each(storeTime() - store) }),
      loadAverage: Math.round(loadavg()[0]! * 10) / 10,
      errors: measured.errors.length,
      ...(await readings(desk)),
    };
  } finally {
    await desk.close();
  }
}

const calm = { seconds: 20, everySeconds: 60 };
const rush = { seconds: 60, everySeconds: 12 };
/** A second is as before when 95 of 100 requests end within this, in milliseconds. */
const goal = 100;

/** Paced users, and a spike of five times as much. */
async function spike({ address }: BenchDesk, users: number, stored: number): Promise<Record<string, number | string>> {
  const { done, errors, p95BySecond } = await startLoad({ kind: "paced", address, users, phases: [calm, rush, calm] });
  const worst = (from: number, until: number) => Math.max(0, ...p95BySecond.slice(from, until));
  const end = calm.seconds + rush.seconds;
  const after = p95BySecond.slice(end);
  return {
    store: storeName(),
    stored,
    users,
    lifecycles: done,
    errors: errors.length,
    calmP95Milliseconds: worst(1, calm.seconds),
    spikeP95Milliseconds: worst(calm.seconds, end),
    backAfterSeconds: after.findLastIndex((milliseconds) => milliseconds > goal) + 1,
  };
}

const storeName = () => (process.env.DATABASE_URL === undefined ? "PGlite" : "PostgreSQL");

/** One user's search, queue and open: the time that one in twenty exceeds. */
async function readings({ address, database }: BenchDesk): Promise<Record<string, number>> {
  const rows = await database
    .selectFrom("case_view")
    .select(["id", "number", "person"])
    .orderBy("id", "desc")
    .limit(300)
    .execute();
  const p95 = async (urls: readonly string[]) => (await startLoad({ kind: "readings", address, urls })).p95;
  return {
    searchMilliseconds: await p95(
      rows.map(({ number, person }, at) => (at % 2 ? `/cases?number=${number}` : `/cases?person=${person}`)),
    ),
    queueMilliseconds: await p95(rows.map((_, at) => `/cases?queue=${at % 2 ? "warning" : "breached"}&size=50`)),
    openMilliseconds: await p95(rows.map(({ id }) => `/cases/${id}`)),
  };
}
