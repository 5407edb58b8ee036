import { walkers } from "../coverage/judge.ts";
import { type BlockOnMap, pointsOf } from "../coverage/scene.ts";
import { type AgeGroup, ageGroups } from "../coverage/standard.ts";
import type { Points } from "../roads/datum.ts";
import { nearestPlaces } from "../travel/nearest-places.ts";
import { minutesFor, personGroups } from "../travel/person-group.ts";
import type { RouteGraph } from "../travel/route-graph.ts";
import type { Snapper, SnapReport } from "../travel/snap.ts";

/** The people for whom a place is the nearest of its kind. */
export interface NearestCatchment {
  readonly blocks: number;
  /** The longest way; undefined where no block comes. */
  readonly farthestMetres?: number;
  /** Each age group of which somebody comes: how many, and the mean of their walking minutes at their own pace. */
  readonly groups: readonly { readonly group: AgeGroup; readonly people: number; readonly minutes: number }[];
}

/** The places of one kind. */
export interface KindCatchments {
  /** One a place, in the order given. */
  readonly catchments: readonly NearestCatchment[];
  /** Blocks that are on the network but can walk to no place of the kind. */
  readonly unserved: { readonly blocks: number; readonly people: Readonly<Partial<Record<AgeGroup, number>>> };
  readonly places: SnapReport;
}

export interface NearestCatchments {
  readonly kinds: ReadonlyMap<string, KindCatchments>;
  readonly blocks: SnapReport;
}

export interface CatchmentOptions {
  readonly graph: RouteGraph;
  readonly snapper: Snapper;
  /** Points farther than this from a street, or behind a barrier, are reported and not used; 200 unless given. */
  readonly snapMetres?: number;
}

/** Whom each place serves if everybody goes to the nearest one of its kind; of places equally near the first. */
export function nearestCatchments(
  blocks: readonly BlockOnMap[],
  kinds: ReadonlyMap<string, Points>,
  { graph, snapper, snapMetres = 200 }: CatchmentOptions,
): NearestCatchments {
  const from = snapper.snap(pointsOf(blocks), snapMetres);
  const to = [...kinds].map(([kind, points]) => ({ kind, ...snapper.snap(points, snapMetres) }));
  const nearest = nearestPlaces(
    graph,
    from.places,
    to.map(({ places }) => places),
  );
  const onNetwork = [...blocks.keys()].filter((i) => from.places.chain[i] !== -1);
  return {
    kinds: new Map(
      to.map(({ kind, places, report }, n) => {
        const { metres, place } = nearest[n]!;
        const members = Array.from({ length: places.count }, (): number[] => []);
        const unserved: number[] = [];
        for (const i of onNetwork) (members[place[i]!] ?? unserved).push(i);
        const people = Object.fromEntries(peopleOf(blocks, unserved).map(({ group, people: count }) => [group, count]));
        return [
          kind,
          {
            catchments: members.map((own) => catchmentOf(blocks, own, metres)),
            unserved: { blocks: unserved.length, people },
            places: report,
          },
        ];
      }),
    ),
    blocks: from.report,
  };
}

function catchmentOf(blocks: readonly BlockOnMap[], own: readonly number[], metres: Float64Array): NearestCatchment {
  return {
    blocks: own.length,
    ...(own.length > 0 ? { farthestMetres: Math.max(...own.map((i) => metres[i]!)) } : {}),
    groups: peopleOf(blocks, own).map(({ group, people }) => {
      const sum = own.reduce((all, i) => all + (blocks[i]!.people[group] ?? 0) * metres[i]!, 0);
      return { group, people, minutes: minutesFor(personGroups[walkers[group]], sum / people) };
    }),
  };
}

/** People of some blocks by age group, groups without anybody left out. */
function peopleOf(blocks: readonly BlockOnMap[], own: readonly number[]) {
  return (Object.keys(ageGroups) as AgeGroup[]).flatMap((group) => {
    const people = own.reduce((sum, i) => sum + (blocks[i]!.people[group] ?? 0), 0);
    return people > 0 ? [{ group, people }] : [];
  });
}
