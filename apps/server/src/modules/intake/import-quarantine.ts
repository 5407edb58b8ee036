import path from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { SnapshotFact } from "./fact-column.ts";
import { citizenIdChecks, factProblem, householdChecks, personChecks, type RowCheck } from "./import-checks.ts";
import type { ImportOptions, ImportResult, TableCounts } from "./import-model.ts";
import { type ImportSource, identifier, literal, type SourceTable } from "./import-source.ts";
import { quarantineReasons } from "./quarantine-reasons.ts";

interface Plan {
  readonly facts: readonly SnapshotFact[];
  readonly date: string;
  readonly hasCitizenId: boolean;
  readonly hasReceipts: boolean;
}

/** Fills the table `faults(tbl, source_row, col, reason, value)` with all that is wrong. */
export async function quarantineRows(
  connection: DuckDBConnection,
  plan: Plan,
  { onProgress, signal }: ImportOptions,
): Promise<void> {
  await connection.run(
    "CREATE TABLE faults (tbl VARCHAR, source_row BIGINT, col VARCHAR, reason VARCHAR, value VARCHAR)",
  );
  const steps = planSteps(plan);
  for (const [index, { what, sql }] of steps.entries()) {
    signal?.throwIfAborted();
    await connection.run(`INSERT INTO faults ${sql}`);
    onProgress?.({ done: index + 1, of: steps.length, what });
  }
}

interface Step {
  readonly what: string;
  readonly sql: string;
}

function planSteps({ facts, date, hasCitizenId, hasReceipts }: Plan): Step[] {
  const tables: SourceTable[] = hasReceipts ? ["persons", "households", "receipts"] : ["persons", "households"];
  return [
    ...tables.map((table) => ({
      what: table,
      sql: `SELECT '${table}', source_row, NULL, 'line-malformed', NULL FROM ${table}_rejects`,
    })),
    ...facts.map((fact) => factStep(`${fact.entity}s`, fact, date)),
    ...[...personChecks, ...(hasCitizenId ? citizenIdChecks(date) : [])].map((check) => checkStep("persons", check)),
    ...householdChecks.map((check) => checkStep("households", check)),
    ...incompleteSteps,
    ...(hasReceipts ? receiptSteps(date) : []),
  ];
}

function factStep(table: string, fact: SnapshotFact, date: string): Step {
  const column = identifier(fact.name);
  const sql =
    `SELECT '${table}', source_row, ${literal(fact.name)}, problem, value FROM ` +
    `(SELECT source_row, ${column} AS value, ${factProblem(fact, date)} AS problem FROM ${table}) WHERE problem IS NOT NULL`;
  return { what: fact.name, sql };
}

function checkStep(table: SourceTable, { reason, column, from, where }: RowCheck): Step {
  const sql = `SELECT '${table}', source_row, ${literal(column)}, '${reason}', ${identifier(column)} FROM ${from} WHERE ${where}`;
  return { what: reason, sql };
}

/**
 * A household with a quarantined row goes into quarantine whole. A repeated row spoils nothing where its first stands in the same
 * household.
 */
const incompleteSteps: readonly Step[] = [
  {
    what: "household-incomplete",
    sql: `
      WITH spoiled AS (
        SELECT p.household FROM persons p JOIN faults f ON f.tbl = 'persons' AND f.source_row = p.source_row
        WHERE NOT (f.reason = 'person-duplicate' AND EXISTS (
          SELECT 1 FROM persons q WHERE q.person = p.person AND q.household = p.household AND q.source_row < p.source_row))
        UNION
        SELECT h.household FROM households h JOIN faults f ON f.tbl = 'households' AND f.source_row = h.source_row
        WHERE f.reason <> 'household-duplicate'
      ), broken AS (SELECT household FROM spoiled WHERE household IS NOT NULL)
      SELECT 'persons', source_row, 'household', 'household-incomplete', household FROM persons
      WHERE household IN (FROM broken) AND source_row NOT IN (SELECT source_row FROM faults WHERE tbl = 'persons')
      UNION ALL
      SELECT 'households', source_row, 'household', 'household-incomplete', household FROM households
      WHERE household IN (FROM broken) AND source_row NOT IN (SELECT source_row FROM faults WHERE tbl = 'households')`,
  },
];

function receiptSteps(date: string): Step[] {
  const amount: SnapshotFact = { name: "amount", entity: "person", type: "money", range: { min: 0, max: 10_000_000 } };
  const since: SnapshotFact = { name: "since", entity: "person", type: "date" };
  const person: RowCheck = {
    reason: "receipt-person-unknown",
    column: "person",
    from: "receipts",
    where: `person IS NULL OR person NOT IN (SELECT person FROM persons WHERE person IS NOT NULL
      AND source_row NOT IN (SELECT source_row FROM faults WHERE tbl = 'persons'))`,
  };
  const item: RowCheck = {
    reason: "type-wrong",
    column: "item",
    from: "receipts",
    where: "item IS NULL OR NOT regexp_full_match(item, 'cn(-[0-9]+)?\\.[a-z0-9]+(-[a-z0-9]+)*')",
  };
  return [
    factStep("receipts", amount, date),
    factStep("receipts", since, date),
    checkStep("receipts", { ...person, column: "amount", reason: "type-wrong", where: "amount IS NULL" }),
    checkStep("receipts", item),
    checkStep("receipts", person),
  ];
}

type Counts = Pick<ImportResult, "accepted" | "quarantined" | "byReason" | "tables">;

/** Writes the quarantined rows, one line a fault with the whole record, and counts. */
export async function writeQuarantine(
  connection: DuckDBConnection,
  source: ImportSource,
  dir: string,
): Promise<Counts> {
  const words = Object.entries(quarantineReasons).map(
    ([code, { zh, en }]) => `(${literal(code)}, ${literal(zh)}, ${literal(en)})`,
  );
  await connection.run(`CREATE TABLE words AS SELECT * FROM (VALUES ${words.join(", ")}) AS t (reason, zh, en)`);
  const records = [...source.files.values()].map(
    ({ table }) =>
      `SELECT '${table}' AS tbl, source_row, to_json(t)::VARCHAR AS record FROM (SELECT * FROM ${table} WHERE source_row IN ` +
      `(SELECT source_row FROM faults WHERE tbl = '${table}')) t UNION ALL SELECT '${table}', source_row, record FROM ${table}_rejects`,
  );
  const lines =
    `SELECT f.tbl AS "table", f.source_row AS "row", f.col AS "column", f.reason, f.value, w.zh, w.en, r.record ` +
    `FROM faults f JOIN words w USING (reason) LEFT JOIN (${records.join(" UNION ALL ")}) r ON r.tbl = f.tbl AND r.source_row = f.source_row ` +
    `ORDER BY f.tbl, f.source_row, f.col, f.reason`;
  await connection.run(`CREATE TABLE quarantine AS ${lines}`);
  await connection.run(`COPY quarantine TO ${literal(path.join(dir, "quarantine.csv"))} (FORMAT csv, HEADER)`);
  await connection.run(`COPY quarantine TO ${literal(path.join(dir, "quarantine.parquet"))} (FORMAT parquet)`);
  return count(connection, source);
}

async function count(connection: DuckDBConnection, source: ImportSource): Promise<Counts> {
  const tables: Record<SourceTable, TableCounts> = {
    persons: { rows: 0, accepted: 0, quarantined: 0 },
    households: { rows: 0, accepted: 0, quarantined: 0 },
    receipts: { rows: 0, accepted: 0, quarantined: 0 },
  };
  for (const table of source.files.keys()) {
    const rows = await number(
      connection,
      `SELECT (SELECT count(*) FROM ${table}) + (SELECT count(*) FROM ${table}_rejects)`,
    );
    const quarantined = await number(
      connection,
      `SELECT count(DISTINCT source_row) FROM faults WHERE tbl = '${table}'`,
    );
    tables[table] = { rows, accepted: rows - quarantined, quarantined };
  }
  const reasons = await connection.runAndReadAll(
    "SELECT reason, count(DISTINCT (tbl, source_row))::INTEGER FROM faults GROUP BY reason ORDER BY reason",
  );
  const all = Object.values(tables);
  return {
    accepted: all.reduce((sum, { accepted }) => sum + accepted, 0),
    quarantined: all.reduce((sum, { quarantined }) => sum + quarantined, 0),
    byReason: Object.fromEntries(reasons.getRows().map(([reason, rows]) => [String(reason), Number(rows)])),
    tables,
  };
}

export async function number(connection: DuckDBConnection, sql: string): Promise<number> {
  return Number((await connection.runAndReadAll(sql)).getRows()[0]![0]);
}
