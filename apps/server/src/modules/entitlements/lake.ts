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
  /** How many rows all pages have together. */
  count(run: StoredRun, item: number, query: PersonsQuery): Promise<number>;
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
    async count(run, item, query) {
      const [row] = await select(`SELECT count(*)::DOUBLE AS rows ${chosenSql(run, item, query)}`);
      return Number(row?.rows);
    },
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

/** Everybody with the area of a fact (a position in the snapshot's areas), which stands on the person or on the household. */
export function areasOfPeopleSql({ snapshot: { dir, manifest } }: StoredRun, fact: string): string {
  const { persons, households } = manifest.files;
  const list = (files: typeof persons) => parquet(files.map(({ file }) => path.join(dir, file)));
  const column = `"${fact}"`;
  const known = `${column} IS NOT NULL`;
  return manifest.columns.persons.some(({ name }) => name === fact)
    ? `SELECT person, ${column} AS area FROM ${list(persons)} WHERE ${known}`
    : `SELECT person, ${column} AS area FROM ${list(persons)} JOIN ${list(households)} USING (household) WHERE ${known}`;
}

/** Which rows of which file a group of an item is, in one district or street where one is named. */
function chosenSql(run: StoredRun, item: number, { group, district, street }: PersonsQuery): string {
  const { folder, record, rulebook, snapshot } = run;
  const conditions = [`item = ${item}`];
  if (district !== undefined) conditions.push(`district = ${record.codes.districts.indexOf(district)}`);
  if (street !== undefined) {
    const areas = areasOfPeopleSql(run, rulebook.items[item]!.area);
    conditions.push(
      `person IN (SELECT person FROM (${areas}) WHERE area = ${snapshot.manifest.areas.indexOf(street)})`,
    );
  }
  const isAnswer = group === "entitled" || group === "undetermined";
  const codes = group === "missed" ? [findingCode.missed, findingCode.underpaid] : isAnswer ? [] : [findingCode[group]];
  conditions.push(isAnswer ? `outcome = ${group === "entitled" ? 1 : 2}` : `finding IN (${codes.join(", ")})`);
  const files = parquet([path.join(folder, `${isAnswer ? "answers" : "findings"}-*.parquet`)]);
  return `FROM ${files} WHERE ${conditions.join(" AND ")}`;
}

/** The rows of a group: findings as they were found, answers with the roll beside them. */
function rowsSql(run: StoredRun, item: number, query: PersonsQuery): string {
  const { group, page, size } = query;
  const limit = `ORDER BY person LIMIT ${size} OFFSET ${(page - 1) * size}`;
  const columns = "person, district, outcome, reason, amount";
  const chosen = chosenSql(run, item, query);
  if (group !== "entitled" && group !== "undetermined")
    return `SELECT ${columns}, nullif(received, -1) AS received, finding ${chosen} ${limit}`;
  const findings = parquet([path.join(run.folder, "findings-*.parquet")]);
  return `WITH
      page AS (SELECT ${columns} ${chosen} ${limit}),
      roll AS (${rollSql(run, item)}),
      found AS (SELECT person, finding FROM ${findings} WHERE item = ${item})
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
