import { type Town, villageCentre } from "./places.ts";
import type { Random } from "./random.ts";
import { type Barriers, distance, type Spot } from "./roads-barriers.ts";
import type { Cluster, RoadDraft } from "./roads-draft.ts";

/** Metres between two lanes of a village, and how many lie on each side of its middle. */
const laneMetres = 130;
const lanesAside = 3;
/** Metres between two bends of a country road. */
const bendMetres = 350;
/** A river is as far to cross as so many metres of road. */
const bridgeMetres = 6000;
/** Beyond this no road is thought of that might be short enough. */
const neighbourMetres = 15_000;

interface Setting {
  readonly barriers: Barriers;
  readonly random: Random;
}

/** Draws the lanes of all villages. */
export function drawVillages(draft: RoadDraft, towns: readonly Town[], setting: Setting): Cluster[] {
  const clusters: Cluster[] = [];
  towns.forEach((town, t) => {
    for (let village = 1; village <= town.villages; village++)
      clusters.push(drawVillage(draft, villageCentre(town, village), t * 64 + village, setting));
  });
  return clusters;
}

function drawVillage(draft: RoadDraft, centre: Spot, number: number, { barriers, random }: Setting): Cluster {
  const turn = random.draw("village.turn")(number) * Math.PI;
  const built = random.draw("village.lane");
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const width = 2 * lanesAside + 1;
  const grid: (number | undefined)[] = [];
  for (let n = 0; n < width * width; n++) {
    const u = (Math.floor(n / width) - lanesAside) * laneMetres;
    const v = ((n % width) - lanesAside) * laneMetres;
    const at: Spot = [Math.round(centre[0] + u * cos - v * sin), Math.round(centre[1] + u * sin + v * cos)];
    grid.push(barriers.isWet(at, 14) ? undefined : draft.nodes.push(at) - 1);
  }
  const nodes = grid.filter((node) => node !== undefined);
  for (let n = 0; n < grid.length; n++) {
    for (const along of [true, false]) {
      const next = along ? n + width : n + 1;
      if ((!along && (n + 1) % width === 0) || next >= grid.length) continue;
      const [from, to] = [grid[n], grid[next]];
      if (from === undefined || to === undefined) continue;
      const meetings = barriers.meetings(draft.nodes[from]!, draft.nodes[to]!);
      const main = along && n % width === lanesAside;
      const share = along ? 0.45 : 0.7;
      const wanted = main || built(number * 256 + 2 * n + (along ? 1 : 0)) < share;
      const state = meetings.length === 0 && wanted ? "built" : "spare";
      const street = `v${number}${along ? "a" : "c"}${along ? n % width : Math.floor(n / width)}`;
      draft.edges.push({ from, to, class: main ? "unclassified" : "residential", street, meetings, state });
    }
  }
  return { centre, nodes, town: false };
}

/** Joins towns and villages by country roads: the cheapest tree over all, and each town to its two nearest others. */
export function drawCountryRoads(draft: RoadDraft, clusters: readonly Cluster[], setting: Setting): void {
  const cost = (a: Cluster, b: Cluster) => {
    const far = distance(a.centre, b.centre);
    if (far > neighbourMetres) return far + bridgeMetres;
    const rivers = setting.barriers
      .meetings(a.centre, b.centre)
      .filter(({ barrier }) => setting.barriers.list[barrier]!.kind === "river").length;
    return far + bridgeMetres * rivers;
  };
  const links = new Map<string, readonly [number, number]>();
  const add = (a: number, b: number) =>
    links.set(`${Math.min(a, b)},${Math.max(a, b)}`, [Math.min(a, b), Math.max(a, b)]);
  cheapestTree(clusters, cost, add);
  clusters.forEach((one, a) => {
    if (!one.town) return;
    const others = clusters.flatMap((other, b) => (other.town && b !== a ? [{ b, far: cost(one, other) }] : []));
    for (const { b } of others.sort((p, q) => p.far - q.far || p.b - q.b).slice(0, 2)) add(a, b);
  });
  let number = 0;
  for (const [a, b] of links.values())
    drawRoad(draft, { from: clusters[a]!, to: clusters[b]!, number: number++ }, setting);
}

/** Prim's algorithm on all pairs: a few hundred places. */
function cheapestTree(
  clusters: readonly Cluster[],
  cost: (a: Cluster, b: Cluster) => number,
  add: (a: number, b: number) => void,
): void {
  const best = clusters.map(() => ({ from: 0, cost: Infinity }));
  const left = new Set(clusters.keys());
  let at = 0;
  left.delete(at);
  while (left.size > 0) {
    let next = -1;
    for (const other of left) {
      const far = cost(clusters[at]!, clusters[other]!);
      if (far < best[other]!.cost) best[other] = { from: at, cost: far };
      if (next === -1 || best[other]!.cost < best[next]!.cost) next = other;
    }
    left.delete(next);
    add(best[next]!.from, next);
    at = next;
  }
}

interface Link {
  readonly from: Cluster;
  readonly to: Cluster;
  readonly number: number;
}

/** A winding road from the node of one place that is nearest to the other; over water it runs straight from bank to bank. */
function drawRoad(draft: RoadDraft, { from, to, number }: Link, { barriers, random }: Setting): void {
  const nearest = (nodes: readonly number[], spot: Spot) =>
    nodes.reduce((best, node) =>
      distance(draft.nodes[node]!, spot) < distance(draft.nodes[best]!, spot) ? node : best,
    );
  const start = nearest(from.nodes, to.centre);
  const end = nearest(to.nodes, draft.nodes[start]!);
  if (start === end) return;
  const bend = random.draw("roads.bend");
  const [a, b] = [draft.nodes[start]!, draft.nodes[end]!];
  const length = distance(a, b);
  const steps = Math.max(1, Math.round(length / bendMetres));
  let at = start;
  const put = (node: number) => {
    const meetings = barriers.meetings(draft.nodes[at]!, draft.nodes[node]!);
    draft.edges.push({ from: at, to: node, class: "unclassified", street: `c${number}`, meetings, state: "built" });
    at = node;
  };
  for (let n = 1; n < steps; n++) {
    const off = (bend(number * 512 + n) - 0.5) * 90;
    const spot: Spot = [
      Math.round(a[0] + ((b[0] - a[0]) * n) / steps - (off * (b[1] - a[1])) / length),
      Math.round(a[1] + ((b[1] - a[1]) * n) / steps + (off * (b[0] - a[0])) / length),
    ];
    if (!barriers.isWet(spot, 20)) put(draft.nodes.push(spot) - 1);
  }
  put(end);
}
