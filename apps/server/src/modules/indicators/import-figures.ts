import { Readable } from "node:stream";
import type { Indicator } from "@qingdan/list/indicators";
import type { Cell, Worksheet } from "exceljs";
import { Problem, type Words } from "../../problem.ts";
import { type AreaTree, LEVELS } from "./area-tree.ts";

/** Why a row is not taken; the words are shown beside it. */
export const quarantineReasons = {
  "indicator-unknown": { zh: "没有这个指标", en: "There is no such indicator" },
  "indicator-from-run": {
    zh: "该指标由测算得出，不接受导入",
    en: "The indicator comes from the run and is not imported",
  },
  "area-unknown": { zh: "没有这个地区", en: "There is no such area" },
  "area-too-low": { zh: "该指标不到这一级", en: "The indicator is not kept for areas of this level" },
  "period-wrong": {
    zh: "期别应为年（2024）或月（2024-03），与指标一致",
    en: "The period is a year (2024) or a month (2024-03), as the indicator has it",
  },
  "period-outside": { zh: "期别不在监测年份之内", en: "The period lies outside the years that are kept" },
  "number-wrong": { zh: "不是数", en: "Not a number" },
  "part-missing": { zh: "比率应同时有分子和分母", en: "A ratio needs both numerator and denominator" },
  "part-surplus": {
    zh: "该指标填 value，不填分子分母；比率则相反",
    en: "This indicator takes value and no parts; a ratio the other way round",
  },
  negative: { zh: "不应为负", en: "It must not be below 0" },
  "denominator-zero": { zh: "分母为零", en: "The denominator is 0" },
  "numerator-above": { zh: "分子大于分母", en: "The numerator is above the denominator" },
  duplicate: { zh: "与前面的行重复；保留第一行", en: "The row repeats one before it; the first is kept" },
} as const satisfies Record<string, Words>;
export type QuarantineReason = keyof typeof quarantineReasons;

export interface ImportedRow {
  /** Row in the file, the header being 1. */
  readonly row: number;
  readonly indicator: string;
  readonly area: string;
  readonly period: string;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly value: number | null;
}

export interface QuarantinedRow {
  readonly row: number;
  readonly column: string;
  readonly reason: QuarantineReason;
  readonly value: string;
  /** The whole row as JSON. */
  readonly record: string;
}

export interface ImportedFigures {
  readonly accepted: readonly ImportedRow[];
  readonly quarantined: readonly QuarantinedRow[];
}

const COLUMNS = ["indicator", "area", "period", "numerator", "denominator", "value"] as const;
type Column = (typeof COLUMNS)[number];
type Record_ = Readonly<Record<Column, string>>;

export interface ImportContext {
  readonly indicators: ReadonlyMap<string, Indicator>;
  readonly tree: AreaTree;
  readonly years: readonly number[];
}

/**
 * Reads figures from CSV or XLSX. No row is lost: it is accepted, or quarantined with its reason.
 * @throws Problem `COCKPIT-FILE-UNREADABLE`, `COCKPIT-FILE-COLUMNS`, `COCKPIT-FILE-EMPTY`
 */
export async function importFigures(
  file: Buffer,
  kind: "csv" | "xlsx",
  context: ImportContext,
): Promise<ImportedFigures> {
  const sheet = await readSheet(file, kind);
  const places = columnsOf(sheet);
  const accepted: ImportedRow[] = [];
  const quarantined: QuarantinedRow[] = [];
  const seen = new Set<string>();
  sheet.eachRow((cells, row) => {
    if (row === 1) return;
    const record = Object.fromEntries(
      COLUMNS.map((column) => {
        const at = places.get(column);
        return [column, at === undefined ? "" : textOf(cells.getCell(at))];
      }),
    ) as Record_;
    if (COLUMNS.every((column) => record[column] === "")) return;
    const fault = faultOf(record, context) ?? repeated(record, seen);
    if (fault) {
      quarantined.push({ row, ...fault, value: record[fault.column], record: JSON.stringify(record) });
      return;
    }
    accepted.push({
      row,
      indicator: record.indicator,
      area: record.area,
      period: record.period,
      numerator: numberOf(record.numerator),
      denominator: numberOf(record.denominator),
      value: numberOf(record.value),
    });
  });
  if (accepted.length + quarantined.length === 0) {
    throw new Problem("COCKPIT-FILE-EMPTY", { zh: "表头下面要有数据行", en: "There must be rows below the header" });
  }
  return { accepted, quarantined };
}

async function readSheet(file: Buffer, kind: "csv" | "xlsx"): Promise<Worksheet> {
  const { default: ExcelJS } = await import("exceljs");
  const workbook = new ExcelJS.Workbook();
  try {
    // Texts stay texts: a code of digits must not become a number, nor a period a date.
    if (kind === "csv")
      return await workbook.csv.read(Readable.from(withoutMark(file)), { map: (value: unknown) => value });
    await workbook.xlsx.read(Readable.from(file));
  } catch (error) {
    throw unreadable((error as Error).message);
  }
  const [sheet] = workbook.worksheets;
  if (!sheet) throw unreadable("no sheet");
  return sheet;
}

const withoutMark = (file: Buffer): Buffer =>
  file.subarray(0, 3).toString("hex") === "efbbbf" ? file.subarray(3) : file;

const unreadable = (why: string) =>
  new Problem("COCKPIT-FILE-UNREADABLE", {
    zh: `要 UTF-8 的 CSV 或 XLSX(${why})`,
    en: `A CSV in UTF-8 or an XLSX is needed (${why})`,
  });

function columnsOf(sheet: Worksheet): ReadonlyMap<Column, number> {
  const places = new Map<Column, number>();
  sheet.getRow(1).eachCell((cell, at) => {
    const name = textOf(cell).toLowerCase();
    const column = COLUMNS.find((known) => known === name);
    if (column) places.set(column, at);
  });
  const missing = (["indicator", "area", "period"] as const).filter((column) => !places.has(column));
  if (missing.length > 0 || ["numerator", "denominator", "value"].every((column) => !places.has(column as Column))) {
    throw new Problem("COCKPIT-FILE-COLUMNS", {
      zh: `第一行要有列名 ${COLUMNS.join("、")}；缺少 ${missing.join("、") || "数值列"}`,
      en: `The first row names the columns ${COLUMNS.join(", ")}; missing: ${missing.join(", ") || "a column of numbers"}`,
    });
  }
  return places;
}

function textOf(cell: Cell): string {
  const { value } = cell;
  if (value instanceof Date) return value.toISOString().slice(0, 7);
  if (typeof value === "object" && value !== null && "result" in value) return String(value.result ?? "").trim();
  return value === null || value === undefined ? "" : cell.text.trim();
}

const numberOf = (text: string): number | null => (text === "" ? null : Number(text));

const fault = (column: Column, reason: QuarantineReason) => ({ column, reason });

function faultOf(record: Record_, context: ImportContext) {
  const indicator = context.indicators.get(record.indicator);
  if (!indicator) return fault("indicator", "indicator-unknown");
  if (indicator.origin.kind === "run") return fault("indicator", "indicator-from-run");
  const area = context.tree.at(record.area);
  if (area === undefined) return fault("area", "area-unknown");
  if (LEVELS.indexOf(context.tree.areas[area]!.level) > LEVELS.indexOf(indicator.lowest)) {
    return fault("area", "area-too-low");
  }
  const pattern = indicator.period === "month" ? /^\d{4}-(0[1-9]|1[0-2])$/ : /^\d{4}$/;
  if (!pattern.test(record.period)) return fault("period", "period-wrong");
  if (!context.years.includes(Number(record.period.slice(0, 4)))) return fault("period", "period-outside");
  for (const column of ["numerator", "denominator", "value"] as const) {
    if (record[column] !== "" && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(record[column]))
      return fault(column, "number-wrong");
    if (Number(record[column]) < 0) return fault(column, "negative");
  }
  return partsFault(record, indicator);
}

function partsFault(record: Record_, { form, interval }: Indicator) {
  const { numerator, denominator, value } = record;
  if (form !== "ratio") {
    if (numerator !== "" || denominator !== "")
      return fault(numerator === "" ? "denominator" : "numerator", "part-surplus");
    return undefined;
  }
  if (value !== "") return fault("value", "part-surplus");
  if ((numerator === "") !== (denominator === ""))
    return fault(numerator === "" ? "numerator" : "denominator", "part-missing");
  if (denominator !== "" && Number(denominator) === 0) return fault("denominator", "denominator-zero");
  if (interval === "wilson" && Number(numerator) > Number(denominator)) return fault("numerator", "numerator-above");
  return undefined;
}

function repeated({ indicator, area, period }: Record_, seen: Set<string>) {
  const key = `${indicator} ${area} ${period}`;
  if (seen.has(key)) return fault("period", "duplicate");
  seen.add(key);
  return undefined;
}
