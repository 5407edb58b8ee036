import { joinRoads, type RoadKind, type RoadLine } from "@qingdan/reach";
import type { Places } from "./places.ts";
import { createRandom } from "./random.ts";
import { type Barrier, type Barriers, openBarriers, type Spot } from "./roads-barriers.ts";
import { drawCountryRoads, drawVillages } from "./roads-country.ts";
import type { RoadClass, RoadDraft, RoadEdge } from "./roads-draft.ts";
import { drawTowns } from "./roads-lattice.ts";

/** A line of the demo city's map, with OpenStreetMap tags; points in degrees. */
export interface CityRoad {
  readonly tags: Readonly<Record<string, string>>;
  readonly points: readonly (readonly [lon: number, lat: number])[];
}

/**
 * South-west corner of the city's grid in degrees: in the open East China Sea, so that nobody takes the map for a real place. The
 * degrees count as WGS 84.
 */
const corner = { lon: 123.2, lat: 30.2 };
const metresPerLat = (Math.PI / 180) * 6_371_008.8;
const metresPerLon = metresPerLat * Math.cos(30.43 * (Math.PI / 180));

/** Degrees of a point of the grid, to a centimetre. */
export function degreesOf([x, y]: Spot): readonly [lon: number, lat: number] {
  const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7;
  return [round(corner.lon + x / metresPerLon), round(corner.lat + y / metresPerLat)];
}

/** The streets, country roads, bridges and barriers of the demo city; the same for the same seed. */
export function makeRoads(places: Places, seed: number): readonly CityRoad[] {
  const random = createRandom(seed);
  const barriers = openBarriers(places.barriers);
  const draft: RoadDraft = { nodes: [], edges: [] };
  const setting = { towns: places.towns, barriers, random };
  const clusters = [...drawTowns(draft, setting), ...drawVillages(draft, places.towns, setting)];
  drawCountryRoads(draft, clusters, setting);
  const built = connect(draft, chooseCrossings(draft, barriers));
  const steps = random.draw("roads.steps");
  const lines = linesOf(draft, built).map(({ edges, nodes }, n) => ({
    tags: tagsOf(edges[0]!, barriers, steps(n)),
    points: nodes.map((node) => draft.nodes[node]!),
  }));
  const walls = places.barriers.map(({ kind, name, course }) => ({
    tags: { ...barrierTags[kind], name: name.zh },
    points: course,
  }));
  return meet([...lines, ...walls]);
}

const rank: readonly RoadClass[] = ["secondary", "tertiary", "unclassified", "residential", "living_street", "footway"];

/** Edges that are built: all streets, and crossings of the grid at the distance that each barrier asks for, main streets first. */
function chooseCrossings({ edges }: RoadDraft, { list }: Barriers): Set<number> {
  const built = new Set<number>();
  const taken = list.map(() => [] as number[]);
  const take = (edge: number) => {
    built.add(edge);
    for (const { barrier, along } of edges[edge]!.meetings) taken[barrier]!.push(along);
  };
  edges.forEach(({ state }, edge) => {
    if (state === "built") take(edge);
  });
  const asked = [...edges.keys()].filter((edge) => edges[edge]!.state === "asked");
  asked.sort((a, b) => rank.indexOf(edges[a]!.class) - rank.indexOf(edges[b]!.class) || a - b);
  for (const edge of asked) {
    const free = edges[edge]!.meetings.every(({ barrier, along }) =>
      taken[barrier]!.every((other) => Math.abs(other - along) >= list[barrier]!.crossings),
    );
    if (free) take(edge);
  }
  return built;
}

/** Adds spare streets, then crossings, where parts would stay cut off (Kruskal's algorithm); what is cut off even then is left out. */
function connect({ nodes, edges }: RoadDraft, built: Set<number>): Set<number> {
  const root = nodes.map((_, node) => node);
  const find = (node: number) => {
    while (root[node] !== node) {
      root[node] = root[root[node]!]!;
      node = root[node]!;
    }
    return node;
  };
  const join = ({ from, to }: RoadEdge) => {
    const [a, b] = [find(from), find(to)];
    root[a] = b;
    return a !== b;
  };
  for (const edge of built) join(edges[edge]!);
  const rest = [...edges.keys()].filter((edge) => !built.has(edge));
  rest.sort((a, b) => edges[a]!.meetings.length - edges[b]!.meetings.length || a - b);
  for (const edge of rest) if (join(edges[edge]!)) built.add(edge);
  const sizes = new Map<number, number>();
  for (const edge of built) {
    const part = find(edges[edge]!.from);
    sizes.set(part, (sizes.get(part) ?? 0) + 1);
  }
  const [largest] = [...sizes].reduce((a, b) => (b[1] > a[1] ? b : a));
  return new Set([...built].filter((edge) => find(edges[edge]!.from) === largest).sort((a, b) => a - b));
}

interface Line {
  readonly edges: RoadEdge[];
  readonly nodes: number[];
}

/** Pieces of one street that follow each other become one line; a bridge is a line of its own. */
function linesOf({ nodes, edges }: RoadDraft, built: ReadonlySet<number>): Line[] {
  const open = new Map<string, Line>();
  const lines: Line[] = [];
  // Along each street from its start: country roads as they are drawn, streets of the grid from west and south.
  const order = [...built].sort((p, q) => {
    const [a, b] = [edges[p]!, edges[q]!];
    if (a.street !== b.street) return a.street < b.street ? -1 : 1;
    if (a.street.startsWith("c")) return p - q;
    const [s, t] = [nodes[a.from]!, nodes[b.from]!];
    return s[0] + s[1] - t[0] - t[1] || p - q;
  });
  for (const number of order) {
    const edge = edges[number]!;
    const line = open.get(edge.street);
    if (line && line.nodes.at(-1) === edge.from && edge.meetings.length === 0 && line.edges[0]!.meetings.length === 0) {
      line.edges.push(edge);
      line.nodes.push(edge.to);
    } else {
      const next = { edges: [edge], nodes: [edge.from, edge.to] };
      lines.push(next);
      open.set(edge.street, next);
    }
  }
  return lines;
}

const barrierTags: Readonly<Record<Barrier["kind"], Readonly<Record<string, string>>>> = {
  river: { waterway: "river" },
  railway: { railway: "rail" },
  expressway: { highway: "trunk" },
};

/** Main streets go under rails and the ring, or over them on steps (a quarter); small streets always on steps. Rivers have bridges. */
function tagsOf({ class: highway, street, meetings }: RoadEdge, { list }: Barriers, u: number): Record<string, string> {
  const [, way, line] = /^([en])(\d+)$/.exec(street) ?? [];
  const isMain = highway === "secondary" || highway === "tertiary";
  const name: Record<string, string> = way && isMain ? { name: `${way === "e" ? "纬" : "经"}${line}路` } : {};
  if (meetings.length === 0) return { highway, ...name };
  if (meetings.some(({ barrier }) => list[barrier]!.kind === "river"))
    return { highway, ...name, bridge: "yes", layer: "1" };
  if (highway === "residential" || (isMain && u < 0.25)) return { highway: "steps", bridge: "yes", layer: "1" };
  return { highway, ...name, tunnel: "yes", layer: "-1" };
}

/** Gives lines in degrees; streets that cross on the ground meet there. */
function meet(
  lines: readonly { readonly tags: Record<string, string>; readonly points: readonly Spot[] }[],
): CityRoad[] {
  const index = new Map<string, number>();
  const lon: number[] = [];
  const lat: number[] = [];
  const pointOf = (spot: Spot) => {
    const key = spot.join();
    const known = index.get(key);
    if (known !== undefined) return known;
    index.set(key, lon.length);
    const [x, y] = degreesOf(spot);
    lat.push(y);
    return lon.push(x) - 1;
  };
  const roadLines = lines.map(({ tags, points }): RoadLine => {
    const kind: RoadKind = tags.waterway || tags.railway || tags.highway === "trunk" ? "barrier" : "walk";
    return { points: Int32Array.from(points, pointOf), kind, level: Number(tags.layer ?? 0) };
  });
  const report = {
    source: "geojson" as const,
    lines: 0,
    walk: 0,
    stairs: 0,
    barriers: 0,
    leftOut: {},
    broken: 0,
    repeated: 0,
  };
  const { roads } = joinRoads(
    { lon: Float64Array.from(lon), lat: Float64Array.from(lat), lines: roadLines, report },
    { gapMetres: 0, crossings: true },
  );
  const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7;
  return lines.map(({ tags }, n) => ({
    tags,
    points: [...roads.lines[n]!.points].map((point) => [round(roads.lon[point]!), round(roads.lat[point]!)] as const),
  }));
}
