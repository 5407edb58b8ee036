import type { Places } from "./places.ts";
import type { RouteGraph } from "./route-graph.ts";
import { createSearch, metresTo } from "./search.ts";

/** Walking metres between two sets of places; `metres[i * columns + j]` is Infinity where there is no way within the limit. */
export interface DistanceTable {
  readonly rows: number;
  readonly columns: number;
  readonly metres: Float64Array;
}

/** Every distance from `origins` to `destinations`, connectors included; one search per origin. */
export function manyToMany(
  graph: RouteGraph,
  origins: Places,
  destinations: Places,
  limitMetres = Infinity,
): DistanceTable {
  const search = createSearch(graph);
  const metres = new Float64Array(origins.count * destinations.count);
  for (let i = 0; i < origins.count; i++) {
    search.run(origins, i, limitMetres);
    const origin = { places: origins, place: i };
    const row = i * destinations.count;
    for (let j = 0; j < destinations.count; j++) {
      const far = metresTo(search, origin, destinations, j);
      metres[row + j] = far > limitMetres ? Infinity : far;
    }
  }
  return { rows: origins.count, columns: destinations.count, metres };
}

/** The pairs of a table that lie within reach: those of row i are `column[first[i] .. first[i + 1])`. */
export interface SparseDistances {
  readonly rows: number;
  readonly columns: number;
  readonly first: Int32Array;
  readonly column: Int32Array;
  readonly metres: Float64Array;
}

/** Like `manyToMany`, keeping only what lies within the limit; memory grows with the pairs found. */
export function manyToManyWithin(
  graph: RouteGraph,
  origins: Places,
  destinations: Places,
  limitMetres: number,
): SparseDistances {
  const search = createSearch(graph);
  const byChain = placesByChain(graph, destinations);
  const seen = new Int32Array(graph.chains.from.length).fill(-1);
  const first = new Int32Array(origins.count + 1);
  const column: number[] = [];
  const metres: number[] = [];
  for (let i = 0; i < origins.count; i++) {
    search.run(origins, i, limitMetres);
    const origin = { places: origins, place: i };
    const look = (chain: number) => {
      if (seen[chain] === i) return;
      seen[chain] = i;
      for (let k = byChain.first[chain]!; k < byChain.first[chain + 1]!; k++) {
        const far = metresTo(search, origin, destinations, byChain.place[k]!);
        if (far > limitMetres) continue;
        column.push(byChain.place[k]!);
        metres.push(far);
      }
    };
    const own = origins.chain[i]!;
    if (own !== -1) look(own);
    for (let r = 0; r < search.count; r++) {
      const junction = search.reached[r]!;
      for (let a = graph.arcFirst[junction]!; a < graph.arcFirst[junction + 1]!; a++) look(graph.arcChain[a]!);
    }
    first[i + 1] = column.length;
  }
  return {
    rows: origins.count,
    columns: destinations.count,
    first,
    column: Int32Array.from(column),
    metres: Float64Array.from(metres),
  };
}

/** Places by the chain that they lie on: those of chain c are `place[first[c] .. first[c + 1])`. */
export function placesByChain(
  graph: RouteGraph,
  places: Places,
): { readonly first: Int32Array; readonly place: Int32Array } {
  const first = new Int32Array(graph.chains.from.length + 1);
  for (let i = 0; i < places.count; i++) if (places.chain[i] !== -1) first[places.chain[i]! + 1]! += 1;
  for (let c = 0; c + 1 < first.length; c++) first[c + 1]! += first[c]!;
  const place = new Int32Array(first.at(-1)!);
  const fill = first.slice(0, -1);
  for (let i = 0; i < places.count; i++) if (places.chain[i] !== -1) place[fill[places.chain[i]!]!++] = i;
  return { first, place };
}
