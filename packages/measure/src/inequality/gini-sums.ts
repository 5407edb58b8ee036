import { refuse } from "../errors.ts";
import { sumBy } from "../numeric/sum.ts";
import type { PyattDecomposition } from "./decompose-gini.ts";
import { gini } from "./gini.ts";
import { fineRows, type GroupSums, quoteName, type SumsFrom } from "./theil-sums.ts";

/** What a database gives for each group so that Pyatt's decomposition can be had without its rows. */
export interface GroupGini {
  readonly group: string | number;
  /** Null where the group's total is 0. */
  readonly gini: number | null;
}

/**
 * SQL for the exact weighted Gini of a table of millions of rows, as one row with the column `gini`. Equal values are joined first (amounts in whole fen
 * are far fewer than people), so that only the distinct ones are sorted. Rows without value, weight or group, or of negative value or weight, are
 * left out as `theilSumsQuery` leaves them out, and are counted there.
 */
export function giniQuery(from: SumsFrom): string {
  const [table, value, weight] = [from.table, from.value, from.weight].map(quoteName);
  return [
    "SELECT 1 - SUM(w * (2 * c - w * v)) / NULLIF(SUM(w) * SUM(w * v), 0) AS gini FROM (",
    "  SELECT v, w, SUM(w * v) OVER (ORDER BY v ROWS UNBOUNDED PRECEDING) AS c FROM (",
    `    SELECT ${value} AS v, SUM(${weight}) AS w FROM ${table} WHERE ${fineRows(from)} GROUP BY ${value}`,
    "  ) AS distinct_values",
    ") AS cumulated",
  ].join("\n");
}

/** SQL for the exact weighted Gini inside every group: rows of `group`, `gini`. It sorts every row, and takes ten times as long as {@link giniQuery}. */
export function giniByGroupQuery(from: SumsFrom): string {
  const [table, value, weight, group] = [from.table, from.value, from.weight, from.group].map(quoteName);
  return [
    'SELECT g AS "group", 1 - SUM(w * (2 * c - w * v)) / NULLIF(SUM(w) * SUM(w * v), 0) AS gini FROM (',
    `  SELECT ${group} AS g, ${value} AS v, ${weight} AS w,`,
    `    SUM(${weight} * ${value}) OVER (PARTITION BY ${group} ORDER BY ${value} ROWS UNBOUNDED PRECEDING) AS c`,
    `  FROM ${table} WHERE ${fineRows(from)}`,
    ") AS cumulated GROUP BY g",
  ].join("\n");
}

/** Pyatt's decomposition from the Gini of the whole, the sums of the groups and the Gini inside each. */
export function decomposeGiniFromSums(
  total: number,
  groups: readonly GroupSums[],
  inside: readonly GroupGini[],
): PyattDecomposition {
  const counted = groups.filter(({ population }) => population > 0);
  const own = new Map(inside.map((one) => [one.group, one.gini]));
  const population = sumBy(counted.length, (g) => counted[g]!.population);
  const amount = sumBy(counted.length, (g) => counted[g]!.total);
  const within = sumBy(counted.length, (g) => {
    const { group, population: people, total: sum } = counted[g]!;
    const found = own.get(group);
    if (found === undefined) refuse("MEASURE-GROUP", `分组 ${group} 没有基尼系数`, `group ${group} has no Gini`);
    return (people / population) * (sum / amount) * (found ?? 0);
  });
  const between = giniBetween(counted);
  return { total, within, between, overlap: total - within - between };
}

/** Gini if everyone had the mean of the own group. */
export function giniBetween(groups: readonly GroupSums[]): number {
  const counted = groups.filter(({ population }) => population > 0);
  return gini({
    values: counted.map(({ total, population }) => total / population),
    weights: counted.map(({ population }) => population),
  });
}
