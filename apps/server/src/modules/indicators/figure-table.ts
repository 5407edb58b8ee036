import type { Indicator } from "@qingdan/list/indicators";
import { type AreaTree, LEVELS } from "./area-tree.ts";

/** Where a figure comes from; several where a total is made of several. */
export const ORIGINS = ["published", "synthetic", "run", "reach", "import"] as const;
export type FigureOrigin = (typeof ORIGINS)[number];

/** A figure as it is given: nothing here is computed. Missing is null, never 0. */
export interface BaseFigure {
  readonly indicator: string;
  readonly area: string;
  /** `2024` or `2024-03`. */
  readonly period: string;
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** Of counts and stated values. */
  readonly value: number | null;
  readonly origin: FigureOrigin;
}

/** One indicator over all areas and years, totals computed; place = area x years + year. NaN is missing. */
export interface FigureColumn {
  readonly indicator: Indicator;
  readonly numerator: Float64Array;
  readonly denominator: Float64Array;
  readonly value: Float64Array;
  /** Bits of {@link ORIGINS}. */
  readonly origins: Uint8Array;
  /** 1: some areas below have a figure and some have none, and the area has none of its own. */
  readonly partial: Uint8Array;
}

/** Base figures of all indicators, and the totals that are computed from them when first asked for. */
export interface FigureTable {
  readonly tree: AreaTree;
  readonly years: readonly number[];
  readonly indicators: ReadonlyMap<string, Indicator>;
  column(code: string): FigureColumn;
  /** Monthly figures of an area, from January of the first year; NaN is missing. */
  months(code: string, area: number): Float64Array;
}

interface OwnFigures {
  readonly numerator: Float64Array;
  readonly denominator: Float64Array;
  readonly origins: Uint8Array;
}

/**
 * Lays out base figures; of two for the same indicator, area and period the later one in `figures` stands. Totals of areas are sums of
 * numerators and of denominators over all areas below; an area whose parts are not all there has no total unless it was given one.
 */
export function createFigureTable(options: {
  readonly tree: AreaTree;
  readonly years: readonly number[];
  readonly indicators: ReadonlyMap<string, Indicator>;
  readonly figures: Iterable<BaseFigure>;
}): FigureTable {
  const { tree, years, indicators, figures } = options;
  const own = new Map<string, OwnFigures>();
  for (const figure of figures) place(figure, own, options);
  const columns = new Map<string, FigureColumn>();
  const monthly = new Map<string, readonly Float64Array[]>();
  const monthsOf = (code: string) => {
    const known = monthly.get(code) ?? sumMonths(own.get(code), tree, years.length);
    monthly.set(code, known);
    return known;
  };
  return {
    tree,
    years,
    indicators,
    column(code) {
      const known = columns.get(code);
      if (known) return known;
      const indicator = indicators.get(code);
      if (!indicator) throw new RangeError(`The catalogue has no indicator ${code}`);
      const given = own.get(code) ?? emptyFigures(tree.areas.length * years.length);
      const yearly = indicator.period === "month" ? sumYears(given, tree, years.length) : given;
      const column = rollUp(indicator, yearly, tree, years.length);
      columns.set(code, column);
      return column;
    },
    months: (code, area) => monthsOf(code)[area] ?? new Float64Array(years.length * 12).fill(Number.NaN),
  };
}

const emptyFigures = (size: number): OwnFigures => ({
  numerator: new Float64Array(size).fill(Number.NaN),
  denominator: new Float64Array(size).fill(Number.NaN),
  origins: new Uint8Array(size),
});

function place(
  figure: BaseFigure,
  own: Map<string, OwnFigures>,
  { tree, years, indicators }: Pick<FigureTable, "tree" | "years" | "indicators">,
): void {
  const indicator = indicators.get(figure.indicator);
  const area = tree.at(figure.area);
  const year = years.indexOf(Number(figure.period.slice(0, 4)));
  if (!indicator || area === undefined || year < 0) return;
  const monthly = indicator.period === "month";
  const periods = monthly ? years.length * 12 : years.length;
  let columns = own.get(indicator.code);
  if (!columns) {
    columns = emptyFigures(tree.areas.length * periods);
    own.set(indicator.code, columns);
  }
  const month = monthly ? Number(figure.period.slice(5)) - 1 : 0;
  if (month < 0) return;
  const at = area * periods + (monthly ? year * 12 + month : year);
  const given = indicator.form === "ratio" && figure.value === null ? figure.numerator : figure.value;
  columns.numerator[at] = given ?? Number.NaN;
  // A published ratio has no parts: its value over `per` stands as a fraction of one that adds up over nothing.
  columns.denominator[at] = figure.denominator ?? Number.NaN;
  columns.origins[at] = 1 << ORIGINS.indexOf(figure.origin);
}

/** Years as sums of their twelve months; a year with a month missing is missing. */
function sumYears(months: OwnFigures, tree: AreaTree, years: number): OwnFigures {
  const sums = emptyFigures(tree.areas.length * years);
  for (let i = 0; i < sums.numerator.length; i++) {
    let sum = 0;
    for (let month = i * 12; month < i * 12 + 12; month++) sum += months.numerator[month]!;
    sums.numerator[i] = sum;
    if (!Number.isNaN(sum)) sums.origins[i] = months.origins[i * 12]!;
  }
  return sums;
}

function sumMonths(own: OwnFigures | undefined, tree: AreaTree, years: number): Float64Array[] {
  const periods = years * 12;
  const series = tree.areas.map((_, area) =>
    own ? own.numerator.slice(area * periods, (area + 1) * periods) : new Float64Array(periods).fill(Number.NaN),
  );
  for (let area = tree.areas.length - 1; area >= 0; area--) {
    const { children } = tree.areas[area]!;
    for (let i = 0; i < periods && children.length > 0; i++) {
      if (!Number.isNaN(series[area]![i]!)) continue;
      series[area]![i] = children.reduce((sum, child) => sum + series[child]![i]!, 0);
    }
  }
  return series;
}

function rollUp(indicator: Indicator, own: OwnFigures, tree: AreaTree, years: number): FigureColumn {
  const size = tree.areas.length * years;
  const ratio = indicator.form === "ratio";
  const column: FigureColumn = {
    indicator,
    numerator: Float64Array.from(own.numerator.subarray(0, size)),
    denominator: Float64Array.from(own.denominator.subarray(0, size)),
    value: new Float64Array(size).fill(Number.NaN),
    origins: Uint8Array.from(own.origins.subarray(0, size)),
    partial: new Uint8Array(size),
  };
  const lowest = LEVELS.indexOf(indicator.lowest);
  for (let area = tree.areas.length - 1; area >= 0; area--) {
    const children = tree.areas[area]!.children.filter((child) => LEVELS.indexOf(tree.areas[child]!.level) <= lowest);
    for (let year = 0; year < years; year++) {
      const at = area * years + year;
      if (indicator.form !== "stated") sumChildren(column, tree, children, { at, year, years, ratio });
      column.value[at] = valueAt(column, at);
    }
  }
  return column;
}

function sumChildren(
  column: FigureColumn,
  tree: AreaTree,
  children: readonly number[],
  { at, year, years, ratio }: { at: number; year: number; years: number; ratio: boolean },
): void {
  let [numerator, denominator, origins, present, wanted] = [0, 0, 0, 0, 0];
  for (const child of children) {
    const from = child * years + year;
    const there = ratio
      ? !Number.isNaN(column.numerator[from]!) && !Number.isNaN(column.denominator[from]!)
      : !Number.isNaN(column.numerator[from]!);
    const { rest } = tree.areas[child]!;
    if (!rest) wanted++;
    if (!there) continue;
    if (!rest) present++;
    numerator += column.numerator[from]!;
    if (ratio) denominator += column.denominator[from]!;
    origins |= column.origins[from]!;
  }
  if (wanted === 0 || present === 0) return;
  if (present === wanted) {
    column.numerator[at] = numerator;
    column.denominator[at] = ratio ? denominator : Number.NaN;
    column.origins[at] = origins;
  } else if (Number.isNaN(column.numerator[at]!)) {
    column.partial[at] = 1;
  }
}

function valueAt({ indicator, numerator, denominator }: FigureColumn, at: number): number {
  if (indicator.form !== "ratio") return numerator[at]!;
  // What was published as a ratio comes without its parts.
  if (Number.isNaN(denominator[at]!)) return numerator[at]!;
  return denominator[at] === 0 ? Number.NaN : (numerator[at]! / denominator[at]!) * indicator.per!;
}
