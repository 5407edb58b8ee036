import { randomBytes } from "node:crypto";
import pg from "pg";
import { type Database, openDatabase } from "../store/database.ts";

/** A store for one test: a database of its own on the server of DATABASE_URL where one is given, else in memory. */
export async function testDatabase(): Promise<{
  readonly database: Database;
  readonly url: string | undefined;
  close(): Promise<void>;
}> {
  const server = process.env.DATABASE_URL;
  if (server === undefined) {
    const database = await openDatabase();
    return { database, url: undefined, close: () => database.destroy() };
  }
  const name = `qingdan_test_${randomBytes(6).toString("hex")}`;
  const inServer = async (sql: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await inServer(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const database = await openDatabase(url.href);
  return {
    database,
    url: url.href,
    async close() {
      await database.destroy();
      await inServer(`drop database ${name}`);
    },
  };
}
