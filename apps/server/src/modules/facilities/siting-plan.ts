import {
  type Candidate,
  type CoverageScene,
  costsOf,
  explainSites,
  type LayoutStandard,
  manyToMany,
  manyToManyWithin,
  metresWithin,
  personGroups,
  planSites,
  type Requirement,
  type SiteOnMap,
  type SitingAnswer,
  type SitingModel,
  type Solver,
  totalsOf,
  type UncoveredReason,
  walkers,
  whyUncovered,
} from "@qingdan/reach";
import type { Words } from "../../problem.ts";
import type { CheckedFacility } from "./check-register.ts";
import { rounded } from "./coverage.ts";
import { nameOf } from "./directory.ts";
import { kinds } from "./kinds.ts";
import type { SitingBody, SitingPlan, SitingRun } from "./model.ts";
import type { PlacesMap } from "./places-map.ts";
import { pointsOf, townNamed } from "./present.ts";

export interface SitingSetting {
  readonly map: PlacesMap;
  readonly facilities: readonly CheckedFacility[];
  readonly scene: CoverageScene;
  readonly request: SitingBody;
  /** Codes of the towns that the plan is for. */
  readonly towns: ReadonlySet<string>;
  readonly solver: Solver;
  /** Milliseconds; jumps to infinity when the run is to stop. */
  readonly now: () => number;
  readonly random: () => number;
  readonly onPhase: (phase: SitingRun["phase"]) => void;
  readonly onProgress: (progress: SitingRun["progress"]) => void;
}

/** More candidates than this are thinned out, those with fewest people in need around them first; the plan says so. */
const mostCandidates = 900;

/** Who can reach no place at all counts as walking so far; with infinity nothing could be added up. */
const farthestMetres = 20_000;

interface NamedCandidate extends Candidate {
  readonly name: Words;
  readonly town: string;
}

/** The requirement of the standard that a kind is sited by: that for its own age group, the widest level first. */
export function sitedBy(standard: LayoutStandard, kind: string): Requirement | undefined {
  return standard.requirements.find(({ service }) => service === kind);
}

/**
 * A plan for new places of a kind, with its bound, a reason for each place and for each block that stays uncovered. Existing
 * places count: only who is not covered yet, or walks less than to the nearest place of today, adds to the objective.
 */
export function planSiting(setting: SitingSetting): SitingPlan {
  const { scene, request, towns, onPhase } = setting;
  const requirement = sitedBy(scene.standard, request.kind)!;
  onPhase("walking");
  const all = candidatesOf(setting, requirement);
  const clients = clientsOf(scene, requirement, towns, request.model);
  const candidates = thinned(setting, all, clients, requirement);
  const answer = solve(setting, { clients, candidates, requirement });
  onPhase("explaining");
  const chosen = answer.sites.map((site) => candidates[site]!);
  return {
    status: answer.status,
    value: figureOf(answer.value, request.model),
    bound: figureOf(answer.bound, request.model),
    gap: Number.isFinite(answer.gap) ? answer.gap : null,
    seconds: answer.seconds,
    clients: clients.blocks.length,
    candidates: { considered: candidates.length, of: all.length },
    ...explained(setting, { chosen, candidates, requirement }),
  };
}

const figureOf = (value: number, model: SitingBody["model"]) =>
  Number.isFinite(value) ? (model === "cover" ? Math.round(value) : Math.round(value * 10) / 10) : null;

/** Where a place could be: vacant public premises that are large enough, or any block of the area. */
function candidatesOf(
  { map, facilities, request, towns }: SitingSetting,
  { leastM2 = 0 }: Requirement,
): NamedCandidate[] {
  if (request.candidates === "vacant") {
    return facilities
      .filter(({ state, town, floor_m2 }) => state === "vacant" && towns.has(town) && (floor_m2 ?? leastM2) >= leastM2)
      .map((one) => ({ id: `new:${one.code}`, lon: one.lon, lat: one.lat, name: nameOf(one), town: one.town }));
  }
  return map.blocks
    .filter(({ street }) => towns.has(street))
    .map(({ code, street, lon, lat }) => ({
      id: `new:${code}`,
      lon,
      lat,
      name: map.blockNames.get(code) ?? { zh: code, en: code },
      town: street,
    }));
}

interface Clients {
  /** Positions of the blocks in the map. */
  readonly blocks: readonly number[];
  readonly weight: Float64Array;
  /** Metres to the nearest place of today. */
  readonly today: Float64Array;
}

function clientsOf(
  { ground, cells, layers }: CoverageScene,
  requirement: Requirement,
  towns: ReadonlySet<string>,
  model: SitingBody["model"],
): Clients {
  const cell = cells.find((one) => one.requirement?.code === requirement.code && one.group === requirement.group);
  const metres = layers.get(`${requirement.service}/${requirement.leastM2 ?? 0}`)?.metres;
  const blocks = [...ground.blocks.keys()].filter((i) => {
    const { street, people } = ground.blocks[i]!;
    const isWanted = towns.has(street) && (people[requirement.group] ?? 0) > 0 && ground.places.chain[i] !== -1;
    return isWanted && (model !== "cover" || cell?.verdicts[i] !== "covered");
  });
  return {
    blocks,
    weight: Float64Array.from(blocks, (i) => ground.blocks[i]!.people[requirement.group]!),
    today: Float64Array.from(blocks, (i) => metres?.[i] ?? Infinity),
  };
}

/** Metres within which a block is covered: the requirement's own, and what its people walk in the minutes of its level. */
export function limitOf({ levels }: LayoutStandard, { metres, level, group }: Requirement): number {
  const walker = personGroups[walkers[group]];
  const { minutes } = levels.find(({ id }) => id === level)!;
  if (metres === undefined) return metresWithin(walker, minutes);
  const planned = Math.max(minutes, metres / (personGroups.adult.metresPerSecond * 60));
  return Math.min(metres, metresWithin(walker, planned));
}

function thinned(
  { scene }: SitingSetting,
  candidates: readonly NamedCandidate[],
  clients: Clients,
  requirement: Requirement,
): readonly NamedCandidate[] {
  const { graph, snapper } = scene.ground;
  const { places } = snapper.snap(pointsOf(candidates), scene.ground.snapMetres);
  const near = manyToManyWithin(graph, places, placesOf(scene, clients), limitOf(scene.standard, requirement));
  const need = candidates.map((_, n) => {
    let people = 0;
    for (let k = near.first[n]!; k < near.first[n + 1]!; k++) people += clients.weight[near.column[k]!]!;
    return places.chain[n] === -1 ? -1 : people;
  });
  const order = [...candidates.keys()].filter((n) => need[n]! >= 0).sort((a, b) => need[b]! - need[a]! || a - b);
  return order.slice(0, mostCandidates).map((n) => candidates[n]!);
}

function placesOf({ ground: { places } }: CoverageScene, { blocks }: Clients) {
  return {
    count: blocks.length,
    chain: Int32Array.from(blocks, (i) => places.chain[i]!),
    offset: Float64Array.from(blocks, (i) => places.offset[i]!),
    connector: Float64Array.from(blocks, (i) => places.connector[i]!),
  };
}

const models: Readonly<Record<SitingBody["model"], SitingModel>> = {
  cover: "mclp",
  median: "pmedian",
  center: "pcenter",
};

interface Instance {
  readonly clients: Clients;
  readonly candidates: readonly NamedCandidate[];
  readonly requirement: Requirement;
}

function solve(setting: SitingSetting, { clients, candidates, requirement }: Instance): SitingAnswer {
  const { scene, request, solver, now, random, onPhase, onProgress } = setting;
  const { graph, snapper, snapMetres } = scene.ground;
  const none = {
    status: "infeasible",
    value: Number.NaN,
    bound: Number.NaN,
    gap: Number.NaN,
    seconds: 0,
    sites: [],
  } as const;
  if (clients.blocks.length === 0 || candidates.length === 0) return none;
  const { places } = snapper.snap(pointsOf(candidates), snapMetres);
  const { metres } = manyToMany(graph, places, placesOf(scene, clients));
  const [rows, columns] = [clients.blocks.length, candidates.length];
  const cost = new Float64Array(rows * columns);
  // Who has a nearer place already goes on using it: a new place never makes anybody walk farther. Whole metres make bounds meet.
  const isCover = request.model === "cover";
  for (let i = 0; i < rows; i++) {
    const today = Math.min(farthestMetres, clients.today[i]!);
    for (let j = 0; j < columns; j++) {
      const far = metres[j * rows + i]!;
      cost[i * columns + j] = isCover ? far : Math.round(Math.min(today, far));
    }
  }
  onPhase("solving");
  const costs = costsOf({ clients: rows, sites: columns, cost, weight: clients.weight });
  return planSites(costs, {
    model: models[request.model],
    solver,
    p: Math.min(request.sites, columns),
    limit: limitOf(scene.standard, requirement),
    seconds: request.seconds,
    now,
    random,
    onProgress: ({ value, bound }) =>
      onProgress({ value: figureOf(value, request.model), bound: figureOf(bound, request.model) }),
  });
}

interface Chosen {
  readonly chosen: readonly NamedCandidate[];
  readonly candidates: readonly NamedCandidate[];
  readonly requirement: Requirement;
}

function explained(
  { map, scene, request, towns }: SitingSetting,
  { chosen, candidates, requirement }: Chosen,
): Pick<SitingPlan, "index" | "covered" | "sites" | "uncovered"> {
  const proposed = chosen.map(({ id, lon, lat }): SiteOnMap => ({ id, service: request.kind, lon, lat }));
  const { scene: plan, reasons } = explainSites(scene, { proposed, candidates });
  const labels = new Map(scene.standard.requirements.map(({ code, label }) => [code, label]));
  const names = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  const left = whyUncovered(plan, { service: request.kind, candidates }).filter(
    (one) => one.requirement === requirement.code && one.group === requirement.group && towns.has(one.street),
  );
  const byReason = new Map<string, { blocks: number; people: number }>();
  for (const { why, people } of left) {
    const sum = byReason.get(why) ?? { blocks: 0, people: 0 };
    byReason.set(why, { blocks: sum.blocks + 1, people: sum.people + people });
  }
  const before = coveredIn(scene, requirement, towns);
  return {
    index: { before: rounded(scene.index.value), after: rounded(plan.index.value) },
    covered: { before: before.covered, after: coveredIn(plan, requirement, towns).covered, of: before.of },
    sites: reasons.map(({ site, clauses, gains, runnerUp }) => {
      const { name, town, lon, lat } = names.get(site)!;
      const own = gains.filter(({ group }) => group === requirement.group);
      return {
        code: site,
        name: request.candidates === "vacant" ? name : placed(name, request.kind),
        street: townNamed(map, town),
        point: [lon, lat],
        clauses: clauses.map(({ clause }) => clause),
        gains: gains.map((gain) => ({
          ...gain,
          label: labels.get(gain.requirement)!,
          street: townNamed(map, gain.street),
        })),
        people: own.reduce((sum, { people }) => sum + people, 0),
        runnerUp: runnerUp ? { name: names.get(runnerUp.candidate)!.name, loses: Math.round(runnerUp.loses) } : null,
      };
    }),
    uncovered: {
      people: left.reduce((sum, { people }) => sum + people, 0),
      byReason: [...byReason].map(([why, sum]) => ({ why, ...sum })),
      largest: largestLeft(map, left),
    },
  };
}

/** Blocks told one by one; the others are in the sums. */
const mostTold = 100;

function largestLeft(map: PlacesMap, left: readonly UncoveredReason[]): SitingPlan["uncovered"]["largest"] {
  const whole = (metres: number | undefined) =>
    metres === undefined || !Number.isFinite(metres) ? null : Math.round(metres);
  return [...left]
    .sort((a, b) => b.people - a.people)
    .slice(0, mostTold)
    .map(({ block, street, people, why, metres, candidate }) => ({
      block: { code: block, name: map.blockNames.get(block) ?? { zh: block, en: block } },
      street: townNamed(map, street),
      people,
      why,
      metres: whole(metres),
      candidateMetres: whole(candidate?.metres),
    }));
}

/** A new place in a block is named after both. */
function placed(block: Words, kind: string): Words {
  const name = kinds.get(kind) ?? { zh: kind, en: kind };
  return { zh: `${block.zh}${name.zh}`, en: `${name.en}, ${block.en}` };
}

function coveredIn(scene: CoverageScene, { code, group }: Requirement, towns: ReadonlySet<string>) {
  const own = totalsOf(scene.cells).filter(
    (total) =>
      total.requirement === code && total.group === group && total.street !== undefined && towns.has(total.street),
  );
  return own.reduce(
    (sum, { people: p }) => ({
      covered: sum.covered + p.covered,
      of: sum.of + p.covered + p["at-risk"] + p.uncovered + p.unknown,
    }),
    { covered: 0, of: 0 },
  );
}
