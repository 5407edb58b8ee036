import { beforeAll, describe, expect, test } from "vitest";
import { planeAt } from "../roads/metres.ts";
import { parseCsv } from "../roads/parse-csv.ts";
import { costsOf } from "../site/costs.ts";
import { highsSolver, type Solver } from "../site/solver.ts";
import { hasSharedData, long, readShared, seeded } from "../testing.ts";
import { manyToMany } from "../travel/many-to-many.ts";
import { personGroups } from "../travel/person-group.ts";
import { routeGraph } from "../travel/route-graph.ts";
import { snapper } from "../travel/snap.ts";
import { accessScores } from "./access-scores.ts";
import { importRoads } from "./import-roads.ts";
import { nearestFacilities } from "./nearest-facilities.ts";
import { planSites, readCostMatrix } from "./site-plan.ts";

let solver: Solver;
beforeAll(async () => {
  solver = await highsSolver();
});
const effort = { now: () => performance.now(), seconds: 60, random: seeded(3) };

const plane = planeAt(30);
/** A place some metres east and north of 120 E, 30 N. */
const at = (east: number, north: number) => [120 + east / plane.metresPerLon, 30 + north / plane.metresPerLat] as const;
const points = (...places: readonly (readonly [number, number])[]) => ({
  lon: Float64Array.from(places, (place) => at(...place)[0]),
  lat: Float64Array.from(places, (place) => at(...place)[1]),
});
const street = (...places: readonly (readonly [number, number])[]) => ({
  type: "Feature",
  properties: {},
  geometry: { type: "LineString", coordinates: places.map((place) => at(...place)) },
});
/** One street of 2,000 m from west to east, and one to the north that stops 10 m short of it. */
const town = JSON.stringify({
  type: "FeatureCollection",
  features: [street([0, 0], [1000, 0], [2000, 0]), street([500, 10], [500, 400])],
});

describe("a small town, from road file to plan", () => {
  const { network, report } = importRoads({ format: "geojson", text: town });

  test("the import tells what it joined and that nothing is cut off", () => {
    expect(report).toMatchObject({ joined: { gaps: 1 }, components: { count: 1, largestShare: 1, cutOff: [] } });
    expect(report.kilometres).toBeCloseTo(2.4, 3);
    expect(importRoads({ format: "geojson", text: town }, { gapMetres: 0 }).report.components).toMatchObject({
      count: 2,
      cutOff: [{ nodes: 2 }],
    });
    // Metres of a plane are no degrees: every line is broken.
    const metres = town.replaceAll(/\[120(\.\d+)?,30(\.\d+)?\]/g, "[500120,3300030]");
    expect(() => importRoads({ format: "geojson", text: metres })).toThrow("of 2 lines none is a street to walk on");
  });

  test("the nearest of each kind, with minutes at the group's pace and what could not be put on the network", () => {
    const found = nearestFacilities(
      network,
      points([0, 0], [500, 400], [500, 900]),
      new Map([["market", points([1000, 0], [2000, 0])]]),
      { group: personGroups.senior },
    );
    const { metres, minutes, facility } = found.kinds.get("market")!;
    expect(metres[0]).toBeCloseTo(1000, 1);
    expect(metres[1]).toBeCloseTo(900, 1);
    expect(metres[2]).toBeNaN();
    expect(minutes[0]).toBeCloseTo(1000 / 48, 2);
    expect([...facility.subarray(0, 2)]).toEqual([0, 0]);
    expect(found.origins.unsnapped).toMatchObject([{ point: 2, why: "too-far" }]);
  });

  test("access scores: 40 m2 for 100 people in reach are 0.4 each", () => {
    const origins = { ...points([0, 0], [2000, 0]), demand: Float64Array.of(100, 50) };
    const sites = { ...points([600, 0]), supply: Float64Array.of(40) };
    const { scores, pairs } = accessScores(network, origins, sites, {
      measure: "2sfca",
      group: personGroups.adult,
      minutes: 15,
    });
    expect([pairs, scores[0], scores[1]]).toEqual([1, 0.4, 0]);
    const minus = { ...origins, demand: Float64Array.of(100, -50) };
    const options = { measure: "2sfca", group: personGroups.adult, minutes: 15 } as const;
    expect(() => accessScores(network, minus, sites, options)).toThrow("demand 2: -50 is no amount");
  });
});

describe("siting from a matrix", () => {
  const matrix = "client,weight,A,B,C\n一,1,1,5,\n二,2,4,1,9\n三,1,,6,2\n";

  test("every model answers with value, bound, gap, status, seconds and sites", () => {
    const { costs, siteNames } = readCostMatrix(matrix);
    expect(siteNames).toEqual(["A", "B", "C"]);
    // A and B: 1 + 2 + 6; B and C: 5 + 2 + 2; A and C: 1 + 8 + 2.
    expect(planSites(costs, { ...effort, solver, model: "pmedian", p: 2 })).toMatchObject({
      value: 9,
      bound: 9,
      gap: 0,
      status: "optimal",
    });
    expect(planSites(costs, { ...effort, solver, model: "pcenter", p: 2 })).toMatchObject({ value: 4, sites: [0, 2] });
    expect(planSites(costs, { ...effort, solver, model: "mclp", p: 1, limit: 4 })).toMatchObject({
      value: 3,
      sites: [0],
    });
    expect(planSites(costs, { ...effort, solver, model: "lscp", limit: 4 })).toMatchObject({ value: 2, sites: [0, 2] });
    expect(() => planSites(costs, { ...effort, solver, model: "mclp", p: 1 })).toThrow("needs --limit");
    expect(() => readCostMatrix("client,A\n一,x\n")).toThrow("row 2, column A");
  });
});

test.skipIf(!hasSharedData)("importing Pingshan tells that its points are in GCJ-02", () => {
  const rows = readShared("shenzhen-pingshan/aed_494.csv")
    .trim()
    .split("\n")
    .slice(1)
    .map((row) => row.split(",").map(Number));
  const { report } = importRoads(
    { format: "geojson", text: readShared("shenzhen-pingshan/roads.geojson") },
    { points: { lon: Float64Array.from(rows, (row) => row[1]!), lat: Float64Array.from(rows, (row) => row[2]!) } },
  );
  expect(report.datum).toMatchObject({ verdict: "mismatch", best: { points: "gcj02", roads: "wgs84" } });
  expect(report.components.largestShare).toBeGreaterThan(0.97);
});

describe.skipIf(!hasSharedData || !long)("Zhengzhou, 1,312 blocks on road distances", () => {
  /** Blocks as clients and sites; the few that lie on cut-off roads are left out and counted. */
  const load = () => {
    const file = "zhengzhou-hulatang/demand_1312.csv";
    const table = parseCsv(readShared(file), file);
    const number = (name: string) => Float64Array.from(table.column(name), Number);
    const { network } = importRoads({ format: "geojson", text: readShared("zhengzhou-hulatang/roads.geojson") });
    const graph = routeGraph(network, personGroups.adult);
    const { places } = snapper(graph).snap({ lon: number("lon"), lat: number("lat") }, 1500);
    const { metres, rows } = manyToMany(graph, places, places);
    const row = (i: number) => [...metres.subarray(i * rows, (i + 1) * rows)];
    const kept = [...Array(rows).keys()].filter((i) => row(i).filter(Number.isFinite).length > rows / 2);
    const cost = Float64Array.from(kept.flatMap((i) => kept.map((j) => Math.round(metres[i * rows + j]!))));
    const costs = (weight: (i: number) => number) =>
      costsOf({ clients: kept.length, sites: kept.length, cost, weight: Float64Array.from(kept, weight) });
    const people = number("cell_pop");
    const share = number("rate_60");
    return {
      everyone: costs((i) => people[i]!),
      older: costs((i) => Math.round(people[i]! * share[i]!)),
      left: rows - kept.length,
    };
  };

  test("covering within 1,000 m is proved for 50, 100 and 200 sites; p-median for older people within 0.1 %", () => {
    const { everyone, older, left } = load();
    expect(left).toBeLessThan(14);
    for (const p of [50, 100, 200])
      expect(planSites(everyone, { ...effort, solver, model: "mclp", p, limit: 1000 }).status).toBe("optimal");
    for (const p of [20, 50, 100, 200])
      expect(planSites(older, { ...effort, solver, model: "pmedian", p }).gap).toBeLessThanOrEqual(0.001);
  }, 600_000);
});
