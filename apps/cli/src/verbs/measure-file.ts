import path from "node:path";
import type { MeasureTable, ResultTable } from "@qingdan/measure";
import { readTable, writeTables } from "@qingdan/server/indicators/tables";
import { type Context, UsageError, type Values } from "../verb.ts";

/** The options that every verb of measure has. */
export const fileOptions = { sheet: { type: "string" }, out: { type: "string" } } as const;

/** Reads the table that a verb is about. */
export async function openTable(context: Context, values: Values, file: string | undefined): Promise<MeasureTable> {
  if (file === undefined)
    throw new UsageError({ zh: "缺少数据文件（.csv 或 .xlsx）", en: "The data file (.csv or .xlsx) is missing" });
  const { sheet } = values;
  return readTable(path.resolve(context.cwd, file), typeof sheet === "string" ? { sheet } : {});
}

/** Answers with a report: as JSON, as its first table, and into `--out` where it is asked. */
export async function answerReport(
  context: Context,
  values: Values,
  report: object,
  tables: readonly ResultTable[],
): Promise<void> {
  if (typeof values.out === "string") {
    const files = await writeTables(path.resolve(context.cwd, values.out), report, tables);
    for (const file of files) context.log(`→ ${file}`);
  }
  context.answer(report, () => tables.map(textOf).join("\n\n"));
}

function textOf({ name, columns, rows }: ResultTable): string {
  const cells = [columns, ...rows].map((row) =>
    row.map((cell) => (typeof cell === "number" ? shortOf(cell) : (cell ?? "–"))),
  );
  const widths = columns.map((_, c) => Math.max(...cells.map((row) => row[c]!.length)));
  return [name, ...cells.map((row) => `  ${row.map((cell, c) => cell.padEnd(widths[c]!)).join("  ")}`.trimEnd())].join(
    "\n",
  );
}

/** For people; JSON and files have every digit. */
const shortOf = (value: number) => String(Number(value.toPrecision(9)));
