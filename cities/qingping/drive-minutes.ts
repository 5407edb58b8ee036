import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { metresBetween } from "@qingdan/reach";
import { parse } from "yaml";
import { z } from "zod";
import type { CityRoad } from "./roads.ts";

const file = z.strictObject({
  kinds: z.array(z.string()),
  speeds: z.record(z.string(), z.number().positive()),
  atEnds: z.number().nonnegative(),
});

type Degrees = readonly [lon: number, lat: number];

interface DriveSetting {
  readonly roads: readonly CityRoad[];
  readonly blocks: readonly { readonly code: string; readonly at: Degrees }[];
  readonly places: readonly { readonly code: string; readonly kind: string; readonly at: Degrees }[];
}

/** Minutes by car from a block to its nearest place of a kind, to a tenth; undefined where no road leads there. */
export interface DriveMinutes {
  readonly block: string;
  readonly kind: string;
  readonly place: string | undefined;
  readonly minutes: number | undefined;
}

/** Time is counted in tenths of a second, so that a list of lists holds what is to be looked at next. */
const ticksInMinute = 600;

/** Minutes by car to the nearest place of each kind of drive.yaml, over the roads that cars may use, on the quickest way. */
export function driveMinutes({ roads, blocks, places }: DriveSetting): readonly DriveMinutes[] {
  const path = fileURLToPath(new URL("drive.yaml", import.meta.url));
  const { kinds, speeds, atEnds } = file.parse(parse(readFileSync(path, "utf8")));
  const ways = waysOf(roads, speeds);
  const nearest = nearestOf(ways);
  const doors = blocks.map(({ at }) => nearest(at));
  return kinds.flatMap((kind) => {
    const own = places.filter((place) => place.kind === kind);
    const { ticks, place } = spread(
      ways,
      own.map(({ at }) => nearest(at)),
    );
    return blocks.map(({ code }, i): DriveMinutes => {
      const door = doors[i];
      const found = door === undefined ? -1 : place[door]!;
      if (door === undefined || found === -1) return { block: code, kind, place: undefined, minutes: undefined };
      const minutes = Math.round(10 * (ticks[door]! / ticksInMinute + atEnds)) / 10;
      return { block: code, kind, place: own[found]!.code, minutes };
    });
  });
}

/** Ends of pieces of road, and from each the neighbours with the ticks of the way there. */
interface DriveWays {
  readonly nodes: readonly Degrees[];
  readonly from: readonly (readonly { readonly to: number; readonly ticks: number }[])[];
}

function waysOf(roads: readonly CityRoad[], speeds: Readonly<Record<string, number>>): DriveWays {
  const index = new Map<string, number>();
  const nodes: Degrees[] = [];
  const ways: { to: number; ticks: number }[][] = [];
  const nodeOf = (point: Degrees) => {
    const key = point.join();
    const known = index.get(key);
    if (known !== undefined) return known;
    index.set(key, nodes.length);
    ways.push([]);
    return nodes.push(point) - 1;
  };
  for (const { tags, points } of roads) {
    const speed = speeds[tags.highway ?? ""];
    if (speed === undefined) continue;
    points.slice(1).forEach((point, n) => {
      const before = points[n]!;
      const [a, b] = [nodeOf(before), nodeOf(point)];
      const hours = metresBetween(...before, ...point) / 1000 / speed;
      const ticks = Math.round(hours * 60 * ticksInMinute);
      ways[a]!.push({ to: b, ticks });
      ways[b]!.push({ to: a, ticks });
    });
  }
  return { nodes, from: ways };
}

/** Nodes of the largest part that hangs together: a lane that only steps lead to has no cars. */
function mainPart({ nodes, from }: DriveWays): readonly number[] {
  const part = new Int32Array(nodes.length).fill(-1);
  let largest: readonly number[] = [];
  for (const start of nodes.keys()) {
    if (part[start] !== -1) continue;
    const own = [start];
    part[start] = start;
    for (const node of own)
      for (const { to } of from[node]!) {
        if (part[to] !== -1) continue;
        part[to] = start;
        own.push(to);
      }
    if (own.length > largest.length) largest = own;
  }
  return largest;
}

/** The nearest node of the main part, in buckets of about 500 m; undefined where there is none within some 2 km. */
function nearestOf(ways: DriveWays): (at: Degrees) => number | undefined {
  const bucket = 0.005;
  const buckets = new Map<string, number[]>();
  const cell = (degrees: number) => Math.floor(degrees / bucket);
  for (const node of mainPart(ways)) {
    const [lon, lat] = ways.nodes[node]!;
    const key = `${cell(lon)} ${cell(lat)}`;
    const own = buckets.get(key);
    if (own) own.push(node);
    else buckets.set(key, [node]);
  }
  return ([lon, lat]) => {
    for (const reach of [1, 4]) {
      let best: number | undefined;
      let least = Number.POSITIVE_INFINITY;
      for (let i = -reach; i <= reach; i++)
        for (let j = -reach; j <= reach; j++)
          for (const node of buckets.get(`${cell(lon) + i} ${cell(lat) + j}`) ?? []) {
            const far = metresBetween(lon, lat, ...ways.nodes[node]!);
            if (far >= least) continue;
            least = far;
            best = node;
          }
      if (best !== undefined) return best;
    }
    return undefined;
  };
}

/** Dial's algorithm: ticks from each node to the nearest of the places, and which one; -1 where none can be reached. */
function spread({ nodes, from }: DriveWays, places: readonly (number | undefined)[]) {
  const ticks = new Float64Array(nodes.length).fill(Number.POSITIVE_INFINITY);
  const place = new Int32Array(nodes.length).fill(-1);
  const waiting: number[][] = [];
  const reach = (node: number, at: number, own: number) => {
    if (at >= ticks[node]!) return;
    ticks[node] = at;
    place[node] = own;
    waiting[at] ??= [];
    waiting[at].push(node);
  };
  places.forEach((node, own) => {
    if (node !== undefined) reach(node, 0, own);
  });
  for (let at = 0; at < waiting.length; at++)
    for (const node of waiting[at] ?? [])
      if (ticks[node] === at) for (const way of from[node]!) reach(way.to, at + way.ticks, place[node]!);
  return { ticks, place };
}
