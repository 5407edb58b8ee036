import { MeasureError } from "../errors.ts";
import type { IndexBuild } from "../index-engine/build.ts";
import type { PreparedIndex } from "../index-engine/prepare.ts";
import { atkinson, coefficientOfVariation } from "../inequality/dispersion.ts";
import { gini } from "../inequality/gini.ts";
import { theilT } from "../inequality/theil.ts";
import type { IndexRequest } from "./index-request.ts";
import { completeNumbersOf, type MeasureTable, type ResultTable } from "./measure-table.ts";

/** An index of all units together, never as one number: how high, how equal, and both as UNDP joins them. */
export interface IndexSummary {
  /** Of a panel; null elsewhere. */
  readonly time: number | null;
  readonly units: number;
  /** Units without a score: in none of the numbers. */
  readonly without: number;
  /** Mean score, weighted by people. */
  readonly level: number;
  /** Null where the scores do not allow it (z-scores fall below 0), with the code of the refusal. */
  readonly equality: { readonly oneMinusGini: number; readonly theilT: number; readonly variation: number } | null;
  /** Level x (1 - Atkinson with aversion 1). */
  readonly adjusted: number | null;
  readonly refused: string | null;
}

/** Level, equality and adjusted score over the units that have a score; in a panel for each time. */
export function summariseIndex(
  table: MeasureTable,
  { people, panel }: IndexRequest,
  index: PreparedIndex,
  build: IndexBuild,
): IndexSummary[] {
  const weights = completeNumbersOf(table, people!);
  const times = panel ? completeNumbersOf(table, panel.time) : null;
  const groups = index.panel?.times ?? [Int32Array.from(index.units.keys())];
  return Array.from(groups, (places) => {
    const there = Array.from(places).filter((i) => !Number.isNaN(build.scores.at(-1)![i]!));
    const values = there.map((i) => build.scores.at(-1)![i]!);
    const own = there.map((i) => weights[i]!);
    const time = times ? times[places[0]!]! : null;
    return { time, units: places.length, without: places.length - there.length, ...summaryOf(values, own) };
  }).toSorted((a, b) => (a.time ?? 0) - (b.time ?? 0));
}

function summaryOf(values: readonly number[], weights: readonly number[]) {
  const population = weights.reduce((sum, weight) => sum + weight, 0);
  const level = values.reduce((sum, value, i) => sum + value * weights[i]!, 0) / population;
  const sample = { values, weights };
  const attempt = <T>(compute: () => T): T | string => {
    try {
      return compute();
    } catch (error) {
      if (!(error instanceof MeasureError)) throw error;
      return error.code;
    }
  };
  const equality = attempt(() => ({
    oneMinusGini: 1 - gini(sample),
    theilT: theilT(sample),
    variation: coefficientOfVariation(sample),
  }));
  const adjusted = attempt(() => level * (1 - atkinson(sample, 1).index));
  return {
    level,
    equality: typeof equality === "string" ? null : equality,
    adjusted: typeof adjusted === "string" ? null : adjusted,
    refused: typeof equality === "string" ? equality : typeof adjusted === "string" ? adjusted : null,
  };
}

/** The summary as a sheet. */
export const summaryTable = (summary: readonly IndexSummary[]): ResultTable => ({
  name: "summary",
  columns: ["time", "units", "without", "level", "oneMinusGini", "theilT", "variation", "adjusted", "refused"],
  rows: summary.map(({ time, units, without, level, equality, adjusted, refused }) => [
    ...[time, units, without, Number.isNaN(level) ? null : level],
    ...[equality?.oneMinusGini ?? null, equality?.theilT ?? null, equality?.variation ?? null],
    ...[adjusted, refused],
  ]),
});
