import { beforeAll, describe, expect, test } from "vitest";
import { metresBetween, planeAt } from "../roads/metres.ts";
import { parseCsv } from "../roads/parse-csv.ts";
import { readGeojsonRoads } from "../roads/read-geojson-roads.ts";
import { walkNetwork } from "../roads/walk-network.ts";
import { effort, farthestOf, hasSharedData, nearestOpen, readShared, weightWithin } from "../testing.ts";
import { manyToMany } from "../travel/many-to-many.ts";
import { personGroups } from "../travel/person-group.ts";
import type { Places } from "../travel/places.ts";
import { type RouteGraph, routeGraph } from "../travel/route-graph.ts";
import { snapper } from "../travel/snap.ts";
import { solveBackupCover } from "./backup-cover.ts";
import { type Costs, costsOf } from "./costs.ts";
import { solveMaxCover } from "./max-cover.ts";
import { solvePCenter } from "./p-center.ts";
import { solvePMedian } from "./p-median.ts";
import { solveSetCover } from "./set-cover.ts";
import { highsSolver, type Solver } from "./solver.ts";

let solver: Solver;
beforeAll(async () => {
  solver = await highsSolver();
});

describe.skipIf(!hasSharedData)("San Francisco stores (notebook of PySAL spopt)", () => {
  const load = () => {
    const table = parseCsv(
      readShared("san-francisco-spopt/SF_network_distance_candidateStore_16_censusTract_205_new.csv"),
      "distances",
    );
    const demand = parseCsv(readShared("san-francisco-spopt/SF_demand_205_centroid_uniform_weight.csv"), "demand");
    const people = new Map(demand.column("NAME").map((name, i) => [name, Number(demand.column("POP2000")[i])]));
    const tracts = [...new Set(table.column("DestinationName"))];
    const stores = [...new Set(table.column("name"))];
    const cost = new Float64Array(tracts.length * stores.length).fill(Infinity);
    table.column("distance").forEach((metres, n) => {
      cost[
        tracts.indexOf(table.column("DestinationName")[n]!) * stores.length + stores.indexOf(table.column("name")[n]!)
      ] = Number(metres);
    });
    return costsOf({
      clients: tracts.length,
      sites: stores.length,
      cost,
      weight: Float64Array.from(tracts, (name) => people.get(name)!),
    });
  };

  test("all four published objectives", () => {
    const costs = load();
    expect([costs.clients, costs.sites]).toEqual([205, 16]);
    expect(solveSetCover(costs, { ...effort(), solver, limit: 5000 })).toMatchObject({ status: "optimal", value: 8 });
    const most = solveMaxCover(costs, { ...effort(), solver, p: 4, limit: 5000 });
    expect(most).toMatchObject({ status: "optimal", value: 875_247 });
    const inside = [...costs.weight.keys()].filter((i) => nearestOpen(costs, i, most.sites) <= 5000).length;
    expect((inside / 205) * 100).toBeCloseTo(89.75609756097562, 10);
    const median = solvePMedian(costs, { ...effort(), p: 4 });
    expect(median.status).toBe("optimal");
    expect(median.value).toBeCloseTo(2_848_268_129.7145104, 4);
    expect(median.value / costs.weight.reduce((a, b) => a + b)).toBeCloseTo(2982.1268579890657, 8);
    expect(solvePCenter(costs, { ...effort(), solver, p: 4 }).value).toBeCloseTo(7403.06, 2);
  });
});

describe.skipIf(!hasSharedData)("published figures of hispot", () => {
  const points = (file: string) => {
    const table = parseCsv(readShared(file), file);
    return table.column("lon").map((lon, i) => [Number(lon), Number(table.column("lat")[i])] as const);
  };
  const planar = (places: readonly (readonly [number, number])[]) =>
    costsOf({
      clients: places.length,
      sites: places.length,
      cost: Float64Array.from(places.flatMap(([ax, ay]) => places.map(([bx, by]) => Math.hypot(ax - bx, ay - by)))),
    });

  const logistics = () => {
    const { features } = JSON.parse(readShared("suzhou-gusu/poi_logistics.geojson")) as {
      features: { properties: { lon: string; lat: string } }[];
    };
    return features.map(({ properties: { lon, lat } }) => [Number(lon), Number(lat)] as const);
  };

  /**
   * The source's road metres: points as given on the roads as given, whatever their datum and class, each at its nearest road,
   * without the way there, all on the plane of UTM. The source ties each point to both ends of its straight piece of road,
   * and not to the other points on the piece: two of them meet at an end. `along` lets them meet on the piece itself.
   */
  const byRoad = (
    set: string,
    places: readonly (readonly [number, number])[],
    meridian: number,
    meet: "end" | "along",
  ) => {
    // Degrees about 0 E, 0 N, where they are square, stand for the metres of the plane.
    const { metresPerLat } = planeAt(0);
    const [east, north] = utm(...places[0]!, meridian);
    const laid = (lons: ArrayLike<number>, lats: ArrayLike<number>) => {
      const on = Array.from(lons, (lon, i) => utm(lon, lats[i]!, meridian));
      return {
        lon: Float64Array.from(on, ([x]) => (x - east) / metresPerLat),
        lat: Float64Array.from(on, ([, y]) => (y - north) / metresPerLat),
      };
    };
    const roads = readGeojsonRoads(readShared(`${set}/roads.geojson`).replaceAll('"type":"城', '"kind":"城'));
    const lines = roads.lines.map((line) => ({ ...line, kind: "walk" }) as const);
    const graph = routeGraph(walkNetwork({ ...roads, ...laid(roads.lon, roads.lat), lines }), personGroups.adult);
    const [lon, lat] = [places.map(([lon]) => lon), places.map(([, lat]) => lat)];
    const { places: snapped } = snapper(graph).snap(laid(lon, lat), 10_000);
    const feet = { ...snapped, connector: new Float64Array(places.length) };
    const { metres } = manyToMany(graph, feet, feet);
    if (meet === "end") meetAtEnds(graph, feet, metres);
    return costsOf({ clients: places.length, sites: places.length, cost: metres });
  };

  /** The source's plane: it takes the mean latitude in degrees for radians. */
  const flat = (places: readonly (readonly [number, number])[]) => {
    const mean = (axis: 0 | 1) => places.reduce((sum, place) => sum + place[axis], 0) / places.length;
    return planar(
      places.map(([lon, lat]) => [6537 * (lon - mean(0)) * Math.cos(mean(1)), 6537 * (lat - mean(1))] as const),
    );
  };

  test("Pingshan: 74 defibrillators serve all 494 places within 0.005 degrees; 50 serve 469, with backups 764", () => {
    const costs = planar(points("shenzhen-pingshan/aed_494.csv"));
    const fifty = { ...effort(), solver, limit: 0.005, p: 50 };
    expect(solveSetCover(costs, { ...effort(), solver, limit: 0.005 })).toMatchObject({ status: "optimal", value: 74 });
    expect(solveMaxCover(costs, fifty)).toMatchObject({ status: "optimal", value: 469 });
    expect(solveBackupCover(costs, fifty)).toMatchObject({ status: "optimal", value: 764, bound: 764 });
  });

  test("Nansha: p-median 10426.34036881699 and p-center 480.47698 with the published centres", () => {
    const places = points("guangzhou-nansha/ports_54.csv");
    const costs = flat(places);
    const median = solvePMedian(costs, { ...effort(), p: 5 });
    expect(median).toMatchObject({ status: "optimal", sites: [3, 33, 39, 44, 53] });
    expect(median.value / 10_426.340_368_816_99).toBeCloseTo(1, 6);
    const center = solvePCenter(costs, { ...effort(), solver, p: 5 });
    expect(center.status).toBe("optimal");
    expect(center.value).toBeCloseTo(480.476_98, 2);
    expect(farthestOf(costs, [5, 15, 25, 29, 34])).toBeCloseTo(center.value, 9);
  });

  test("Nansha by road: p-median 409,767.6 m and p-center 17,015.97 m", () => {
    const costs = byRoad("guangzhou-nansha", points("guangzhou-nansha/ports_54.csv"), 111, "end");
    const median = solvePMedian(costs, { ...effort(), p: 5 });
    expect([median.status, median.value / 409_767.605_088_573_8]).toEqual(["optimal", expect.closeTo(1, 4)]);
    const center = solvePCenter(costs, { ...effort(), solver, p: 5 });
    expect([center.status, center.value / 17_015.97]).toEqual(["optimal", expect.closeTo(1, 4)]);
  });

  test("Gusu: p-median 2649.0553750789654 of 25 among 129 logistics points", () => {
    const places = logistics();
    expect(places).toHaveLength(129);
    const median = solvePMedian(flat(places), { ...effort(), p: 25 });
    expect(median.status).toBe("optimal");
    expect(median.value).toBeCloseTo(2649.055_375_078_965_4, 9);
  });

  const gusuCentres = [
    0, 3, 10, 20, 24, 25, 30, 38, 39, 42, 46, 47, 52, 63, 66, 68, 73, 76, 79, 86, 106, 108, 110, 125, 127,
  ];

  // This set keeps six decimals of the source's degrees: moving its vertices by less than that moves the sum by 1.3 m
  // (standard deviation of twelve draws); 4 m are allowed.
  test("Gusu by road: p-median 79,477.4383589765 m, and the published 25 centres are proved best", () => {
    const costs = byRoad("suzhou-gusu", logistics(), 123, "end");
    const median = solvePMedian(costs, { ...effort(), p: 25 });
    expect([median.status, median.value / 79_477.438_358_976_5]).toEqual(["optimal", expect.closeTo(1, 4)]);
    expect(metresOf(costs, gusuCentres)).toBeCloseTo(median.value, 6);
  });

  test("Gusu by road: they stay best, with fewer metres, where neighbours on a piece of road meet on it", () => {
    const costs = byRoad("suzhou-gusu", logistics(), 123, "along");
    const median = solvePMedian(costs, { ...effort(), p: 25 });
    expect(median.status).toBe("optimal");
    expect(median.value).toBeLessThan(79_477.438_358_976_5 - 4);
    expect(median.value).toBeGreaterThan(0.99 * 79_477.438_358_976_5);
    expect(metresOf(costs, gusuCentres)).toBeCloseTo(median.value, 6);
  });
});

describe.skipIf(!hasSharedData)("what is published of OR-Library's 40 instances", () => {
  const numbers = (text: string) => text.split(" ").map(Number);
  const rows = () => {
    const table = parseCsv(readShared("orlib-pmed/optima.tsv").replaceAll("\t", ","), "optima");
    return (column: string) => table.column(column).map(Number);
  };

  // The proofs of site.test.ts are held against this file.
  test("the file of optima holds the p-medians of OR-Library and the p-centers of the literature", () => {
    const of = rows();
    expect(of("pmedian_opt")).toEqual(
      numbers(
        "5819 4093 4250 3034 1355 7824 5631 4445 2734 1255 7696 6634 4374 2968 1729 8162 6999 4809 2845 1789 9138 8579 4619 2961 1828 9917 8307 4498 3033 1989 10086 9297 4700 3013 10400 9934 5057 11060 9423 5128",
      ),
    );
    expect(of("pcenter_opt")).toEqual(
      numbers(
        "127 98 93 74 48 84 64 55 37 20 59 51 36 26 18 47 39 28 18 13 40 38 22 15 11 38 32 18 13 9 30 29 15 11 30 27 15 29 23 13",
      ),
    );
  });

  test("Gurobi 9.5 with Benders rows took 75.8 s for the p-medians (Zhao's table), 11.6 s of them for pmed36", () => {
    const seconds = rows()("gurobi95_benders_seconds");
    expect(seconds.reduce((sum, one) => sum + one, 0)).toBeCloseTo(75.8, 1);
    expect([Math.max(...seconds), seconds.indexOf(Math.max(...seconds)) + 1]).toEqual([11.56, 36]);
  });
});

describe.skipIf(!hasSharedData)("York crime points and listed buildings", () => {
  test("a plan of 10 buildings within 300 m is proved, and one of 11 serves no fewer points", () => {
    const read = (file: string) => {
      const table = parseCsv(readShared(`york-mclp/${file}`), file);
      return table.column("long").map((lon, i) => [Number(lon), Number(table.column("lat")[i])] as const);
    };
    const clients = read("york_crime_subset_591_longlat.csv");
    const sites = read("york_facility_subset_1821_longlat.csv");
    expect([clients.length, sites.length]).toEqual([591, 1821]);
    const cost = Float64Array.from(
      clients.flatMap(([ax, ay]) => sites.map(([bx, by]) => metresBetween(ax, ay, bx, by))),
    );
    const costs = costsOf({ clients: clients.length, sites: sites.length, cost });
    const ten = solveMaxCover(costs, { ...effort(), solver, limit: 300, p: 10 });
    expect([ten.status, weightWithin(costs, ten.sites, 300)]).toEqual(["optimal", ten.value]);
    expect(solveMaxCover(costs, { ...effort(), solver, limit: 300, p: 11 }).value).toBeGreaterThanOrEqual(ten.value);
  });
});

/** Metres that all clients go to the nearest of the open sites. */
function metresOf(costs: Costs, open: readonly number[]): number {
  return costs.weight.reduce((sum, _, i) => sum + nearestOpen(costs, i, open), 0);
}

/** Leads two places on the same straight piece of road, at different spots of it, over the nearer end of the piece. */
function meetAtEnds(graph: RouteGraph, places: Places, metres: Float64Array): void {
  const { length } = graph.network.edges;
  const spots = Array.from(places.offset, (offset, i) => {
    const along = (e: number) => (offset - graph.edgeOffset[e]!) * graph.edgeForward[e]!;
    const onPiece = (chain: number, e: number) =>
      chain === places.chain[i] && along(e) > -1e-6 && along(e) < length[e]! + 1e-6;
    const piece = graph.edgeChain.findIndex(onPiece);
    return { piece, offset, before: along(piece), after: length[piece]! - along(piece) };
  });
  spots.forEach((a, i) => {
    spots.forEach((b, j) => {
      if (a.piece === b.piece && a.offset !== b.offset)
        metres[i * places.count + j] = Math.min(a.before + b.before, a.after + b.after);
    });
  });
}

/** Metres on the plane of a UTM zone, by its middle meridian (Snyder 1987, equations 8-9 to 8-15, on WGS 84). */
function utm(lon: number, lat: number, meridian: number): readonly [number, number] {
  const radians = Math.PI / 180;
  const [axis, squared, scale] = [6_378_137, 0.006_694_379_990_141, 0.9996];
  const second = squared / (1 - squared);
  const phi = lat * radians;
  const [sin, cos, tan] = [Math.sin(phi), Math.cos(phi), Math.tan(phi) ** 2];
  const normal = axis / Math.sqrt(1 - squared * sin * sin);
  const c = second * cos * cos;
  const a = (lon - meridian) * radians * cos;
  const arc =
    axis *
    ((1 - squared / 4 - (3 * squared ** 2) / 64 - (5 * squared ** 3) / 256) * phi -
      ((3 * squared) / 8 + (3 * squared ** 2) / 32 + (45 * squared ** 3) / 1024) * Math.sin(2 * phi) +
      ((15 * squared ** 2) / 256 + (45 * squared ** 3) / 1024) * Math.sin(4 * phi) -
      ((35 * squared ** 3) / 3072) * Math.sin(6 * phi));
  const east = a + ((1 - tan + c) * a ** 3) / 6 + ((5 - 18 * tan + tan ** 2 + 72 * c - 58 * second) * a ** 5) / 120;
  const north =
    a ** 2 / 2 +
    ((5 - tan + 9 * c + 4 * c ** 2) * a ** 4) / 24 +
    ((61 - 58 * tan + tan ** 2 + 600 * c - 330 * second) * a ** 6) / 720;
  return [scale * normal * east, scale * (arc + (normal * sin * north) / cos)];
}
