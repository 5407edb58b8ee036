import { MeasureError } from "../errors.ts";

/** A cell of a table as it was read: text, a number of a spreadsheet, or nothing. */
export type Cell = string | number | null;

/** A table that somebody brought: named columns of equal length. Rows count as people count them: the header is row 1. */
export interface MeasureTable {
  /** What the table is called in refusals: the file name. */
  readonly name: string;
  readonly rows: number;
  readonly columns: ReadonlyMap<string, readonly Cell[]>;
}

/** A table of results, to be written as a sheet or a file. */
export interface ResultTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** The cells of a column. Refuses a name that the table does not have, and tells those that it has. */
export function cellsOf(table: MeasureTable, column: string): readonly Cell[] {
  const cells = table.columns.get(column);
  if (cells) return cells;
  const known = [...table.columns.keys()].join(", ");
  throw new MeasureError("MEASURE-COLUMN", {
    zh: `${table.name} 没有列 ${column}；有：${known}`,
    en: `${table.name} has no column ${column}; it has: ${known}`,
  });
}

/** The number of a cell: NaN for nothing (an empty cell or R's `NA`), undefined for a text that is no number. */
export function numberOf(cell: Cell): number | undefined {
  if (cell === null) return Number.NaN;
  if (typeof cell === "number") return Number.isFinite(cell) ? cell : undefined;
  const text = cell.trim();
  if (text === "" || text === "NA") return Number.NaN;
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
}

/** A column as numbers, NaN where a cell is empty. Refuses texts that are no numbers, each with its row. */
export function numbersOf(table: MeasureTable, column: string): Float64Array {
  const cells = cellsOf(table, column);
  const wrong: number[] = [];
  const numbers = Float64Array.from(cells, (cell, i) => {
    const number = numberOf(cell);
    if (number === undefined) wrong.push(i);
    return number ?? Number.NaN;
  });
  if (wrong.length > 0) refuseCells(table, column, wrong, { zh: "不是数", en: "is no number" });
  return numbers;
}

/** A column as numbers, none missing. */
export function completeNumbersOf(table: MeasureTable, column: string): Float64Array {
  const numbers = numbersOf(table, column);
  const empty = Array.from(numbers.keys()).filter((i) => Number.isNaN(numbers[i]!));
  if (empty.length > 0) refuseCells(table, column, empty, { zh: "缺值", en: "is empty" });
  return numbers;
}

/** A column as names, none missing. */
export function namesOf(table: MeasureTable, column: string): string[] {
  const cells = cellsOf(table, column);
  const names = cells.map((cell) => (cell === null ? "" : String(cell).trim()));
  const empty = Array.from(names.keys()).filter((i) => names[i] === "");
  if (empty.length > 0) refuseCells(table, column, empty, { zh: "缺名称", en: "is empty" });
  return names;
}

/** Throws the refusal of cells, naming the first ten of them and how many there are. */
export function refuseCells(
  table: MeasureTable,
  column: string,
  rows: readonly number[],
  why: { readonly zh: string; readonly en: string },
): never {
  const cells = cellsOf(table, column);
  const shown = rows.slice(0, 10).map((i) => ({ row: i + 2, text: cells[i] === null ? "" : ` “${cells[i]}”` }));
  const more = rows.length > shown.length ? { zh: `，共 ${rows.length} 处`, en: `, ${rows.length} in all` } : undefined;
  throw new MeasureError("MEASURE-CELL", {
    zh: `${table.name} 列 ${column} ${why.zh}：${shown.map(({ row, text }) => `第 ${row} 行${text}`).join("、")}${more?.zh ?? ""}`,
    en: `${table.name} column ${column} ${why.en}: ${shown.map(({ row, text }) => `row ${row}${text}`).join(", ")}${more?.en ?? ""}`,
  });
}

/** The rows of a table for which `keep` holds. */
export function keepRows(table: MeasureTable, keep: (row: number) => boolean): MeasureTable {
  const kept = Array.from({ length: table.rows }, (_, i) => i).filter(keep);
  const columns = [...table.columns].map(([name, cells]) => [name, kept.map((i) => cells[i]!)] as const);
  return { name: table.name, rows: kept.length, columns: new Map(columns) };
}
