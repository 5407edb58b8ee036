import type { Places } from "./places.ts";
import type { RouteGraph } from "./route-graph.ts";
import { createSearch, type Search } from "./search.ts";

/** Nodes of the network within a walk of one place. */
export interface Catchment {
  readonly node: Int32Array;
  readonly metres: Float64Array;
}

/** All nodes within `limitMetres` of a place, with their distance. */
export function catchment(graph: RouteGraph, places: Places, place: number, limitMetres: number): Catchment {
  const search = createSearch(graph);
  search.run(places, place, limitMetres);
  const node: number[] = [];
  const metres: number[] = [];
  const add = (v: number, far: number) => {
    if (far > limitMetres) return;
    node.push(v);
    metres.push(far);
  };
  const nodeOfJunction = new Int32Array(graph.junctions);
  graph.junctionOf.forEach((junction, v) => {
    if (junction !== -1) nodeOfJunction[junction] = v;
  });
  for (let r = 0; r < search.count; r++) add(nodeOfJunction[search.reached[r]!]!, search.metres[search.reached[r]!]!);
  const { chains } = graph;
  const own = places.chain[place]!;
  for (const chain of touchedChains(search, own)) {
    const fromStart = search.metres[chains.from[chain]!]!;
    const fromEnd = search.metres[chains.to[chain]!]!;
    for (let i = chains.first[chain]!; i < chains.first[chain + 1]!; i++) {
      const offset = chains.offset[i]!;
      const direct = chain === own ? places.connector[place]! + Math.abs(offset - places.offset[place]!) : Infinity;
      add(chains.node[i]!, Math.min(fromStart + offset, fromEnd + chains.metres[chain]! - offset, direct));
    }
  }
  return { node: Int32Array.from(node), metres: Float64Array.from(metres) };
}

function touchedChains({ graph, reached, count }: Search, own: number): Set<number> {
  const chains = new Set<number>(own === -1 ? [] : [own]);
  for (let r = 0; r < count; r++) {
    for (let a = graph.arcFirst[reached[r]!]!; a < graph.arcFirst[reached[r]! + 1]!; a++)
      chains.add(graph.arcChain[a]!);
  }
  return chains;
}

/**
 * For every place, the sum of a weight of nodes (people, say) within a walk of it. Weights are summed along chains beforehand,
 * so that a search looks at junctions only.
 */
export function catchmentSums(
  graph: RouteGraph,
  places: Places,
  weight: Float64Array,
  limitMetres: number,
): Float64Array {
  const { chains } = graph;
  const search = createSearch(graph);
  const { first: innerFirst, chain: innerChain } = chainsWithNodes(graph);
  const junctionWeight = new Float64Array(graph.junctions);
  graph.junctionOf.forEach((junction, v) => {
    if (junction !== -1) junctionWeight[junction] = weight[v]!;
  });
  const before = new Float64Array(chains.node.length + 1);
  for (let i = 0; i < chains.node.length; i++) before[i + 1] = before[i]! + weight[chains.node[i]!]!;
  const { from, to, metres: chainMetres, first: chainFirst } = chains;
  const seen = new Int32Array(chains.from.length).fill(-1);
  const sums = new Float64Array(places.count);

  /** Nodes of a chain in `[low, high)` whose offset is at most `offset`: the position after the last of them. */
  function upTo(low: number, high: number, offset: number): number {
    while (low < high) {
      const middle = (low + high) >> 1;
      if (chains.offset[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  /** The nodes reached from the chain's ends are its first and its last ones. */
  function chainSum(chain: number): number {
    const low = chainFirst[chain]!;
    const high = chainFirst[chain + 1]!;
    const left = limitMetres - search.metres[from[chain]!]!;
    const right = limitMetres - search.metres[to[chain]!]!;
    if (left + right >= chainMetres[chain]!) return before[high]! - before[low]!;
    const head = left < 0 ? low : upTo(low, high, left);
    const tail = right < 0 ? high : firstFrom(head, high, chains.metres[chain]! - right);
    return before[head]! - before[low]! + before[high]! - before[tail]!;
  }
  function firstFrom(low: number, high: number, offset: number): number {
    while (low < high) {
      const middle = (low + high) >> 1;
      if (chains.offset[middle]! < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  /** On its own chain a place also reaches what lies along the chain without passing an end. */
  function ownChainSum(place: number, chain: number): number {
    const fromStart = search.metres[chains.from[chain]!]!;
    const fromEnd = search.metres[chains.to[chain]!]!;
    let sum = 0;
    for (let i = chains.first[chain]!; i < chains.first[chain + 1]!; i++) {
      const offset = chains.offset[i]!;
      const direct = places.connector[place]! + Math.abs(offset - places.offset[place]!);
      if (Math.min(direct, fromStart + offset, fromEnd + chains.metres[chain]! - offset) <= limitMetres)
        sum += weight[chains.node[i]!]!;
    }
    return sum;
  }
  for (let place = 0; place < places.count; place++) {
    const own = places.chain[place]!;
    if (own === -1) continue;
    search.run(places, place, limitMetres);
    seen[own] = place;
    let sum = ownChainSum(place, own);
    for (let r = 0; r < search.count; r++) {
      const junction = search.reached[r]!;
      sum += junctionWeight[junction]!;
      for (let a = innerFirst[junction]!, last = innerFirst[junction + 1]!; a < last; a++) {
        const chain = innerChain[a]!;
        if (seen[chain] === place) continue;
        seen[chain] = place;
        sum += chainSum(chain);
      }
    }
    sums[place] = sum;
  }
  return sums;
}

/** Chains with nodes inside them, by the junctions at their ends. */
function chainsWithNodes({ arcFirst, arcChain, chains, junctions }: RouteGraph) {
  const first = new Int32Array(junctions + 1);
  const chain = new Int32Array(arcChain.length);
  let at = 0;
  for (let junction = 0; junction < junctions; junction++) {
    for (let a = arcFirst[junction]!; a < arcFirst[junction + 1]!; a++) {
      const c = arcChain[a]!;
      if (chains.first[c]! < chains.first[c + 1]!) chain[at++] = c;
    }
    first[junction + 1] = at;
  }
  return { first, chain };
}
