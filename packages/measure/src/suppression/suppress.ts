import { refuse } from "../errors.ts";

/** A table of counts with its totals, and which totals are published. */
export interface CountTable {
  /** Counts by row, then column; every row has the same columns. */
  readonly counts: readonly (readonly number[])[];
  /** Totals that a reader sees, and could subtract from; default all. */
  readonly published?: { readonly rowTotals?: boolean; readonly columnTotals?: boolean };
}

/** Why a cell is withheld: it is small itself, or a small one could be had by subtraction. */
export type Withheld = "small" | "complementary" | null;

/** What may be shown. */
export interface Suppression {
  readonly cells: readonly (readonly Withheld[])[];
  readonly rowTotals: readonly Withheld[];
  readonly columnTotals: readonly Withheld[];
  readonly grandTotal: Withheld;
  readonly small: number;
  readonly complementary: number;
}

/**
 * Withholds every count from 1 to `threshold` - 1, then further cells until nobody can tell from the totals that a withheld small cell is below the
 * threshold: for each there is a way to raise it to the threshold and balance every row and column with withheld cells that stay 0 or more.
 * A count of 0 is shown. The cells given up are those of the fewest people (a least-cost circle through the small cell; Cox 1980).
 */
export function suppressSmall(table: CountTable, threshold: number): Suppression {
  if (!(Number.isInteger(threshold) && threshold >= 2))
    refuse("MEASURE-PARAMETER", "抑制阈值应为不小于 2 的整数", "the threshold must be a whole number of 2 or more");
  const grid = withTotals(readCounts(table));
  const state = grid.map((row) => row.map((count): Withheld => (count > 0 && count < threshold ? "small" : null)));
  const unpublished = marginsNotShown(table, grid);
  const small = placesOf(state);
  // The smallest first: their circles are the hardest to find, and serve the others.
  for (const [row, column] of small.toSorted(([a, b], [c, d]) => grid[a]![b]! - grid[c]![d]!)) {
    if (unpublished(row, column)) continue;
    const circle = cheapestCircle({ grid, state, unpublished }, [row, column], threshold - grid[row]![column]!);
    for (const [r, c] of circle) state[r]![c] ??= unpublished(r, c) ? null : "complementary";
  }
  return describe(state, unpublished);
}

type Grid = readonly (readonly number[])[];
type Place = readonly [row: number, column: number];
type Hidden = (row: number, column: number) => boolean;

function readCounts({ counts }: CountTable): Grid {
  const width = counts[0]?.length ?? 0;
  if (width === 0) refuse("MEASURE-EMPTY", "表中没有单元格", "the table has no cells");
  for (const [r, row] of counts.entries()) {
    if (row.length !== width)
      refuse("MEASURE-LENGTH", `第 ${r + 1} 行的列数不同`, `row ${r + 1} has another number of columns`);
    if (!row.every((count) => Number.isInteger(count) && count >= 0))
      refuse("MEASURE-SIGN", `第 ${r + 1} 行应为非负整数`, `row ${r + 1} must hold whole counts of 0 or more`);
  }
  return counts;
}

/** The table with a last column of row totals and a last row of column totals. */
function withTotals(counts: Grid): number[][] {
  const rows = counts.map((row) => [...row, row.reduce((a, b) => a + b, 0)]);
  return [...rows, rows[0]!.map((_, c) => rows.reduce((sum, row) => sum + row[c]!, 0))];
}

function marginsNotShown({ published = {} }: CountTable, grid: Grid): Hidden {
  const { rowTotals = true, columnTotals = true } = published;
  const [lastRow, lastColumn] = [grid.length - 1, grid[0]!.length - 1];
  return (row, column) => {
    if (row === lastRow && column === lastColumn) return !rowTotals && !columnTotals;
    return (column === lastColumn && !rowTotals) || (row === lastRow && !columnTotals);
  };
}

interface Protecting {
  readonly grid: Grid;
  readonly state: readonly (readonly Withheld[])[];
  readonly unpublished: Hidden;
}

/**
 * The cheapest path from the cell's row to its column through other cells, each of them withheld already (free) or to be (its people). Going
 * round, the cell rises by `rise` and the others rise and fall in turn; one that falls must have as many. Totals stand on the other side of their
 * equation, so they move the other way. A circle always exists: both totals of the cell and the grand total can rise with it.
 */
function cheapestCircle({ grid, state, unpublished }: Protecting, [row, column]: Place, rise: number): Place[] {
  const [rows, columns] = [grid.length, grid[0]!.length];
  const isMargin = (r: number, c: number) => (r === rows - 1) !== (c === columns - 1);
  const cost = new Float64Array(rows + columns).fill(Number.POSITIVE_INFINITY);
  const came = new Int32Array(rows + columns).fill(-1);
  const done = new Uint8Array(rows + columns);
  cost[row] = 0;
  for (let at = row; at !== rows + column; at = nearest(cost, done)) {
    done[at] = 1;
    const fromRow = at < rows;
    for (let k = 0; k < (fromRow ? columns : rows); k++) {
      const [r, c] = fromRow ? [at, k] : [k, at - rows];
      if (r === row && c === column) continue;
      const falls = fromRow !== (isMargin(r, c) !== isMargin(row, column));
      const count = grid[r]![c]!;
      if (count === 0 || (falls && count < rise)) continue;
      const next = fromRow ? rows + c : r;
      const price = state[r]![c] || unpublished(r, c) ? 0 : count;
      if (cost[at]! + price < cost[next]!) {
        cost[next] = cost[at]! + price;
        came[next] = at;
      }
    }
  }
  const circle: Place[] = [];
  for (let v = rows + column; v !== row; v = came[v]!) {
    const other = came[v]!;
    circle.push(v < rows ? [v, other - rows] : [other, v - rows]);
  }
  return circle;
}

function nearest(cost: Float64Array, done: Uint8Array): number {
  let at = -1;
  for (let v = 0; v < cost.length; v++) if (!done[v] && (at < 0 || cost[v]! < cost[at]!)) at = v;
  return at;
}

function placesOf(state: readonly (readonly Withheld[])[]): Place[] {
  return state.flatMap((row, r) => row.flatMap((withheld, c): Place[] => (withheld ? [[r, c]] : [])));
}

function describe(state: readonly (readonly Withheld[])[], unpublished: Hidden): Suppression {
  const [last, width] = [state.length - 1, state[0]!.length - 1];
  const shown = state.map((row, r) => row.map((withheld, c) => (unpublished(r, c) ? null : withheld)));
  const count = (kind: Withheld) => shown.flat().filter((withheld) => withheld === kind).length;
  return {
    cells: shown.slice(0, last).map((row) => row.slice(0, width)),
    rowTotals: shown.slice(0, last).map((row) => row[width]!),
    columnTotals: shown[last]!.slice(0, width),
    grandTotal: shown[last]![width]!,
    small: count("small"),
    complementary: count("complementary"),
  };
}
