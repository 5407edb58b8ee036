import { open, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { IntakeError } from "./intake-error.ts";

export type SourceTable = "persons" | "households" | "receipts";

/** A file of an import and the names of its columns. */
export interface SourceFile {
  readonly table: SourceTable;
  readonly path: string;
  readonly kind: "csv" | "parquet";
  readonly columns: readonly string[];
}

export interface ImportSource {
  /** The day the facts describe. */
  readonly date: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly files: ReadonlyMap<SourceTable, SourceFile>;
}

const sourceManifest = z.object({
  date: z.iso.date(),
  name: z.strictObject({ zh: z.string(), en: z.string() }).optional(),
});

/** Text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Finds the files of an import: manifest.json with `date`, and persons, households and (optional) receipts as .csv or .parquet.
 * @throws IntakeError `IMPORT-SOURCE-MISSING`
 */
export async function findSource(dir: string, connection: DuckDBConnection): Promise<ImportSource> {
  const names = await readdir(dir).catch(() => [] as string[]);
  const manifest = await readSourceManifest(dir, names);
  const files = new Map<SourceTable, SourceFile>();
  for (const table of ["persons", "households", "receipts"] as const) {
    const name = [`${table}.csv`, `${table}.parquet`].find((candidate) => names.includes(candidate));
    if (name === undefined && table === "receipts") continue;
    if (name === undefined) throw missing(path.join(dir, `${table}.csv`));
    const file = path.join(dir, name);
    const kind = name.endsWith(".csv") ? "csv" : "parquet";
    files.set(table, { table, path: file, kind, columns: await readColumns(file, kind, connection) });
  }
  const bare = path.basename(path.resolve(dir));
  return { date: manifest.date, name: manifest.name ?? { zh: bare, en: bare }, files };
}

async function readSourceManifest(dir: string, names: readonly string[]) {
  const place = path.join(dir, "manifest.json");
  if (!names.includes("manifest.json")) throw missing(place);
  const parsed = sourceManifest.safeParse(
    await readFile(place, "utf8")
      .then(JSON.parse)
      .catch(() => undefined),
  );
  if (parsed.success) return parsed.data;
  throw missing(place);
}

function missing(place: string): IntakeError {
  return new IntakeError({
    code: "IMPORT-SOURCE-MISSING",
    place,
    words: { zh: "导入缺少这个文件，或它读不出来。", en: "The import lacks this file, or it cannot be read." },
    hint: {
      zh: '文件夹要有 manifest.json（至少 {"date": "YYYY-MM-DD"}）以及 persons 与 households 的 .csv 或 .parquet。',
      en: 'The folder holds manifest.json (at least {"date": "YYYY-MM-DD"}), and persons and households as .csv or .parquet.',
    },
  });
}

async function readColumns(file: string, kind: "csv" | "parquet", connection: DuckDBConnection): Promise<string[]> {
  if (kind === "csv") return parseHeader(await readFirstLine(file));
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet(${literal(file)})`);
  return described.getColumns()[0]!.map(String);
}

/** A header is short: the first 64 KiB hold it. */
async function readFirstLine(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0);
    return buffer
      .toString("utf8", 0, bytesRead)
      .replace(/^\uFEFF/, "")
      .split(/\r?\n/, 1)[0]!;
  } finally {
    await handle.close();
  }
}

function parseHeader(line: string): string[] {
  return line.split(",").map((name) => name.trim().replace(/^"(.*)"$/, "$1"));
}

/**
 * Loads a file as text columns with the number of each data row (`source_row`, from 1), and its malformed lines as
 * `<table>_rejects(source_row, record)`.
 */
export async function loadSource(file: SourceFile, connection: DuckDBConnection): Promise<void> {
  const { table } = file;
  const text = file.columns.map((name) => `${identifier(name)}::VARCHAR AS ${identifier(name)}`).join(", ");
  if (file.kind === "parquet") {
    await connection.run(
      `CREATE TABLE ${table} AS SELECT row_number() OVER () AS source_row, ${text} FROM read_parquet(${literal(file.path)})`,
    );
    await connection.run(`CREATE TABLE ${table}_rejects (source_row BIGINT, record VARCHAR)`);
    return;
  }
  const columns = file.columns.map((name) => `${literal(name)}: 'VARCHAR'`).join(", ");
  await connection.run(
    `CREATE TABLE ${table} AS SELECT row_number() OVER () AS source_row, * FROM read_csv(${literal(file.path)}, ` +
      `header = true, auto_detect = false, columns = {${columns}}, delim = ',', quote = '"', escape = '"', ` +
      `strict_mode = true, store_rejects = true, rejects_limit = 0, ` +
      `rejects_table = '${table}_reject_errors', rejects_scan = '${table}_reject_scans')`,
  );
  // A rejected line still counts: rows after it stand one further down in the file (record 1 is the header).
  await connection.run(
    `CREATE TABLE ${table}_rejects AS SELECT line - 1 AS source_row, any_value(csv_line) AS record ` +
      `FROM ${table}_reject_errors GROUP BY line ORDER BY line`,
  );
  await connection.run(
    `UPDATE ${table} SET source_row = source_row + (SELECT count(*) FROM ` +
      `(SELECT source_row - row_number() OVER (ORDER BY source_row) AS before FROM ${table}_rejects) WHERE before < ${table}.source_row) ` +
      `WHERE (SELECT count(*) FROM ${table}_rejects) > 0`,
  );
}
