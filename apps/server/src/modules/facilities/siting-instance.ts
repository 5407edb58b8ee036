import {
  type Candidate,
  type Costs,
  type CoverageScene,
  costsOf,
  type LayoutStandard,
  manyToMany,
  manyToManyWithin,
  metresWithin,
  personGroups,
  type Requirement,
  type Solver,
  walkers,
} from "@qingdan/reach";
import type { Words } from "../../problem.ts";
import type { CheckedFacility } from "./check-register.ts";
import { nameOf } from "./directory.ts";
import type { PlacesMap } from "./places-map.ts";
import { pointsOf } from "./present.ts";
import type { SitingBody, SitingRun } from "./siting-model.ts";

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

/** Fair plans weigh every way of everybody, so fewer candidates and ways in steps of so many metres. */
const mostFairCandidates = 80;
const fairStepMetres = 50;
/** Who can reach no place at all counts as walking so far; with infinity nothing could be added up. */
const farthestMetres = 20_000;

export interface NamedCandidate extends Candidate {
  readonly name: Words;
  readonly town: string;
  /** Vacant premises to convert; else a block to build in. */
  readonly isVacant: boolean;
}

/** The requirement of the standard that a kind is sited by: that for its own age group, the widest level first. */
export function sitedBy(standard: LayoutStandard, kind: string): Requirement | undefined {
  return standard.requirements.find(({ service }) => service === kind);
}

const isFair = (model: SitingBody["model"]) => model !== "cover" && model !== "median" && model !== "center";

export interface Instance {
  readonly clients: Clients;
  readonly candidates: readonly NamedCandidate[];
  readonly requirement: Requirement;
}

/** Where a place could be: vacant public premises that are large enough, or any block of the area. */
export function candidatesOf(
  { map, facilities, request, towns }: SitingSetting,
  requirement: Requirement,
): NamedCandidate[] {
  const { candidates, costs } = request;
  const floorM2 = floorOf(requirement, costs);
  const vacant = facilities
    .filter(({ state, town, floor_m2 }) => state === "vacant" && towns.has(town) && (floor_m2 ?? floorM2) >= floorM2)
    .map((one): NamedCandidate => {
      const costFen = costs && floorM2 * costs.convertFenPerM2;
      const { lon, lat, town } = one;
      return {
        id: `new:${one.code}`,
        lon,
        lat,
        name: nameOf(one),
        town,
        isVacant: true,
        ...(costFen ? { costFen } : {}),
      };
    });
  const blocks = map.blocks
    .filter(({ street }) => towns.has(street))
    .map(({ code, street, lon, lat }): NamedCandidate => {
      const costFen = costs && floorM2 * costs.buildFenPerM2;
      const name = map.blockNames.get(code) ?? { zh: code, en: code };
      return { id: `new:${code}`, lon, lat, name, town: street, isVacant: false, ...(costFen ? { costFen } : {}) };
    });
  return [...(candidates === "blocks" ? [] : vacant), ...(candidates === "vacant" ? [] : blocks)];
}

/** Floor of a new place: the least that the standard asks for, else what is wished for where there are costs. */
function floorOf({ leastM2 }: Requirement, costs: SitingBody["costs"]): number {
  return leastM2 ?? costs?.floorM2 ?? 0;
}

export interface Clients {
  /** Positions of the blocks in the map. */
  readonly blocks: readonly number[];
  readonly weight: Float64Array;
  /** Metres to the nearest place of today. */
  readonly today: Float64Array;
}

export function clientsOf(
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

export function thinned(
  { scene, request }: SitingSetting,
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
  // Where there are costs, people for the money.
  const worth = need.map((people, n) => people / (candidates[n]!.costFen ?? 1));
  const order = [...candidates.keys()].filter((n) => need[n]! >= 0).sort((a, b) => worth[b]! - worth[a]! || a - b);
  const most = isFair(request.model) ? mostFairCandidates : mostCandidates;
  return order.slice(0, most).map((n) => candidates[n]!);
}

function placesOf({ ground: { places } }: CoverageScene, { blocks }: Clients) {
  return {
    count: blocks.length,
    chain: Int32Array.from(blocks, (i) => places.chain[i]!),
    offset: Float64Array.from(blocks, (i) => places.offset[i]!),
    connector: Float64Array.from(blocks, (i) => places.connector[i]!),
  };
}

/** Metres that each block would walk to each candidate, or to its nearest place of today if that is nearer. */
export function waysOf({ scene, request }: SitingSetting, { clients, candidates, requirement }: Instance): Costs {
  const { graph, snapper, snapMetres } = scene.ground;
  const { places } = snapper.snap(pointsOf(candidates), snapMetres);
  const { metres } = manyToMany(graph, places, placesOf(scene, clients));
  const limit = limitOf(scene.standard, requirement);
  const [rows, columns] = [clients.blocks.length, candidates.length];
  const cost = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const today = Math.min(farthestMetres, clients.today[i]!);
    for (let j = 0; j < columns; j++) {
      const far = metres[j * rows + i]!;
      // Who has a nearer place already goes on using it: a new place never makes anybody walk farther.
      const way = request.model === "cover" ? far : Math.min(today, far);
      cost[i * columns + j] = isFair(request.model) ? stepped(way, limit) : wholeMetres(way, request.model);
    }
  }
  return costsOf({ clients: rows, sites: columns, cost, weight: clients.weight });
}

/** Whole metres make bounds meet; where only the limit counts, ways stay as they are. */
const wholeMetres = (way: number, model: SitingBody["model"]) => (model === "cover" ? way : Math.round(way));

/** Fair plans count ways in steps, rounded up; who is within the limit stays so. */
function stepped(way: number, limit: number): number {
  const up = Math.ceil(way / fairStepMetres) * fairStepMetres;
  return way <= limit ? Math.min(limit, up) : up;
}
