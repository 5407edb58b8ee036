import type { Points } from "../roads/datum.ts";
import type { WalkNetwork } from "../roads/walk-network.ts";
import { nearestPlaces } from "../travel/nearest-places.ts";
import { minutesFor, type PersonGroup } from "../travel/person-group.ts";
import { routeGraph } from "../travel/route-graph.ts";
import { type SnapReport, snapper } from "../travel/snap.ts";

/** Facilities by kind, in WGS 84. */
export type Facilities = ReadonlyMap<string, Points>;

export interface NearestOptions {
  readonly group: PersonGroup;
  readonly k?: number;
  /** Points farther than this from a street, or behind a barrier, are reported and not used. */
  readonly snapMetres?: number;
}

export interface NearestFacilities {
  /** For each kind: metres, minutes and number of the k nearest facilities of each origin, at `[origin * k + n]`. */
  readonly kinds: ReadonlyMap<
    string,
    { readonly metres: Float64Array; readonly minutes: Float64Array; readonly facility: Int32Array }
  >;
  /** NaN metres stand for an origin that is not on the network. */
  readonly origins: SnapReport;
  readonly facilities: ReadonlyMap<string, SnapReport>;
}

/** The nearest k facilities of every kind for each origin, in one pass a kind. */
export function nearestFacilities(
  network: WalkNetwork,
  origins: Points,
  facilities: Facilities,
  options: NearestOptions,
): NearestFacilities {
  const { group, k = 1, snapMetres = 200 } = options;
  const graph = routeGraph(network, group);
  const { snap } = snapper(graph);
  const from = snap(origins, snapMetres);
  const to = [...facilities].map(([kind, points]) => ({ kind, ...snap(points, snapMetres) }));
  const nearest = nearestPlaces(
    graph,
    from.places,
    to.map(({ places }) => places),
    k,
  );
  const kinds = to.map(({ kind }, n) => {
    const { metres, place } = nearest[n]!;
    const known = metres.map((value, at) => (from.places.chain[Math.floor(at / k)] === -1 ? Number.NaN : value));
    return [kind, { metres: known, minutes: known.map((value) => minutesFor(group, value)), facility: place }] as const;
  });
  return {
    kinds: new Map(kinds),
    origins: from.report,
    facilities: new Map(to.map(({ kind, report }) => [kind, report])),
  };
}
