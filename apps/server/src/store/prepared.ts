import type { PostgresPool, PostgresPoolClient } from "kysely";
import type pg from "pg";

/** Statements that are kept prepared on each connection; one beyond them is planned each time. */
const mostStatements = 500;
/** Longer texts are lists of rows, which seldom come twice. */
const longestText = 8000;

/** Connections by the driver of `pg`. */
export interface ConnectionPool {
  connect(): Promise<pg.PoolClient>;
  end(): Promise<void>;
}

/**
 * A pool whose connections keep prepared what is asked a second time: most requests ask the same few statements, and to plan
 * one costs more than to run it.
 */
export function preparingPool(pool: ConnectionPool): PostgresPool {
  /** Names by text; a text that was seen once has none yet. */
  const names = new Map<string, string | undefined>();
  let last = 0;
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    if (known !== undefined || text.length > longestText) return known;
    if (names.has(text)) {
      last += 1;
      names.set(text, `s${last}`);
    } else if (names.size < mostStatements) names.set(text, undefined);
    return names.get(text);
  };
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    async connect() {
      const held = await pool.connect();
      const known = clients.get(held) ?? preparing(held, nameOf);
      clients.set(held, known);
      return known;
    },
    end: () => pool.end(),
  };
}

function preparing(held: pg.PoolClient, nameOf: (text: string) => string | undefined): PostgresPoolClient {
  return {
    // Kysely's cursor overload is never called: nothing here streams rows out of the operational store.
    query: ((text: string, values: unknown[]) => {
      const name = values.length > 0 ? nameOf(text) : undefined;
      return name === undefined ? held.query(text, values) : held.query({ name, text, values });
    }) as unknown as PostgresPoolClient["query"],
    release: () => held.release(),
  };
}
