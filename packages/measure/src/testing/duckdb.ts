import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

/** Does some work in an empty DuckDB in memory, and closes it. */
export async function inDuckDb<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
