import { PGlite } from "@electric-sql/pglite";
import type { PostgresPool, PostgresPoolClient } from "kysely";
import { columnParsers } from "./postgres-pool.ts";

/**
 * PGlite seen as a pool of one connection, so that Kysely's PostgreSQL dialect drives the embedded store and a server alike.
 * Whoever holds the connection holds it alone: a transaction never meets a stranger's statement.
 */
export function pglitePool(folder: string | undefined): PostgresPool {
  const opening = PGlite.create({ parsers: columnParsers, ...(folder === undefined ? {} : { dataDir: folder }) });
  let turn: Promise<void> = Promise.resolve();
  return {
    async connect() {
      const { promise: held, resolve: release } = withResolvers();
      const before = turn;
      turn = before.then(() => held);
      await before;
      return client(await opening, release);
    },
    async end() {
      await turn;
      await (await opening).close();
    },
  };
}

function client(db: PGlite, release: () => void): PostgresPoolClient {
  return {
    // Kysely's cursor overload is never called: nothing here streams rows out of the operational store.
    query: (async (sql: string, parameters: readonly unknown[]) => {
      const { rows, affectedRows } = await db.query(sql, [...parameters]);
      return { command: sql.trimStart().split(/\s/, 1)[0]?.toUpperCase(), rowCount: affectedRows ?? rows.length, rows };
    }) as PostgresPoolClient["query"],
    release,
  };
}

/** Promise.withResolvers, which Node 20 lacks. */
function withResolvers() {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
