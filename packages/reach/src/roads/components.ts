import type { WalkNetwork } from "./walk-network.ts";

/** A part of the network from which no other part can be walked to. */
export interface Component {
  readonly nodes: number;
  readonly metres: number;
  /** A place in it, to find it on a map. */
  readonly lon: number;
  readonly lat: number;
}

export interface Components {
  /** Component of each node; 0 is the one with most metres. */
  readonly of: Int32Array;
  /** By metres, largest first. */
  readonly list: readonly Component[];
  /** Share of all metres that lie in the largest component. */
  readonly largestShare: number;
}

/** Which parts of the network hang together, and what is cut off. */
export function components({ lon, lat, edges }: WalkNetwork): Components {
  const root = Int32Array.from(lon, (_, i) => i);
  const find = (node: number) => {
    while (root[node] !== node) {
      root[node] = root[root[node]!]!;
      node = root[node]!;
    }
    return node;
  };
  for (let e = 0; e < edges.from.length; e++) root[find(edges.from[e]!)] = find(edges.to[e]!);
  const metres = new Map<number, number>();
  const nodes = new Map<number, number>();
  let total = 0;
  for (let node = 0; node < lon.length; node++) nodes.set(find(node), (nodes.get(find(node)) ?? 0) + 1);
  for (let e = 0; e < edges.from.length; e++) {
    const at = find(edges.from[e]!);
    metres.set(at, (metres.get(at) ?? 0) + edges.length[e]!);
    total += edges.length[e]!;
  }
  const roots = [...nodes.keys()].sort((a, b) => (metres.get(b) ?? 0) - (metres.get(a) ?? 0) || a - b);
  const rank = new Map(roots.map((at, i) => [at, i]));
  const list = roots.map((at) => ({
    nodes: nodes.get(at)!,
    metres: metres.get(at) ?? 0,
    lon: lon[at]!,
    lat: lat[at]!,
  }));
  return {
    of: root.map((_, node) => rank.get(find(node))!),
    list,
    largestShare: total === 0 ? 0 : list[0]!.metres / total,
  };
}
