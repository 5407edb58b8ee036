import { expect, test } from "vitest";
import { networkOf } from "../testing.ts";
import { manyToMany } from "../travel/many-to-many.ts";
import { minutesFor, personGroups } from "../travel/person-group.ts";
import { routeGraph } from "../travel/route-graph.ts";
import { nodePlaces } from "../travel/snap.ts";
import { elevationOfNodes, readAsciiGrid } from "./elevation.ts";
import { hillyNetwork, slopeFactor } from "./hilly-network.ts";

test("Tobler's function: 6 km/h down a slope of 5 %, 5.037 km/h on the flat; there and back on 10 % takes 1.21 times as long", () => {
  const speed = (slope: number) => 6 * Math.exp(-3.5 * Math.abs(slope + 0.05));
  expect([speed(-0.05), speed(0)]).toEqual([6, expect.closeTo(5.037, 3)]);
  expect(slopeFactor(0)).toBe(1);
  expect(slopeFactor(0.1)).toBeCloseTo((speed(0) / speed(0.1) + speed(0) / speed(-0.1)) / 2, 12);
  expect(slopeFactor(0.1)).toBeCloseTo(1.2095, 4);
  expect(slopeFactor(-0.1)).toBe(slopeFactor(0.1));
});

// From node 0 to 3: 200 m over a hill of 20 m, or 230 m on the flat.
const network = networkOf(4, [
  [0, 1, 100],
  [1, 3, 100],
  [0, 2, 115],
  [2, 3, 115],
]);
const way = (elevation: Float64Array, stairs: boolean) => {
  const { network: hilly, report } = hillyNetwork(network, elevation);
  const graph = routeGraph(hilly, { stairs });
  const places = nodePlaces(graph);
  return { metres: manyToMany(graph, places, places).metres[3]!, report };
};

test("a hill is gone round where that is quicker, and a slope steeper than 1:12 is closed to wheelchairs", () => {
  const { metres, report } = way(Float64Array.of(0, 20, 0, 0), true);
  expect(metres).toBe(230);
  expect(report).toMatchObject({ edges: 4, withoutElevation: 0, tooSteep: 2, steepest: 0.2 });
  // 8 m on 100 m is 1.15 times as long: 230 m and the flat way are all but alike.
  expect(way(Float64Array.of(0, 8, 0, 0), true).metres).toBeCloseTo(200 * slopeFactor(0.08), 9);
  expect(way(Float64Array.of(0, 9, 0, 0), false).metres).toBe(230);
  expect(minutesFor(personGroups.adult, metres)).toBeCloseTo(230 / 60, 9);
});

test("where no height is known the way counts as flat, and is told", () => {
  const { metres, report } = way(Float64Array.of(0, Number.NaN, 0, 0), true);
  expect([metres, report.withoutElevation]).toEqual([200, 2]);
});

test("heights come from an Esri ASCII grid, between its cells", () => {
  const grid = readAsciiGrid(
    "ncols 3\nnrows 2\nxllcorner 119.5\nyllcorner 29.5\ncellsize 1\nNODATA_value -1\n10 20 30\n0 10 -1\n",
  );
  expect(grid).toMatchObject({ columns: 3, rows: 2, lon: 120, lat: 31, step: 1 });
  const at = (lon: number, lat: number) =>
    elevationOfNodes({ ...network, lon: Float64Array.of(lon), lat: Float64Array.of(lat) }, grid)[0];
  expect([at(120, 31), at(121, 30), at(120.5, 30.5), at(120, 30.25)]).toEqual([10, 10, 10, 2.5]);
  expect(at(121.5, 30.5)).toBeNaN();
  expect(at(119.9, 31)).toBeNaN();
  expect(() => readAsciiGrid("ncols 2\nnrows 2\ncellsize 1\n1 2 3")).toThrow("3 heights; 2 columns by 2 rows need 4");
  expect(() => readAsciiGrid("nrows 2\n1 2")).toThrow("ncols is missing");
});
