import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { DuckDBInstance } from "@duckdb/node-api";
import { PGlite } from "@electric-sql/pglite";
import { duckdb, postgres, type SqlEngine } from "../engine.ts";
import type { PeopleTables } from "../people-tables.ts";

/** A database that emitted SQL is tried on. */
export interface Database {
  readonly engine: SqlEngine;
  /** The rows of a query over people, a line each, values between commas; every value is an integer. */
  readonly lines: (tables: PeopleTables, sql: string) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

const drop = ["DROP TABLE IF EXISTS persons", "DROP TABLE IF EXISTS households"];

/** The lines of an answer as numbers. */
export function numbersOf(lines: readonly string[]): number[][] {
  return lines.map((line) => line.split(",").map(Number));
}

const linesOf = (text: string) => (text === "" ? [] : text.trimEnd().split("\n"));

export async function openDuckdb(): Promise<Database> {
  const folder = await mkdtemp(path.join(tmpdir(), "qingdan-sql-"));
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  return {
    engine: duckdb,
    async lines(tables, sql) {
      for (const statement of [...drop, ...tables.make]) await connection.run(statement);
      for (const name of ["persons", "households"] as const) {
        const file = path.join(folder, `${name}.csv`);
        await writeFile(file, tables[name]);
        await connection.run(`COPY ${name} FROM '${file}' (FORMAT csv, HEADER false, NULLSTR '')`);
      }
      const answers = path.join(folder, "answers.csv");
      await connection.run(`COPY (${sql}) TO '${answers}' (FORMAT csv, HEADER false)`);
      return linesOf(await readFile(answers, "utf8"));
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
      await rm(folder, { recursive: true });
    },
  };
}

export async function openPglite(): Promise<Database> {
  const database = await PGlite.create();
  return {
    engine: postgres,
    async lines(tables, sql) {
      for (const statement of [...drop, ...tables.make]) await database.exec(statement);
      for (const name of ["persons", "households"] as const) {
        await database.query(`COPY ${name} FROM '/dev/blob' WITH (FORMAT csv)`, [], { blob: new Blob([tables[name]]) });
      }
      const { blob } = await database.query(`COPY (${sql}) TO '/dev/blob' WITH (FORMAT csv)`);
      return linesOf((await blob?.text()) ?? "");
    },
    close: () => database.close(),
  };
}

/** A server, spoken to by its own client `psql`; the tables are made in a schema of their own, which is dropped again. */
export function openServer(url: string): Database {
  const schema = `qingdan_sql_${process.pid}`;
  const psql = async (script: string): Promise<string> => {
    const folder = await mkdtemp(path.join(tmpdir(), "qingdan-psql-"));
    try {
      const file = path.join(folder, "script.sql");
      await writeFile(file, script);
      const args = [url, "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--file", file];
      return (await promisify(execFile)("psql", args, { maxBuffer: 2 ** 30 })).stdout;
    } finally {
      await rm(folder, { recursive: true });
    }
  };
  return {
    engine: postgres,
    async lines(tables, sql) {
      const copies = (["persons", "households"] as const).flatMap((name) => [
        `COPY ${name} FROM STDIN WITH (FORMAT csv);`,
        `${tables[name]}\\.`,
      ]);
      const made = tables.make.map((statement) => `${statement};`);
      const begin = [
        `DROP SCHEMA IF EXISTS ${schema} CASCADE;`,
        `CREATE SCHEMA ${schema};`,
        `SET search_path TO ${schema};`,
      ];
      const script = [
        "SET client_min_messages TO warning;",
        "SET jit TO off;",
        ...begin,
        ...made,
        ...copies,
        `COPY (${sql}) TO STDOUT WITH (FORMAT csv);`,
      ];
      return linesOf(await psql(`${script.join("\n")}\n`));
    },
    async close() {
      await psql(`SET client_min_messages TO warning; DROP SCHEMA IF EXISTS ${schema} CASCADE;`);
    },
  };
}
