import { metresWithin, minutesFor, type PersonGroup, personGroups } from "../travel/person-group.ts";
import type { Cell } from "./cells.ts";
import type { CoverageIndex } from "./coverage-index.ts";
import { type Block, type Coverage, type CoverageTotal, judgeCoverage, walkers } from "./judge.ts";
import type { AgeGroup, LayoutStandard, Requirement } from "./standard.ts";

/** The blocks of a city judged by one standard: what a map paints and a table lists. */
export interface JudgedCity {
  readonly standard: LayoutStandard;
  readonly ground: { readonly blocks: readonly Block[] };
  /** Ways to the places of each requirement's service and least size, by `layerOf`. */
  readonly layers: ReadonlyMap<string, Ways>;
  readonly cells: readonly Cell[];
  readonly index: CoverageIndex;
}

/** From each block to its nearest place: walking metres, or minutes that were given. Infinity: no way. NaN: not known. */
export type Ways = (WalkedWays | GivenWays) & {
  /** Id of the place nearest to each block, where it is known. */
  readonly nearest: readonly (string | undefined)[];
};

interface WalkedWays {
  readonly metres: Float64Array;
}

interface GivenWays {
  readonly minutes: Float64Array;
}

/** The way from one block to its nearest place. */
export interface Way {
  /** Absent where minutes were given. */
  readonly metres?: number;
  /** Absent where there is no way, or none is known. */
  readonly minutes?: number;
  readonly site?: string;
}

/** Requirements with one key are served by the same places. */
export function layerOf({ service, leastM2 = 0 }: Requirement): string {
  return `${service}/${leastM2}`;
}

/** Metres or minutes of a layer, whichever it has. */
export function farOf(ways: Ways | undefined): Float64Array | undefined {
  return ways && ("metres" in ways ? ways.metres : ways.minutes);
}

/** The way of people of a group to the nearest place of a requirement. */
export function wayOf({ layers }: JudgedCity, requirement: Requirement, at: { block: number; group: AgeGroup }): Way {
  const ways = layers.get(layerOf(requirement));
  if (!ways) return {};
  const site = ways.nearest[at.block];
  const place = site === undefined ? {} : { site };
  const far = farOf(ways)![at.block]!;
  if (!Number.isFinite(far)) return place;
  if (!("metres" in ways)) return { minutes: far, ...place };
  return { metres: far, minutes: minutesFor(personGroups[walkers[at.group]], far), ...place };
}

/** Walking metres of a layer; for minutes that were given as many as the group walks in them, so that every group is held to the same minutes. */
export function metresOf(ways: Ways | undefined, walker: PersonGroup): Float64Array | undefined {
  if (!ways) return undefined;
  return "metres" in ways ? ways.metres : ways.minutes.map((minutes) => metresWithin(walker, minutes));
}

/** The verdict of every block, and the totals. */
export function coverageOf({ standard, ground, layers }: JudgedCity): Coverage {
  const coverage = judgeCoverage(standard, ground.blocks, (requirement, walker) =>
    metresOf(layers.get(layerOf(requirement)), personGroups[walker]),
  );
  if (standard.travel === "foot") return coverage;
  return { ...coverage, blocks: coverage.blocks.map(({ metres: _, ...verdict }) => verdict) };
}

export function totalsOf(cells: readonly Cell[]): readonly CoverageTotal[] {
  return cells.flatMap(({ totals }) => totals);
}
