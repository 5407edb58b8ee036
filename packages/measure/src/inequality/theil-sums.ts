import { refuse } from "../errors.ts";
import { sumBy } from "../numeric/sum.ts";

/** What a database has to sum for each group so that Theil's measures can be had without its rows. */
export interface GroupSums {
  readonly group: string | number;
  /** Sum of weights. */
  readonly population: number;
  /** Sum of weight x value. */
  readonly total: number;
  /** Sum of weight x value x ln(value); a value of 0 adds 0. */
  readonly totalLog: number;
  /** Sum of weight x ln(value); null when some value is 0, for which L is undefined. */
  readonly populationLog: number | null;
}

/** Theil's measures of a whole from its groups' sums: T = between + within, and so L unless a value is 0. */
export interface TheilFromSums {
  readonly theilT: number;
  readonly betweenT: number;
  readonly withinT: number;
  readonly theilL: number | null;
  readonly betweenL: number | null;
  readonly withinL: number | null;
}

/** A table and its columns, by name. */
export interface SumsFrom {
  readonly table: string;
  readonly value: string;
  readonly weight: string;
  readonly group: string;
}

/** The condition of rows that count: a value and a weight of 0 or more, and a group. */
export function fineRows(from: SumsFrom): string {
  const [value, weight, group] = [from.value, from.weight, from.group].map(quoteName);
  return `${value} >= 0 AND ${weight} >= 0 AND ${group} IS NOT NULL`;
}

/**
 * SQL for {@link GroupSums} over a table of millions of rows, in the words that DuckDB, PostgreSQL and Trino share. A row with a missing
 * value, weight or group is not summed: `left_out` counts such rows and rows of negative value or weight, and must be looked at.
 */
export function theilSumsQuery(from: SumsFrom): string {
  const [table, value, weight, group] = [from.table, from.value, from.weight, from.group].map(quoteName);
  const fine = fineRows(from);
  const when = (term: string) => `SUM(CASE WHEN ${fine} THEN ${term} END)`;
  return [
    `SELECT ${group} AS "group",`,
    `  ${when(weight!)} AS population,`,
    `  ${when(`${weight} * ${value}`)} AS total,`,
    `  ${when(`CASE WHEN ${value} = 0 THEN 0 ELSE ${weight} * ${value} * LN(${value}) END`)} AS total_log,`,
    `  CASE WHEN ${when(`CASE WHEN ${value} = 0 AND ${weight} > 0 THEN 1 ELSE 0 END`)} > 0 THEN NULL`,
    `    ELSE ${when(`CASE WHEN ${value} = 0 THEN 0 ELSE ${weight} * LN(${value}) END`)} END AS population_log,`,
    `  SUM(CASE WHEN ${fine} THEN 0 ELSE 1 END) AS left_out`,
    `FROM ${table} GROUP BY ${group}`,
  ].join("\n");
}

/** Theil's T and L, between and within groups, from the sums of each group. */
export function theilFromSums(groups: readonly GroupSums[]): TheilFromSums {
  const counted = groups.filter(({ population }) => population > 0);
  if (counted.length === 0) refuse("MEASURE-EMPTY", "没有有权数的分组", "no group has any weight");
  const sum = (term: (group: GroupSums) => number) => sumBy(counted.length, (g) => term(counted[g]!));
  const population = sum((group) => group.population);
  const total = sum((group) => group.total);
  if (!(total > 0))
    refuse("MEASURE-MEAN", "合计为零，相对差异无定义", "the total is 0: relative inequality is undefined");
  const ratio = (group: GroupSums) => group.total / group.population / (total / population);
  const theilT = sum((group) => group.totalLog) / total - Math.log(total / population);
  const betweenT = sum((group) => (group.total === 0 ? 0 : (group.total / total) * Math.log(ratio(group))));
  const whole = { theilT, betweenT, withinT: theilT - betweenT };
  if (counted.some((group) => group.populationLog === null))
    return { ...whole, theilL: null, betweenL: null, withinL: null };
  const theilL = Math.log(total / population) - sum((group) => group.populationLog!) / population;
  const betweenL = -sum((group) => (group.population / population) * Math.log(ratio(group)));
  return { ...whole, theilL, betweenL, withinL: theilL - betweenL };
}

/** A name as an SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
