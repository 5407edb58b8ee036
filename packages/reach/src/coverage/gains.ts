import { manyToManyWithin, type SparseDistances } from "../travel/many-to-many.ts";
import { metresWithin, personGroups } from "../travel/person-group.ts";
import { groupsOf, verdictOf, walkers } from "./judge.ts";
import { layerOf } from "./judged-city.ts";
import { type CoverageScene, countsFor, pointsOf, type SiteOnMap } from "./scene.ts";
import type { AgeGroup, LayoutStandard, Requirement } from "./standard.ts";

/** People of one age group and street who come within a requirement, with the clause that asks for it. */
export interface PeopleGain {
  readonly requirement: string;
  readonly clause: string;
  readonly group: AgeGroup;
  readonly street: string;
  readonly people: number;
}

/** Candidates on the network and the blocks within their reach. */
export interface Reachable {
  readonly candidates: readonly SiteOnMap[];
  readonly reach: SparseDistances;
  /** Candidates that could not be put onto the network. */
  readonly offNetwork: readonly string[];
}

/** Blocks around candidates of one service, as far as any requirement of the service can be met. */
export function reachable({ standard, ground }: CoverageScene, candidates: readonly SiteOnMap[]): Reachable {
  const { graph, snapper, snapMetres, places } = ground;
  const services = new Set(candidates.map(({ service }) => service));
  const farthest = standard.requirements
    .filter(({ service }) => services.has(service))
    .reduce((most, requirement) => Math.max(most, farthestOf(standard, requirement)), 0);
  const { places: spots, report } = snapper.snap(pointsOf(candidates), snapMetres);
  return {
    candidates,
    reach: manyToManyWithin(graph, spots, places, farthest),
    offNetwork: report.unsnapped.map(({ point }) => candidates[point]!.id),
  };
}

/** Metres beyond which a requirement is met for nobody. */
function farthestOf(standard: LayoutStandard, requirement: Requirement): number {
  if (requirement.metres !== undefined) return requirement.metres;
  const { minutes } = standard.levels.find(({ id }) => id === requirement.level)!;
  return Math.max(...groupsOf(requirement).map((group) => metresWithin(personGroups[walkers[group]], minutes)));
}

/** Who would be covered by one candidate more, by requirement, age group and street, most people first. */
export function gainsOf(scene: CoverageScene, { candidates, reach }: Reachable, which: number): readonly PeopleGain[] {
  const { standard, ground, cells } = scene;
  const gains = new Map<string, PeopleGain & { people: number }>();
  for (const { level, requirement, group, verdicts } of cells) {
    if (!requirement || !countsFor(requirement, candidates[which]!)) continue;
    const walker = personGroups[walkers[group]];
    const known = scene.layers.get(layerOf(requirement))?.metres;
    for (let k = reach.first[which]!; k < reach.first[which + 1]!; k++) {
      const i = reach.column[k]!;
      if (verdicts[i] === undefined || verdicts[i] === "covered") continue;
      const metres = Math.min(reach.metres[k]!, known?.[i] ?? Infinity);
      if (verdictOf(requirement, level, metres, walker) !== "covered") continue;
      const { street, people } = ground.blocks[i]!;
      const at = { requirement: requirement.code, clause: clauseOf(standard, requirement), group, street };
      const key = [at.requirement, group, street].join("\n");
      const sum = gains.get(key) ?? { ...at, people: 0 };
      sum.people += people[group]!;
      gains.set(key, sum);
    }
  }
  return largestFirst(gains.values());
}

export function largestFirst(gains: Iterable<PeopleGain>): readonly PeopleGain[] {
  return [...gains].sort((a, b) => b.people - a.people);
}

/** The clause of a requirement with the standard that it stands in. */
export function clauseOf({ source }: LayoutStandard, { clause }: Requirement): string {
  return `${source}, ${clause}`;
}

/** People of gains, each requirement for the age group that it is made for, so that nobody counts twice for one requirement. */
export function peopleOf({ requirements }: LayoutStandard, gains: readonly PeopleGain[]): number {
  const groups = new Map(requirements.map(({ code, group }) => [code, group]));
  return gains.reduce(
    (sum, { requirement, group, people }) => sum + (groups.get(requirement) === group ? people : 0),
    0,
  );
}
