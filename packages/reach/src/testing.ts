import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { planeAt } from "./roads/metres.ts";
import type { WalkNetwork } from "./roads/walk-network.ts";
import type { Effort } from "./site/answer.ts";
import type { Costs } from "./site/costs.ts";

/** Where the data sets of published figures lie, if they are on this machine. */
export const sharedData = path.resolve(process.env.QINGDAN_SHARED ?? "../shared", "data");
export const hasSharedData = existsSync(sharedData);
/** Whether the long proofs run too. */
export const long = process.env.QINGDAN_LONG === "1";

export function readShared(file: string): string {
  return readFileSync(path.join(sharedData, file), "utf8");
}

export function readSharedBytes(file: string): Uint8Array {
  return readFileSync(path.join(sharedData, file));
}

/** A network of `nodes` without geography, from triples of from, to and metres. */
export function networkOf(
  nodes: number,
  edges: readonly (readonly [number, number, number])[],
  stairs: readonly number[] = [],
): WalkNetwork {
  return {
    lon: Float64Array.from({ length: nodes }, (_, i) => 120 + i * 1e-4),
    lat: new Float64Array(nodes).fill(30),
    edges: {
      from: Int32Array.from(edges, ([from]) => from),
      to: Int32Array.from(edges, ([, to]) => to),
      length: Float64Array.from(edges, ([, , metres]) => metres),
      stairs: Uint8Array.from(edges, (_, i) => (stairs.includes(i) ? 1 : 0)),
    },
    barriers: [],
  };
}

/** All distances of a small network by Floyd and Warshall's algorithm, as an independent check. */
export function plainDistances({ lon, edges }: WalkNetwork): number[][] {
  const n = lon.length;
  const d = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 0 : Infinity)));
  edges.from.forEach((a, e) => {
    const b = edges.to[e]!;
    d[a]![b] = Math.min(d[a]![b]!, edges.length[e]!);
    d[b]![a] = Math.min(d[b]![a]!, edges.length[e]!);
  });
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) if (d[i]![k]! + d[k]![j]! < d[i]![j]!) d[i]![j] = d[i]![k]! + d[k]![j]!;
    }
  }
  return d;
}

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Seconds of real time and numbers that are the same in every run. */
export function effort(seconds = 120): Effort {
  return { now: () => performance.now(), seconds, random: seeded(1) };
}

/** What client i pays for the nearest of the open sites. */
export function nearestOpen({ cost, sites }: Costs, i: number, open: readonly number[]): number {
  return Math.min(...open.map((j) => cost[i * sites + j]!));
}

/** Weight of the clients that have an open site within the limit. */
export function weightWithin(costs: Costs, open: readonly number[], limit: number): number {
  return [...costs.weight].reduce((sum, weight, i) => sum + (nearestOpen(costs, i, open) <= limit ? weight : 0), 0);
}

/** What the client that is worst off pays for the nearest of the open sites. */
export function farthestOf(costs: Costs, open: readonly number[]): number {
  return Math.max(...[...costs.weight.keys()].map((i) => nearestOpen(costs, i, open)));
}

/** Streets `metres` apart between `size` by `size` corners from 120 E, 30 N; a piece stays where `random()` is above 0.3. */
export function townNetwork(size: number, metres: number, random: () => number): WalkNetwork {
  const plane = planeAt(30);
  const from: number[] = [];
  const to: number[] = [];
  for (let v = 0; v < size * size; v++) {
    if (v % size < size - 1 && random() > 0.3) from.push(v) && to.push(v + 1);
    if (v + size < size * size && random() > 0.3) from.push(v) && to.push(v + size);
  }
  return {
    lon: Float64Array.from({ length: size * size }, (_, v) => 120 + ((v % size) * metres) / plane.metresPerLon),
    lat: Float64Array.from(
      { length: size * size },
      (_, v) => 30 + (Math.floor(v / size) * metres) / plane.metresPerLat,
    ),
    edges: {
      from: Int32Array.from(from),
      to: Int32Array.from(to),
      length: new Float64Array(from.length).fill(metres),
      stairs: new Uint8Array(from.length),
    },
    barriers: [],
  };
}
