import { describe, expect, test } from "vitest";
import { hasSharedData, readShared } from "../testing.ts";
import { checkDatum } from "./check-datum.ts";
import { convertPoints, datumNamed } from "./datum.ts";
import { metresBetween } from "./metres.ts";
import { parseCsv } from "./parse-csv.ts";
import { readGeojsonRoads } from "./read-geojson-roads.ts";
import { walkNetwork } from "./walk-network.ts";

const one = (lon: number, lat: number) => ({ lon: Float64Array.of(lon), lat: Float64Array.of(lat) });

describe("conversion", () => {
  test("there and back is the same place to two decimetres, in all pairs of datums", () => {
    const start = one(121.4737, 31.2304);
    for (const via of ["gcj02", "bd09"] as const) {
      const back = convertPoints(convertPoints(start, "wgs84", via), via, "wgs84");
      expect(metresBetween(back.lon[0]!, back.lat[0]!, 121.4737, 31.2304)).toBeLessThan(0.2);
    }
  });

  test("GCJ-02 lies 300 to 1,000 m from WGS 84 in China and nowhere from it in Porto", () => {
    const moved = convertPoints(one(121.4737, 31.2304), "wgs84", "gcj02");
    const far = metresBetween(moved.lon[0]!, moved.lat[0]!, 121.4737, 31.2304);
    expect(far).toBeGreaterThan(300);
    expect(far).toBeLessThan(1000);
    expect(convertPoints(one(-8.6, 41.15), "wgs84", "gcj02")).toEqual(one(-8.6, 41.15));
  });

  test("names are read as people write them, others refused", () => {
    expect(["GCJ-02", "WGS 84", "CGCS2000", "bd09"].map(datumNamed)).toEqual(["gcj02", "wgs84", "cgcs2000", "bd09"]);
    expect(() => datumNamed("Beijing 54")).toThrow("no datum known here");
  });
});

/** The datum of points and roads of each set, and median metres as given and converted, from their published study. */
const sets = [
  { set: "zhengzhou-hulatang", file: "shops_1102.csv", points: "gcj02", roads: "wgs84", given: 45.6, best: 18.9 },
  { set: "suzhou-gusu", file: "poi_logistics.geojson", points: "wgs84", roads: "gcj02", given: 38.3, best: 22.1 },
  { set: "shenzhen-pingshan", file: "aed_494.csv", points: "gcj02", roads: "wgs84", given: 51.1, best: 34.5 },
  { set: "guangzhou-nansha", file: "ports_54.csv", points: "gcj02", roads: "wgs84", given: 106.5, best: 37.6 },
  {
    set: "beijing-chaoyang",
    file: "emergency_shelters_132.csv",
    points: "wgs84",
    roads: "wgs84",
    given: 13.9,
    best: 13.9,
  },
] as const;

describe.skipIf(!hasSharedData)("the datum of five Chinese data sets", () => {
  test.each(sets)("$set: points in $points on roads in $roads", ({ set, file, points, roads, given, best }) => {
    // The study took every line, whatever its class.
    const lines = readGeojsonRoads(readShared(`${set}/roads.geojson`).replaceAll('"fclass":', '"class":'));
    const network = walkNetwork({ ...lines, lines: lines.lines.map((line) => ({ ...line, kind: "walk" })) });
    const finding = checkDatum(pointsOf(readShared(`${set}/${file}`)), network);
    expect(finding.best).toMatchObject({ points, roads });
    expect(finding.verdict).toBe(points === roads ? "agree" : "mismatch");
    expect(Math.abs(finding.best.medianMetres - best)).toBeLessThan(0.6);
    expect(
      Math.abs(finding.readings.find((reading) => reading.points === reading.roads)!.medianMetres - given),
    ).toBeLessThan(0.6);
  });

  test("points moved to Baidu's datum are found to be Baidu's", () => {
    const lines = readGeojsonRoads(readShared("beijing-chaoyang/roads.geojson"));
    const shelters = pointsOf(readShared("beijing-chaoyang/emergency_shelters_132.csv"));
    const finding = checkDatum(convertPoints(shelters, "wgs84", "bd09"), walkNetwork(lines));
    expect(finding).toMatchObject({ verdict: "mismatch", best: { points: "bd09", roads: "wgs84" } });
  });
});

function pointsOf(text: string) {
  if (!text.startsWith("{")) {
    const table = parseCsv(text, "points");
    return { lon: Float64Array.from(table.column("lon"), Number), lat: Float64Array.from(table.column("lat"), Number) };
  }
  const { features } = JSON.parse(text) as { features: { geometry: { coordinates: [number, number] } }[] };
  return {
    lon: Float64Array.from(features, ({ geometry }) => geometry.coordinates[0]),
    lat: Float64Array.from(features, ({ geometry }) => geometry.coordinates[1]),
  };
}
