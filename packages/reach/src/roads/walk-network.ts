import { metresBetween } from "./metres.ts";
import type { Roads } from "./roads.ts";

/** Streets that people walk on, as nodes and undirected edges; every vertex of a road is a node. */
export interface WalkNetwork {
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  readonly edges: WalkEdges;
  /** Straight pieces of motorways, railways and rivers that nobody crosses outside a bridge or underpass. */
  readonly barriers: readonly Segment[];
}

/** Column store of edges; `length` in metres, `stairs` 1 where there are steps. */
export interface WalkEdges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly length: Float64Array;
  readonly stairs: Uint8Array;
}

/** A straight piece in degrees. */
export interface Segment {
  readonly lon1: number;
  readonly lat1: number;
  readonly lon2: number;
  readonly lat2: number;
}

/** Takes the walkable lines of roads as a network; nodes are numbered in order of their first use. */
export function walkNetwork(roads: Roads): WalkNetwork {
  const node = new Int32Array(roads.lon.length).fill(-1);
  const points: number[] = [];
  const from: number[] = [];
  const to: number[] = [];
  const length: number[] = [];
  const stairs: number[] = [];
  const barriers: Segment[] = [];
  const nodeOf = (point: number) => {
    if (node[point] === -1) node[point] = points.push(point) - 1;
    return node[point]!;
  };
  for (const line of roads.lines) {
    for (let i = 1; i < line.points.length; i++) {
      const a = line.points[i - 1]!;
      const b = line.points[i]!;
      if (a === b) continue;
      if (line.kind === "barrier") {
        if (line.level === 0)
          barriers.push({ lon1: roads.lon[a]!, lat1: roads.lat[a]!, lon2: roads.lon[b]!, lat2: roads.lat[b]! });
        continue;
      }
      from.push(nodeOf(a));
      to.push(nodeOf(b));
      length.push(line.length ?? metresBetween(roads.lon[a]!, roads.lat[a]!, roads.lon[b]!, roads.lat[b]!));
      stairs.push(line.kind === "stairs" ? 1 : 0);
    }
  }
  return {
    lon: Float64Array.from(points, (point) => roads.lon[point]!),
    lat: Float64Array.from(points, (point) => roads.lat[point]!),
    edges: {
      from: Int32Array.from(from),
      to: Int32Array.from(to),
      length: Float64Array.from(length),
      stairs: Uint8Array.from(stairs),
    },
    barriers,
  };
}
