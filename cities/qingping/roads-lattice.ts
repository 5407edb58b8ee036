import { homeSpread, type Town } from "./places.ts";
import type { Random } from "./random.ts";
import type { Barriers, Spot } from "./roads-barriers.ts";
import { distance } from "./roads-barriers.ts";
import type { Cluster, RoadClass, RoadDraft, RoadEdge } from "./roads-draft.ts";

/** Metres between two streets of the grid; a block of houses is one of its squares. */
export const gridMetres = 250;
/** Streets shift by up to this much from the grid. */
const shiftMetres = 18;
/** Homes lie within 2.8 spreads of a centre; the grid reaches as far. */
const gridReach = 2.85;

interface Grid {
  readonly nodeAt: ReadonlyMap<number, number>;
  readonly draft: RoadDraft;
  readonly barriers: Barriers;
  readonly random: Random;
}

const key = (i: number, j: number) => i * 1024 + j;
/** Distance from the centre of a town, in spreads of its homes. */
const remoteness = (at: Spot, town: Town) => distance(at, [town.x, town.y]) / homeSpread(town, 0);

/** Draws the streets of all towns on one grid with shifted corners; gives the nodes of each town. */
export function drawTowns(
  draft: RoadDraft,
  {
    towns,
    barriers,
    random,
  }: { readonly towns: readonly Town[]; readonly barriers: Barriers; readonly random: Random },
): Cluster[] {
  const shift = random.draw("roads.shift");
  const nodeAt = new Map<number, number>();
  const own = towns.map(() => [] as number[]);
  const boxes = towns.map((town) => gridReach * homeSpread(town, 0));
  const cells = new Set<number>();
  towns.forEach(({ x, y }, t) => {
    const reach = boxes[t]!;
    for (let i = Math.ceil((x - reach) / gridMetres); i <= (x + reach) / gridMetres; i++)
      for (let j = Math.ceil((y - reach) / gridMetres); j <= (y + reach) / gridMetres; j++)
        if (distance([i * gridMetres, j * gridMetres], [x, y]) <= reach) cells.add(key(i, j));
  });
  for (const cell of [...cells].sort((a, b) => a - b)) {
    const at = cornerOf(Math.floor(cell / 1024), cell % 1024, shift);
    if (barriers.isWet(at, 14)) continue;
    const node = draft.nodes.push(at) - 1;
    nodeAt.set(cell, node);
    towns.forEach((town, t) => {
      if (distance(at, [town.x, town.y]) <= boxes[t]!) own[t]!.push(node);
    });
  }
  const grid: Grid = { nodeAt, draft, barriers, random };
  const sides = drawStreets(grid, towns);
  drawLanes(grid, towns, sides);
  return towns.map(({ x, y }, t) => ({ centre: [x, y], nodes: own[t]!, town: true }));
}

/** A corner of the grid where the streets in fact meet, by the draw `roads.shift`. */
export function cornerOf(i: number, j: number, shift: (index: number) => number): Spot {
  const turn = (n: number) => Math.round((2 * shift(2 * key(i, j) + n) - 1) * shiftMetres);
  return [i * gridMetres + turn(0), j * gridMetres + turn(1)];
}

/** Streets between neighbouring corners, and over water between the corners on both banks. Gives the edge east and north of each corner. */
function drawStreets({ nodeAt, draft, barriers, random }: Grid, towns: readonly Town[]): Map<string, number> {
  const gone = random.draw("roads.gone");
  const sides = new Map<string, number>();
  for (const [cell, from] of nodeAt) {
    for (const east of [true, false]) {
      const step = east ? 1024 : 1;
      let to: number | undefined;
      let steps = 1;
      for (; steps <= 3 && to === undefined; steps++) {
        to = nodeAt.get(cell + steps * step);
        const next = cell + steps * step;
        const wet = barriers.isWet([Math.floor(next / 1024) * gridMetres, (next % 1024) * gridMetres], 60);
        if (to === undefined && !wet) break;
      }
      if (to === undefined) continue;
      const line = east ? cell % 1024 : Math.floor(cell / 1024);
      const roadClass: RoadClass = line % 8 === 0 ? "secondary" : line % 4 === 0 ? "tertiary" : "residential";
      const a = draft.nodes[from]!;
      const meetings = barriers.meetings(a, draft.nodes[to]!);
      const far = Math.min(...towns.map((town) => remoteness(a, town)));
      const drop = roadClass === "residential" && gone(2 * cell + (east ? 1 : 0)) < (far < 1 ? 0.05 : 0.14);
      const state = meetings.length > 0 ? "asked" : drop ? "spare" : "built";
      const street = `${east ? "e" : "n"}${line}`;
      const edge = draft.edges.push({ from, to, class: roadClass, street, meetings, state }) - 1;
      if (state === "built" && steps === 2) sides.set(`${cell},${east ? "e" : "n"}`, edge);
    }
  }
  return sides;
}

/** Lanes through the squares of the grid, from the middle of one street to the middle of the one opposite. */
function drawLanes(
  { nodeAt, draft, barriers, random }: Grid,
  towns: readonly Town[],
  sides: ReadonlyMap<string, number>,
) {
  const lane = random.draw("roads.lane");
  const middles = new Map<number, number>();
  const middleOf = (edge: number): number => {
    const known = middles.get(edge);
    if (known !== undefined) return known;
    const { from, to } = draft.edges[edge]!;
    const [a, b] = [draft.nodes[from]!, draft.nodes[to]!];
    const node = draft.nodes.push([Math.round((a[0] + b[0]) / 2), Math.round((a[1] + b[1]) / 2)]) - 1;
    middles.set(edge, node);
    return node;
  };
  const lanes: RoadEdge[] = [];
  for (const cell of nodeAt.keys()) {
    const u = lane(cell);
    const upright = lane(cell + 1_048_576) < 0.5;
    const [one, other] = upright
      ? [sides.get(`${cell},e`), sides.get(`${cell + 1},e`)]
      : [sides.get(`${cell},n`), sides.get(`${cell + 1024},n`)];
    if (one === undefined || other === undefined) continue;
    const far = Math.min(...towns.map((town) => remoteness(draft.nodes[nodeAt.get(cell)!]!, town)));
    if (u > (far < 1 ? 0.8 : far < 2 ? 0.5 : 0.2)) continue;
    const [from, to] = [middleOf(one), middleOf(other)];
    if (barriers.meetings(draft.nodes[from]!, draft.nodes[to]!).length > 0) continue;
    const roadClass: RoadClass = u < 0.12 ? "footway" : "living_street";
    lanes.push({ from, to, class: roadClass, street: `l${cell}`, meetings: [], state: "built" });
  }
  // A street with a lane at its middle falls into two pieces there.
  for (const [edge, node] of middles) {
    const whole = draft.edges[edge]!;
    draft.edges[edge] = { ...whole, to: node };
    draft.edges.push({ ...whole, from: node });
  }
  draft.edges.push(...lanes);
}
