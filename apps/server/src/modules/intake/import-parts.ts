import path from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { SnapshotFact } from "./fact-column.ts";
import { describeFile } from "./file-digest.ts";
import { factValue } from "./import-checks.ts";
import { number } from "./import-quarantine.ts";
import { type ImportSource, literal } from "./import-source.ts";
import { describeColumn, type Manifest, type ManifestFile, writeManifest } from "./manifest.ts";

interface Accepted {
  readonly dir: string;
  readonly source: ImportSource;
  readonly facts: readonly SnapshotFact[];
  readonly areas: readonly string[];
  readonly signal?: AbortSignal;
}

/** Persons of one part: households are put whole into the part in which they begin. */
const partSize = 131_072;

/** Writes the accepted rows as the parts of a snapshot: members together in the order of the source, the first the householder. */
export async function writeAccepted(connection: DuckDBConnection, accepted: Accepted): Promise<void> {
  await numberRows(connection);
  const people = await number(connection, "SELECT count(*) FROM person_numbers");
  const parts = people === 0 ? 0 : 1 + (await number(connection, "SELECT max(part) FROM household_numbers"));
  const files: Record<"persons" | "households" | "receipts", ManifestFile[]> = {
    persons: [],
    households: [],
    receipts: [],
  };
  for (let part = 0; part < parts; part++) {
    accepted.signal?.throwIfAborted();
    const queries = partQueries(accepted, part);
    for (const [table, sql] of queries) {
      const file = `${table}-${String(part).padStart(5, "0")}.parquet`;
      const rows = await copy(connection, sql, path.join(accepted.dir, file));
      files[table].push(await describeFile(accepted.dir, file, rows));
    }
  }
  await writeManifest(accepted.dir, describe(accepted, files, people));
}

async function numberRows(connection: DuckDBConnection): Promise<void> {
  const sound = (table: string) => `source_row NOT IN (SELECT source_row FROM faults WHERE tbl = '${table}')`;
  await connection.run(`
    CREATE TABLE person_numbers AS
    SELECT p.source_row, p.person AS source_person, h.source_row AS household_row,
      row_number() OVER (ORDER BY h.source_row, p.source_row)::INTEGER AS number
    FROM (SELECT source_row, person, household FROM persons WHERE ${sound("persons")}) p
    JOIN (SELECT source_row, household FROM households WHERE ${sound("households")}) h USING (household)`);
  await connection.run(`
    CREATE TABLE household_numbers AS
    SELECT household_row AS source_row, row_number() OVER (ORDER BY household_row)::INTEGER AS number,
      ((min(number) - 1) // ${partSize})::INTEGER AS part
    FROM person_numbers GROUP BY household_row`);
}

function partQueries({ facts, source }: Accepted, part: number): ["persons" | "households" | "receipts", string][] {
  const values = (entity: string) =>
    facts
      .filter((fact) => fact.entity === entity)
      .map((fact) => `, ${factValue(fact)}`)
      .join("");
  const queries: ["persons" | "households" | "receipts", string][] = [
    [
      "persons",
      `SELECT n.number AS person, h.number AS household, p.person AS sourcePerson${values("person")}
       FROM household_numbers h JOIN person_numbers n ON n.household_row = h.source_row AND h.part = ${part}
       JOIN persons p ON p.source_row = n.source_row ORDER BY n.number`,
    ],
    [
      "households",
      `SELECT h.number AS household, p.household AS sourceHousehold${values("household")}
       FROM household_numbers h JOIN households p ON p.source_row = h.source_row WHERE h.part = ${part} ORDER BY h.number`,
    ],
  ];
  if (source.files.has("receipts")) {
    queries.push([
      "receipts",
      `SELECT n.number AS person, r.item, round(r.amount::DOUBLE * 100)::BIGINT AS fen, r.per, r.since::DATE AS since
       FROM household_numbers h JOIN person_numbers n ON n.household_row = h.source_row AND h.part = ${part}
       JOIN receipts r ON r.person = n.source_person
       WHERE r.source_row NOT IN (SELECT source_row FROM faults WHERE tbl = 'receipts') ORDER BY n.number, r.source_row`,
    ]);
  }
  return queries;
}

async function copy(connection: DuckDBConnection, sql: string, file: string): Promise<number> {
  const result = await connection.runAndReadAll(
    `COPY (${sql}) TO ${literal(file)} (FORMAT parquet, ROW_GROUP_SIZE ${partSize})`,
  );
  return Number(result.getRows()[0]![0]);
}

function describe({ source, facts, areas }: Accepted, files: Manifest["files"], people: number): Manifest {
  const columns = (entity: string) => facts.filter((fact) => fact.entity === entity).map(describeColumn);
  const rows = (list: readonly ManifestFile[]) => list.reduce((sum, file) => sum + file.rows, 0);
  return {
    format: "qingdan-people",
    version: 1,
    name: source.name,
    date: source.date,
    people,
    households: rows(files.households),
    receipts: rows(files.receipts),
    money: "fen",
    areas: [...areas],
    columns: { persons: columns("person"), households: columns("household") },
    files,
  };
}
