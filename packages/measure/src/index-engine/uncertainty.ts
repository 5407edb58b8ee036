import { refuse } from "../errors.ts";
import { meanOf, sortedQuantile } from "../numeric/moments.ts";
import type { Random } from "../numeric/random.ts";
import { meanRankShift } from "./audit.ts";
import { buildIndex } from "./build.ts";
import { type ChoiceReport, type Choices, sampleChoices } from "./choices.ts";
import type { IndexMethod } from "./model.ts";
import type { PreparedIndex } from "./prepare.ts";
import { rankUnits } from "./rank-units.ts";

/** A unit's rank under the nominal method and over all draws; NaN where it has none. */
export interface RankInterval {
  readonly unit: string;
  readonly nominal: number;
  readonly median: number;
  /** 5th and 95th percentile. */
  readonly low: number;
  readonly high: number;
  /** Draws in which the unit had a rank at all. */
  readonly ranked: number;
  /** Of those draws, the share in each class of ranks (fifths, say), the best class first; empty unless classes were asked for. */
  readonly classes: readonly number[];
}

/** How much an index depends on the choices in its making. */
export interface Uncertainty {
  readonly draws: number;
  readonly units: readonly RankInterval[];
  /** Mean over draws of the mean rank shift against the nominal index. */
  readonly meanRankShift: number;
  /** Of each number that `measures` makes of the scores: median, 5th and 95th percentile over the draws; NaN draws are left out. */
  readonly measures: readonly { readonly median: number; readonly low: number; readonly high: number }[];
  /** Every choice that was sampled, and whether it does anything. */
  readonly choices: readonly ChoiceReport[];
}

/** Choices to draw from, how often, and what is measured of the root's scores besides the ranks. */
export interface UncertaintyOptions {
  readonly choices: Choices;
  readonly draws: number;
  readonly random: Random;
  readonly measures?: (scores: Float64Array) => readonly number[];
  /** Into how many classes of equal size the ranks are laid. */
  readonly classes?: number;
}

/** Draws every choice at once, `draws` times, and reports the ranks. The same seed gives the same report. */
export function rankUncertainty(index: PreparedIndex, nominal: IndexMethod, options: UncertaintyOptions): Uncertainty {
  const { choices, draws, random, measures, classes = 0 } = options;
  if (!(Number.isInteger(draws) && draws >= 1))
    refuse("MEASURE-PARAMETER", "抽样次数至少为 1", "at least one draw is needed");
  if (!(Number.isInteger(classes) && classes >= 0 && classes <= index.units.length))
    refuse("MEASURE-PARAMETER", "档数不得多于单位数", "there cannot be more classes than units");
  const sampler = sampleChoices(index, nominal, choices, random);
  const first = buildIndex(index, nominal).ranks;
  const ranks = index.units.map(() => new Float64Array(draws));
  const shifts = new Float64Array(draws);
  const measured: (readonly number[])[] = [];
  const block: Float64Array[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const scores = sampler.build(sampler.names.map(() => random()));
    if (measures) measured.push(measures(scores));
    const built = rankUnits(index, scores);
    shifts[draw] = meanRankShift(first, built);
    block.push(built);
    if (block.length === BLOCK || draw === draws - 1) {
      turn(block, ranks, draw + 1 - block.length);
      block.length = 0;
    }
  }
  const units = index.units.map((unit, i) => {
    const { present: ranked, ...spread } = spreadOf(ranks[i]!);
    // Sorted by now: the ranks come first, what is missing last.
    const shares = classShares(ranks[i]!.subarray(0, ranked), classes, unitsBeside(index, i));
    return { unit, nominal: first[i]!, ...spread, ranked, classes: shares };
  });
  return {
    draws,
    units,
    meanRankShift: meanOf(shifts),
    measures: (measured[0] ?? []).map((_, m) => {
      const { median, low, high } = spreadOf(Float64Array.from(measured, (values) => values[m]!));
      return { median, low, high };
    }),
    choices: sampler.report,
  };
}

/** Median, 5th and 95th percentile of what is there; sorts in place. */
function spreadOf(values: Float64Array): { median: number; low: number; high: number; present: number } {
  // NaN sorts last.
  const sorted = values.sort();
  const present = sorted.subarray(0, sorted.length - countMissing(sorted));
  const at = (share: number) => (present.length === 0 ? Number.NaN : sortedQuantile(present, share));
  return { median: at(0.5), low: at(0.05), high: at(0.95), present: present.length };
}

/** Share of the ranks that fall into each class. */
function classShares(ranks: Float64Array, classes: number, of: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  if (classes > 0) for (const rank of ranks) counts[Math.min(classes - 1, Math.floor(((rank - 1) * classes) / of))]!++;
  return counts.map((count) => (ranks.length === 0 ? Number.NaN : count / ranks.length));
}

/** Units that a unit is ranked among, itself included. */
function unitsBeside({ units, panel }: PreparedIndex, unit: number): number {
  return panel?.times.find((places) => places.includes(unit))?.length ?? units.length;
}

/** Draws that are laid into the units' rows at once: a unit's row is far away from the next unit's, and each visit costs. */
const BLOCK = 64;

/** Lays the ranks of some draws, a row a draw, into rows a unit, from draw `start` on. */
function turn(block: readonly Float64Array[], ranks: readonly Float64Array[], start: number): void {
  for (let i = 0; i < ranks.length; i++) {
    const row = ranks[i]!;
    for (let d = 0; d < block.length; d++) row[start + d] = block[d]![i]!;
  }
}

function countMissing(sorted: Float64Array): number {
  let missing = 0;
  while (missing < sorted.length && Number.isNaN(sorted[sorted.length - 1 - missing]!)) missing++;
  return missing;
}
