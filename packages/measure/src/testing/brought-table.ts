import { expect } from "vitest";
import type { Cell, MeasureTable } from "../commands/measure-table.ts";
import { readRows } from "./shared-data.ts";

/** A table as somebody brings it, by its columns. */
export const tableOf = (name: string, columns: Readonly<Record<string, readonly Cell[]>>): MeasureTable => ({
  name,
  rows: Object.values(columns)[0]!.length,
  columns: new Map(Object.entries(columns)),
});

/** A file of the shared data as a table that somebody brought. */
export function sharedTable(file: string): MeasureTable {
  const rows = readRows(file);
  return tableOf(file, Object.fromEntries(Object.keys(rows[0]!).map((name) => [name, rows.map((row) => row[name]!)])));
}

/** Equal to every digit that was printed, or to 1e-8 of it. */
export const agree = (actual: number | null | undefined, printed: string) =>
  expect(Math.abs(actual! - Number(printed))).toBeLessThanOrEqual(
    Math.max(0.5001 * 10 ** -(printed.split(".")[1]?.length ?? 0), 1e-8 * Math.abs(actual!)),
  );
