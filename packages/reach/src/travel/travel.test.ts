import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { networkOf, plainDistances } from "../testing.ts";
import { catchment, catchmentSums } from "./catchment.ts";
import { manyToMany, manyToManyWithin } from "./many-to-many.ts";
import { nearestPlaces } from "./nearest-places.ts";
import type { Places } from "./places.ts";
import { routeGraph } from "./route-graph.ts";
import { nodePlaces } from "./snap.ts";

const graphs = fc.integer({ min: 2, max: 14 }).chain((nodes) =>
  fc.record({
    nodes: fc.constant(nodes),
    edges: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.integer({ min: 1, max: 40 })), {
      minLength: 1,
      maxLength: 26,
    }),
  }),
);

function pick(places: Places, which: readonly number[]): Places {
  return {
    count: which.length,
    chain: Int32Array.from(which, (i) => places.chain[i]!),
    offset: Float64Array.from(which, (i) => places.offset[i]!),
    connector: Float64Array.from(which, () => 0),
  };
}

describe("walking distances on random graphs, against Floyd and Warshall's algorithm", () => {
  const setting = graphs.map(({ nodes, edges }) => {
    const kept = edges.filter(([a, b]) => a !== b).map(([a, b, m]) => [a, b, m] as const);
    const network = networkOf(nodes, kept);
    const graph = routeGraph(network, { stairs: true });
    const places = nodePlaces(graph);
    const plain = plainDistances(network);
    const walkable = (v: number) => kept.some(([a, b]) => a === v || b === v);
    return {
      graph,
      places,
      nodes,
      expected: (i: number, j: number) => (walkable(i) && walkable(j) ? plain[i]![j]! : Infinity),
    };
  });

  test("every pair, with and without a limit", () => {
    fc.assert(
      fc.property(setting, fc.integer({ min: 5, max: 120 }), ({ graph, places, nodes, expected }, limit) => {
        const all = manyToMany(graph, places, places);
        const near = manyToManyWithin(graph, places, places, limit);
        for (let i = 0; i < nodes; i++) {
          const row = new Map<number, number>();
          for (let e = near.first[i]!; e < near.first[i + 1]!; e++) row.set(near.column[e]!, near.metres[e]!);
          for (let j = 0; j < nodes; j++) {
            expect(all.metres[i * nodes + j]).toBe(expected(i, j));
            expect(row.get(j)).toBe(expected(i, j) <= limit ? expected(i, j) : undefined);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test("the nearest k of each kind in one pass", () => {
    fc.assert(
      fc.property(
        setting,
        fc.infiniteStream(fc.nat(13)),
        fc.integer({ min: 1, max: 4 }),
        ({ graph, places, nodes, expected }, stream, k) => {
          const kinds = [0, 1].map(() => [...new Set([...stream.take(5)].map((v) => v % nodes))]);
          const found = nearestPlaces(
            graph,
            places,
            kinds.map((nodesOfKind) => pick(places, nodesOfKind)),
            k,
          );
          kinds.forEach((facilities, kind) => {
            for (let i = 0; i < nodes; i++) {
              const distances = facilities.map((v) => expected(i, v)).sort((a, b) => a - b);
              const { metres, place } = found[kind]!;
              for (let n = 0; n < k; n++) {
                expect(metres[i * k + n]).toBe(distances[n] ?? Infinity);
                const at = place[i * k + n]!;
                expect(at === -1 ? Infinity : expected(i, facilities[at]!)).toBe(distances[n] ?? Infinity);
              }
              const named = [...place.subarray(i * k, i * k + k)].filter((at) => at !== -1);
              expect(new Set(named).size).toBe(named.length);
            }
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  test("catchments hold exactly the nodes within the walk, and their sums the weights of those", () => {
    fc.assert(
      fc.property(setting, fc.integer({ min: 1, max: 90 }), ({ graph, places, nodes, expected }, limit) => {
        const weight = Float64Array.from({ length: nodes }, (_, v) => 2 ** v);
        const sums = catchmentSums(graph, places, weight, limit);
        for (let i = 0; i < nodes; i++) {
          const inside = Array.from({ length: nodes }, (_, j) => j).filter((j) => expected(i, j) <= limit);
          const { node, metres } = catchment(graph, places, i, limit);
          expect([...node].sort((a, b) => a - b)).toEqual(inside);
          node.forEach((j, n) => {
            expect(metres[n]).toBe(expected(i, j));
          });
          expect(sums[i]).toBe(inside.reduce((sum, j) => sum + 2 ** j, 0));
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("places between nodes", () => {
  // A street of 100 m from node 0 to 1, and a way round of 60 m over node 2.
  const network = networkOf(3, [
    [0, 1, 100],
    [0, 2, 30],
    [2, 1, 30],
  ]);
  const graph = routeGraph(network, { stairs: true });
  const ends = nodePlaces(graph);
  const street = graph.edgeChain[0]!;
  const along = (metres: number) => graph.edgeOffset[0]! + graph.edgeForward[0]! * metres;
  const places: Places = {
    count: 2,
    chain: Int32Array.of(street, street),
    offset: Float64Array.of(along(10), along(95)),
    connector: Float64Array.of(3, 4),
  };

  test("two places on one street take the shorter of the street and the way round, plus their connectors", () => {
    expect(manyToMany(graph, places, places).metres[1]).toBe(3 + 10 + 60 + 5 + 4);
    expect(manyToMany(graph, places, places).metres[0]).toBe(3 + 3);
    expect(nearestPlaces(graph, pick(ends, [0]), [places], 2)[0]!.metres).toEqual(Float64Array.of(13, 69));
  });
});

test("who cannot use stairs walks round them, and stays where only stairs lead away", () => {
  const edges = [
    [0, 1, 10],
    [0, 2, 50],
    [2, 1, 50],
    [1, 3, 5],
  ] as const;
  const network = networkOf(4, edges, [0, 3]);
  const metres = (stairs: boolean) => {
    const graph = routeGraph(network, { stairs });
    const places = nodePlaces(graph);
    return [1, 3].map((j) => manyToMany(graph, places, places).metres[j]);
  };
  expect(metres(true)).toEqual([10, 15]);
  expect(metres(false)).toEqual([100, Infinity]);
});
