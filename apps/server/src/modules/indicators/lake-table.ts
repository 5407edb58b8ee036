import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { type Cell, MeasureError, type MeasureTable, type ResultTable } from "@qingdan/measure";
import type { Cell as SheetCell } from "exceljs";
import type { Words } from "../../problem.ts";

/** `ValueType.Formula` of exceljs, which is loaded only where there is a workbook. */
const formula = 6;

/** Reads the table of a .csv (comma, UTF-8) or .xlsx file (its first sheet, or the one named); the first row names the columns. */
export async function readTable(file: string, options: { readonly sheet?: string } = {}): Promise<MeasureTable> {
  const name = path.basename(file);
  const kind = path.extname(file).toLowerCase();
  if (kind === ".csv") return toTable(name, await readCsv(file, name));
  if (kind === ".xlsx") return toTable(name, await readSheet(file, name, options.sheet));
  throw fault(name, { zh: "应为 .csv 或 .xlsx", en: "must be .csv or .xlsx" });
}

/**
 * Writes results: .json the document, .xlsx a sheet a table, .csv the first table, further ones beside it as NAME-table.csv.
 * Gives the files written.
 */
export async function writeTables(file: string, document: unknown, tables: readonly ResultTable[]): Promise<string[]> {
  const kind = path.extname(file).toLowerCase();
  if (kind === ".json") await writeFile(file, `${JSON.stringify(document, null, 2)}\n`);
  else if (kind === ".xlsx") await writeWorkbook(file, tables);
  else if (kind === ".csv") {
    const names = tables.map(({ name }, i) => (i === 0 ? file : `${file.slice(0, -4)}-${name}.csv`));
    for (const [i, table] of tables.entries()) await writeFile(names[i]!, `\uFEFF${csvOf(table)}`);
    return names;
  } else throw fault(path.basename(file), { zh: "应为 .json、.csv 或 .xlsx", en: "must be .json, .csv or .xlsx" });
  return [file];
}

async function readCsv(file: string, name: string): Promise<Cell[][]> {
  const bytes = await readFile(file);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw fault(name, { zh: "不是 UTF-8：请另存为“CSV UTF-8”", en: "is not UTF-8: save it as CSV UTF-8" });
  }
  if (bytes.length === 0) throw fault(name, { zh: "是空文件", en: "is empty" });
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    const literal = `'${file.replaceAll("'", "''")}'`;
    // Told how many columns there are, DuckDB refuses a row that has another number instead of guessing what was meant.
    const columns = Array.from({ length: headerWidth(text) }, (_, c) => `c${c}: 'VARCHAR'`).join(", ");
    const reader = await connection.runAndReadAll(
      `SELECT * FROM read_csv(${literal}, auto_detect = false, header = false, columns = {${columns}}, ` +
        `delim = ',', quote = '"', escape = '"', strict_mode = true)`,
    );
    return reader.getRows() as Cell[][];
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    const why = told.split("\n").slice(0, 3).join(" ").slice(0, 300);
    throw fault(name, { zh: `不是合格的 CSV:${why}`, en: `is no well-formed CSV: ${why}` });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Cells of the first record: its commas outside of quotes, and one. */
function headerWidth(text: string): number {
  let [width, quoted] = [1, false];
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && character === ",") width++;
    else if (!quoted && character === "\n") break;
  }
  return width;
}

async function readSheet(file: string, name: string, wanted: string | undefined): Promise<Cell[][]> {
  const bytes = await readFile(file);
  const { Workbook } = (await import("exceljs")).default;
  const book = new Workbook();
  try {
    await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
  } catch {
    throw fault(name, { zh: "读不出来，不是 XLSX", en: "cannot be read: it is no XLSX" });
  }
  const sheet = wanted === undefined ? book.worksheets[0] : book.getWorksheet(wanted);
  if (!sheet) {
    const known = book.worksheets.map((one) => one.name).join(", ");
    throw fault(name, { zh: `没有工作表 ${wanted}；有：${known}`, en: `has no sheet ${wanted}; it has: ${known}` });
  }
  const rows: Cell[][] = [];
  for (let r = 1; r <= sheet.rowCount; r++) {
    const row = sheet.getRow(r);
    rows.push(Array.from({ length: sheet.columnCount }, (_, c) => cellOf(row.getCell(c + 1), name)));
  }
  return rows;
}

function cellOf(cell: SheetCell, name: string): Cell {
  const value = cell.type === formula ? cell.result : cell.value;
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || typeof value === "string") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === "object" && "error" in value)
    throw fault(name, { zh: `单元格 ${cell.address} 是错误值`, en: `cell ${cell.address} holds an error` });
  return cell.text;
}

function toTable(name: string, rows: readonly Cell[][]): MeasureTable {
  const header = (rows[0] ?? []).map((cell) =>
    String(cell ?? "")
      .replace(/^\uFEFF/, "")
      .trim(),
  );
  // A spreadsheet may have formatted columns and rows without content at its end.
  const width = header.findLastIndex((column) => column !== "") + 1;
  const last = rows.findLastIndex((row) => row.some((cell) => cell !== null && cell !== ""));
  if (width === 0 || last < 1) throw fault(name, { zh: "没有表头或数据行", en: "has no header or no rows" });
  const names = header.slice(0, width);
  for (const [c, column] of names.entries()) {
    if (column === "") throw fault(name, { zh: `第 ${c + 1} 列没有列名`, en: `column ${c + 1} has no name` });
    if (names.indexOf(column) !== c)
      throw fault(name, { zh: `列名 ${column} 出现两次`, en: `two columns are named ${column}` });
  }
  const body = rows.slice(1, last + 1);
  return {
    name,
    rows: body.length,
    columns: new Map(names.map((column, c) => [column, body.map((row) => row[c] ?? null)])),
  };
}

async function writeWorkbook(file: string, tables: readonly ResultTable[]): Promise<void> {
  const { Workbook } = (await import("exceljs")).default;
  const book = new Workbook();
  for (const { name, columns, rows } of tables) {
    const sheet = book.addWorksheet(name, { views: [{ state: "frozen", ySplit: 1 }] });
    sheet.addRow([...columns]).font = { bold: true };
    for (const row of rows) sheet.addRow([...row]);
  }
  await book.xlsx.writeFile(file);
}

function csvOf({ columns, rows }: ResultTable): string {
  const text = (cell: Cell) => {
    const plain = cell === null ? "" : String(cell);
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  return [columns, ...rows].map((row) => `${row.map(text).join(",")}\r\n`).join("");
}

function fault(file: string, why: Words): MeasureError {
  return new MeasureError("MEASURE-FILE", { zh: `${file} ${why.zh}`, en: `${file} ${why.en}` });
}
