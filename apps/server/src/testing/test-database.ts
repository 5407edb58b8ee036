import { randomBytes } from "node:crypto";
import { cpSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { onceARun } from "../../../../testing/once-a-run.ts";
import { type Database, openDatabase } from "../store/database.ts";

/** A store for one test: a database of its own on the server of DATABASE_URL where one is given, else an embedded one. */
export async function testDatabase(): Promise<{
  readonly database: Database;
  readonly url: string | undefined;
  close(): Promise<void>;
}> {
  const server = process.env.DATABASE_URL;
  if (server === undefined) return { ...(await embeddedDatabase()), url: undefined };
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

/** An embedded store for one test: a copy of an empty one, since to make its system and its tables takes several times as long. */
export async function embeddedDatabase(): Promise<{ readonly database: Database; close(): Promise<void> }> {
  const empty = await onceARun("store", async (folder) => (await openDatabase(folder)).destroy());
  const place = await mkdtemp(path.join(tmpdir(), "qingdan-store-"));
  const folder = path.join(place, "store");
  cpSync(empty, folder, { recursive: true });
  const database = await openDatabase(folder);
  return {
    database,
    async close() {
      await database.destroy();
      await rm(place, { recursive: true, force: true });
    },
  };
}
