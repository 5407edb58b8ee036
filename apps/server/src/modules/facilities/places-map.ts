import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { faultLine, readValue } from "@qingdan/list";
import {
  type AgeGroup,
  ageGroups,
  type BlockOnMap,
  type GivenMinutes,
  type ImportReport,
  importRoads,
  parseCsv,
  ReachRefusal,
  type RouteGraph,
  readMinutes,
  routeGraph,
  type Snapper,
  snapper,
  type WalkNetwork,
} from "@qingdan/reach";
import { z } from "zod";
import { Problem, type Words } from "../../problem.ts";

const words = z.object({ zh: z.string(), en: z.string() });
const degrees = z.tuple([z.number(), z.number()]);
const manifest = z.object({
  format: z.literal("qingdan-places"),
  version: z.literal(1),
  id: z.string(),
  /** Code of the area that the map is of. */
  area: z.string(),
  name: words,
  date: z.iso.date(),
  datum: z.literal("wgs84"),
  fictitious: z.boolean(),
  mapReview: z.string().nullable(),
  towns: z.array(
    z.object({ code: z.string(), name: words, district: z.object({ code: z.string(), name: words }), point: degrees }),
  ),
  files: z.record(z.string(), z.object({ file: z.string(), rows: z.number(), sha256: z.string() })),
});
const count = z.int().nonnegative();
const blockFile = z.object({
  features: z.array(
    z.object({
      properties: z.object({
        code: z.string(),
        town: z.string(),
        name_zh: z.string(),
        name_en: z.string(),
        lon: z.number(),
        lat: z.number(),
        everyone: count,
        age0to2: count,
        age3to5: count,
        age6to11: count,
        age12to14: count,
        age60up: count,
      }),
    }),
  ),
});

export interface Town {
  readonly code: string;
  readonly name: Words;
  readonly district: { readonly code: string; readonly name: Words };
  readonly point: readonly [number, number];
}

/** Streets as a graph for people who may, or may not, use stairs. */
export interface Ways {
  readonly graph: RouteGraph;
  readonly snapper: Snapper;
}

/** The map of a city: streets, blocks with their people, towns. Read once, never changed. */
export interface PlacesMap {
  readonly folder: string;
  readonly id: string;
  /** Code of the area that the map is of. */
  readonly area: string;
  readonly name: Words;
  readonly date: string;
  readonly fictitious: boolean;
  readonly mapReview: string | null;
  readonly towns: readonly Town[];
  readonly network: WalkNetwork;
  readonly roads: ImportReport;
  /** Bridges and underpasses. */
  readonly crossings: number;
  readonly blocks: readonly BlockOnMap[];
  readonly blockNames: ReadonlyMap<string, Words>;
  readonly people: number;
  /** Minutes by car that the city brings, by kind of place. */
  readonly minutes: GivenMinutes;
  readonly bounds: readonly [west: number, south: number, east: number, north: number];
  /** Made when first asked for. */
  ways(stairs: boolean): Ways;
  /** Blocks that are too far from a street, or behind a barrier, to be counted. */
  unsnappedBlocks(): number;
}

/**
 * Reads a map's folder: `places.json`, `roads.geojson`, `blocks.geojson`, and `minutes.csv` where there is one.
 *
 * @throws {Problem} PLACES-MAP-FAULTY where a file is missing or is not what it should be
 */
export async function openPlacesMap(folder: string): Promise<PlacesMap> {
  const read = async <T>(file: string, schema: z.ZodType<T>): Promise<T> => {
    const found = readValue(schema, asJson(await readText(folder, file), file));
    if (found.ok) return found.value;
    const { zh, en } = faultLine(found.faults.slice(0, 1));
    throw faulty({ zh: `${file}: ${zh}`, en: `${file}: ${en}` });
  };
  const about = await read("places.json", manifest);
  const { features } = await read("blocks.geojson", blockFile);
  const text = await readText(folder, "roads.geojson");
  // A map's streets meet at common points: nothing is joined that was not drawn so.
  const { network, report } = told("roads.geojson", () => importRoads({ format: "geojson", text }, { gapMetres: 0 }));
  const groups = Object.keys(ageGroups) as AgeGroup[];
  const blocks = features.map(({ properties }): BlockOnMap => {
    const { code, town, lon, lat } = properties;
    return {
      code,
      street: town,
      lon,
      lat,
      people: Object.fromEntries(groups.map((group) => [group, properties[group]])),
    };
  });
  const minutes = await readMinutesOf(folder, blocks);
  const ways = new Map<boolean, Ways>();
  const waysOf = (stairs: boolean): Ways => {
    const known = ways.get(stairs);
    if (known) return known;
    const graph = routeGraph(network, { stairs });
    const made = { graph, snapper: snapper(graph) };
    ways.set(stairs, made);
    return made;
  };
  let unsnapped: number | undefined;
  const { id, area, name, date, fictitious, mapReview, towns } = about;
  return {
    folder,
    id,
    area,
    name,
    date,
    fictitious,
    mapReview,
    towns,
    network,
    roads: report,
    crossings: text.match(/"(?:bridge|tunnel)":"yes"/g)?.length ?? 0,
    blocks,
    blockNames: new Map(features.map(({ properties: p }) => [p.code, { zh: p.name_zh, en: p.name_en }])),
    people: blocks.reduce((sum, { people }) => sum + (people.everyone ?? 0), 0),
    minutes,
    bounds: boundsOf(blocks),
    ways: waysOf,
    unsnappedBlocks() {
      const lon = Float64Array.from(blocks, (block) => block.lon);
      const lat = Float64Array.from(blocks, (block) => block.lat);
      unsnapped ??= waysOf(true).snapper.snap({ lon, lat }, 200).report.unsnapped.length;
      return unsnapped;
    },
  };
}

/** Minutes by car in `minutes.csv`; a city without it knows none. */
async function readMinutesOf(folder: string, blocks: readonly BlockOnMap[]): Promise<GivenMinutes> {
  const file = "minutes.csv";
  if (!existsSync(path.join(folder, file))) return new Map();
  const text = await readText(folder, file);
  return told(file, () => readMinutes(parseCsv(text, file), blocks));
}

/** Does work of the reach package; what it refuses is a fault of the map. */
function told<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ReachRefusal)) throw error;
    throw faulty({ zh: `${file}: ${error.place} 有误`, en: `${file}: ${error.message}` });
  }
}

function asJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw faulty({ zh: `${file}: 不是 JSON`, en: `${file}: ${(error as Error).message}` });
  }
}

async function readText(folder: string, file: string): Promise<string> {
  try {
    return await readFile(path.join(folder, file), "utf8");
  } catch {
    throw faulty({ zh: `没有 ${file}`, en: `${file} is missing` });
  }
}

function faulty({ zh, en }: Words): Problem {
  return new Problem("PLACES-MAP-FAULTY", { zh: `请重新生成地图：${zh}`, en: `Make the map again: ${en}` });
}

function boundsOf(blocks: readonly BlockOnMap[]): readonly [number, number, number, number] {
  return blocks.reduce<readonly [number, number, number, number]>(
    ([west, south, east, north], { lon, lat }) => [
      Math.min(west, lon),
      Math.min(south, lat),
      Math.max(east, lon),
      Math.max(north, lat),
    ],
    [180, 90, -180, -90],
  );
}

/** Codes of the towns of an area: a district, or one town. @throws {Problem} PLACES-AREA-UNKNOWN */
export function townsOf(map: PlacesMap, area: string): ReadonlySet<string> {
  const own = map.towns.filter(({ code, district }) => code === area || district.code === area);
  if (own.length > 0) return new Set(own.map(({ code }) => code));
  throw new Problem("PLACES-AREA-UNKNOWN", { zh: `地图上没有 ${area}`, en: `The map has no ${area}` });
}

/** An area with its name. @throws {Problem} PLACES-AREA-UNKNOWN */
export function areaNamed(map: PlacesMap, area: string): { readonly code: string; readonly name: Words } {
  townsOf(map, area);
  const town = map.towns.find(({ code }) => code === area);
  if (town) return { code: area, name: town.name };
  return map.towns.find(({ district }) => district.code === area)!.district;
}
