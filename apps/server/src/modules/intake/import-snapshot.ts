import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { isColumnFact, type SnapshotFact } from "./fact-column.ts";
import type { ImportOptions, ImportResult } from "./import-model.ts";
import { writeAccepted } from "./import-parts.ts";
import { quarantineRows, writeQuarantine } from "./import-quarantine.ts";
import { findSource, type ImportSource, identifier, literal, loadSource, type SourceTable } from "./import-source.ts";
import { IntakeError } from "./intake-error.ts";
import { checkTarget, replaceSnapshot } from "./replace-snapshot.ts";

/**
 * Makes a snapshot of a folder of CSV or Parquet files whose columns are named by the fact dictionary (money in yuan, enums and
 * areas as codes, dates YYYY-MM-DD, nothing = unknown). Each row is accepted or stands in quarantine.csv and
 * quarantine.parquet with its reasons. The snapshot stands in `outDir` only when it is whole.
 * @throws IntakeError `IMPORT-SOURCE-MISSING`, `IMPORT-COLUMN-MISSING`, `SNAPSHOT-TARGET`
 */
export async function importSnapshot(sourceDir: string, outDir: string, options: ImportOptions): Promise<ImportResult> {
  const target = path.resolve(outDir);
  await checkTarget(target);
  const dir = `${target}.importing-${process.pid}`;
  await rm(dir, { recursive: true, force: true });
  await mkdir(path.join(dir, "work"), { recursive: true });
  try {
    const instance = await DuckDBInstance.create(path.join(dir, "work", "import.duckdb"), { memory_limit: "2GB" });
    const connection = await instance.connect();
    let result: ImportResult;
    try {
      result = await importInto(dir, sourceDir, connection, options);
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
    await rm(path.join(dir, "work"), { recursive: true, force: true });
    options.signal?.throwIfAborted();
    await replaceSnapshot(dir, target);
    return result;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function importInto(
  dir: string,
  sourceDir: string,
  connection: DuckDBConnection,
  options: ImportOptions,
): Promise<ImportResult> {
  const source = await findSource(sourceDir, connection);
  const facts = options.facts.filter(isColumnFact);
  requireColumns(source, facts);
  for (const file of source.files.values()) {
    options.signal?.throwIfAborted();
    await loadSource(file, connection);
  }
  await loadAreas(source.date, options, connection);
  const hasCitizenId = source.files.get("persons")!.columns.includes("citizenId");
  await quarantineRows(
    connection,
    { facts, date: source.date, hasCitizenId, hasReceipts: source.files.has("receipts") },
    options,
  );
  const counts = await writeQuarantine(connection, source, dir);
  await writeAccepted(connection, {
    dir,
    source,
    facts,
    areas: options.areas.map(({ code }) => code),
    signal: options.signal,
  });
  return { ...counts, unknownColumns: unknownColumns(source, facts) };
}

async function loadAreas(date: string, { areas }: ImportOptions, connection: DuckDBConnection): Promise<void> {
  const rows = areas.map(
    ({ code, from = "0001-01-01", until = "9999-12-31" }) => `(${literal(code)}, ${from <= date && date < until})`,
  );
  await connection.run("CREATE TABLE areas (code VARCHAR, in_force BOOLEAN)");
  if (rows.length === 0) return;
  await connection.run(`INSERT INTO areas VALUES ${rows.join(", ")}`);
  await connection.run(`CREATE TYPE area_code AS ENUM (${areas.map(({ code }) => literal(code)).join(", ")})`);
}

const keys: Readonly<Record<SourceTable, readonly string[]>> = {
  persons: ["person", "household"],
  households: ["household"],
  receipts: ["person", "item", "amount", "per", "since"],
};

function requireColumns(source: ImportSource, facts: readonly SnapshotFact[]): void {
  const missing = [...source.files.values()].flatMap(({ table, columns }) =>
    [...keys[table], ...factsOf(table, facts)]
      .filter((name) => !columns.includes(name))
      .map((name) => `${table}.${name}`),
  );
  if (missing.length === 0) return;
  throw new IntakeError({
    code: "IMPORT-COLUMN-MISSING",
    place: missing.join(", "),
    words: {
      zh: `缺少 ${missing.length} 列：${missing.join("、")}。`,
      en: `${missing.length} columns are missing: ${missing.join(", ")}.`,
    },
    hint: {
      zh: "列名按事实词典；不知道的值可以留空，但列要有。",
      en: "Columns are named by the fact dictionary; values that are not known may be empty, but the column must stand.",
    },
  });
}

function factsOf(table: SourceTable, facts: readonly SnapshotFact[]): string[] {
  return facts.filter(({ entity }) => `${entity}s` === table).map(({ name }) => name);
}

function unknownColumns(source: ImportSource, facts: readonly SnapshotFact[]): string[] {
  return [...source.files.values()].flatMap(({ table, columns }) => {
    const known = new Set([...keys[table], ...factsOf(table, facts), ...(table === "persons" ? ["citizenId"] : [])]);
    return columns.filter((name) => !known.has(name)).map((name) => `${table}.${identifier(name).slice(1, -1)}`);
  });
}
