import pg from "pg";
import type { ConnectionPool } from "./prepared.ts";

/** Whole numbers of 64 bits and days come as numbers and `YYYY-MM-DD`. */
const columnParsers: Readonly<Record<number, (value: string) => unknown>> = {
  [pg.types.builtins.INT8]: (value) => {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new RangeError(`${value} is beyond the whole numbers that are exact`);
    return number;
  },
  [pg.types.builtins.DATE]: (value) => value,
};

/** How columns are read, from the embedded store and from a server alike. */
export const columnTypes = {
  getTypeParser: (type: number, format?: "text" | "binary") =>
    (format !== "binary" && columnParsers[type]) || pg.types.getTypeParser(type, format),
} as pg.CustomTypesConfig;

/** A connection that nobody used for so long is closed, in milliseconds: with it go the plans of its statements. */
const idle = 300_000;

/** Connections to a PostgreSQL server. Its just-in-time compiler is off: it costs more than these short queries take. */
export function postgresPool(connectionString: string, max = 8): ConnectionPool {
  const options = "-c jit=off";
  const pool = new pg.Pool({ connectionString, max, options, idleTimeoutMillis: idle, types: columnTypes });
  // A connection that breaks while nobody uses it is replaced when the next is asked for.
  pool.on("error", () => {});
  return pool;
}
