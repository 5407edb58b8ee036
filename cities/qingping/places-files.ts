import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { createColumnWriter, describeFile, openSnapshot } from "../../apps/server/src/modules/intake/index.ts";
import { gatherBlocks, type HomeBlock } from "./blocks.ts";
import { type DriveMinutes, driveMinutes } from "./drive-minutes.ts";
import { type CityFacility, makeFacilities } from "./facilities.ts";
import { readPlaces } from "./places.ts";
import { type CityRoad, degreesOf, makeRoads } from "./roads.ts";
import { type Barrier, distance, type Spot } from "./roads-barriers.ts";

export interface PlacesOptions {
  /** Folder of the people snapshot whose households are put into blocks. */
  readonly peopleDir: string;
  readonly seed: number;
  /** Folder to write; one that is there is replaced. */
  readonly out: string;
}

/**
 * Writes the map of the demo city for a people snapshot: `places.json` (what it is, hashes), `roads.geojson`, `ground.geojson`
 * (water to draw), `blocks.geojson`, `households.parquet` (position of each household's block), `facilities.csv` (the register) and
 * `minutes.csv` (minutes by car to the hospitals). The same people and seed give the same bytes.
 */
export async function makePlaces({ peopleDir, seed, out }: PlacesOptions): Promise<void> {
  const snapshot = await openSnapshot(peopleDir);
  const places = readPlaces();
  const roads = makeRoads(places, seed);
  const { blocks, household, block } = await gatherBlocks(snapshot, places, seed);
  const names = townNames();
  const facilities = makeFacilities(places, { seed, names, doorsteps: doorstepsOf(roads) });
  const dir = `${out}.making-${process.pid}`;
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  try {
    await writeFile(path.join(dir, "roads.geojson"), collection(roads.map(roadFeature)));
    await writeFile(path.join(dir, "ground.geojson"), collection(places.barriers.filter(isWater).map(waterFeature)));
    await writeFile(path.join(dir, "blocks.geojson"), collection(blocks.map(blockFeature)));
    await writeFile(path.join(dir, "facilities.csv"), registerCsv(facilities));
    const minutes = minutesOf({ roads, blocks, facilities });
    await writeFile(path.join(dir, "minutes.csv"), minutesCsv(minutes));
    const writer = await createColumnWriter();
    try {
      const columns = [
        { name: "household", width: "i32" as const, data: household },
        { name: "block", width: "i32" as const, data: block },
      ];
      await writer.write(path.join(dir, "households.parquet"), columns, household.length);
    } finally {
      writer.close();
    }
    const files = await Promise.all([
      describeFile(dir, "roads.geojson", roads.length),
      describeFile(dir, "ground.geojson", places.barriers.filter(isWater).length),
      describeFile(dir, "blocks.geojson", blocks.length),
      describeFile(dir, "households.parquet", household.length),
      describeFile(dir, "facilities.csv", facilities.length),
      describeFile(dir, "minutes.csv", minutes.length),
    ]);
    const { name, date, people } = snapshot.manifest;
    const hash = createHash("sha256");
    for (const { sha256 } of files) hash.update(sha256);
    await writeFile(
      path.join(dir, "places.json"),
      JSON.stringify({
        format: "qingdan-places",
        version: 1,
        id: hash.digest("hex").slice(0, 16),
        area: "cn-3199",
        name,
        date,
        people,
        datum: "wgs84",
        fictitious: true,
        mapReview: null,
        towns: places.towns.map(({ code, x, y, villages }) => ({
          code,
          name: names[code],
          district: { code: code.slice(0, 9), name: names[code.slice(0, 9)] },
          point: degreesOf([x, y]),
          villages,
        })),
        files: Object.fromEntries(files.map((one) => [one.file, one])),
      }),
    );
    await rm(out, { recursive: true, force: true });
    await rename(dir, out);
  } finally {
    if (existsSync(dir)) await rm(dir, { recursive: true, force: true });
  }
}

function townNames(): Record<string, { zh: string; en: string }> {
  const areas: { code: string; zh: string; en: string }[] = parse(
    readFileSync(fileURLToPath(new URL("list/areas.yaml", import.meta.url)), "utf8"),
  );
  return Object.fromEntries(areas.map(({ code, zh, en }) => [code, { zh, en }]));
}

type Feature = { readonly type: "Feature"; readonly properties: object; readonly geometry: object };

/** One feature a line, so that differences can be read. */
function collection(features: readonly Feature[]): string {
  return `{"type":"FeatureCollection","features":[\n${features.map((one) => JSON.stringify(one)).join(",\n")}\n]}\n`;
}

function roadFeature({ tags, points }: CityRoad): Feature {
  return { type: "Feature", properties: tags, geometry: { type: "LineString", coordinates: points } };
}

const isWater = ({ kind }: Barrier) => kind === "river";

/** The water between its banks, as one polygon. */
function waterFeature({ name, width, course }: Barrier): Feature {
  const bank = (side: 1 | -1) =>
    course.map(([x, y], n): Spot => {
      const a = course[Math.max(0, n - 1)]!;
      const b = course[Math.min(course.length - 1, n + 1)]!;
      const off = (side * width) / 2 / distance(a, b);
      return [Math.round(x - off * (b[1] - a[1])), Math.round(y + off * (b[0] - a[0]))];
    });
  const ring = [...bank(1), ...bank(-1).reverse()];
  return {
    type: "Feature",
    properties: { name_zh: name.zh, name_en: name.en },
    geometry: { type: "Polygon", coordinates: [[...ring, ring[0]!].map(degreesOf)] },
  };
}

function blockFeature({ code, town, village, name, at, people, households, outline }: HomeBlock): Feature {
  const [lon, lat] = degreesOf(at);
  return {
    type: "Feature",
    properties: { code, town, village, name_zh: name.zh, name_en: name.en, lon, lat, households, ...people },
    geometry: { type: "Polygon", coordinates: [[...outline, outline[0]!].map(degreesOf)] },
  };
}

function registerCsv(rows: readonly CityFacility[]): string {
  const header =
    "code,kind,name_zh,name_en,town,lon,lat,functions,floor_m2,capacity,capacity_unit,opening_hours,step_free,operator,state";
  const field = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map(({ code, kind, name_zh, name_en, town, x, y, ...rest }) => {
    const [lon, lat] = degreesOf([x, y]);
    const { functions, floor_m2, capacity, capacity_unit, opening_hours, step_free, operator, state } = rest;
    return [
      ...[code, kind, name_zh, name_en, town, String(lon), String(lat), functions, floor_m2, capacity, capacity_unit],
      ...[opening_hours, step_free, operator, state],
    ]
      .map(field)
      .join(",");
  });
  return `${[header, ...lines].join("\n")}\n`;
}

/** Cars go to what is open. */
function minutesOf(city: {
  readonly roads: readonly CityRoad[];
  readonly blocks: readonly HomeBlock[];
  readonly facilities: readonly CityFacility[];
}): readonly DriveMinutes[] {
  const open = city.facilities.filter(({ state }) => state === "open");
  return driveMinutes({
    roads: city.roads,
    blocks: city.blocks.map(({ code, at }) => ({ code, at: degreesOf(at) })),
    places: open.map(({ code, kind, x, y }) => ({ code, kind, at: degreesOf([x, y]) })),
  });
}

function minutesCsv(rows: readonly DriveMinutes[]): string {
  const lines = rows.map(({ block, kind, place = "", minutes }) => [block, kind, place, minutes ?? ""].join(","));
  return `${["block,kind,place,minutes", ...lines].join("\n")}\n`;
}

/** Middles of the pieces of walkable streets, on a grid of buckets; a door stands 15 m from one. */
function doorstepsOf(roads: readonly CityRoad[]) {
  const bucket = 250;
  const spots = new Map<number, Spot[]>();
  const [lon0, lat0] = degreesOf([0, 0]);
  const [lon1, lat1] = degreesOf([100_000, 100_000]);
  const gridOf = ([lon, lat]: readonly [number, number]): Spot => [
    (100_000 * (lon - lon0)) / (lon1 - lon0),
    (100_000 * (lat - lat0)) / (lat1 - lat0),
  ];
  const keyOf = (x: number, y: number) => Math.floor(x / bucket) * 1024 + Math.floor(y / bucket);
  for (const { tags, points } of roads) {
    const isStreet = tags.highway && !tags.layer && tags.highway !== "trunk";
    if (!isStreet) continue;
    for (let n = 1; n < points.length; n++) {
      const [a, b] = [gridOf(points[n - 1]!), gridOf(points[n]!)];
      const length = distance(a, b);
      if (length < 60) continue;
      const off = 15 / length;
      const door: Spot = [
        Math.round((a[0] + b[0]) / 2 - off * (b[1] - a[1])),
        Math.round((a[1] + b[1]) / 2 + off * (b[0] - a[0])),
      ];
      const key = keyOf(door[0], door[1]);
      const known = spots.get(key);
      if (known) known.push(door);
      else spots.set(key, [door]);
    }
  }
  return {
    near(at: Spot): Spot {
      for (let reach = 1; reach < 24; reach++) {
        let best: Spot | undefined;
        for (let i = -reach; i <= reach; i++)
          for (let j = -reach; j <= reach; j++)
            for (const spot of spots.get(keyOf(at[0] + i * bucket, at[1] + j * bucket)) ?? [])
              if (!best || distance(spot, at) < distance(best, at)) best = spot;
        if (best && distance(best, at) <= reach * bucket) return best;
      }
      return at;
    },
  };
}
