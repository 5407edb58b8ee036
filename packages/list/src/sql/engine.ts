/** All that differs between the engines the SQL is written for; another engine is another of these. */
export interface SqlEngine {
  readonly name: string;
  /** Quotient of two integers, cut towards zero; the divisor is positive. */
  readonly quotient: (a: string, b: string) => string;
  /** The value at a position from 0; null where the position is null or the value is. */
  readonly element: (values: readonly (number | null)[], position: string) => string;
  /** Days since 1970-01-01 of a date column. */
  readonly dayOf: (date: string) => string;
  /** Written before the query of a step that is read more than once. */
  readonly keptOnce: string;
  /** Written after the query of a step, so that the planner does not write its expressions out again where they are read. */
  readonly fence: string;
}

const list = (values: readonly (number | null)[]) => values.map((value) => value ?? "NULL").join(",");

export const duckdb: SqlEngine = {
  name: "duckdb",
  quotient: (a, b) => `(${a} // ${b})`,
  element: (values, position) => `CAST([${list(values)}] AS BIGINT[])[${position} + 1]`,
  dayOf: (date) => `(${date} - DATE '1970-01-01')`,
  keptOnce: "MATERIALIZED ",
  fence: "",
};

export const postgres: SqlEngine = {
  name: "postgres",
  quotient: (a, b) => `(${a} / ${b})`,
  element: (values, position) => `(CAST('{${list(values)}}' AS BIGINT[]))[${position} + 1]`,
  dayOf: (date) => `CAST(${date} - DATE '1970-01-01' AS BIGINT)`,
  keptOnce: "MATERIALIZED ",
  fence: " OFFSET 0",
};
