import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gb50180, importRoads, metresBetween, placesThatCount } from "@qingdan/reach";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeCity } from "./index.ts";
import { readPlaces } from "./places.ts";
import { makePlaces } from "./places-files.ts";
import { openBarriers } from "./roads-barriers.ts";

interface Feature<P> {
  readonly properties: P;
  readonly geometry: { readonly coordinates: readonly (readonly [number, number])[] };
}
type Tags = Readonly<Record<string, string>>;
interface BlockProperties {
  readonly code: string;
  readonly town: string;
  readonly lon: number;
  readonly lat: number;
  readonly households: number;
  readonly everyone: number;
  readonly age60up: number;
}

let dir: string;
let roads: readonly Feature<Tags>[];
let blocks: readonly Feature<BlockProperties>[];
const people = 4000;

async function featuresOf<P>(file: string): Promise<readonly Feature<P>[]> {
  return JSON.parse(await readFile(path.join(dir, "map", file), "utf8")).features;
}
async function digests(folder: string): Promise<string[]> {
  const files = (await readdir(folder)).toSorted();
  const hash = async (file: string) =>
    createHash("sha256")
      .update(await readFile(path.join(folder, file)))
      .digest("hex");
  return Promise.all(files.map(async (file) => `${file} ${await hash(file)}`));
}

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "qingping-map-"));
  await makeCity({ people, seed: 5, out: path.join(dir, "people"), workers: 1, receipts: false });
  await makePlaces({ peopleDir: path.join(dir, "people"), seed: 5, out: path.join(dir, "map") });
  roads = await featuresOf<Tags>("roads.geojson");
  blocks = await featuresOf<BlockProperties>("blocks.geojson");
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe("the streets", () => {
  it("hang together: from every street to every other one can walk", () => {
    const { report } = importRoads(
      { format: "geojson", text: JSON.stringify({ type: "FeatureCollection", features: roads }) },
      { gapMetres: 0 },
    );
    expect(report.components).toEqual({ count: 1, largestShare: 1, cutOff: [] });
    expect(report.roads).toMatchObject({ leftOut: {}, broken: 0 });
    expect(report.kilometres).toBeGreaterThan(2000);
    expect(report.roads.stairs).toBeGreaterThan(3);
  });

  it("cross water, rails and the ring by bridges and underpasses only, and all of these do cross one", () => {
    const walls = roads.filter(({ properties: p }) => p.waterway || p.railway || p.highway === "trunk");
    expect(walls).toHaveLength(6);
    const pieces = walls.flatMap(({ geometry: { coordinates } }) =>
      coordinates.slice(1).map((b, i) => [coordinates[i]!, b] as const),
    );
    const crossesWall = (a: readonly [number, number], b: readonly [number, number]) =>
      pieces.some(([c, d]) => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0);
    const ways = roads.filter((road) => !walls.includes(road));
    const crossing = ways.filter(({ geometry: { coordinates } }) =>
      coordinates.slice(1).some((b, i) => crossesWall(coordinates[i]!, b)),
    );
    const raised = ways.filter(({ properties }) => properties.bridge === "yes" || properties.tunnel === "yes");
    expect(crossing.filter((road) => !raised.includes(road))).toEqual([]);
    expect(raised.filter((road) => !crossing.includes(road))).toEqual([]);
    const bridges = raised.filter(({ properties }) => properties.bridge === "yes" && properties.highway !== "steps");
    expect(bridges.length).toBeGreaterThan(8);
    expect(bridges.length).toBeLessThan(60);
  });

  it("lie in the open sea: the map is nobody's", () => {
    const all = roads.flatMap(({ geometry }) => geometry.coordinates);
    const within = (at: 0 | 1, from: number, to: number) => all.every((point) => point[at] > from && point[at] < to);
    expect(within(0, 123.1, 124)).toBe(true);
    expect(within(1, 30.1, 30.8)).toBe(true);
  });
});

describe("the blocks", () => {
  it("hold every person once, in the town that they live in", () => {
    const { towns } = readPlaces();
    expect(blocks.reduce((sum, { properties }) => sum + properties.everyone, 0)).toBe(people);
    for (const { properties } of blocks) {
      expect(towns.map(({ code }) => code)).toContain(properties.town);
      expect(properties.code.startsWith(`${properties.town}-`)).toBe(true);
    }
    const older = blocks.reduce((sum, { properties }) => sum + properties.age60up, 0);
    expect(older / people).toBeGreaterThan(0.15);
  });

  it("lie on dry land and near the middle of their town", () => {
    const { towns, barriers } = readPlaces();
    const water = openBarriers(barriers);
    expect(water.isWet([28_800, 25_250], 0)).toBe(true);
    const [lon0, lat0] = [123.2, 30.2];
    for (const { properties } of blocks) {
      const town = towns.find(({ code }) => code === properties.town)!;
      const x = metresBetween(lon0, 30.43, properties.lon, 30.43);
      const y = metresBetween(lon0, lat0, lon0, properties.lat);
      expect(Math.hypot(x - town.x, y - town.y)).toBeLessThan(town.villages > 0 ? 6200 : 2.9 * 0.55 * town.radius + 60);
      expect(water.isWet([x, y], 0)).toBe(false);
    }
  });
});

it("the register has what the standards ask for, and a few rows that an import must not take", async () => {
  const [header, ...rows] = (await readFile(path.join(dir, "map", "facilities.csv"), "utf8")).trim().split("\n");
  expect(header).toContain("opening_hours,step_free");
  const services = rows.map((row) => ({ service: row.split(",")[1]! }));
  for (const requirement of gb50180.requirements) {
    expect(placesThatCount(requirement, services).count.length).toBeGreaterThan(20);
  }
  expect(rows.filter((row) => row.startsWith("register-9"))).toHaveLength(3);
});

it("minutes by car: every block has a way to a hospital, none quicker than straight at 40 km/h, some within 30 minutes and some not", async () => {
  const [header, ...rows] = (await readFile(path.join(dir, "map", "minutes.csv"), "utf8")).trim().split("\n");
  expect(header).toBe("block,kind,place,minutes");
  expect(rows).toHaveLength(blocks.length);
  const register = (await readFile(path.join(dir, "map", "facilities.csv"), "utf8"))
    .split("\n")
    .map((row) => row.split(","));
  const points = new Map(register.map((row) => [row[0], [Number(row[5]), Number(row[6])] as const]));
  const minutes = rows.map((row, i) => {
    const [block, kind, place, told] = row.split(",");
    const { code, lon, lat } = blocks[i]!.properties;
    expect([block, kind]).toEqual([code, "hospital"]);
    const [east, north] = points.get(place!)!;
    // Doors stand up to 600 m from a road, which is not driven.
    const straight = Math.max(0, metresBetween(lon, lat, east, north) - 600);
    expect(Number(told)).toBeGreaterThanOrEqual(5 + (straight / 40_000) * 60 - 0.1);
    return Number(told);
  });
  expect(Math.min(...minutes)).toBeLessThan(15);
  expect(minutes.some((one) => one > 30)).toBe(true);
  expect(Math.max(...minutes)).toBeLessThan(90);
});

it("the same people and seed give the same bytes, another seed another map", async () => {
  const again = (seed: number) =>
    makePlaces({ peopleDir: path.join(dir, "people"), seed, out: path.join(dir, `again${seed}`) });
  await again(5);
  await again(6);
  expect(await digests(path.join(dir, "again5"))).toEqual(await digests(path.join(dir, "map")));
  expect(await digests(path.join(dir, "again6"))).not.toEqual(await digests(path.join(dir, "map")));
});

function side(a: readonly [number, number], b: readonly [number, number], c: readonly [number, number]): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}
