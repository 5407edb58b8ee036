import type { Places } from "./places.ts";
import type { RouteGraph } from "./route-graph.ts";

/**
 * Shortest distances from one place to junctions, with memory kept from run to run. After `run`, `metres[j]` holds for the
 * junctions `reached[0 .. count)`; all others are farther than the limit.
 */
export interface Search {
  readonly graph: RouteGraph;
  readonly metres: Float64Array;
  readonly reached: Int32Array;
  readonly count: number;
  run(places: Places, place: number, limitMetres: number): void;
}

/** Most buckets of the queue; a network with very long pieces has wider ones. */
const mostBuckets = 1 << 16;

/**
 * Dijkstra's algorithm with a ring of buckets (Dial 1969). A bucket is wider than the shortest piece of a way, so a junction
 * may be looked at again within one; its last distance is the least all the same.
 */
export function createSearch(graph: RouteGraph): Search {
  const { arcFirst, arcHead, arcMetres, chains, junctions } = graph;
  const metres = new Float64Array(junctions).fill(Infinity);
  /** Distance at which the arcs of a junction were looked at last. */
  const done = new Float64Array(junctions).fill(-1);
  const reached = new Int32Array(junctions);
  const queue = createBuckets(arcMetres);
  let limit = Infinity;
  const deadEnd = new Uint8Array(junctions);
  for (let j = 0; j < junctions; j++) deadEnd[j] = arcFirst[j + 1]! - arcFirst[j]! === 1 ? 1 : 0;

  function offer(junction: number, value: number): void {
    if (value > limit || value >= metres[junction]!) return;
    if (metres[junction] === Infinity) reached[search.count++] = junction;
    metres[junction] = value;
    queue.push(junction, value);
  }
  const search = {
    graph,
    metres,
    reached,
    count: 0,
    run(places: Places, place: number, limitMetres: number) {
      for (let i = 0; i < search.count; i++) {
        metres[reached[i]!] = Infinity;
        done[reached[i]!] = -1;
      }
      search.count = 0;
      limit = limitMetres;
      const chain = places.chain[place]!;
      if (chain === -1) return;
      const start = places.connector[place]! + places.offset[place]!;
      const end = places.connector[place]! + chains.metres[chain]! - places.offset[place]!;
      queue.start(Math.min(start, end));
      offer(chains.from[chain]!, start);
      offer(chains.to[chain]!, end);
      for (let junction = queue.pop(); junction !== -1; junction = queue.pop()) {
        const far = metres[junction]!;
        if (done[junction] === far) continue;
        done[junction] = far;
        for (let a = arcFirst[junction]!, last = arcFirst[junction + 1]!; a < last; a++) {
          const head = arcHead[a]!;
          const value = far + arcMetres[a]!;
          if (value >= metres[head]! || value > limit) continue;
          // A dead end leads nowhere: it needs no place in the queue.
          if (deadEnd[head] === 1) {
            if (metres[head] === Infinity) reached[search.count++] = head;
            metres[head] = value;
          } else offer(head, value);
        }
      }
    },
  };
  return search;
}

/** A queue by distance in steps of a quarter of the mean piece; buckets are reused in a ring, and entries hang in lists. */
function createBuckets(arcMetres: Float64Array) {
  let longest = 1;
  let sum = 0;
  for (const far of arcMetres) {
    sum += far;
    if (far > longest) longest = far;
  }
  const width = Math.max(sum / Math.max(1, arcMetres.length) / 4, longest / (mostBuckets - 2), 1e-3);
  const size = 2 ** Math.ceil(Math.log2(longest / width + 2));
  const head = new Int32Array(size).fill(-1);
  let value = new Int32Array(1024);
  let next = new Int32Array(1024);
  let entries = 0;
  let waiting = 0;
  let at = 0;
  return {
    /** Begins again, with nothing nearer than `far`. */
    start(far: number) {
      entries = 0;
      at = Math.floor(far / width);
    },
    push(item: number, far: number) {
      if (entries === value.length) {
        value = grown(value);
        next = grown(next);
      }
      const bucket = Math.floor(far / width) & (size - 1);
      value[entries] = item;
      next[entries] = head[bucket]!;
      head[bucket] = entries++;
      waiting += 1;
    },
    /** One of the nearest, or -1. */
    pop(): number {
      if (waiting === 0) return -1;
      while (head[at & (size - 1)] === -1) at += 1;
      const entry = head[at & (size - 1)]!;
      head[at & (size - 1)] = next[entry]!;
      waiting -= 1;
      return value[entry]!;
    },
  };
}

function grown(list: Int32Array): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(2 * list.length);
  longer.set(list);
  return longer;
}

/** Metres from the place of the last run to another place; Infinity where it cannot be reached within the limit. */
export function metresTo(
  search: Search,
  origin: { readonly places: Places; readonly place: number },
  places: Places,
  place: number,
): number {
  const { chains } = search.graph;
  const chain = places.chain[place]!;
  const from = origin.places.chain[origin.place]!;
  if (chain === -1 || from === -1) return Infinity;
  const offset = places.offset[place]!;
  let best = Math.min(
    search.metres[chains.from[chain]!]! + offset,
    search.metres[chains.to[chain]!]! + chains.metres[chain]! - offset,
  );
  if (from === chain) {
    best = Math.min(
      best,
      origin.places.connector[origin.place]! + Math.abs(origin.places.offset[origin.place]! - offset),
    );
  }
  return best + places.connector[place]!;
}
