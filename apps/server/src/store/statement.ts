import { CompiledQuery, type PostgresPool } from "kysely";

/** Columns with their PostgreSQL types, in the order in which they are written. */
export type Columns = Readonly<Record<string, string>>;

/** The columns' names, as a statement lists them. */
export const columnNames = (...columns: readonly Columns[]): string =>
  columns
    .flatMap((some) => Object.keys(some))
    .map((name) => `"${name}"`)
    .join(", ");

/** A row's values in the order of the columns. */
export const valuesOf = <Name extends string>(
  columns: Readonly<Record<Name, string>>,
  row: Readonly<Record<Name, unknown>>,
): unknown[] => (Object.keys(columns) as Name[]).map((name) => row[name] ?? null);

/** Numbers the parameters of one statement. Each bears its type, which the values of a query do not tell by themselves. */
export function parameters() {
  let last = 0;
  const next = (type: string) => {
    last += 1;
    return `$${last}::${type}`;
  };
  return {
    /** One parameter for each column. */
    of: (...columns: readonly Columns[]): string =>
      columns
        .flatMap((some) => Object.values(some))
        .map(next)
        .join(", "),
    /** Assignments for an update. */
    set: (columns: Columns): string =>
      Object.entries(columns)
        .map(([name, type]) => `"${name}" = ${next(type)}`)
        .join(", "),
  };
}

/** The database, or the transaction under way. */
interface Asked {
  executeQuery<Row>(query: CompiledQuery<Row>): Promise<{ readonly rows: Row[] }>;
}

const pools = new WeakMap<Asked, PostgresPool>();

/** Statements of `runStatement` take their connections from here; they have no need of what Kysely puts around a query. */
export function runDirectly(database: Asked, pool: PostgresPool): void {
  pools.set(database, pool);
}

/** Runs a statement whose text is always the same, so that a connection plans it once. */
export async function runStatement<Row>(db: Asked, text: string, values: readonly unknown[]): Promise<Row[]> {
  const pool = pools.get(db);
  // Inside a transaction the connection is Kysely's.
  if (!pool) return (await db.executeQuery<Row>(CompiledQuery.raw(text, [...values]))).rows;
  const connection = await pool.connect();
  try {
    return (await connection.query<Row>(text, values)).rows;
  } finally {
    connection.release();
  }
}
