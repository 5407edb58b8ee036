import { MeasureError } from "../errors.ts";
import { type Forecast, forecast } from "../track/forecast.ts";
import { type ProgressStatus, trackGrowth, trackLinear } from "../track/progress.ts";
import type { Comparison, Measured, PlanTarget } from "../track/target.ts";
import { type Cell, cellsOf, type MeasureTable, namesOf, numberOf, type ResultTable } from "./measure-table.ts";

/** How comparisons are written in plans. */
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  "at-least": "at-least",
  ">=": "at-least",
  "≥": "at-least",
  above: "above",
  ">": "above",
  "at-most": "at-most",
  "<=": "at-most",
  "≤": "at-most",
  below: "below",
  "<": "below",
  about: "about",
  "≈": "about",
  约: "about",
  all: "all",
  应保尽保: "all",
};

/** Where one indicator stands at the last year that was measured. */
export interface Tracked {
  readonly code: string;
  readonly method: "linear" | "growth";
  readonly year: number;
  readonly value: number;
  readonly target: number;
  readonly status: ProgressStatus;
  readonly statusOfValue: ProgressStatus;
  readonly statusAtBest: ProgressStatus;
  readonly ratio: number | null;
  /** Share of the way and of the time; only linear. */
  readonly done: number | null;
  readonly time: number | null;
  readonly projection: number | null;
  /** Compound yearly growth; only by growth. */
  readonly observed: number | null;
  readonly required: number | null;
  /** Straight-line forecast of the target year with its band; null below three measured years. */
  readonly forecast: Forecast | null;
}

/** An indicator that could not be tracked, and why. */
export interface Untracked {
  readonly code: string;
  readonly row: number;
  readonly refusal: string;
  readonly words: { readonly zh: string; readonly en: string };
}

export interface TrackReport {
  readonly tracked: readonly Tracked[];
  readonly refused: readonly Untracked[];
  readonly counts: Readonly<Record<ProgressStatus, number>>;
}

/**
 * Tracks the targets of a plan. One row a measurement, the columns `code comparison base_year base_value target_year target_value year value`, and where
 * they apply `low high` (interval), `tolerance` (of about), `cumulative` (1) and `method` (linear, growth). Rows of one code are its years; the
 * last is judged. An indicator that is undefined is refused alone, with its row.
 */
export function measureTrack(table: MeasureTable, method: "linear" | "growth" = "linear"): TrackReport {
  const codes = namesOf(table, "code");
  for (const name of REQUIRED) cellsOf(table, name);
  const rows = new Map<string, number[]>();
  for (const [i, code] of codes.entries()) rows.set(code, [...(rows.get(code) ?? []), i]);
  const tracked: Tracked[] = [];
  const refused: Untracked[] = [];
  for (const [code, at] of rows) {
    const read = (row: number) => readRow(table, row);
    let last = at[0]!;
    try {
      const years = at.map((row) => ({ row, ...read(row) })).toSorted((a, b) => a.measured.year - b.measured.year);
      last = years.at(-1)!.row;
      checkOnePlan(table, years);
      tracked.push({ code, ...trackOne(years, cellAt(table, "method", last) ?? method) });
    } catch (error) {
      if (!(error instanceof MeasureError)) throw error;
      refused.push({ code, row: last + 2, refusal: error.code, words: error.words });
    }
  }
  const counts = { achieved: 0, "on-track": 0, "needs-acceleration": 0, limited: 0, deteriorating: 0 };
  for (const { status } of tracked) counts[status]++;
  return { tracked, refused, counts };
}

/** The report as sheets: tracked; refused. */
export function trackTables({ tracked, refused }: TrackReport): ResultTable[] {
  const columns = [
    "code",
    "method",
    "year",
    "value",
    "target",
    "status",
    "statusOfValue",
    "statusAtBest",
    "ratio",
    "done",
    "time",
    "projection",
    "observed",
    "required",
  ] as const;
  return [
    {
      name: "tracked",
      columns: [...columns, "forecast", "forecastLow", "forecastHigh"],
      rows: tracked.map((one) => [
        ...columns.map((column) => one[column]),
        one.forecast?.value ?? null,
        one.forecast?.low ?? null,
        one.forecast?.high ?? null,
      ]),
    },
    {
      name: "refused",
      columns: ["code", "row", "refusal", "words"],
      rows: refused.map(({ code, row, refusal, words }) => [code, row, refusal, words.zh]),
    },
  ];
}

const REQUIRED = ["comparison", "base_year", "base_value", "target_year", "target_value", "year", "value"];

interface ReadRow {
  readonly plan: PlanTarget;
  readonly measured: Measured;
}

function readRow(table: MeasureTable, row: number): ReadRow {
  const number = (name: string) => numberAt(table, name, row);
  const written = String(cellAt(table, "comparison", row) ?? "");
  const comparison = COMPARISONS[written];
  if (!comparison) {
    throw new MeasureError("MEASURE-CELL", {
      zh: `${table.name} 第 ${row + 2} 行 comparison “${written}” 应为 ${Object.keys(COMPARISONS).join(" ")} 之一`,
      en: `${table.name} row ${row + 2}: comparison “${written}” must be one of ${Object.keys(COMPARISONS).join(" ")}`,
    });
  }
  const [target, low, high, tolerance] = ["target_value", "low", "high", "tolerance"].map(number) as [
    number,
    number,
    number,
    number,
  ];
  if (Number.isNaN(low) !== Number.isNaN(high)) {
    throw new MeasureError("MEASURE-CELL", {
      zh: `${table.name} 第 ${row + 2} 行区间只有一端`,
      en: `${table.name} row ${row + 2} has half an interval`,
    });
  }
  return {
    plan: {
      comparison,
      base: { year: number("base_year"), value: number("base_value") },
      target: { year: number("target_year"), ...(Number.isNaN(target) ? {} : { value: target }) },
      ...(number("cumulative") === 1 ? { cumulative: true } : {}),
      ...(Number.isNaN(tolerance) ? {} : { tolerance }),
    },
    measured: {
      year: number("year"),
      value: number("value"),
      ...(Number.isNaN(low) ? {} : { interval: { low, high } }),
    },
  };
}

function checkOnePlan(table: MeasureTable, years: readonly (ReadRow & { readonly row: number })[]): void {
  const plan = JSON.stringify(years[0]!.plan);
  for (const { row, plan: other } of years) {
    if (JSON.stringify(other) !== plan) {
      throw new MeasureError("MEASURE-CELL", {
        zh: `${table.name} 第 ${row + 2} 行的基期或目标与同一指标的其他行不同`,
        en: `${table.name} row ${row + 2} has another base or target than the other rows of its indicator`,
      });
    }
  }
}

function trackOne(years: readonly ReadRow[], method: Cell): Omit<Tracked, "code"> {
  const { plan, measured } = years.at(-1)!;
  if (method !== "linear" && method !== "growth")
    throw new MeasureError("MEASURE-CELL", {
      zh: `method “${method}” 应为 linear 或 growth`,
      en: `method “${method}” must be linear or growth`,
    });
  const series = [plan.base, ...years.map(({ measured: { year, value } }) => ({ year, value }))].filter(({ value }) =>
    Number.isFinite(value),
  );
  const distinct = new Set(series.map(({ year }) => year)).size;
  const common = {
    method,
    year: measured.year,
    value: measured.value,
    target: plan.target.value ?? 100,
    forecast: distinct >= 3 && plan.target.year > measured.year ? forecast(series, plan.target.year) : null,
  } as const;
  if (method === "linear") {
    const { status, statusOfValue, statusAtBest, ratio, done, time, projection } = trackLinear(plan, measured);
    return {
      ...common,
      status,
      statusOfValue,
      statusAtBest,
      ratio,
      done,
      time,
      projection,
      observed: null,
      required: null,
    };
  }
  const { status, statusOfValue, statusAtBest, ratio, observed, required } = trackGrowth(plan, measured);
  return {
    ...common,
    status,
    statusOfValue,
    statusAtBest,
    ratio,
    done: null,
    time: null,
    projection: null,
    observed,
    required,
  };
}

/** A cell of a column that need not exist. */
function cellAt(table: MeasureTable, name: string, row: number): Cell {
  const cell = table.columns.get(name)?.[row] ?? null;
  return cell === "" ? null : cell;
}

function numberAt(table: MeasureTable, name: string, row: number): number {
  const cell = cellAt(table, name, row);
  const number = numberOf(cell);
  if (number !== undefined) return number;
  throw new MeasureError("MEASURE-CELL", {
    zh: `${table.name} 第 ${row + 2} 行 ${name} “${cell}” 不是数`,
    en: `${table.name} row ${row + 2}: ${name} “${cell}” is no number`,
  });
}
