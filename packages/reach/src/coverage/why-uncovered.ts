import { manyToMany } from "../travel/many-to-many.ts";
import { personGroups } from "../travel/person-group.ts";
import { verdictOf, walkers } from "./judge.ts";
import { layerOf } from "./judged-city.ts";
import { type Candidate, siteAt } from "./next-best-places.ts";
import { type CoverageScene, countsFor, pointsOf } from "./scene.ts";
import type { AgeGroup } from "./standard.ts";

/**
 * What keeps a block from being covered. `off-network`: it cannot be put onto the streets. `no-candidate`: no place large enough
 * can be walked to. `distance`: every place and candidate is too far. `budget`: a candidate is near enough, but beyond the
 * budget. `cost-unknown`: near enough, but nobody knows whether the budget suffices. `not-chosen`: a candidate is near enough
 * and within the budget; it is open to be chosen.
 */
export type Blocking = "off-network" | "no-candidate" | "distance" | "budget" | "cost-unknown" | "not-chosen";

export interface UncoveredReason {
  readonly block: string;
  readonly street: string;
  readonly requirement: string;
  readonly group: AgeGroup;
  readonly people: number;
  readonly why: Blocking;
  /** Walking metres to the nearest place in use; undefined where none can be reached. */
  readonly metres?: number;
  /** The candidate that comes nearest to covering the block, its walking metres, and what is missing of the budget. */
  readonly candidate?: { readonly id: string; readonly metres: number; readonly missingFen?: number };
}

export interface WhyOptions {
  readonly service: string;
  readonly candidates: readonly Candidate[];
  readonly budgetFen?: number;
}

/** For every block that a requirement of the service leaves uncovered, or at risk, the constraint that blocks it. */
export function whyUncovered(scene: CoverageScene, options: WhyOptions): readonly UncoveredReason[] {
  const { ground, cells, layers } = scene;
  const { places } = ground.snapper.snap(pointsOf(options.candidates), ground.snapMetres);
  const { metres } = manyToMany(ground.graph, places, ground.places);
  return cells.flatMap(({ level, requirement, group, verdicts }) => {
    if (requirement?.service !== options.service) return [];
    const walker = personGroups[walkers[group]];
    const fit = options.candidates.flatMap((candidate, n) =>
      countsFor(requirement, siteAt(candidate, options.service)) ? [{ candidate, n }] : [],
    );
    const nearest = layers.get(layerOf(requirement))?.metres;
    return ground.blocks.flatMap(({ code, street, people }, i): UncoveredReason[] => {
      if (verdicts[i] === undefined || verdicts[i] === "covered") return [];
      const reach = fit.map(({ candidate, n }) => ({ candidate, metres: metres[n * ground.blocks.length + i]! }));
      const found = blockedBy(
        ground.places.chain[i] !== -1,
        reach,
        (far) => verdictOf(requirement, level, far, walker) === "covered",
        options.budgetFen,
      );
      const far = nearest?.[i];
      return [
        {
          block: code,
          street,
          requirement: requirement.code,
          group,
          people: people[group]!,
          ...found,
          ...(far !== undefined && Number.isFinite(far) ? { metres: far } : {}),
        },
      ];
    });
  });
}

type Option = { readonly candidate: Candidate; readonly metres: number };

function blockedBy(
  isOnNetwork: boolean,
  options: readonly Option[],
  covers: (metres: number) => boolean,
  budgetFen: number | undefined,
): Pick<UncoveredReason, "why" | "candidate"> {
  if (!isOnNetwork) return { why: "off-network" };
  const reached = options.filter(({ metres }) => metres < Infinity).sort((a, b) => a.metres - b.metres);
  const nearest = reached[0];
  if (!nearest) return { why: "no-candidate" };
  const named = ({ candidate, metres }: Option) => ({ id: candidate.id, metres });
  const near = reached.filter(({ metres }) => covers(metres));
  const first = near[0];
  if (!first) return { why: "distance", candidate: named(nearest) };
  if (budgetFen === undefined) return { why: "not-chosen", candidate: named(first) };
  const priced = near.flatMap((option) =>
    option.candidate.costFen === undefined ? [] : [{ option, fen: option.candidate.costFen }],
  );
  const cheapest = priced.sort((a, b) => a.fen - b.fen)[0];
  if (cheapest && cheapest.fen <= budgetFen) return { why: "not-chosen", candidate: named(cheapest.option) };
  if (!cheapest || priced.length < near.length) return { why: "cost-unknown", candidate: named(first) };
  return { why: "budget", candidate: { ...named(cheapest.option), missingFen: cheapest.fen - budgetFen } };
}
