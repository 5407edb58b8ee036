import FlatQueue from "flatqueue";
import type { Places } from "./places.ts";
import type { RouteGraph } from "./route-graph.ts";

/** One place on a route graph, as `Places` hold many. */
export interface Spot {
  readonly chain: number;
  readonly offset: number;
  readonly connector: number;
}

/** The place `index` of some places, or undefined where it was not put onto the graph. */
export function spotOf(places: Places, index: number): Spot | undefined {
  const chain = places.chain[index]!;
  if (chain === -1) return undefined;
  return { chain, offset: places.offset[index]!, connector: places.connector[index]! };
}

/**
 * For every junction the nearest of a set of spots, by slot, kept so that one spot can come or go without a new search over
 * the whole graph. Slots of spots that have gone stay empty.
 */
export interface NearestField {
  readonly spots: readonly (Spot | undefined)[];
  /** Infinity where no spot can be reached. */
  readonly metres: Float64Array;
  /** -1 where no spot can be reached. */
  readonly slot: Int32Array;
}

export interface FieldChange {
  readonly field: NearestField;
  /** Chains on which the distance of some place may have changed. */
  readonly chains: ReadonlySet<number>;
}

export function emptyField(graph: RouteGraph): NearestField {
  return {
    spots: [],
    metres: new Float64Array(graph.junctions).fill(Infinity),
    slot: new Int32Array(graph.junctions).fill(-1),
  };
}

/** The field with one spot less and others more; the field given stays as it is. */
export function changeField(
  graph: RouteGraph,
  field: NearestField,
  { goes, comes }: { readonly goes: number | undefined; readonly comes: readonly Spot[] },
): FieldChange {
  const spots = [...field.spots];
  const draft = { spots, metres: field.metres.slice(), slot: field.slot.slice() };
  const spread = spreading(graph, draft);
  const gone = goes === undefined ? undefined : spots[goes];
  if (goes !== undefined && gone) {
    spots[goes] = undefined;
    spread.chains.add(gone.chain);
    spread.withdraw(goes);
  }
  for (const spot of comes) {
    const slot = spots.push(spot) - 1;
    spread.chains.add(spot.chain);
    spread.seed(spot, slot, () => true);
  }
  spread.run();
  return { field: draft, chains: spread.chains };
}

/**
 * Metres from a spot of the graph to the nearest spot of the field, connectors included, and that spot's slot (-1: none);
 * `onChain` are the slots on the same chain.
 */
export function nearestInField(
  { chains }: RouteGraph,
  { metres, slot, spots }: NearestField,
  from: Spot,
  onChain: readonly number[],
): { readonly metres: number; readonly slot: number } {
  const start = chains.from[from.chain]!;
  const end = chains.to[from.chain]!;
  const overStart = metres[start]! + from.offset + from.connector;
  const overEnd = metres[end]! + (chains.metres[from.chain]! - from.offset + from.connector);
  let best = Math.min(overStart, overEnd);
  let which = best === Infinity ? -1 : slot[overStart <= overEnd ? start : end]!;
  for (const other of onChain) {
    const spot = spots[other];
    if (!spot) continue;
    const along = Math.abs(spot.offset - from.offset) + spot.connector + from.connector;
    if (along >= best) continue;
    best = along;
    which = other;
  }
  return { metres: best, slot: which };
}

/** Dijkstra's algorithm over the part of a draft field that changes. */
function spreading(
  graph: RouteGraph,
  draft: { readonly spots: (Spot | undefined)[]; readonly metres: Float64Array; readonly slot: Int32Array },
) {
  const { arcFirst, arcHead, arcMetres, arcChain } = graph;
  const { metres, slot } = draft;
  const queue = new FlatQueue<number>();
  const chains = new Set<number>();
  const touch = (junction: number) => {
    for (let a = arcFirst[junction]!; a < arcFirst[junction + 1]!; a++) chains.add(arcChain[a]!);
  };
  const offer = (junction: number, from: number, far: number) => {
    if (far >= metres[junction]!) return;
    metres[junction] = far;
    slot[junction] = from;
    touch(junction);
    queue.push(junction, far);
  };
  const seed = (spot: Spot, number: number, wanted: (junction: number) => boolean) => {
    const start = graph.chains.from[spot.chain]!;
    const end = graph.chains.to[spot.chain]!;
    if (wanted(start)) offer(start, number, spot.connector + spot.offset);
    if (wanted(end)) offer(end, number, spot.connector + graph.chains.metres[spot.chain]! - spot.offset);
  };
  return {
    chains,
    seed,
    /** Empties what a spot was nearest to, and offers it the neighbours' spots. */
    withdraw(gone: number) {
      const left: number[] = [];
      for (let junction = 0; junction < slot.length; junction++) {
        if (slot[junction] !== gone) continue;
        left.push(junction);
        metres[junction] = Infinity;
        slot[junction] = -1;
        touch(junction);
      }
      const empty = new Set(left);
      for (const junction of left) {
        for (let a = arcFirst[junction]!; a < arcFirst[junction + 1]!; a++) {
          const other = arcHead[a]!;
          if (!empty.has(other) && slot[other] !== -1) offer(junction, slot[other]!, metres[other]! + arcMetres[a]!);
        }
      }
      draft.spots.forEach((spot, number) => {
        if (spot) seed(spot, number, (junction) => empty.has(junction));
      });
    },
    run() {
      while (queue.length > 0) {
        const far = queue.peekValue()!;
        const junction = queue.pop()!;
        if (far > metres[junction]!) continue;
        for (let a = arcFirst[junction]!; a < arcFirst[junction + 1]!; a++)
          offer(arcHead[a]!, slot[junction]!, far + arcMetres[a]!);
      }
    },
  };
}
