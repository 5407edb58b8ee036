import { type List, unitName } from "@qingdan/list";
import { type Indicator, type IndicatorCatalogue, type Target, targetFor } from "@qingdan/list/indicators";
import { wilson } from "@qingdan/measure";
import type { Words } from "../../problem.ts";
import { type AreaTree, within } from "./area-tree.ts";
import { type FigureOrigin, type FigureTable, ORIGINS } from "./figure-table.ts";
import { type Suppression, suppressCells } from "./suppress.ts";
import { type Track, trackFigure } from "./track-figure.ts";

/** What the figures were made from: everything that a reader needs to make them again. */
export interface Provenance {
  readonly list: { readonly code: string; readonly name: Words };
  readonly catalogueHash: string;
  readonly run: { readonly id: string; readonly hash: string; readonly date: string } | null;
  readonly batches: readonly {
    readonly id: string;
    readonly name: Words;
    readonly origin: FigureOrigin;
    readonly rows: number;
  }[];
  readonly synthetic: boolean;
}

/** All that the pages read from: the catalogue and the figures, in memory. */
export interface Cockpit {
  readonly list: Pick<List, "code" | "areas" | "units" | "domains" | "items">;
  readonly catalogue: IndicatorCatalogue;
  readonly indicators: ReadonlyMap<string, Indicator>;
  readonly table: FigureTable;
  readonly tree: AreaTree;
  readonly years: readonly number[];
  /** The day units are named by and actions are due against. */
  readonly today: string;
  readonly provenance: Provenance;
  /** SHA-256 over everything the figures were made from: same hash, same figures. */
  readonly version: string;
  withheld(code: string): Uint8Array;
}

/** A figure of an area and year, ready to be shown: withheld values are gone. */
export interface Figure {
  readonly year: number;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly suppressed: Suppression | null;
  /** There are figures of some areas below and not of all: no total is made. */
  readonly partial: boolean;
  readonly origins: readonly FigureOrigin[];
}

/** The figure of an area in a year. */
export function figureAt(cockpit: Cockpit, code: string, area: number, year: number): Figure {
  const column = cockpit.table.column(code);
  const y = cockpit.years.indexOf(year);
  const at = area * cockpit.years.length + y;
  const withheld = y < 0 ? 0 : cockpit.withheld(code)[at]!;
  const empty = { value: null, numerator: null, denominator: null, low: null, high: null };
  const origins = y < 0 ? [] : originsOf(column.origins[at]!);
  const partial = y >= 0 && column.partial[at] === 1;
  if (y < 0 || Number.isNaN(column.value[at]!)) return { year, ...empty, suppressed: null, partial, origins: [] };
  if (withheld > 0) return { year, ...empty, suppressed: withheld === 1 ? "small" : "derivable", partial, origins };
  const numerator = column.numerator[at]!;
  const denominator = column.denominator[at]!;
  const parts = column.indicator.form === "ratio" && !Number.isNaN(denominator);
  const interval = parts && column.indicator.interval === "wilson" ? intervalOf(numerator, denominator) : null;
  return {
    year,
    value: column.value[at]!,
    numerator: parts ? numerator : null,
    denominator: parts ? denominator : null,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    suppressed: null,
    partial,
    origins,
  };
}

/** The origins that the bits of a cell stand for; few sets of them occur, and each is made once. */
function originsOf(bits: number): readonly FigureOrigin[] {
  const known = originSets.get(bits) ?? ORIGINS.filter((_, bit) => (bits & (1 << bit)) !== 0);
  originSets.set(bits, known);
  return known;
}

const originSets = new Map<number, readonly FigureOrigin[]>();

function intervalOf(numerator: number, denominator: number) {
  if (!(numerator >= 0 && numerator <= denominator && denominator > 0)) return null;
  const { low, high } = wilson(numerator, denominator);
  return { low: low * 100, high: high * 100 };
}

/** The newest year up to `year`, at most two before it, in which an area has a figure or one that is withheld; else `year` itself. */
export function newestYear(cockpit: Cockpit, code: string, area: number, year: number): number {
  const column = cockpit.table.column(code);
  const count = cockpit.years.length;
  for (let y = cockpit.years.indexOf(year); y >= 0 && cockpit.years[y]! >= year - 2; y--) {
    if (!Number.isNaN(column.value[area * count + y]!)) return cockpit.years[y]!;
  }
  return year;
}

/** The values of an area that are there and shown, up to a year. */
function valuesUntil(cockpit: Cockpit, code: string, area: number, until: number): { year: number; value: number }[] {
  const { value } = cockpit.table.column(code);
  const withheld = cockpit.withheld(code);
  const from = area * cockpit.years.length;
  return cockpit.years.flatMap((year, y) =>
    year > until || withheld[from + y] !== 0 || Number.isNaN(value[from + y]!)
      ? []
      : [{ year, value: value[from + y]! }],
  );
}

/** Every year's figure of an area. */
export const seriesOf = (cockpit: Cockpit, code: string, area: number): Figure[] =>
  cockpit.years.map((year) => figureAt(cockpit, code, area, year));

/** A figure with its target and where it stands on the way. */
export interface TrackedFigure {
  readonly figure: Figure;
  readonly target: Target | undefined;
  readonly track: Track;
}

/** Holds the newest figure of an area up to a year against its target; with the `band` of a forecast where it is asked for. */
export function trackAt(
  cockpit: Cockpit,
  code: string,
  area: number,
  year: number,
  { plan, band = false }: { readonly plan?: string | undefined; readonly band?: boolean } = {},
): TrackedFigure {
  const indicator = cockpit.indicators.get(code)!;
  const { chain } = cockpit.tree.areas[area]!;
  const target = targetFor(indicator, chain, plan);
  const figure = figureAt(cockpit, code, area, newestYear(cockpit, code, area, year));
  if (!target) return { figure, target, track: trackFigure(undefined, undefined, undefined, []) };
  const base = baseOf(cockpit, code, area, target);
  const known = band || target.cumulative ? valuesUntil(cockpit, code, area, figure.year) : [];
  const value = target.cumulative ? sumSince(known, target, base?.year, figure.year) : figure.value;
  // A run counts everybody: its interval compares areas, and says nothing about a target that is met.
  const interval =
    indicator.origin.kind === "survey" && figure.low !== null && figure.high !== null
      ? { low: figure.low, high: figure.high }
      : null;
  const measured = value === null ? undefined : { year: figure.year, value, interval };
  return { figure, target, track: trackFigure(target, base, measured, band ? known : []) };
}

/** The area's own value of the base year; else the published one where the target is the area's own; else unknown. */
export function baseOf(cockpit: Cockpit, code: string, area: number, target: Target) {
  const year = target.base?.year ?? cockpit.catalogue.plans.get(target.plan)?.base;
  if (year === undefined) return undefined;
  if (target.cumulative) return { year, value: 0 };
  const { value } = figureAt(cockpit, code, area, year);
  if (value !== null) return { year, value };
  if (target.base && target.area === cockpit.tree.areas[area]!.code) return { year, value: target.base.value };
  return undefined;
}

/** Sum of the years after the base; unknown while one of them is. */
function sumSince(
  series: readonly { readonly year: number; readonly value: number }[],
  target: Target,
  base: number | undefined,
  until: number,
): number | null {
  const from = (base ?? target.year - 5) + 1;
  const counted = series.filter(({ year }) => year >= from && year <= until);
  if (counted.length !== until - from + 1) return null;
  return counted.reduce((sum, { value }) => sum + value, 0);
}

/** The areas below one that have none below themselves. */
export const allPartsOf = ({ tree }: Cockpit, at: number): number[] =>
  within(tree, at).filter((area) => tree.areas[area]!.children.length === 0 && !tree.areas[area]!.rest);

/** The lead units of an indicator by the names they bear. */
export const leadsOf = ({ list, today }: Cockpit, { lead }: Indicator): { code: string; name: Words }[] =>
  lead.map((code) => ({ code, name: unitName(list, code, today) ?? { zh: code, en: code } }));

/** Keeps the withheld cells of each indicator once they are known. */
export function rememberWithheld(table: FigureTable): (code: string) => Uint8Array {
  const known = new Map<string, Uint8Array>();
  return (code) => {
    const cells = known.get(code) ?? suppressCells(table.column(code), table.tree, table.years.length);
    known.set(code, cells);
    return cells;
  };
}
