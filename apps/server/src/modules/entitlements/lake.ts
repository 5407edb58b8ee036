import path from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { PersonsQuery } from "./model.ts";
import { findingCode } from "./plan.ts";
import type { StoredRun } from "./run-store.ts";

/** One row of a run, numbers as in the files; `run.json` says what they mean. */
export interface RunRow {
  readonly person: number;
  readonly district: number;
  readonly outcome: number;
  readonly reason: number;
  readonly fen: number;
  /** Fen received; null: not on the roll. */
  readonly received: number | null;
  readonly finding: number | null;
}

/** Reads rows of runs and people of snapshots from the lake. */
export interface Lake {
  rows(run: StoredRun, item: number, query: PersonsQuery): Promise<RunRow[]>;
  /** Number, household and part of a person; undefined where the snapshot has no such person. */
  findPerson(run: StoredRun, person: number): Promise<{ household: number; part: number } | undefined>;
  /** Stored values of a household and of its members, householder first. */
  household(run: StoredRun, part: number, household: number): Promise<{ household: StoredRow; persons: StoredRow[] }>;
  /** What a person receives, by item code. */
  receipts(run: StoredRun, person: number): Promise<ReadonlyMap<string, number>>;
  close(): void;
}

export type StoredRow = Readonly<Record<string, unknown>>;

export async function openLake(): Promise<Lake> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2", memory_limit: "1GB" });
  const connection = await instance.connect();
  const select = (sql: string) => selectRows(connection, sql);
  return {
    rows: async (run, item, query) => (await select(rowsSql(run, item, query))).map(toRunRow),
    async findPerson({ snapshot }, person) {
      const files = snapshot.manifest.files.persons.map(({ file }) => path.join(snapshot.dir, file));
      const [row] = await select(
        `SELECT household, filename FROM ${parquet(files, "filename = true")} WHERE person = ${person}`,
      );
      return row && { household: Number(row.household), part: files.indexOf(String(row.filename)) };
    },
    async household({ snapshot }, part, household) {
      const { persons, households } = snapshot.manifest.files;
      const within = `WHERE household = ${household}`;
      const personFile = path.join(snapshot.dir, persons[part]!.file);
      const householdFile = path.join(snapshot.dir, households[part]!.file);
      const members = await select(
        `SELECT * FROM ${parquet([personFile], "file_row_number = true")} ${within} ORDER BY file_row_number`,
      );
      const [row = {}] = await select(`SELECT * FROM ${parquet([householdFile])} ${within}`);
      return { household: row, persons: members };
    },
    async receipts({ snapshot }, person) {
      if (snapshot.receiptFiles.length === 0) return new Map();
      const rows = await select(
        `SELECT item, fen::DOUBLE AS fen FROM ${parquet(snapshot.receiptFiles)} WHERE person = ${person}`,
      );
      return new Map(rows.map(({ item, fen }) => [String(item), Number(fen)]));
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function selectRows(connection: DuckDBConnection, sql: string): Promise<StoredRow[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJS();
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const parquet = (files: readonly string[], ...options: readonly string[]) =>
  `read_parquet(${[`[${files.map(quoted).join(", ")}]`, ...options].join(", ")})`;

/** The rows of a group: findings as they were found, answers with the roll beside them. */
function rowsSql(run: StoredRun, item: number, query: PersonsQuery): string {
  const { folder, record } = run;
  const { group, district, page, size } = query;
  const place = district === undefined ? "" : `AND district = ${record.codes.districts.indexOf(district)}`;
  const limit = `ORDER BY person LIMIT ${size} OFFSET ${(page - 1) * size}`;
  const files = (name: string) => parquet([path.join(folder, `${name}-*.parquet`)]);
  const columns = "person, district, outcome, reason, amount";
  if (group !== "entitled" && group !== "undetermined") {
    const codes = group === "missed" ? [findingCode.missed, findingCode.underpaid] : [findingCode[group]];
    return `SELECT ${columns}, nullif(received, -1) AS received, finding FROM ${files("findings")}
      WHERE item = ${item} AND finding IN (${codes.join(", ")}) ${place} ${limit}`;
  }
  return `WITH
      page AS (SELECT ${columns} FROM ${files("answers")}
        WHERE item = ${item} AND outcome = ${group === "entitled" ? 1 : 2} ${place} ${limit}),
      roll AS (${rollSql(run, item)}),
      found AS (SELECT person, finding FROM ${files("findings")} WHERE item = ${item})
    SELECT page.*, roll.fen AS received, finding
    FROM page LEFT JOIN roll USING (person) LEFT JOIN found USING (person) ORDER BY person`;
}

function rollSql({ snapshot, record }: StoredRun, item: number): string {
  if (snapshot.receiptFiles.length === 0) return "SELECT 0 AS person, 0 AS fen WHERE false";
  const code = quoted(record.codes.items[item]!.code);
  return `SELECT person, fen::DOUBLE AS fen FROM ${parquet(snapshot.receiptFiles)} WHERE item = ${code}`;
}

function toRunRow(row: StoredRow): RunRow {
  const optional = (value: unknown) => (value === null || value === undefined ? null : Number(value));
  return {
    person: Number(row.person),
    district: Number(row.district),
    outcome: Number(row.outcome),
    reason: Number(row.reason),
    fen: Number(row.amount),
    received: optional(row.received),
    finding: optional(row.finding),
  };
}
