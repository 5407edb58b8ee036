import { type GroupGini, giniByGroupQuery, giniQuery } from "../inequality/gini-sums.ts";
import { type GroupSums, theilSumsQuery } from "../inequality/theil-sums.ts";
import { inDuckDb } from "./duckdb.ts";

/** Sums of the groups of a table that `rows` (a query) makes in an empty DuckDB, and its Gini whole and by group. */
export async function sumInDuckDb(
  rows: string,
  columns: { readonly value: string; readonly weight: string; readonly group: string },
): Promise<{
  readonly sums: GroupSums[];
  readonly leftOut: number;
  readonly gini: number;
  readonly inside: GroupGini[];
}> {
  return inDuckDb(async (connection) => {
    await connection.run(`CREATE TABLE people AS ${rows}`);
    const found = (await connection.runAndReadAll(theilSumsQuery({ table: "people", ...columns }))).getRowObjects();
    return {
      sums: found
        .filter(({ population }) => population !== null)
        .map((row) => ({
          group: String(row.group),
          population: Number(row.population),
          total: Number(row.total),
          totalLog: Number(row.total_log),
          populationLog: row.population_log === null ? null : Number(row.population_log),
        })),
      leftOut: found.reduce((sum, row) => sum + Number(row.left_out), 0),
      gini: Number(
        (await connection.runAndReadAll(giniQuery({ table: "people", ...columns }))).getRowObjects()[0]!.gini,
      ),
      inside: (await connection.runAndReadAll(giniByGroupQuery({ table: "people", ...columns })))
        .getRowObjects()
        .map((row) => ({ group: String(row.group), gini: row.gini === null ? null : Number(row.gini) })),
    };
  });
}
