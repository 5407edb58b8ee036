import type { DuckDBConnection } from "@duckdb/node-api";
import {
  decomposeGiniFromSums,
  type GroupSums,
  giniBetween,
  giniByGroupQuery,
  giniQuery,
  type SumsFrom,
  type TheilFromSums,
  theilFromSums,
  theilSumsQuery,
} from "@qingdan/measure";

/** Inequality of the rows of a table in the lake, without bringing a row out of it. */
export interface LakeInequality {
  readonly groups: readonly GroupSums[];
  /** Rows without value, weight or group, or of negative value or weight: looked at by nobody until somebody looks. */
  readonly leftOut: number;
  readonly theil: TheilFromSums;
  readonly gini: number;
  /** If everyone had the mean of the own group. */
  readonly giniBetween: number;
}

/** Theil decomposed by groups and the exact Gini, of millions of weighted rows. @throws MeasureError */
export async function measureLakeInequality(connection: DuckDBConnection, from: SumsFrom): Promise<LakeInequality> {
  const { groups, leftOut } = await readGroupSums(connection, from);
  const theil = theilFromSums(groups);
  const [row] = (await connection.runAndReadAll(giniQuery(from))).getRowObjects();
  return { groups, leftOut, theil, gini: Number(row!.gini), giniBetween: giniBetween(groups) };
}

/** Pyatt's decomposition of the Gini: also the Gini inside every group, which sorts every row. */
export async function decomposeLakeGini(connection: DuckDBConnection, from: SumsFrom, found: LakeInequality) {
  const rows = (await connection.runAndReadAll(giniByGroupQuery(from))).getRowObjects();
  const inside = rows.map((row) => ({ group: String(row.group), gini: row.gini === null ? null : Number(row.gini) }));
  return decomposeGiniFromSums(found.gini, found.groups, inside);
}

/** The sums of each group that has a row that counts, and the rows that do not. */
export async function readGroupSums(
  connection: DuckDBConnection,
  from: SumsFrom,
): Promise<{ readonly groups: GroupSums[]; readonly leftOut: number }> {
  const rows = (await connection.runAndReadAll(theilSumsQuery(from))).getRowObjects();
  const groups = rows
    .filter(({ population }) => population !== null)
    .map((row) => ({
      group: String(row.group),
      population: Number(row.population),
      total: Number(row.total),
      totalLog: Number(row.total_log),
      populationLog: row.population_log === null ? null : Number(row.population_log),
    }));
  return { groups, leftOut: rows.reduce((sum, row) => sum + Number(row.left_out), 0) };
}
