import type { Snapshot, SnapshotFact } from "../../apps/server/src/modules/intake/index.ts";
import { packedDate, yearsBetween } from "./calendar.ts";
import type { Places } from "./places.ts";
import { createRandom } from "./random.ts";
import { type Barriers, openBarriers, type Side, type Spot } from "./roads-barriers.ts";
import { cornerOf, gridMetres } from "./roads-lattice.ts";

/** People of a block by the age groups of layout standards. */
export type BlockPeople = Readonly<
  Record<"everyone" | "age0to2" | "age3to5" | "age6to11" | "age12to14" | "age60up", number>
>;

/** A block of houses between streets, or a village, with the people of one town in it. */
export interface HomeBlock {
  readonly code: string;
  /** Code of the street office or town in which its people live. */
  readonly town: string;
  /** 0 in a town, else the number of the village. */
  readonly village: number;
  readonly name: { readonly zh: string; readonly en: string };
  /** Mean of the homes, on the city's grid. */
  readonly at: Spot;
  readonly people: BlockPeople;
  readonly households: number;
  /** Its outline on the grid, first point not repeated. */
  readonly outline: readonly Spot[];
}

export interface HomeBlocks {
  readonly blocks: readonly HomeBlock[];
  /** Household numbers, and for each the position of its block. */
  readonly household: Int32Array;
  readonly block: Int32Array;
}

const facts: readonly SnapshotFact[] = [
  { name: "birthDate", entity: "person", type: "date" },
  { name: "residenceArea", entity: "person", type: "area" },
  ...["homeX", "homeY", "village"].map((name) => ({
    name,
    entity: "household" as const,
    type: "integer" as const,
    range: { min: 0, max: 1_000_000 },
  })),
];

/** A barrier this near to the middle of a square parts the homes of the square. */
const partsMetres = 180;

interface Gathering {
  readonly town: number;
  readonly village: number;
  readonly i: number;
  readonly j: number;
  readonly sides: readonly Side[];
  x: number;
  y: number;
  households: number;
  readonly counts: number[];
}

/**
 * Gathers the households of a people snapshot into blocks: squares of the street grid, parted where water, rails or the ring run
 * through, and villages. Every household is in one block; its block lies in the town that its members live in.
 */
export async function gatherBlocks(snapshot: Snapshot, places: Places, seed: number): Promise<HomeBlocks> {
  const barriers = openBarriers(places.barriers);
  const today = packedDate(Date.parse(`${snapshot.manifest.date}T00:00:00Z`) / 86_400_000);
  const gathered = new Map<number, Gathering>();
  const cellSides = new Map<number, readonly Side[]>();
  const household = new Int32Array(snapshot.households);
  const keyOf = new Float64Array(snapshot.households);
  let done = 0;
  for await (const { people, householdIds } of snapshot.blocks({ facts, areas: snapshot.manifest.areas })) {
    const { personColumns, householdColumns, household: members } = people;
    const [x, y, village] = ["homeX", "homeY", "village"].map((name) => householdColumns[name]!.data);
    const birth = personColumns.birthDate!;
    const area = personColumns.residenceArea!.data;
    for (let h = 0; h < people.households; h++) {
      const start = members.start[h]!;
      const home = { town: area[start]!, village: village![h]!, x: x![h]!, y: y![h]! };
      const key = keyOfHome(home, barriers, cellSides);
      const block = gathered.get(key) ?? newGathering(home, cellSides);
      gathered.set(key, block);
      block.x += home.x;
      block.y += home.y;
      block.households += 1;
      for (let row = start; row < members.start[h + 1]!; row++) {
        const isUnknown = birth.unknown !== undefined && (birth.unknown[row >>> 3]! >>> (row & 7)) & 1;
        countPerson(block.counts, isUnknown ? undefined : yearsBetween(packedDate(birth.data[row]!), today));
      }
      household[done] = householdIds[h]!;
      keyOf[done++] = key;
    }
  }
  const order = [...gathered.keys()].sort((a, b) => a - b);
  const position = new Map(order.map((key, i) => [key, i]));
  const shift = createRandom(seed).draw("roads.shift");
  return {
    blocks: order.map((key) => blockOf(gathered.get(key)!, { key, places, shift, barriers })),
    household,
    block: Int32Array.from(keyOf, (key) => position.get(key)!),
  };
}

interface Home {
  readonly town: number;
  readonly village: number;
  readonly x: number;
  readonly y: number;
}

const cellOf = ({ x, y }: Home) => Math.floor(x / gridMetres) * 1024 + Math.floor(y / gridMetres);

/** One number a block: town, village, square, and the sides of the barriers that part the square. */
function keyOfHome(home: Home, barriers: Barriers, cellSides: Map<number, readonly Side[]>): number {
  const place = home.town * 64 + home.village;
  if (home.village > 0) return place * 2 ** 26;
  const cell = cellOf(home);
  let sides = cellSides.get(cell);
  if (!sides) {
    const middle: Spot = [(Math.floor(cell / 1024) + 0.5) * gridMetres, ((cell % 1024) + 0.5) * gridMetres];
    sides = barriers.sides(middle, partsMetres);
    cellSides.set(cell, sides);
  }
  let bits = 0;
  if (sides.length > 0) {
    const own = barriers.sides([home.x, home.y], 400);
    for (const { barrier } of sides) if (own.find((side) => side.barrier === barrier)?.left) bits |= 1 << barrier;
  }
  return (place * 2 ** 20 + cell) * 64 + bits;
}

function newGathering(home: Home, cellSides: ReadonlyMap<number, readonly Side[]>): Gathering {
  const cell = cellOf(home);
  return {
    town: home.town,
    village: home.village,
    i: Math.floor(cell / 1024),
    j: cell % 1024,
    sides: home.village > 0 ? [] : (cellSides.get(cell) ?? []),
    x: 0,
    y: 0,
    households: 0,
    counts: [0, 0, 0, 0, 0, 0],
  };
}

/** Upper ages of the groups after everyone; people of 15 to 59, and those of unknown age, are in none of them. */
const groups = [
  [0, 2],
  [3, 5],
  [6, 11],
  [12, 14],
  [60, Infinity],
] as const;

function countPerson(counts: number[], age: number | undefined): void {
  counts[0]! += 1;
  if (age === undefined) return;
  const group = groups.findIndex(([from, to]) => age >= from && age <= to);
  if (group >= 0) counts[group + 1]! += 1;
}

interface Shaping {
  readonly key: number;
  readonly places: Places;
  readonly shift: (index: number) => number;
  readonly barriers: Barriers;
}

function blockOf(gathering: Gathering, { key, places, shift, barriers }: Shaping): HomeBlock {
  const { village, i, j, sides, households, counts } = gathering;
  const town = places.towns[gathering.town]!;
  const at: Spot = [Math.round(gathering.x / households), Math.round(gathering.y / households)];
  const bits = key % 64;
  const part = village > 0 || sides.length === 0 ? "" : String.fromCharCode(97 + (bits % 26));
  const [everyone, age0to2, age3to5, age6to11, age12to14, age60up] = counts as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return {
    code: village > 0 ? `${town.code}-v${String(village).padStart(2, "0")}` : `${town.code}-${i}-${j}${part}`,
    town: town.code,
    village,
    name:
      village > 0
        ? { zh: `第${village}村`, en: `Village ${village}` }
        : { zh: `街坊 ${i}-${j}${part}`, en: `Block ${i}-${j}${part}` },
    at,
    people: { everyone, age0to2, age3to5, age6to11, age12to14, age60up },
    households,
    outline: village > 0 ? around(at, 260) : squareOf({ i, j, at, sides, bits, shift, barriers }),
  };
}

interface Square {
  readonly i: number;
  readonly j: number;
  readonly at: Spot;
  readonly sides: readonly Side[];
  readonly bits: number;
  readonly shift: (index: number) => number;
  readonly barriers: Barriers;
}

/** The square between its four corners, less what lies beyond the barriers that part it. */
function squareOf({ i, j, at, sides, bits, shift, barriers }: Square): readonly Spot[] {
  let outline: readonly Spot[] = [
    cornerOf(i, j, shift),
    cornerOf(i + 1, j, shift),
    cornerOf(i + 1, j + 1, shift),
    cornerOf(i, j + 1, shift),
  ];
  for (const { barrier, a, b } of sides) {
    const isLeft = (bits & (1 << barrier)) !== 0;
    outline = clip(outline, isLeft ? [a, b] : [b, a], barriers.list[barrier]!.width / 2 + 6);
  }
  return outline.length >= 3 && areaOf(outline) > 2500 ? outline : around(at, 40);
}

/** What of a convex outline lies more than `off` metres to the left of the line from a to b. */
function clip(outline: readonly Spot[], [a, b]: readonly [Spot, Spot], off: number): Spot[] {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  const far = ([x, y]: Spot) => ((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])) / length - off;
  const kept: Spot[] = [];
  outline.forEach((p, n) => {
    const q = outline[(n + 1) % outline.length]!;
    const [fp, fq] = [far(p), far(q)];
    if (fp >= 0) kept.push(p);
    if (fp >= 0 === fq >= 0) return;
    const share = fp / (fp - fq);
    kept.push([Math.round(p[0] + share * (q[0] - p[0])), Math.round(p[1] + share * (q[1] - p[1]))]);
  });
  return kept;
}

function areaOf(outline: readonly Spot[]): number {
  let twice = 0;
  outline.forEach(([x, y], n) => {
    const [p, q] = outline[(n + 1) % outline.length]!;
    twice += x * q - p * y;
  });
  return Math.abs(twice) / 2;
}

function around([x, y]: Spot, radius: number): Spot[] {
  return Array.from({ length: 8 }, (_, n) => {
    const turn = (Math.PI * (2 * n + 1)) / 8;
    return [Math.round(x + radius * Math.cos(turn)), Math.round(y + radius * Math.sin(turn))];
  });
}
