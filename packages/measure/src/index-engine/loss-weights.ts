import { refuse } from "../errors.ts";
import { rangeOf } from "../numeric/moments.ts";
import { solve } from "../numeric/solve.ts";
import { sum } from "../numeric/sum.ts";
import type { Direction } from "./model.ts";
import { checkTable, entropyWeights, type Table } from "./weights.ts";

/**
 * MEREC (Keshavarz-Ghorabaee and others 2021): a column weighs by how much the performance of all units changes when it is left out. Every value
 * must be above 0; a column is told as more is better (1) or less is better (-1).
 */
export function removalWeights(table: Table, directions: readonly Direction[]): Float64Array {
  const units = checkPositive(table, directions);
  const distances = table.map((column, j) => {
    const { least, greatest } = rangeOf(column);
    return Float64Array.from(column, (value) =>
      Math.abs(Math.log(directions[j] === 1 ? least / value : value / greatest)),
    );
  });
  const performance = (total: number) => Math.log(1 + total / table.length);
  const effects = distances.map(() => 0);
  for (let i = 0; i < units; i++) {
    const total = sum(distances.map((column) => column[i]!));
    for (const [j, column] of distances.entries()) {
      effects[j]! += performance(total) - performance(Math.max(0, total - column[i]!));
    }
  }
  return sharesOf(effects);
}

/**
 * CILOS (Zavadskas and Podvezko 2016): a column weighs more the less is lost in the others when it is at its best. Every value must be above 0.
 * Refused where two columns are best for the same units in all: the losses then leave the weights open.
 */
export function impactLossWeights(table: Table, directions: readonly Direction[]): Float64Array {
  checkPositive(table, directions);
  const scaled = maximised(table, directions).map((column) => {
    const total = sum(column);
    return column.map((value) => value / total);
  });
  const best = scaled.map((column) => column.indexOf(rangeOf(column).greatest));
  const k = scaled.length;
  // Loss of column j, relative to its own best, in the unit that is best in column i.
  const losses = best.map((unit) =>
    scaled.map((column) => {
      const { greatest } = rangeOf(column);
      return (greatest - column[unit]!) / greatest;
    }),
  );
  const balance = losses.map((row, i) =>
    row.map((loss, j) => (i === j ? -sum(losses.map((other) => other[j]!)) : loss)),
  );
  // The rows of a balance sum to nothing by columns: the last one says that the weights sum to 1 instead.
  balance[k - 1] = scaled.map(() => 1);
  return sharesOf(
    solve(
      balance,
      scaled.map((_, i) => Number(i === k - 1)),
    ),
  );
}

/** IDOCRIW (Zavadskas and Podvezko 2016): entropy (of the columns as they are) times impact loss, so that a column weighs by both. Every value must be above 0. */
export function integratedWeights(table: Table, directions: readonly Direction[]): Float64Array {
  const losses = impactLossWeights(table, directions);
  const entropy = entropyWeights(table);
  return sharesOf(Array.from(losses, (loss, j) => loss * entropy[j]!));
}

/** Columns of which less is better turned round: the least value over each. */
function maximised(table: Table, directions: readonly Direction[]): Float64Array[] {
  return table.map((column, j) => {
    const { least } = rangeOf(column);
    return Float64Array.from(column, (value) => (directions[j] === 1 ? value : least / value));
  });
}

function checkPositive(table: Table, directions: readonly Direction[]): number {
  const units = checkTable(table);
  if (directions.length !== table.length)
    refuse(
      "MEASURE-LENGTH",
      "每列应有一个方向",
      `${directions.length} directions for ${table.length} columns: each needs one`,
    );
  const low = table.findIndex((column) => rangeOf(column).least <= 0);
  if (low >= 0)
    refuse("MEASURE-SIGN", `第 ${low + 1} 列应全部大于零`, `column ${low + 1}: every value must be above 0 here`);
  return units;
}

function sharesOf(parts: readonly number[]): Float64Array {
  const total = sum(parts);
  if (!(total > 0) || parts.some((part) => part < -1e-12))
    refuse("MEASURE-CONSTANT", "各列无差异，权数无法确定", "the columns do not tell units apart: nothing to weigh by");
  return Float64Array.from(parts, (part) => Math.max(0, part) / total);
}
