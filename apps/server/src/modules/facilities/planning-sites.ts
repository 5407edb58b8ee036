import {
  type CoverageScene,
  manyToMany,
  type Places,
  type PlannedService,
  type PlanningSite,
  type Requirement,
  type SiteOption,
} from "@qingdan/reach";
import type { Words } from "../../problem.ts";
import type { CheckedFacility } from "./check-register.ts";
import { nameOf } from "./directory.ts";
import type { PlacesMap } from "./places-map.ts";
import type { PlanningBody } from "./planning-model.ts";
import { pointsOf } from "./present.ts";

/** A kind of place that is planned, with the requirement that it answers. */
export interface Wanted {
  readonly requirement: Requirement;
  readonly service: PlannedService;
  /** Floor of a new place. */
  readonly floorM2: number;
}

/** A site of the plan where it stands. */
export interface MixSite {
  readonly site: PlanningSite;
  readonly name: Words;
  readonly town: string;
  readonly lon: number;
  readonly lat: number;
}

export interface MixGround {
  readonly map: PlacesMap;
  readonly scene: CoverageScene;
  readonly facilities: readonly CheckedFacility[];
  readonly request: PlanningBody;
  readonly towns: ReadonlySet<string>;
  /** Positions of the blocks in the map that the plan is for. */
  readonly blocks: readonly number[];
  readonly wanted: readonly Wanted[];
}

/** What stands there today: places of the wanted kinds in the area, and those outside it that blocks of it can walk to. */
export function sitesOfToday(ground: MixGround): readonly MixSite[] {
  const { facilities, wanted, towns } = ground;
  const own = facilities.filter(({ kind, state }) => state === "open" && wanted.some((one) => one.service.id === kind));
  const metres = walked(ground, own);
  const farthest = Math.max(...wanted.map(({ service }) => service.withinMetres));
  return own
    .filter(({ town }, j) => towns.has(town) || ground.blocks.some((_, i) => metres[i * own.length + j]! <= farthest))
    .map((facility) => {
      const { lon, lat, town } = facility;
      return { site: siteOfToday(ground, facility), name: nameOf(facility), town, lon, lat };
    });
}

function siteOfToday({ request, wanted, towns }: MixGround, facility: CheckedFacility): PlanningSite {
  const { code, kind, town, floor_m2: floor } = facility;
  const { requirement, floorM2: more } = wanted.find(({ service }) => service.id === kind)!;
  const { leastM2 = 0 } = requirement;
  const counts = floor === null || floor >= leastM2;
  const { costs, m2PerThousand, mayClose } = request;
  const yearly = (floorM2: number) => Math.round(floorM2 * costs.yearlyFenPerM2);
  const now = {
    functions: counts ? [{ service: kind, ...(floor === null ? {} : { floorM2: floor }) }] : [],
    ...(floor === null ? {} : { yearlyFen: yearly(floor) }),
  };
  // Places outside the area are somebody else's to change; what nobody knows the size of cannot be priced.
  if (!towns.has(town) || floor === null) return { id: code, now, options: [] };
  const wide = counts ? floor + more : leastM2;
  const extend: SiteOption = {
    id: "extend",
    deed: "extend",
    functions: [{ service: kind, floorM2: wide }],
    costFen: Math.round((wide - floor) * costs.extendFenPerM2),
    yearlyFen: yearly(wide),
    addsFloorM2: wide - floor,
  };
  const close: SiteOption = { id: "close", deed: "close", functions: [], costFen: 0 };
  // Where floor fills no place, more of it helps only those that are too small to count.
  const helps = !counts || m2PerThousand !== null;
  return { id: code, now, options: [...(helps ? [extend] : []), ...(mayClose ? [close] : [])] };
}

/** Vacant public premises of the area: what of the wanted kinds fits in, alone or together. */
export function vacantSites({ facilities, wanted, towns, request }: MixGround): {
  readonly sites: readonly MixSite[];
  readonly floorUnknown: number;
} {
  const { together } = request;
  const vacant = facilities.filter(({ state, town }) => state === "vacant" && towns.has(town));
  const sites = vacant.flatMap((facility): MixSite[] => {
    const { code, lon, lat, town, floor_m2: floor } = facility;
    if (floor === null) return [];
    const options = packages(wanted, together)
      .filter((some) => floorOf(some, together) <= floor)
      .map((some) => optionOf("convert", some, request));
    return options.length === 0 ? [] : [{ site: { id: code, options }, name: nameOf(facility), town, lon, lat }];
  });
  return { sites, floorUnknown: vacant.filter(({ floor_m2 }) => floor_m2 === null).length };
}

/** Blocks in which most people lack one of the kinds within reach today; a new building there may hold them alone or together. */
export function freshSites(
  ground: MixGround,
  lacks: (k: number, i: number) => number,
): { readonly sites: readonly MixSite[]; readonly of: number } {
  const { map, blocks, wanted, request } = ground;
  const places = blocks.map((i) => map.blocks[i]!);
  const metres = walked(ground, places);
  const need = places.map((_, j) =>
    wanted.reduce((sum, { service }, k) => {
      const near = (i: number) => metres[i * places.length + j]! <= service.withinMetres;
      return sum + blocks.reduce((people, _, i) => people + (near(i) ? lacks(k, i) : 0), 0);
    }, 0),
  );
  const order = [...places.keys()].filter((j) => need[j]! > 0).sort((a, b) => need[b]! - need[a]! || a - b);
  const sites = order.slice(0, request.newSites).map((j): MixSite => {
    const { code, street, lon, lat } = places[j]!;
    const options = packages(wanted, request.together).map((some) => optionOf("build", some, request));
    const name = map.blockNames.get(code) ?? { zh: code, en: code };
    return { site: { id: `new:${code}`, options }, name, town: street, lon, lat };
  });
  return { sites, of: order.length };
}

/** Metres from every block of the plan to every place, at `[block * places + place]`. */
export function walked(
  { scene, blocks }: Pick<MixGround, "scene" | "blocks">,
  places: readonly { readonly lon: number; readonly lat: number }[],
): Float64Array {
  const { graph, snapper, snapMetres, places: homes } = scene.ground;
  const from: Places = {
    count: blocks.length,
    chain: Int32Array.from(blocks, (i) => homes.chain[i]!),
    offset: Float64Array.from(blocks, (i) => homes.offset[i]!),
    connector: Float64Array.from(blocks, (i) => homes.connector[i]!),
  };
  if (places.length === 0) return new Float64Array();
  return manyToMany(graph, from, snapper.snap(pointsOf(places), snapMetres).places).metres;
}

/** Metres between all places, at `[a * places + b]`. */
export function walkedBetween(
  { scene }: Pick<MixGround, "scene">,
  places: readonly { readonly lon: number; readonly lat: number }[],
): Float64Array {
  const { graph, snapper, snapMetres } = scene.ground;
  const { places: all } = snapper.snap(pointsOf(places), snapMetres);
  return manyToMany(graph, all, all).metres;
}

/** Kinds that may stand under one roof: each alone and all of them; where they must be together, every set that the rule allows. */
function packages(wanted: readonly Wanted[], together: PlanningBody["together"]): readonly (readonly Wanted[])[] {
  const alone = wanted.map((one) => [one]);
  if (!together) return wanted.length > 1 ? [...alone, wanted] : alone;
  const sets = Array.from({ length: 2 ** wanted.length }, (_, n) => wanted.filter((_, k) => (n >> k) & 1));
  return sets.filter((some) => {
    const core = some.filter(({ service }) => together.core.includes(service.id));
    return some.length >= together.atLeast && core.length >= together.coreAtLeast;
  });
}

/** Floor of a building for some kinds. */
function floorOf(some: readonly Wanted[], together: PlanningBody["together"]): number {
  const floor = some.reduce((sum, { floorM2 }) => sum + floorM2, 0);
  return Math.max(floor, together?.floorM2 ?? 0);
}

function optionOf(deed: "convert" | "build", some: readonly Wanted[], { costs, together }: PlanningBody): SiteOption {
  const floor = floorOf(some, together);
  const once = deed === "build" ? costs.buildFenPerM2 : costs.convertFenPerM2;
  return {
    id: [deed, ...some.map(({ service }) => service.id)].join(":"),
    deed,
    functions: some.map(({ service, floorM2 }) => ({ service: service.id, floorM2 })),
    costFen: Math.round(floor * once),
    yearlyFen: Math.round(floor * costs.yearlyFenPerM2),
    floorM2: floor,
    ...(together ? { together } : {}),
    // Converted premises stood before.
    addsFloorM2: deed === "build" ? floor : 0,
  };
}
