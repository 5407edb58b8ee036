import { ReachRefusal } from "../refusal.ts";
import type { Points } from "../roads/datum.ts";
import type { WalkNetwork } from "../roads/walk-network.ts";
import { placesByChain } from "../travel/many-to-many.ts";
import {
  changeField,
  emptyField,
  type NearestField,
  nearestInField,
  type Spot,
  spotOf,
} from "../travel/nearest-field.ts";
import type { Places } from "../travel/places.ts";
import { type RouteGraph, routeGraph } from "../travel/route-graph.ts";
import { type Snapper, type SnapReport, snapper, type Unsnapped } from "../travel/snap.ts";
import { judgeCells } from "./cells.ts";
import { coverageIndex } from "./coverage-index.ts";
import type { Block } from "./judge.ts";
import { type JudgedCity, layerOf, totalsOf } from "./judged-city.ts";
import type { LayoutStandard, Requirement } from "./standard.ts";

export interface BlockOnMap extends Block {
  readonly lon: number;
  readonly lat: number;
}

/** A place of a service, in WGS 84. */
export interface SiteOnMap {
  readonly id: string;
  readonly service: string;
  readonly lon: number;
  readonly lat: number;
  /** Floor (of open-air places: land) in m2. A place of unknown size counts; one below a requirement's least size does not. */
  readonly floorM2?: number;
}

/** A city under one standard, with all that is needed to say quickly what one site more, moved or less would change. */
export interface CoverageScene extends JudgedCity {
  readonly ground: Ground;
  readonly sites: ReadonlyMap<string, SiteOnMap>;
  /** Services of which places are known; a service that loses its last place stays here: it is missing, not unknown. */
  readonly services: ReadonlySet<string>;
  readonly layers: ReadonlyMap<string, Layer>;
  readonly unsnapped: {
    readonly blocks: SnapReport;
    readonly sites: readonly (Omit<Unsnapped, "point"> & { readonly site: string })[];
  };
}

/** What edits of sites leave as it is. */
export interface Ground {
  readonly graph: RouteGraph;
  readonly snapper: Snapper;
  readonly snapMetres: number;
  readonly blocks: readonly BlockOnMap[];
  readonly places: Places;
  /** Blocks by the chain that they lie on. */
  readonly byChain: ReturnType<typeof placesByChain>;
}

/** The places that count for requirements of one service and least size. */
export interface Layer {
  readonly field: NearestField;
  /** Slot in the field of each site of the layer that is on the network. */
  readonly slots: ReadonlyMap<string, number>;
  /** Metres from each block to the nearest place: Infinity where none can be reached, NaN where the block is not on the network. */
  readonly metres: Float64Array;
  /** Site nearest to each block, or undefined. */
  readonly nearest: readonly (string | undefined)[];
}

export interface SceneOptions {
  readonly sites: readonly SiteOnMap[];
  /** Services whose directory is complete even if it names no place: nobody has one. Others without a place are unknown. */
  readonly services?: Iterable<string>;
  readonly standard: LayoutStandard;
  /** Points farther than this from a street, or behind a barrier, are reported and not used; 200 unless given. */
  readonly snapMetres?: number;
  /** Ways without stairs only, for everybody. */
  readonly stepFree?: boolean;
}

/** Builds the scene, by one search a layer. */
export function coverageScene(
  network: WalkNetwork,
  blocks: readonly BlockOnMap[],
  { sites, services = [], standard, snapMetres = 200, stepFree = false }: SceneOptions,
): CoverageScene {
  const graph = routeGraph(network, { stairs: !stepFree });
  const snapping = snapper(graph);
  const { places, report } = snapping.snap(pointsOf(blocks), snapMetres);
  const ground = { graph, snapper: snapping, snapMetres, blocks, places, byChain: placesByChain(graph, places) };
  const byId = new Map(sites.map((site) => [site.id, site]));
  if (byId.size !== sites.length) {
    const twice = sites.find((site) => byId.get(site.id) !== site)!;
    throw new ReachRefusal("reach.site-twice", `site ${twice.id}`, "this id stands twice; every site needs its own");
  }
  const snapped = snapping.snap(pointsOf(sites), snapMetres);
  const known = new Set([...services, ...sites.map(({ service }) => service)]);
  const layers = new Map<string, Layer>();
  for (const requirement of standard.requirements) {
    const key = layerOf(requirement);
    if (layers.has(key) || !known.has(requirement.service)) continue;
    const spots = sites.flatMap((site, i) => {
      const spot = countsFor(requirement, site) ? spotOf(snapped.places, i) : undefined;
      return spot ? [{ id: site.id, spot }] : [];
    });
    layers.set(key, fullLayer(ground, spots));
  }
  const cells = judgeCells(standard, blocks, (requirement) => layers.get(layerOf(requirement))?.metres);
  return {
    standard,
    ground,
    sites: byId,
    services: known,
    layers,
    cells,
    index: coverageIndex(standard, totalsOf(cells)),
    unsnapped: {
      blocks: report,
      sites: snapped.report.unsnapped.map(({ point, ...why }) => ({ site: sites[point]!.id, ...why })),
    },
  };
}

export function countsFor({ service, leastM2 = 0 }: Requirement, site: SiteOnMap): boolean {
  return site.service === service && (site.floorM2 === undefined || site.floorM2 >= leastM2);
}

export function pointsOf(places: readonly { readonly lon: number; readonly lat: number }[]): Points {
  return { lon: Float64Array.from(places, ({ lon }) => lon), lat: Float64Array.from(places, ({ lat }) => lat) };
}

/** A layer of the given spots, searched over the whole graph. */
export function fullLayer(ground: Ground, spots: readonly { readonly id: string; readonly spot: Spot }[]): Layer {
  const comes = spots.map(({ spot }) => spot);
  const { field } = changeField(ground.graph, emptyField(ground.graph), { goes: undefined, comes });
  const layer = {
    field,
    slots: new Map(spots.map(({ id }, slot) => [id, slot])),
    metres: new Float64Array(ground.blocks.length).fill(Number.NaN),
    nearest: ground.blocks.map((): string | undefined => undefined),
  };
  remeasure(ground, layer, ground.blocks.keys());
  return layer;
}

/** Finds the nearest place of some blocks anew. */
export function remeasure(
  { graph, places }: Ground,
  layer: Omit<Layer, "nearest"> & { readonly nearest: (string | undefined)[] },
  blocks: Iterable<number>,
): void {
  const { spots } = layer.field;
  const onChain = new Map<number, number[]>();
  spots.forEach((spot, slot) => {
    if (spot) onChain.set(spot.chain, [...(onChain.get(spot.chain) ?? []), slot]);
  });
  const idOf = new Map([...layer.slots].map(([id, slot]) => [slot, id]));
  for (const i of blocks) {
    const from = spotOf(places, i);
    if (!from) continue;
    const found = nearestInField(graph, layer.field, from, onChain.get(from.chain) ?? []);
    layer.metres[i] = found.metres;
    layer.nearest[i] = idOf.get(found.slot);
  }
}
