import { readdirSync, readFileSync } from "node:fs";
import type { Database } from "../../apps/server/src/store/database.ts";
import { runStatement } from "../../apps/server/src/store/statement.ts";

/** Milliseconds of processor time of the thread that asks, where Linux tells it, else 0. */
export function threadMilliseconds(): number {
  return timeIn("/proc/thread-self/schedstat");
}

/**
 * Milliseconds of processor time of the PostgreSQL server behind the store, where it runs on this machine: of its processes and of
 * those that have ended. undefined elsewhere, and for an embedded store, whose time is that of this process.
 */
export async function openStoreTime(database: Database): Promise<(() => number) | undefined> {
  if (process.env.DATABASE_URL === undefined) return undefined;
  const [backend] = await runStatement<{ readonly pid: number }>(database, "select pg_backend_pid() as pid", []);
  const server = parentOf(String(backend?.pid));
  if (server === undefined) return undefined;
  return () => {
    const own = readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && parentOf(pid) === server);
    return own.reduce((sum, pid) => sum + timeIn(`/proc/${pid}/schedstat`), 0);
  };
}

/** The parent of a process of PostgreSQL. */
function parentOf(pid: string): string | undefined {
  const stat = textOf(`/proc/${pid}/stat`);
  const name = stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")"));
  return name.startsWith("postgres") ? stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1] : undefined;
}

/** The first number of `schedstat`: nanoseconds on the processor. */
const timeIn = (file: string): number => Number(textOf(file).split(" ")[0]) / 1e6;

function textOf(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    // The process has ended, or the system has no such files.
    return "";
  }
}
