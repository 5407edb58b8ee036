import { accessBfca } from "../access/balanced-catchments.ts";
import { cumulativeAccess } from "../access/cumulative.ts";
import { accessE2sfca } from "../access/enhanced-two-step.ts";
import { accessM2sfca } from "../access/modified-two-step.ts";
import { nearestCost } from "../access/nearest-cost.ts";
import { rationalAgentCost } from "../access/rational-agents.ts";
import type { Decay, Market } from "../access/reach-table.ts";
import { spatialAvailability } from "../access/spatial-availability.ts";
import { access3sfca } from "../access/three-step.ts";
import { access2sfca } from "../access/two-step.ts";
import { ReachRefusal } from "../refusal.ts";
import type { Points } from "../roads/datum.ts";
import type { WalkNetwork } from "../roads/walk-network.ts";
import { manyToManyWithin } from "../travel/many-to-many.ts";
import { metresWithin, minutesFor, type PersonGroup } from "../travel/person-group.ts";
import { routeGraph } from "../travel/route-graph.ts";
import { type SnapReport, snapper } from "../travel/snap.ts";

export type AccessMeasure =
  | "nearest"
  | "cumulative"
  | "2sfca"
  | "e2sfca"
  | "m2sfca"
  | "3sfca"
  | "bfca"
  | "availability"
  | "raam";

export interface AccessOptions {
  readonly measure: AccessMeasure;
  readonly group: PersonGroup;
  /** Sites farther than this many walking minutes do not count. */
  readonly minutes: number;
  /** Weight by walking minutes; everything within the limit counts the same unless given. */
  readonly decay?: Decay;
  /** For `nearest`: which of the nearest sites, 1 unless given; the second tells who has a choice. */
  readonly rank?: number;
  /** For `raam`: minutes that people accept as much as crowding of the mean. */
  readonly tau?: number;
  readonly snapMetres?: number;
}

export interface AccessScores {
  /** One score an origin, in the order given; for `nearest` and `raam` less is better. */
  readonly scores: Float64Array;
  readonly pairs: number;
  readonly origins: SnapReport;
  readonly sites: SnapReport;
}

/** A measure of access for origins with demand, to sites with supply, on walking minutes of a group. */
export function accessScores(
  network: WalkNetwork,
  origins: Points & { readonly demand: Float64Array },
  sites: Points & { readonly supply: Float64Array },
  options: AccessOptions,
): AccessScores {
  const { group, minutes, snapMetres = 200 } = options;
  amounts("demand", origins.demand);
  amounts("supply", sites.supply);
  const graph = routeGraph(network, group);
  const { snap } = snapper(graph);
  const from = snap(origins, snapMetres);
  const to = snap(sites, snapMetres);
  const near = manyToManyWithin(graph, from.places, to.places, metresWithin(group, minutes));
  const table = {
    origins: near.rows,
    sites: near.columns,
    first: near.first,
    site: near.column,
    cost: near.metres.map((metres) => minutesFor(group, metres)),
  };
  const scores = scoresOf({ table, demand: origins.demand, supply: sites.supply }, options);
  return { scores, pairs: table.cost.length, origins: from.report, sites: to.report };
}

/** Refuses what is less than nobody or nothing: it would take from others in silence. */
function amounts(name: "demand" | "supply", values: Float64Array): void {
  const bad = values.findIndex((value) => !(value >= 0 && value < Infinity));
  if (bad >= 0)
    throw new ReachRefusal("reach.weight", `${name} ${bad + 1}`, `${values[bad]} is no amount; expected 0 or more`);
}

/** A measure of access on a table of costs that is already known. */
export function scoresOf(
  market: Market,
  { measure, minutes, decay = () => 1, rank = 1, tau = 60 }: Omit<AccessOptions, "group" | "snapMetres">,
): Float64Array {
  switch (measure) {
    case "nearest":
      return nearestCost(market.table, rank);
    case "cumulative":
      return cumulativeAccess(market.table, market.supply, decay);
    case "2sfca":
      return access2sfca(market, minutes);
    case "e2sfca":
      return accessE2sfca(market, decay);
    case "m2sfca":
      return accessM2sfca(market, decay);
    case "3sfca":
      return access3sfca(market, decay);
    case "bfca":
      return accessBfca(market, decay);
    case "availability":
      return spatialAvailability(market, decay);
    case "raam":
      return rationalAgentCost(market, { tau });
  }
}
