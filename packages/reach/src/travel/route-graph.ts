import type { WalkNetwork } from "../roads/walk-network.ts";

/**
 * A network made small for searching: junctions, and chains of edges between them. Nodes at which exactly two edges meet lie
 * inside a chain; four of five nodes of a city do.
 */
export interface RouteGraph {
  readonly network: WalkNetwork;
  readonly junctions: number;
  /** Chains that leave junction j are `arcChain[arcFirst[j] .. arcFirst[j + 1])`, towards `arcHead`, over `arcMetres`. */
  readonly arcFirst: Int32Array;
  readonly arcHead: Int32Array;
  readonly arcMetres: Float64Array;
  readonly arcChain: Int32Array;
  readonly chains: Chains;
  /** Junction of each node, or -1 inside a chain or where the group cannot walk. */
  readonly junctionOf: Int32Array;
  /** Chain of a node inside one, else -1, and its metres from the chain's start. */
  readonly chainOf: Int32Array;
  readonly offsetOf: Float64Array;
  /** Chain of each edge (-1 where the group cannot walk), its `from` end's metres from the chain's start, and its direction along it. */
  readonly edgeChain: Int32Array;
  readonly edgeOffset: Float64Array;
  readonly edgeForward: Int8Array;
}

/** Column store of chains; nodes inside chain c are `node[first[c] .. first[c + 1])`, at ascending `offset` metres. */
export interface Chains {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly metres: Float64Array;
  readonly first: Int32Array;
  readonly node: Int32Array;
  readonly offset: Float64Array;
}

/** Contracts a network for people who may, or may not, use stairs. */
export function routeGraph(network: WalkNetwork, { stairs }: { readonly stairs: boolean }): RouteGraph {
  const { from, to, length } = network.edges;
  const nodes = network.lon.length;
  const open = network.edges.stairs.map((is) => (is === 1 && !stairs ? 0 : 1));
  const { first, edge } = incidence(network, open);
  const junctionOf = new Int32Array(nodes).fill(-1);
  let junctions = 0;
  for (let v = 0; v < nodes; v++) {
    const degree = first[v + 1]! - first[v]!;
    if (degree > 0 && degree !== 2) junctionOf[v] = junctions++;
  }
  const chainOf = new Int32Array(nodes).fill(-1);
  const offsetOf = new Float64Array(nodes);
  const edgeChain = new Int32Array(from.length).fill(-1);
  const edgeOffset = new Float64Array(from.length);
  const edgeForward = new Int8Array(from.length);
  const draft = {
    from: [] as number[],
    to: [] as number[],
    metres: [] as number[],
    first: [0],
    node: [] as number[],
    offset: [] as number[],
  };
  const follow = (start: number, startEdge: number) => {
    let at = start;
    let next = startEdge;
    let metres = 0;
    for (;;) {
      const forward = from[next] === at;
      edgeChain[next] = draft.from.length;
      edgeForward[next] = forward ? 1 : -1;
      edgeOffset[next] = forward ? metres : metres + length[next]!;
      metres += length[next]!;
      at = forward ? to[next]! : from[next]!;
      if (junctionOf[at] !== -1) break;
      chainOf[at] = draft.from.length;
      offsetOf[at] = metres;
      draft.node.push(at);
      draft.offset.push(metres);
      const one = edge[first[at]!]!;
      next = one === next ? edge[first[at]! + 1]! : one;
    }
    draft.from.push(junctionOf[start]!);
    draft.to.push(junctionOf[at]!);
    draft.metres.push(metres);
    draft.first.push(draft.node.length);
  };
  const followAll = (v: number) => {
    for (let i = first[v]!; i < first[v + 1]!; i++) if (edgeChain[edge[i]!] === -1) follow(v, edge[i]!);
  };
  for (let v = 0; v < nodes; v++) if (junctionOf[v] !== -1) followAll(v);
  for (let v = 0; v < nodes; v++) {
    // What is left are rings without a junction: one of their nodes becomes one.
    if (first[v + 1]! > first[v]! && junctionOf[v] === -1 && chainOf[v] === -1) {
      junctionOf[v] = junctions++;
      followAll(v);
    }
  }
  const chains: Chains = {
    from: Int32Array.from(draft.from),
    to: Int32Array.from(draft.to),
    metres: Float64Array.from(draft.metres),
    first: Int32Array.from(draft.first),
    node: Int32Array.from(draft.node),
    offset: Float64Array.from(draft.offset),
  };
  return {
    network,
    junctions,
    ...arcs(chains, junctions),
    chains,
    junctionOf,
    chainOf,
    offsetOf,
    edgeChain,
    edgeOffset,
    edgeForward,
  };
}

function incidence(
  { lon, edges: { from, to } }: WalkNetwork,
  open: Uint8Array,
): { first: Int32Array; edge: Int32Array } {
  const first = new Int32Array(lon.length + 1);
  for (let e = 0; e < from.length; e++) {
    if (open[e] === 0) continue;
    first[from[e]! + 1]! += 1;
    first[to[e]! + 1]! += 1;
  }
  for (let v = 0; v < lon.length; v++) first[v + 1]! += first[v]!;
  const edge = new Int32Array(first.at(-1)!);
  const fill = first.slice(0, -1);
  for (let e = 0; e < from.length; e++) {
    if (open[e] === 0) continue;
    edge[fill[from[e]!]!++] = e;
    edge[fill[to[e]!]!++] = e;
  }
  return { first, edge };
}

/** Chains as arcs both ways. A ring leaves its junction twice. */
function arcs({ from, to, metres }: Chains, junctions: number) {
  const arcFirst = new Int32Array(junctions + 1);
  for (let c = 0; c < from.length; c++) {
    arcFirst[from[c]! + 1]! += 1;
    arcFirst[to[c]! + 1]! += 1;
  }
  for (let j = 0; j < junctions; j++) arcFirst[j + 1]! += arcFirst[j]!;
  const arcHead = new Int32Array(arcFirst.at(-1)!);
  const arcMetres = new Float64Array(arcHead.length);
  const arcChain = new Int32Array(arcHead.length);
  const fill = arcFirst.slice(0, -1);
  const put = (tail: number, head: number, chain: number) => {
    const at = fill[tail]!++;
    arcHead[at] = head;
    arcMetres[at] = metres[chain]!;
    arcChain[at] = chain;
  };
  for (let c = 0; c < from.length; c++) {
    put(from[c]!, to[c]!, c);
    put(to[c]!, from[c]!, c);
  }
  return { arcFirst, arcHead, arcMetres, arcChain };
}
