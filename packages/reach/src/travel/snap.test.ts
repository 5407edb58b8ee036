import { expect, test } from "vitest";
import { planeAt } from "../roads/metres.ts";
import type { WalkNetwork } from "../roads/walk-network.ts";
import { routeGraph } from "./route-graph.ts";
import { snapper } from "./snap.ts";

const plane = planeAt(30.001);
const lon = (metres: number) => 120 + metres / plane.metresPerLon;
const lat = (metres: number) => 30.001 + metres / plane.metresPerLat;

/** Two streets along the parallel, 100 m apart, with a railway between them, 20 m north of the southern one. */
const network: WalkNetwork = {
  lon: Float64Array.of(lon(-200), lon(200), lon(-200), lon(200)),
  lat: Float64Array.of(lat(0), lat(0), lat(100), lat(100)),
  edges: {
    from: Int32Array.of(0, 2),
    to: Int32Array.of(1, 3),
    length: Float64Array.of(400, 400),
    stairs: new Uint8Array(2),
  },
  barriers: [{ lon1: lon(-300), lat1: lat(20), lon2: lon(300), lat2: lat(20) }],
};
const graph = routeGraph(network, { stairs: true });

test("a point goes to the nearest street that is not behind a railway", () => {
  const { places, report } = snapper(graph).snap({ lon: Float64Array.of(lon(50)), lat: Float64Array.of(lat(30)) }, 100);
  expect(places.chain[0]).toBe(graph.edgeChain[1]);
  expect(places.connector[0]).toBeCloseTo(70, 1);
  expect(places.offset[0]).toBeCloseTo(250, 1);
  expect(report).toMatchObject({ points: 1, snapped: 1, unsnapped: [] });
});

test("a point with streets only behind the railway, or none within the limit, is told and not moved", () => {
  const { places, report } = snapper(graph).snap(
    { lon: Float64Array.of(lon(50), lon(50)), lat: Float64Array.of(lat(30), lat(400)) },
    50,
  );
  expect([...places.chain]).toEqual([-1, -1]);
  expect(report.unsnapped).toMatchObject([
    { point: 0, why: "behind-barrier" },
    { point: 1, why: "too-far" },
  ]);
  expect(report.unsnapped[0]!.metres).toBeCloseTo(30, 1);
  expect(report.unsnapped[1]!.metres).toBeCloseTo(300, 0);
});
