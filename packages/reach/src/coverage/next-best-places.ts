import { gainsOf, type PeopleGain, peopleOf, type Reachable, reachable } from "./gains.ts";
import { type CoverageScene, countsFor, type SiteOnMap } from "./scene.ts";

/** Where a place of a service could be. */
export interface Candidate {
  readonly id: string;
  readonly lon: number;
  readonly lat: number;
  /** Floor that could be had, in m2; unknown floor does not rule a candidate out. */
  readonly floorM2?: number;
  /** What it costs to have a place there; a candidate of unknown cost is left out where there is a budget. */
  readonly costFen?: number;
}

export interface NextBestOptions {
  readonly service: string;
  readonly candidates: readonly Candidate[];
  /** Least floor wanted, in m2. */
  readonly floorM2?: number;
  readonly budgetFen?: number;
  /** How many to name; 5 unless given. */
  readonly most?: number;
}

export interface NextBestPlaces {
  /** Most people first; of equal ones the cheaper, then the one named first. */
  readonly places: readonly NextBestPlace[];
  /** Candidates that were not weighed, with the reason. */
  readonly leftOut: readonly {
    readonly candidate: string;
    readonly why: "too-small" | "over-budget" | "cost-unknown" | "off-network";
  }[];
}

export interface NextBestPlace {
  readonly candidate: Candidate;
  /** People who would come within a requirement, each requirement counted for its own age group. */
  readonly people: number;
  readonly gains: readonly PeopleGain[];
}

/** The best places for one more of a service: exact, every candidate is weighed. */
export function nextBestPlaces(scene: CoverageScene, options: NextBestOptions): NextBestPlaces {
  const leftOut: NextBestPlaces["leftOut"][number][] = [];
  const leave = (candidate: string, why: (typeof leftOut)[number]["why"]) => {
    leftOut.push({ candidate, why });
    return false;
  };
  const { floorM2 = 0, budgetFen, service } = options;
  const own = scene.standard.requirements.filter((requirement) => requirement.service === service);
  const fit = options.candidates.filter((candidate) => {
    const { id, costFen } = candidate;
    const isSmall = candidate.floorM2 !== undefined && candidate.floorM2 < floorM2;
    if (isSmall || !own.some((requirement) => countsFor(requirement, siteAt(candidate, service))))
      return leave(id, "too-small");
    if (budgetFen === undefined) return true;
    if (costFen === undefined) return leave(id, "cost-unknown");
    return costFen <= budgetFen || leave(id, "over-budget");
  });
  const around = reachable(
    scene,
    fit.map((candidate) => siteAt(candidate, service)),
  );
  for (const id of around.offNetwork) leave(id, "off-network");
  return { places: ranked(scene, around, fit).slice(0, options.most ?? 5), leftOut };
}

/** Candidates on the network by what they would gain. */
export function ranked(
  scene: CoverageScene,
  around: Reachable,
  candidates: readonly Candidate[],
): readonly NextBestPlace[] {
  const off = new Set(around.offNetwork);
  const places = candidates.flatMap((candidate, n) => {
    if (off.has(candidate.id)) return [];
    const gains = gainsOf(scene, around, n);
    return [{ candidate, people: peopleOf(scene.standard, gains), gains }];
  });
  const cost = ({ candidate }: NextBestPlace) => candidate.costFen ?? Infinity;
  return places.sort((a, b) => b.people - a.people || (cost(a) === cost(b) ? 0 : cost(a) - cost(b)));
}

export function siteAt({ id, lon, lat, floorM2 }: Candidate, service: string): SiteOnMap {
  return { id, service, lon, lat, ...(floorM2 === undefined ? {} : { floorM2 }) };
}
