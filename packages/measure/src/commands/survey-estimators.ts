import type { PreparedDesign } from "../survey/design.ts";
import {
  type Answers,
  type Estimate,
  type EstimateOptions,
  estimateMean,
  estimateRatio,
  estimateTotal,
  interval,
} from "../survey/estimate.ts";
import { estimateProportion, type ProportionMethod } from "../survey/proportion.ts";
import { estimateQuantile } from "../survey/quantile.ts";
import { type Cell, cellsOf, type MeasureTable, numbersOf } from "./measure-table.ts";
import type { AskedEstimate } from "./survey-request.ts";

/** An estimate with its interval, before anything is withheld. */
export interface FoundEstimate {
  readonly name: string;
  readonly found: Omit<Estimate, "standardError" | "df"> & {
    readonly standardError: number | null;
    readonly df: number | null;
  };
  /** Null where no interval can be had: no degrees of freedom. */
  readonly limits: { readonly low: number; readonly high: number } | null;
  readonly deff: number | null;
}

/** The estimate that is asked for. */
export function estimatorOf(
  table: MeasureTable,
  design: PreparedDesign,
  asked: AskedEstimate,
  options: EstimateOptions,
  level: number,
): FoundEstimate {
  if ("share" in asked) return estimateShare(table, design, asked, options, level);
  if ("quantile" in asked) return estimateAt(table, design, asked, options, level);
  if ("ratio" in asked) {
    const [top, bottom] = asked.ratio;
    const found = estimateRatio(design, numbersOf(table, top), numbersOf(table, bottom), options);
    return { name: `ratio ${top} / ${bottom}`, found, limits: limitsOf(found, level), deff: null };
  }
  const isMean = "mean" in asked;
  const column = isMean ? asked.mean : asked.total;
  const found = (isMean ? estimateMean : estimateTotal)(design, numbersOf(table, column), options);
  const deff = Number.isFinite(found.designEffect) ? found.designEffect : null;
  return { name: `${isMean ? "mean" : "total"} ${column}`, found, limits: limitsOf(found, level), deff };
}

/** The estimate alone, for replicates. */
export function pointOf(
  table: MeasureTable,
  design: PreparedDesign,
  asked: AskedEstimate,
  options: EstimateOptions,
): number {
  if ("mean" in asked) return estimateMean(design, numbersOf(table, asked.mean), options).estimate;
  if ("total" in asked) return estimateTotal(design, numbersOf(table, asked.total), options).estimate;
  if ("share" in asked) return estimateMean(design, answersOf(table, asked.share), options).estimate;
  if ("quantile" in asked) return estimateAt(table, design, asked, options, 0.95).found.estimate;
  const [top, bottom] = asked.ratio;
  return estimateRatio(design, numbersOf(table, top), numbersOf(table, bottom), options).estimate;
}

/** 1 where a cell is the value that is asked for, 0 where it is another, nothing where it is empty. */
export const answersOf = (
  table: MeasureTable,
  { column, equals }: { readonly column: string; readonly equals: string | number },
): Answers => cellsOf(table, column).map((cell) => (isEmpty(cell) ? null : Number(sameValue(cell, equals))));

function estimateShare(
  table: MeasureTable,
  design: PreparedDesign,
  { share, method }: Extract<AskedEstimate, { share: unknown }> & { readonly method: ProportionMethod },
  options: EstimateOptions,
  level: number,
): FoundEstimate {
  const found = estimateProportion(design, answersOf(table, share), { ...options, method, level });
  return { name: `share ${share.column} = ${share.equals}`, found, limits: found, deff: null };
}

function estimateAt(
  table: MeasureTable,
  design: PreparedDesign,
  { quantile, at }: Extract<AskedEstimate, { quantile: unknown }>,
  { domain }: EstimateOptions,
  level: number,
): FoundEstimate {
  const numbers = numbersOf(table, quantile);
  const answers = numbers.map((value, i) => ((domain?.[i] ?? true) ? value : Number.NaN));
  const { estimate, ...limits } = estimateQuantile(design, answers, at, level);
  const inside = Array.from(numbers.keys()).filter((i) => (domain?.[i] ?? true) && design.weights[i]! > 0);
  const missing = inside.filter((i) => Number.isNaN(numbers[i]!)).length;
  const found = { estimate, standardError: null, df: null, rows: inside.length - missing, missing };
  return { name: `quantile ${at} ${quantile}`, found, limits, deff: null };
}

function limitsOf(found: Estimate, level: number) {
  return found.df > 0 ? interval(found, level) : null;
}

const isEmpty = (cell: Cell) => cell === null || cell === "" || cell === "NA";

/** `0` of a design meets the text `0` or `0.0` of a CSV file. */
export function sameValue(cell: Cell, value: string | number): boolean {
  if (isEmpty(cell)) return false;
  return typeof value === "number" ? Number(cell) === value : String(cell).trim() === value;
}

/** The rows in which every named column has its value; undefined for all rows. */
export function domainOf(
  table: MeasureTable,
  where: Readonly<Record<string, string | number>> | undefined,
): boolean[] | undefined {
  if (!where) return undefined;
  const tests = Object.entries(where).map(([name, value]) => ({ cells: cellsOf(table, name), value }));
  return Array.from({ length: table.rows }, (_, i) => tests.every(({ cells, value }) => sameValue(cells[i]!, value)));
}
