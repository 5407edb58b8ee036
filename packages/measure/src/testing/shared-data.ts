import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(
  process.env.QINGDAN_SHARED ?? path.join(import.meta.dirname, "../../../../../shared"),
  "data",
);

/** Whether the shared folder of published figures is here; tests that need it are visibly skipped where it is not. */
export const hasSharedData = existsSync(root);

/** A row of a CSV file by column name; an empty cell or `NA` is the empty text. */
export type Row = Readonly<Record<string, string>>;

/** Reads a CSV file of the shared data. */
export function readRows(file: string): Row[] {
  const records = parseCsv(readFileSync(path.join(root, file), "utf8").replace(/^\uFEFF/, ""));
  const [header, ...body] = records;
  return body.map((cells) => Object.fromEntries(header!.map((name, i) => [name.trim(), cells[i] ?? ""])));
}

/** Reads a JSON file of the shared data. */
export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(path.join(root, file), "utf8"));
}

/** A cell as a number; an empty cell is NaN. */
export function cell(row: Row, name: string): number {
  const text = row[name];
  if (text === undefined) throw new Error(`no column ${name}`);
  return text === "" || text === "NA" ? Number.NaN : Number(text);
}

/** A whole column as numbers; empty cells are NaN. */
export function column(rows: readonly Row[], name: string): Float64Array {
  return Float64Array.from(rows, (row) => cell(row, name));
}

/** A whole column as text. */
export function labels(rows: readonly Row[], name: string): string[] {
  return rows.map((row) => row[name]!);
}

function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c !== '"') field += c;
      else if (text[i + 1] === '"') {
        field += '"';
        i++;
      } else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ",") {
      record.push(field);
      field = "";
    } else if (c === "\n") {
      records.push([...record, field]);
      record = [];
      field = "";
    } else if (c !== "\r") field += c;
  }
  if (field !== "" || record.length > 0) records.push([...record, field]);
  return records;
}
