import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { verifyProofFile } from "@qingdan/proof";
import { append, createAppender, type Log, type NewLine, openLog, openLogKey } from "@qingdan/server/audit";
import { type Database, openDatabase } from "../apps/server/src/store/database.ts";

const lines = 30_000;
const writers = 256;
const transactions = 1_000;
const proofs = 300;

const lineAt = (at: number): NewLine => ({
  kind: "case.decide",
  subject: `case:${at % 997}`,
  body: { at, outcome: "grant" },
  at: new Date(),
  by: "clerk",
});

/** 256 writers, each waiting for its line to be committed; sealed all the while. */
async function timeAppends(
  database: Database,
  log: Log,
): Promise<{ ids: number[]; perSecond: number; perCpu: number }> {
  const appender = createAppender(database);
  const ids: number[] = [];
  const start = performance.now();
  const cpu = process.cpuUsage();
  let next = 0;
  const writer = async () => {
    while (next < lines) {
      const at = next++;
      ids.push((await appender.add(lineAt(at))).index);
      if (at % 4096 === 4095) await log.seal();
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  await log.seal();
  const { user, system } = process.cpuUsage(cpu);
  return { ids, perSecond: lines / ((performance.now() - start) / 1000), perCpu: lines / ((user + system) / 1e6) };
}

/** One writer, a transaction for each line: what a single clerk's action costs. */
async function timeTransactions(database: Database): Promise<number> {
  const start = performance.now();
  for (let at = 0; at < transactions; at += 1) {
    await database.transaction().execute((tx) => append(tx, lineAt(at)));
  }
  return transactions / ((performance.now() - start) / 1000);
}

async function timeProofs(log: Log, ids: readonly number[]): Promise<number[]> {
  const times: number[] = [];
  for (let at = 0; at < proofs; at += 1) {
    const id = ids[(at * 7919) % ids.length]!;
    const before = performance.now();
    const file = await log.proofFile(id);
    times.push(performance.now() - before);
    const { ok, reason } = await verifyProofFile(JSON.stringify(file), log.verifierKey);
    if (!ok) throw new Error(`Line ${id}: ${reason}`);
  }
  return times.sort((a, b) => a - b);
}

/**
 * The public log on the store, every line committed before it counts, tiles and signed heads included; then inclusion proofs
 * of lines spread over it, each checked. DATABASE_URL measures a PostgreSQL server instead of the embedded store.
 */
export async function run(): Promise<Readonly<Record<string, number | string>>> {
  const folder = await mkdtemp(path.join(tmpdir(), "qingdan-log-"));
  const server = process.env.DATABASE_URL;
  const database = await openDatabase(server ?? path.join(folder, "store"));
  const key = await openLogKey(folder, "bench.example/log");
  const log = openLog({ database, key, now: () => new Date() });
  const { ids, perSecond, perCpu } = await timeAppends(database, log);
  const single = await timeTransactions(database);
  await log.seal();
  const times = await timeProofs(log, ids);
  await log.close();
  await database.destroy();
  await rm(folder, { recursive: true, force: true });
  return {
    lines,
    store: server === undefined ? "PGlite" : "PostgreSQL",
    appendsPerSecond: Math.round(perSecond),
    appendsPerCpuSecond: Math.round(perCpu),
    oneWriterPerSecond: Math.round(single),
    proofMilliseconds: Number(times[Math.floor(times.length / 2)]!.toFixed(2)),
    proofMilliseconds95: Number(times[Math.floor(times.length * 0.95)]!.toFixed(2)),
  };
}
