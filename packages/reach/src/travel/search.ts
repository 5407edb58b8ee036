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

/** Dijkstra's algorithm on an indexed binary heap. */
export function createSearch(graph: RouteGraph): Search {
  const { arcFirst, arcHead, arcMetres, chains, junctions } = graph;
  const metres = new Float64Array(junctions).fill(Infinity);
  const reached = new Int32Array(junctions);
  const touched = new Int32Array(junctions);
  const heap = new Int32Array(junctions + 1);
  const slot = new Int32Array(junctions).fill(-1);
  let size = 0;
  let touchedCount = 0;
  let limit = Infinity;
  const deadEnd = new Uint8Array(junctions);
  for (let j = 0; j < junctions; j++) deadEnd[j] = arcFirst[j + 1]! - arcFirst[j]! === 1 ? 1 : 0;

  function offer(junction: number, value: number): void {
    if (value > limit || value >= metres[junction]!) return;
    if (metres[junction] === Infinity) touched[touchedCount++] = junction;
    metres[junction] = value;
    let at = slot[junction]!;
    if (at === -1) at = size++;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const other = heap[up]!;
      if (metres[other]! <= value) break;
      heap[at] = other;
      slot[other] = at;
      at = up;
    }
    heap[at] = junction;
    slot[junction] = at;
  }
  function take(): number {
    const top = heap[0]!;
    slot[top] = -1;
    const last = heap[--size]!;
    if (size > 0) {
      const value = metres[last]!;
      let at = 0;
      for (;;) {
        let down = 2 * at + 1;
        if (down >= size) break;
        if (down + 1 < size && metres[heap[down + 1]!]! < metres[heap[down]!]!) down += 1;
        const other = heap[down]!;
        if (metres[other]! >= value) break;
        heap[at] = other;
        slot[other] = at;
        at = down;
      }
      heap[at] = last;
      slot[last] = at;
    }
    return top;
  }
  const search = {
    graph,
    metres,
    reached,
    count: 0,
    run(places: Places, place: number, limitMetres: number) {
      for (let i = 0; i < touchedCount; i++) metres[touched[i]!] = Infinity;
      touchedCount = 0;
      limit = limitMetres;
      search.count = 0;
      const chain = places.chain[place]!;
      if (chain === -1) return;
      const start = places.connector[place]! + places.offset[place]!;
      offer(chains.from[chain]!, start);
      offer(chains.to[chain]!, places.connector[place]! + chains.metres[chain]! - places.offset[place]!);
      while (size > 0) {
        const junction = take();
        reached[search.count++] = junction;
        const far = metres[junction]!;
        for (let a = arcFirst[junction]!; a < arcFirst[junction + 1]!; a++) {
          const head = arcHead[a]!;
          const value = far + arcMetres[a]!;
          // A dead end has one way in, so its first distance is its last: it needs no place in the heap.
          if (deadEnd[head] === 1 && metres[head] === Infinity) {
            if (value > limit) continue;
            metres[head] = value;
            touched[touchedCount++] = head;
            reached[search.count++] = head;
          } else offer(head, value);
        }
      }
    },
  };
  return search;
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
