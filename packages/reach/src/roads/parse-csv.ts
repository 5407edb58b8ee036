import { ReachRefusal } from "../refusal.ts";

/** A table of text with named columns. */
export interface CsvTable {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly string[];
  has(column: string): boolean;
  /** The values of a column, in order of rows; a refusal names the columns that exist. */
  column(column: string): readonly string[];
}

/** Reads CSV (RFC 4180: quotes doubled inside quotes, line breaks allowed in quotes) whose first line names the columns. */
export function parseCsv(text: string, name: string): CsvTable {
  const rows = splitRows(text.startsWith("﻿") ? text.slice(1) : text, name);
  const header = rows.shift() ?? [];
  const twice = header.find((column, n) => header.indexOf(column) !== n);
  if (twice !== undefined) throw new ReachRefusal("reach.csv", name, `the column ${twice} stands twice`);
  rows.forEach((row, i) => {
    if (row.length !== header.length) {
      throw new ReachRefusal(
        "reach.csv",
        `${name}, row ${i + 2}`,
        `${row.length} fields, the header has ${header.length}`,
      );
    }
  });
  return {
    name,
    rows: rows.length,
    columns: header,
    has: (column) => header.includes(column),
    column: (column) => {
      const at = header.indexOf(column);
      if (at < 0) throw new ReachRefusal("reach.csv", name, `no column ${column}; there are ${header.join(", ")}`);
      return rows.map((row) => row[at]!);
    },
  };
}

function splitRows(text: string, name: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let field: string;
    if (text[at] === '"') {
      let end = at + 1;
      while (end < text.length && !(text[end] === '"' && text[end + 1] !== '"')) end += text[end] === '"' ? 2 : 1;
      const next = text.slice(end + 1, end + 3);
      if (
        end >= text.length ||
        !(next === "" || next[0] === "," || next[0] === "\n" || next === "\r\n" || next === "\r")
      ) {
        const what = end >= text.length ? "a quote is opened and not closed" : "text stands after a closing quote";
        throw new ReachRefusal("reach.csv", `${name}, row ${rows.length + 1}`, what);
      }
      field = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    } else {
      let end = at;
      while (end < text.length && text[end] !== "," && text[end] !== "\n") end++;
      field = text.slice(at, end).replace(/\r$/, "");
      at = end;
    }
    row.push(field);
    if (text[at] === "\r") at++;
    if (text[at] === ",") {
      at++;
      if (at === text.length) row.push("");
      continue;
    }
    at++;
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows;
}
