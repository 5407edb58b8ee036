import { describe, expect, test } from "vitest";
import { ReachRefusal } from "../refusal.ts";
import { hasSharedData, readShared, readSharedBytes } from "../testing.ts";
import { components } from "./components.ts";
import { joinRoads } from "./join-roads.ts";
import { metresBetween } from "./metres.ts";
import { parseCsv } from "./parse-csv.ts";
import { readCsvRoads } from "./read-csv-roads.ts";
import { readGeojsonRoads } from "./read-geojson-roads.ts";
import { readOsmPbf } from "./read-osm-pbf.ts";
import { roadKind, roadLevel } from "./road-kind.ts";
import { walkNetwork } from "./walk-network.ts";

describe("what a line is to somebody on foot", () => {
  test.each([
    [{ highway: "footway" }, { kind: "walk" }],
    [{ highway: "steps" }, { kind: "stairs" }],
    [{ highway: "motorway" }, { kind: "barrier" }],
    [{ highway: "trunk", foot: "yes" }, { kind: "walk" }],
    [{ highway: "residential", foot: "no" }, { leftOut: "foot=no" }],
    [{ highway: "service", access: "private" }, { leftOut: "access=private" }],
    [{ highway: "service", access: "private", foot: "yes" }, { kind: "walk" }],
    [{ highway: "construction" }, { leftOut: "highway=construction" }],
    [{ railway: "rail" }, { kind: "barrier" }],
    [{ railway: "rail", tunnel: "yes" }, { leftOut: "railway=rail" }],
    [{ waterway: "river" }, { kind: "barrier" }],
    [{ fclass: "residential" }, { kind: "walk" }],
    [{ type: "城市快速路" }, { kind: "barrier" }],
    [{ building: "yes" }, { leftOut: "building" }],
  ])("%j is %j", (tags, is) => {
    expect(roadKind(tags as Record<string, string>)).toEqual(is);
  });

  test("bridges and tunnels run on their own level", () => {
    expect(
      [{ layer: "2", bridge: "yes" }, { bridge: "yes" }, { tunnel: "T" }, { bridge: "F" }, {}].map((tags) =>
        roadLevel(tags as Record<string, string>),
      ),
    ).toEqual([2, 1, -1, 0, 0]);
  });
});

test("a degree of latitude is 111,195 m on the mean sphere", () => {
  expect(metresBetween(120, 30, 120, 31)).toBeCloseTo((Math.PI / 180) * 6_371_008.8, 3);
  // Great circle between two points of Hangzhou by the haversine formula, on the same sphere.
  expect(metresBetween(120.15, 30.25, 120.16, 30.26)).toBeCloseTo(1469.3, 0);
});

test("CSV keeps quoted commas, quotes and line breaks, and refuses rows of another width", () => {
  const table = parseCsv('﻿a,b\r\n"x, ""y""","1\n2"\r\n,3\n', "t");
  expect(table.column("a")).toEqual(['x, "y"', ""]);
  expect(table.column("b")).toEqual(["1\n2", "3"]);
  expect(() => parseCsv("a,b\n1\n", "t")).toThrow(ReachRefusal);
  expect(() => table.column("c")).toThrow("there are a, b");
});

const line = (points: readonly (readonly [number, number])[], properties = {}) => ({
  type: "Feature",
  properties,
  geometry: { type: "LineString", coordinates: points.map(([x, y]) => [120 + x * 1e-5, 30 + y * 1e-5]) },
});
const collection = (...features: readonly object[]) => JSON.stringify({ type: "FeatureCollection", features });

describe("joining what was drawn apart", () => {
  const joined = (text: string, gapMetres = 15) => {
    const { roads, report } = joinRoads(readGeojsonRoads(text), { gapMetres, crossings: true });
    return { report, parts: components(walkNetwork(roads)).list.length };
  };

  test("streets that cross without a common point meet; a bridge does not meet what is under it", () => {
    const street = line([
      [-50, 0],
      [50, 0],
    ]);
    expect(
      joined(
        collection(
          street,
          line([
            [0, -50],
            [0, 50],
          ]),
        ),
      ),
    ).toMatchObject({ parts: 1, report: { crossings: 1, gaps: 0 } });
    expect(
      joined(
        collection(
          street,
          line(
            [
              [0, -50],
              [0, 50],
            ],
            { bridge: "yes" },
          ),
        ),
      ),
    ).toMatchObject({ parts: 2, report: { crossings: 0 } });
  });

  test("a loose end within the tolerance is joined and its gap told; beyond it stays cut off", () => {
    const street = line([
      [-50, 0],
      [50, 0],
    ]);
    const loose = line([
      [0, 9],
      [0, 60],
    ]);
    const { report, parts } = joined(collection(street, loose));
    expect(parts).toBe(1);
    expect(report.gaps).toBe(1);
    expect(report.longestGapMetres).toBeCloseTo(9 * 1.11195, 1);
    expect(joined(collection(street, loose), 5)).toMatchObject({ parts: 2, report: { gaps: 0 } });
  });
});

test("files that are no roads are refused with a place", () => {
  expect(() => readGeojsonRoads("{")).toThrow(ReachRefusal);
  expect(() => readGeojsonRoads("{}")).toThrow("FeatureCollection");
  expect(() => readOsmPbf(new TextEncoder().encode("not a pbf file at all"))).toThrow("byte 0");
  expect(() => readCsvRoads("node,lon,lat\n1,120,30\n", "from,to\n1,2\n")).toThrow("node 2 is not in the node table");
});

describe.skipIf(!hasSharedData)("real road files", () => {
  test("Porto Alegre: every node and way of the extract is read (counts of r5r's sample)", () => {
    const roads = readOsmPbf(readSharedBytes("porto-alegre-r5r/poa_osm.pbf"));
    expect([roads.lon.length, roads.report.lines]).toEqual([43_264, 16_032]);
    const { largestShare } = components(walkNetwork(roads));
    expect(largestShare).toBeGreaterThan(0.97);
  });

  test("Porto: every node and way of the extract is read (counts of conveyal/r5's test file)", () => {
    const roads = readOsmPbf(readSharedBytes("porto-portugal-osm/porto_portugal.osm.pbf"));
    expect([roads.lon.length, roads.report.lines]).toEqual([347_944, 51_458]);
  });

  test("Jinan: the published graph of 12,766 nodes hangs together to 98.05 %", () => {
    const roads = readCsvRoads(readShared("jinan-road-graph/nodes.csv"), readShared("jinan-road-graph/edges.csv"));
    expect([roads.lon.length, roads.report.lines]).toEqual([12_766, 28_597]);
    const parts = components(
      walkNetwork(
        readCsvRoads(
          readShared("jinan-road-graph/nodes.csv"),
          readShared("jinan-road-graph/edges.csv").replace(/^(eid,from,to,length_m),highway/, "$1,class"),
        ),
      ),
    );
    expect(parts.list[0]!.nodes / 12_766).toBeCloseTo(0.9805, 4);
  });

  test.each([
    ["suzhou-gusu", 0.773],
    ["beijing-chaoyang", 0.884],
    ["guangzhou-nansha", 0.956],
    ["shenzhen-pingshan", 0.965],
    ["zhengzhou-hulatang", 0.991],
  ])(
    "%s: joined at shared vertices the largest part is %d; joining makes it larger, and the rest is listed",
    (set, published) => {
      // The study took every line, whatever its class, and counted nodes.
      const roads = readGeojsonRoads(
        readShared(`${set}/roads.geojson`).replaceAll('"fclass":', '"class":').replaceAll('"type":"城', '"kind":"城'),
      );
      const network = walkNetwork(roads);
      expect(components(network).list[0]!.nodes / network.lon.length).toBeCloseTo(published, 2);
      const before = components(network);
      const joined = walkNetwork(joinRoads(roads, { gapMetres: 20, crossings: true }).roads);
      const after = components(joined);
      expect(after.largestShare).toBeGreaterThan(before.largestShare);
      // What stays cut off is listed with its metres: an island of Nansha, streets of Gusu that end at the district's edge.
      const listed = after.list.reduce((sum, { metres }) => sum + metres, 0);
      expect(listed).toBeCloseTo(
        joined.edges.length.reduce((sum, metres) => sum + metres, 0),
        3,
      );
      if (after.largestShare < 0.97) expect(after.list[1]!.metres).toBeGreaterThan(7000);
    },
  );
});
