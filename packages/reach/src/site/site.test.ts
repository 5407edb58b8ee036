import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { parseCsv } from "../roads/parse-csv.ts";
import { effort, farthestOf, hasSharedData, long, readShared, seeded, weightWithin } from "../testing.ts";
import { solveBackupCover } from "./backup-cover.ts";
import { solveCapacitated } from "./capacitated.ts";
import { type Costs, costsOf } from "./costs.ts";
import { solveMaxCover } from "./max-cover.ts";
import { readOrlib } from "./orlib.ts";
import { solvePCenter } from "./p-center.ts";
import { solvePDispersion } from "./p-dispersion.ts";
import { planCost, solvePMedian } from "./p-median.ts";
import { solvePMedianOfPoints } from "./points.ts";
import { solveSetCover } from "./set-cover.ts";
import { highsSolver, programBuilder, type Solver } from "./solver.ts";
import { readTsplib, readTsplibPoints } from "./tsplib.ts";

let solver: Solver;
beforeAll(async () => {
  solver = await highsSolver();
});

/** Every choice of p of n. */
function* choices(n: number, p: number, from = 0): Generator<number[]> {
  if (p === 0) yield [];
  else for (let j = from; j <= n - p; j++) for (const rest of choices(n, p - 1, j + 1)) yield [j, ...rest];
}

const instances = fc
  .record({ clients: fc.integer({ min: 1, max: 8 }), sites: fc.integer({ min: 2, max: 6 }) })
  .chain(({ clients, sites }) =>
    fc.record({
      clients: fc.constant(clients),
      sites: fc.constant(sites),
      p: fc.integer({ min: 1, max: sites }),
      cost: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: clients * sites, maxLength: clients * sites }),
      weight: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: clients, maxLength: clients }),
    }),
  )
  .map(({ clients, sites, p, cost, weight }) => ({
    p,
    costs: costsOf({ clients, sites, cost: Float64Array.from(cost), weight: Float64Array.from(weight) }),
  }));

/** Weight with a site within the limit, and once more where a second one is. */
const servedTwice = ({ cost, sites, weight }: Costs, open: readonly number[], limit: number) =>
  weight.reduce((sum, one, i) => sum + one * Math.min(2, open.filter((j) => cost[i * sites + j]! <= limit).length), 0);

describe("small instances, against every choice", () => {
  test("p-median", () => {
    fc.assert(
      fc.property(instances, ({ costs, p }) => {
        const found = solvePMedian(costs, { ...effort(), p, rounds: 2 });
        expect(found.status).toBe("optimal");
        expect(found.value).toBe(Math.min(...[...choices(costs.sites, p)].map((open) => planCost(costs, open))));
        expect(planCost(costs, found.sites)).toBe(found.value);
        expect([found.sites.length, found.gap]).toEqual([p, 0]);
      }),
      { numRuns: 150 },
    );
  });

  test("maximal cover, backup cover, set cover and p-center", () => {
    fc.assert(
      fc.property(instances, fc.integer({ min: 0, max: 20 }), ({ costs, p }, limit) => {
        const all = [...choices(costs.sites, p)];
        const most = solveMaxCover(costs, { ...effort(), solver, p, limit });
        expect(most.value).toBe(Math.max(...all.map((open) => weightWithin(costs, open, limit))));
        expect([most.status, weightWithin(costs, most.sites, limit), most.sites.length]).toEqual([
          "optimal",
          most.value,
          p,
        ]);
        const backup = solveBackupCover(costs, { ...effort(), solver, p, limit });
        expect(backup.value).toBe(Math.max(...all.map((open) => servedTwice(costs, open, limit))));
        expect([backup.status, servedTwice(costs, backup.sites, limit)]).toEqual(["optimal", backup.value]);
        expect([backup.bound, backup.sites.length]).toEqual([backup.value, p]);
        const center = solvePCenter(costs, { ...effort(), solver, p });
        expect(center.value).toBe(Math.min(...all.map((open) => farthestOf(costs, open))));
        expect([center.status, farthestOf(costs, center.sites)]).toEqual(["optimal", center.value]);
        const few = solveSetCover(costs, { ...effort(), solver, limit });
        const sizes = [...Array(costs.sites).keys()].map((n) => n + 1);
        const least = sizes.find((n) => [...choices(costs.sites, n)].some((open) => farthestOf(costs, open) <= limit));
        expect(few.status).toBe(least === undefined ? "infeasible" : "optimal");
        if (least !== undefined) expect([few.value, farthestOf(costs, few.sites) <= limit]).toEqual([least, true]);
      }),
      { numRuns: 60 },
    );
  });

  test("p-median of points on a grid, with many equal distances that are not whole", () => {
    const grid = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { minLength: 6, maxLength: 11 });
    fc.assert(
      fc.property(grid, fc.integer({ min: 2, max: 4 }), fc.nat(1000), (points, p, seed) => {
        const cost = Float64Array.from(
          points.flatMap(([ax, ay]) => points.map(([bx, by]) => Math.hypot(ax - bx, ay - by))),
        );
        const costs = costsOf({ clients: points.length, sites: points.length, cost });
        const found = solvePMedian(costs, { ...effort(), random: seeded(seed), p, rounds: 1 });
        expect(found.status).toBe("optimal");
        expect(found.value).toBeCloseTo(
          Math.min(...[...choices(points.length, p)].map((open) => planCost(costs, open))),
          9,
        );
      }),
      { numRuns: 100 },
    );
  });

  test("p-median of 40 and 60 points, against the plain model in HiGHS", () => {
    for (const [points, p, seed] of [
      [40, 4, 1],
      [40, 7, 2],
      [60, 5, 3],
      [60, 9, 4],
    ] as const) {
      const random = seeded(seed);
      // Clusters on a coarse grid, as drilled holes are.
      const places = Array.from(
        { length: points },
        () => [Math.floor(random() * 4) * 10 + Math.floor(random() * 4), Math.floor(random() * 9)] as const,
      );
      const cost = Float64Array.from(
        places.flatMap(([ax, ay]) => places.map(([bx, by]) => Math.hypot(ax - bx, ay - by))),
      );
      const costs = costsOf({ clients: points, sites: points, cost });
      const build = programBuilder();
      const open = places.map(() => build.column(0, 0, 1, true));
      places.forEach((_, i) => {
        const uses = open.map((_, j) => build.column(cost[i * points + j]!, 0, 1));
        build.row(
          1,
          1,
          uses.map((column) => [column, 1] as const),
        );
        uses.forEach((column, j) => {
          build.row(-Infinity, 0, [[column, 1] as const, [open[j]!, -1] as const]);
        });
      });
      build.row(
        p,
        p,
        open.map((column) => [column, 1] as const),
      );
      const plain = solver.solve(build.program, { seconds: 60 });
      expect(plain.status).toBe("optimal");
      const found = solvePMedian(costs, { ...effort(), p, rounds: 1 });
      expect(found.status).toBe("optimal");
      expect(found.value).toBeCloseTo(plain.value, 5);
    }
  });

  test("p-median of points with short lists of sites: the same plans and proofs as with all distances", () => {
    fc.assert(
      fc.property(fc.integer({ min: 12, max: 40 }), fc.integer({ min: 1, max: 6 }), fc.nat(1000), (count, p, seed) => {
        const random = seeded(seed);
        const x = Float64Array.from({ length: count }, () => 100 * random());
        const y = Float64Array.from({ length: count }, () => 30 * random());
        const weight = Float64Array.from({ length: count }, () => 1 + Math.floor(4 * random()));
        const cost = Float64Array.from({ length: count ** 2 }, (_, n) =>
          Math.hypot(x[Math.floor(n / count)]! - x[n % count]!, y[Math.floor(n / count)]! - y[n % count]!),
        );
        const costs = costsOf({ clients: count, sites: count, cost, weight });
        const best = solvePMedian(costs, { ...effort(), p });
        expect(best.status).toBe("optimal");
        for (const listLength of [4, count]) {
          const found = solvePMedianOfPoints({ x, y, weight }, { ...effort(2), p, listLength });
          expect(found.value).toBeCloseTo(planCost(costs, found.sites), 8);
          expect(found.bound).toBeLessThanOrEqual(best.value + 1e-6);
          expect(found.value).toBeGreaterThanOrEqual(best.value - 1e-6);
          if (found.status === "optimal" || listLength === count) expect(found.value).toBeCloseTo(best.value, 6);
        }
      }),
      { numRuns: 25 },
    );
  });

  test("p-dispersion", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { minLength: 3, maxLength: 7 }),
        fc.integer({ min: 2, max: 3 }),
        (points, p) => {
          const cost = Float64Array.from(
            points.flatMap(([ax, ay]) => points.map(([bx, by]) => Math.hypot(ax - bx, ay - by))),
          );
          const costs = costsOf({ clients: points.length, sites: points.length, cost });
          const spread = (open: readonly number[]) =>
            Math.min(...open.flatMap((a, n) => open.slice(n + 1).map((b) => cost[a * points.length + b]!)));
          const found = solvePDispersion(costs, { ...effort(), solver, p });
          expect(found.value).toBe(Math.max(...[...choices(points.length, p)].map(spread)));
          expect([found.status, spread(found.sites)]).toEqual(["optimal", found.value]);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("what must hold of any plan", () => {
  test("splitting a client in two changes nothing; one more site never serves worse; an early stop still brackets the best", () => {
    fc.assert(
      fc.property(instances, ({ costs, p }) => {
        const row = costs.cost.subarray(0, costs.sites);
        const split = costsOf({
          clients: costs.clients + 1,
          sites: costs.sites,
          cost: Float64Array.from([...costs.cost, ...row]),
          weight: Float64Array.from([costs.weight[0]! / 2, ...costs.weight.slice(1), costs.weight[0]! / 2]),
        });
        const best = solvePMedian(costs, { ...effort(), p });
        expect(solvePMedian(split, { ...effort(), p }).value).toBeCloseTo(best.value, 9);
        if (p < costs.sites)
          expect(solvePMedian(costs, { ...effort(), p: p + 1 }).value).toBeLessThanOrEqual(best.value);
        const cover = solveMaxCover(costs, { ...effort(), solver, p, limit: 7 });
        expect(solveMaxCover(split, { ...effort(), solver, p, limit: 7 }).value).toBeCloseTo(cover.value, 9);
        if (p < costs.sites)
          expect(solveMaxCover(costs, { ...effort(), solver, p: p + 1, limit: 7 }).value).toBeGreaterThanOrEqual(
            cover.value,
          );
        let calls = 0;
        const hasty = solvePMedian(costs, { ...effort(3), now: () => 1000 * calls++, p });
        expect(hasty.bound).toBeLessThanOrEqual(best.value + 1e-6);
        expect(hasty.value).toBeGreaterThanOrEqual(best.value);
        const told: number[] = [];
        solvePMedian(costs, { ...effort(), p, onProgress: ({ value, bound }) => told.push(value, bound) });
        for (let n = 0; n < told.length; n += 2)
          expect(told[n + 1]! <= best.value + 1e-6 && best.value <= told[n]!).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test("a p-median that is branched for long tells every second that it goes on, with what holds", () => {
    // 400 places on a spiral; each look at the clock takes a millisecond.
    const places = Array.from({ length: 400 }, (_, n) => [n * Math.cos(n), n * Math.sin(n)] as const);
    const cost = Float64Array.from(
      places.flatMap(([ax, ay]) => places.map(([bx, by]) => Math.hypot(ax - bx, ay - by))),
    );
    const costs = costsOf({ clients: 400, sites: 400, cost });
    let calls = 0;
    const told: { readonly value: number; readonly bound: number; readonly seconds: number }[] = [];
    const found = solvePMedian(costs, {
      ...effort(12),
      p: 25,
      now: () => calls++,
      onProgress: (progress) => told.push(progress),
    });
    const seconds = [0, ...told.map((one) => one.seconds), found.seconds];
    for (const [n, at] of seconds.entries()) expect(at - (seconds[n - 1] ?? 0)).toBeLessThan(n === 1 ? 3 : 1.1);
    expect(told.at(-1)).toMatchObject({ value: found.value, bound: found.bound });
  });

  test("wrong input is refused with its place", () => {
    const costs = costsOf({ clients: 1, sites: 2, cost: Float64Array.of(1, 2) });
    expect(() => solvePMedian(costs, { ...effort(), p: 3 })).toThrow("3 sites of 2 cannot be chosen");
    expect(() => costsOf({ clients: 1, sites: 2, cost: Float64Array.of(1, -2) })).toThrow("client 0, site 1");
    expect(() => readOrlib("2 1 1\n1 2\n")).toThrow("line 1");
  });

  test("a client that no site can serve makes the p-median impossible", () => {
    const costs = costsOf({ clients: 2, sites: 2, cost: Float64Array.of(1, 2, Infinity, Infinity) });
    expect(solvePMedian(costs, { ...effort(), p: 1 }).status).toBe("infeasible");
    const apart = costsOf({ clients: 2, sites: 2, cost: Float64Array.of(1, Infinity, Infinity, 1) });
    expect(solvePMedian(apart, { ...effort(), p: 1 }).status).toBe("infeasible");
    expect(solvePMedian(apart, { ...effort(), p: 2 })).toMatchObject({ status: "optimal", value: 2 });
  });
});

describe("capacities, least loads and kept sites", () => {
  // Two people near site 0, one near site 1; each is 10 from the other site.
  const costs = costsOf({ clients: 3, sites: 2, cost: Float64Array.of(1, 10, 1, 10, 10, 1) });
  const solve = (terms: object, more: object = {}) =>
    solveCapacitated(costs, { ...effort(), solver, terms: { capacity: Float64Array.of(3, 3), ...terms }, ...more });

  test("without pressure everybody uses the nearer site", () => {
    expect(solve({})).toMatchObject({ status: "optimal", value: 3, sites: [0, 1] });
  });
  test("a full site sends one person to the other", () => {
    expect(solve({ capacity: Float64Array.of(1, 3) }).value).toBe(1 + 10 + 1);
    expect(solve({ capacity: Float64Array.of(1, 1) }).status).toBe("infeasible");
  });
  test("a site that must serve two takes one from the other", () => {
    expect(solve({ atLeast: Float64Array.of(0, 2), state: ["may", "must"] }).value).toBe(1 + 10 + 1);
  });
  test("opening costs close the site that saves less than it costs; a site that must stay stays", () => {
    const opening = Float64Array.of(0, 20);
    expect(solve({ opening })).toMatchObject({ value: 12, sites: [0] });
    expect(solve({ opening, state: ["may", "must"] })).toMatchObject({ value: 23, sites: [0, 1] });
    expect(solve({ state: ["not", "may"] })).toMatchObject({ value: 21, sites: [1] });
  });
});

describe.skipIf(!hasSharedData)("OR-Library (Beasley 1990), published optima", () => {
  const optima = hasSharedData
    ? parseCsv(readShared("orlib-pmed/optima.tsv").replaceAll("\t", ","), "optima")
    : undefined;
  const rows = optima
    ? optima.column("instance").map((name, i) => ({
        name,
        median: Number(optima.column("pmedian_opt")[i]),
        center: Number(optima.column("pcenter_opt")[i]),
      }))
    : [];
  const medians = long ? rows : rows.filter((_, i) => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 15, 20].includes(i));
  const centers = long ? rows : rows.filter((_, i) => [2, 3, 4, 7, 8, 9, 13, 14, 18, 19].includes(i));

  test.each(medians)(
    "p-median of $name is $median, proved",
    ({ name, median }) => {
      const { costs, p } = readOrlib(readShared(`orlib-pmed/${name}.txt`));
      expect(solvePMedian(costs, { ...effort(300), p })).toMatchObject({
        status: "optimal",
        value: median,
        bound: median,
        gap: 0,
      });
    },
    300_000,
  );

  test.each(centers)(
    "p-center of $name is $center, proved",
    ({ name, center }) => {
      const { costs, p } = readOrlib(readShared(`orlib-pmed/${name}.txt`));
      expect(solvePCenter(costs, { ...effort(300), solver, p })).toMatchObject({
        status: "optimal",
        value: center,
        bound: center,
      });
    },
    300_000,
  );
});

describe.skipIf(!hasSharedData)("TSPLIB point sets", () => {
  test.each([
    ["u1060", 1060],
    ["rl1304", 1304],
    ["fl1400", 1400],
  ])("%s has %d points", (name, points) => {
    expect(readTsplib(readShared(`tsplib-pmedian/${name}.tsp`)).clients).toBe(points);
  });

  test("a point set may end with EOF, with an empty line, or with its last point", () => {
    const x = (end: string) => [...readTsplibPoints(`NAME: two\nNODE_COORD_SECTION\n1 0 5\n2 3e0 1${end}`).x];
    for (const end of ["", "\n", "\nEOF\n", "\n\n"]) expect(x(end)).toEqual([0, 3]);
    expect(() => x("\n3 4")).toThrow("point 3");
  });

  // Best known values of Hansen and Mladenovic (2001) and Resende and Werneck (2004).
  test.skipIf(!long)(
    "fl1400 and pcb3038 with 10 sites: 101,249.55 and 1,213,082.03, proved",
    () => {
      for (const [name, best] of [
        ["fl1400", 101_249.55],
        ["pcb3038", 1_213_082.03],
      ] as const) {
        const found = solvePMedian(readTsplib(readShared(`tsplib-pmedian/${name}.tsp`)), { ...effort(300), p: 10 });
        expect(found.status).toBe("optimal");
        expect(found.value).toBeCloseTo(best, 1);
      }
    },
    700_000,
  );
});
