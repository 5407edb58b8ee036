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
    [{ type: "高速公路", tunnel: "是" }, { leftOut: "type=高速公路 in a tunnel" }],
    // Geofabrik's shapefiles write F for no, and put railways and rivers into fclass.
    [{ fclass: "motorway", tunnel: "F" }, { kind: "barrier" }],
    [{ fclass: "motorway", tunnel: "T" }, { leftOut: "highway=motorway in a tunnel" }],
    [{ fclass: "rail", tunnel: "F" }, { kind: "barrier" }],
    [{ fclass: "river" }, { kind: "barrier" }],
    [{ fclass: "track_grade3" }, { kind: "walk" }],
    [{ fclass: "unknown" }, { kind: "walk" }],
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
  expect(table.columns).toEqual(["a", "b"]);
  expect(() => parseCsv('a,b\n1,"2\n3,4\n', "t")).toThrow("t, row 2: a quote is opened and not closed");
  expect(() => parseCsv('a,b\n"1"2,3\n', "t")).toThrow("t, row 2: text stands after a closing quote");
  expect(() => parseCsv("a,a\n1,2\n", "t")).toThrow("the column a stands twice");
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

  test("a gap is not joined over a railway, but to a street on its own side, or where the railway runs on a bridge", () => {
    const street = line([
      [-50, 0],
      [50, 0],
    ]);
    const loose = line([
      [0, 9],
      [0, 60],
    ]);
    const rails = (tags: object) =>
      line(
        [
          [-50, 4],
          [50, 4],
        ],
        { railway: "rail", ...tags },
      );
    expect(joined(collection(street, loose, rails({})))).toMatchObject({
      parts: 2,
      report: { gaps: 0, behindBarrier: 1 },
    });
    expect(joined(collection(street, loose, rails({ bridge: "yes" })))).toMatchObject({
      parts: 1,
      report: { gaps: 1 },
    });
    const ownSide = line([
      [-50, 20],
      [-5, 20],
    ]);
    const { report } = joined(collection(street, loose, ownSide, rails({})));
    expect(report).toMatchObject({ gaps: 2, behindBarrier: 0 });
    // From its loose end 11 units north and 5 west.
    expect(report.longestGapMetres).toBeCloseTo(Math.hypot(11 * 1.11195, 5 * 1.11195 * Math.cos(Math.PI / 6)), 1);
  });
});

test("edges of a CSV carry tags as shapefiles do: bridges on their level, motorways as barriers, loops broken", () => {
  const nodes = "node,lon,lat\n1,120,30\n2,120.001,30\n3,120.001,30.001\n";
  const edges =
    "from,to,fclass,bridge,tunnel,foot\n1,2,residential,T,F,\n2,3,motorway,F,F,\n1,3,service,F,F,no\n1,1,path,F,F,\n2,1,residential,T,F,\n";
  const { lines, report } = readCsvRoads(nodes, edges);
  expect(lines.map(({ kind, level }) => [kind, level])).toEqual([
    ["walk", 1],
    ["barrier", 0],
  ]);
  expect(report).toMatchObject({ lines: 5, walk: 1, barriers: 1, broken: 1, repeated: 1, leftOut: { "foot=no": 1 } });
});

test("files that are no roads are refused with a place", () => {
  expect(() => readGeojsonRoads("{")).toThrow(ReachRefusal);
  expect(() => readGeojsonRoads("{}")).toThrow("FeatureCollection");
  expect(() => readOsmPbf(new TextEncoder().encode("not a pbf file at all"))).toThrow("byte 0");
  const two = "node,lon,lat\n1,120,30\n2,121,30\n";
  expect(() => readCsvRoads("node,lon,lat\n1,120,30\n", "from,to\n1,2\n")).toThrow("node 2 is not in the node table");
  expect(() => readCsvRoads(`${two}1,122,30\n`, "from,to\n1,2\n")).toThrow("nodes, row 4: node 1 stands twice");
  expect(() => readCsvRoads("node,lon,lat\n1,500123,30\n", "from,to\n")).toThrow("no longitude and latitude");
  expect(() => readCsvRoads(two, "from,to,length_m\n1,2,-5\n")).toThrow("edges, row 2: -5 m is no length");
});

test("a GeoJSON with holes is read for the rest: what is no line is counted, what has no points is broken", () => {
  const text = JSON.stringify({
    type: "FeatureCollection",
    features: [
      null,
      { type: "Feature", properties: null, geometry: null },
      { type: "Feature", properties: {}, geometry: { type: "LineString" } },
      { type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates: [7, [[120, 30]]] } },
      line([
        [0, 0],
        [9, 9],
      ]),
    ],
  });
  expect(readGeojsonRoads(text).report).toMatchObject({
    lines: 5,
    walk: 1,
    broken: 3,
    leftOut: { "geometry none": 2 },
  });
  expect(() => readGeojsonRoads("null")).toThrow("FeatureCollection");
});

/** Bytes of a field of a protocol buffer: its number, its length, and what is in it. */
const field = (number: number, bytes: Uint8Array) => Uint8Array.of((number << 3) | 2, bytes.length, ...bytes);
const text = (words: string) => new TextEncoder().encode(words);

/** One block of a PBF file: plain (1) or packed with zlib (3). */
function pbfBlock(type: string, data: Uint8Array, packing: 1 | 3 = 1): Uint8Array {
  const blob = field(packing, data);
  const header = Uint8Array.of(...field(1, text(type)), 3 << 3, blob.length);
  return Uint8Array.of(0, 0, 0, header.length, ...header, ...blob);
}

test("a PBF that ends too soon, is damaged, or asks for what is not known here is refused with its place", () => {
  const history = pbfBlock(
    "OSMHeader",
    Uint8Array.of(...field(4, text("DenseNodes")), ...field(4, text("HistoricalInformation"))),
  );
  expect(() => readOsmPbf(history)).toThrow("needs readers to know HistoricalInformation");
  const plain = pbfBlock("OSMHeader", field(4, text("DenseNodes")));
  expect(readOsmPbf(plain).report).toMatchObject({ lines: 0 });
  expect(() => readOsmPbf(plain.subarray(0, -3))).toThrow("the file ends within a block");
  expect(() => readOsmPbf(pbfBlock("OSMData", Uint8Array.of(1, 2, 3, 4), 3))).toThrow("byte 15: this block is damaged");
});

describe.skipIf(!hasSharedData)("real road files", () => {
  test("Pingshan: the 398 motorways and trunk roads of the file are barriers, but for those in tunnels", () => {
    const { features } = JSON.parse(readShared("shenzhen-pingshan/roads.geojson")) as {
      features: { properties: { fclass: string; tunnel: string } }[];
    };
    const fast = features.filter(({ properties: { fclass } }) => /^(motorway|trunk)/.test(fclass));
    const inTunnels = fast.filter(({ properties: { tunnel } }) => tunnel === "T").length;
    expect(fast).toHaveLength(398);
    const { report } = readGeojsonRoads(readShared("shenzhen-pingshan/roads.geojson"));
    expect(report.barriers).toBe(398 - inTunnels);
    expect(Object.values(report.leftOut).reduce((sum, lines) => sum + lines, 0)).toBe(inTunnels);
  });

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
