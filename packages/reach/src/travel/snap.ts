import Flatbush from "flatbush";
import type { Points } from "../roads/datum.ts";
import { crosses, nearestOnSegment, type PlanePiece, planeOf } from "../roads/metres.ts";
import type { Places } from "./places.ts";
import type { RouteGraph } from "./route-graph.ts";

export interface SnapReport {
  readonly points: number;
  readonly snapped: number;
  readonly medianMetres: number;
  readonly longestMetres: number;
  /** Points that were not put onto the network, in order. */
  readonly unsnapped: readonly Unsnapped[];
}

export interface Unsnapped {
  readonly point: number;
  /** No street within the limit, or only streets behind a motorway, railway or river. */
  readonly why: "too-far" | "behind-barrier";
  /** Metres to the nearest street, where one lies within ten times the limit. */
  readonly metres: number | undefined;
}

/** Puts points onto the network, always the same way; build it once and use it for all kinds of points. */
export interface Snapper {
  snap(points: Points, limitMetres: number): { readonly places: Places; readonly report: SnapReport };
}

interface Hit {
  readonly edge: number;
  readonly share: number;
  readonly squared: number;
}

export function snapper(graph: RouteGraph): Snapper {
  const { network, edgeChain } = graph;
  const plane = planeOf(network.lat);
  const x = network.lon.map((lon) => lon * plane.metresPerLon);
  const y = network.lat.map((lat) => lat * plane.metresPerLat);
  const { from, to, length } = network.edges;
  const open: number[] = [];
  for (let e = 0; e < from.length; e++) if (edgeChain[e] !== -1) open.push(e);
  const streets = boxes(open.length, (i) => pieceOf(open[i]!));
  const walls = network.barriers.map(({ lon1, lat1, lon2, lat2 }) => ({
    ax: lon1 * plane.metresPerLon,
    ay: lat1 * plane.metresPerLat,
    bx: lon2 * plane.metresPerLon,
    by: lat2 * plane.metresPerLat,
  }));
  const wallIndex = boxes(walls.length, (i) => walls[i]!);

  function pieceOf(edge: number) {
    const a = from[edge]!;
    const b = to[edge]!;
    return { ax: x[a]!, ay: y[a]!, bx: x[b]!, by: y[b]! };
  }
  /** Streets within `reach` metres, nearest first. */
  function near(px: number, py: number, reach: number): Hit[] {
    const hits: Hit[] = [];
    for (const i of streets?.search(px - reach, py - reach, px + reach, py + reach) ?? []) {
      const hit = nearestOnSegment(px, py, pieceOf(open[i]!));
      if (hit.squared <= reach * reach) hits.push({ edge: open[i]!, ...hit });
    }
    return hits.sort((a, b) => a.squared - b.squared || a.edge - b.edge);
  }
  function crossesWall(px: number, py: number, { edge, share }: Hit): boolean {
    const { ax, ay, bx, by } = pieceOf(edge);
    const qx = ax + share * (bx - ax);
    const qy = ay + share * (by - ay);
    const found = wallIndex?.search(Math.min(px, qx), Math.min(py, qy), Math.max(px, qx), Math.max(py, qy)) ?? [];
    return found.some((i) => crosses({ ax: px, ay: py, bx: qx, by: qy }, walls[i]!));
  }
  /** The nearest street that is not behind a wall, looked for in growing circles. */
  function find(px: number, py: number, limit: number): Hit | Omit<Unsnapped, "point"> {
    let nearest: Hit | undefined;
    for (let reach = Math.min(50, limit); ; reach = Math.min(2 * reach, limit)) {
      for (const hit of near(px, py, reach)) {
        nearest ??= hit;
        if (walls.length === 0 || !crossesWall(px, py, hit)) return hit;
      }
      if (reach === limit) break;
    }
    if (nearest) return { why: "behind-barrier", metres: Math.sqrt(nearest.squared) };
    const far = near(px, py, 10 * limit)[0];
    return { why: "too-far", metres: far && Math.sqrt(far.squared) };
  }
  return {
    snap(points, limitMetres) {
      const count = points.lon.length;
      const places = {
        count,
        chain: new Int32Array(count).fill(-1),
        offset: new Float64Array(count),
        connector: new Float64Array(count),
      };
      const unsnapped: Unsnapped[] = [];
      for (let i = 0; i < count; i++) {
        const found = find(points.lon[i]! * plane.metresPerLon, points.lat[i]! * plane.metresPerLat, limitMetres);
        if ("why" in found) {
          unsnapped.push({ point: i, ...found });
          continue;
        }
        const { edge, share, squared } = found;
        places.chain[i] = edgeChain[edge]!;
        places.offset[i] = graph.edgeOffset[edge]! + graph.edgeForward[edge]! * share * length[edge]!;
        places.connector[i] = Math.sqrt(squared);
      }
      const off = places.connector.filter((_, i) => places.chain[i] !== -1).sort();
      return {
        places,
        report: {
          points: count,
          snapped: off.length,
          medianMetres: off[Math.floor(off.length / 2)] ?? Number.NaN,
          longestMetres: off.at(-1) ?? Number.NaN,
          unsnapped,
        },
      };
    },
  };
}

function boxes(count: number, piece: (i: number) => PlanePiece): Flatbush | undefined {
  if (count === 0) return undefined;
  const index = new Flatbush(count);
  for (let i = 0; i < count; i++) {
    const { ax, ay, bx, by } = piece(i);
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  }
  index.finish();
  return index;
}

/** Puts every node of the network onto the graph, where the group can walk. */
export function nodePlaces({ network, junctionOf, chainOf, offsetOf, arcFirst, arcChain, chains }: RouteGraph): Places {
  const count = network.lon.length;
  const places = {
    count,
    chain: new Int32Array(count).fill(-1),
    offset: new Float64Array(count),
    connector: new Float64Array(count),
  };
  for (let v = 0; v < count; v++) {
    const junction = junctionOf[v]!;
    if (junction !== -1) {
      const chain = arcChain[arcFirst[junction]!]!;
      places.chain[v] = chain;
      places.offset[v] = chains.from[chain] === junction ? 0 : chains.metres[chain]!;
    } else if (chainOf[v] !== -1) {
      places.chain[v] = chainOf[v]!;
      places.offset[v] = offsetOf[v]!;
    }
  }
  return places;
}
