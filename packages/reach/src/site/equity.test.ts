import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { seeded } from "../testing.ts";
import type { Effort } from "./answer.ts";
import { type Costs, costsOf } from "./costs.ts";
import { fairnessOf } from "./fairness.ts";
import { greedyCover } from "./greedy-cover.ts";
import { solveLeastGini } from "./least-gini.ts";
import { paretoFront } from "./pareto-front.ts";
import { highsSolver, type Solver } from "./solver.ts";
import { solveTailMean } from "./tail-mean.ts";
import { solveWorstFirst } from "./worst-first.ts";

let solver: Solver;
beforeAll(async () => {
  solver = await highsSolver();
});
const effort = (): Effort => ({ now: () => performance.now(), seconds: 60, random: seeded(1) });

const instances = fc
  .record({ clients: fc.integer({ min: 1, max: 7 }), sites: fc.integer({ min: 2, max: 5 }) })
  .chain(({ clients, sites }) =>
    fc.record({
      p: fc.integer({ min: 1, max: sites }),
      cost: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: clients * sites, maxLength: clients * sites }),
      weight: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: clients - 1, maxLength: clients - 1 }),
      opening: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: sites, maxLength: sites }),
      clients: fc.constant(clients),
      sites: fc.constant(sites),
    }),
  )
  .map(({ clients, sites, p, cost, weight, opening }) => ({
    p,
    opening: Float64Array.from(opening),
    costs: costsOf({ clients, sites, cost: Float64Array.from(cost), weight: Float64Array.from([2, ...weight]) }),
  }));

/** Every choice of sites but none. */
const plans = (sites: number) =>
  Array.from({ length: 2 ** sites - 1 }, (_, n) =>
    Array.from({ length: sites }, (_, j) => j).filter((j) => ((n + 1) >> j) & 1),
  );
const far = ({ cost, sites }: Costs, i: number, open: readonly number[]) =>
  Math.min(...open.map((j) => cost[i * sites + j]!));

describe("measures, against tables worked by hand", () => {
  // Four people at 0, 1, 3 and 4: mean 2; the worst quarter 4, the worst three eighths (4 + 3 / 2) / 1.5.
  const costs = costsOf({ clients: 4, sites: 1, cost: Float64Array.of(0, 1, 3, 4) });
  test("mean, tail and worst", () => {
    expect(fairnessOf(costs, [0], { tailShare: 0.25 })).toMatchObject({ mean: 2, tail: 4, worst: 4 });
    expect(fairnessOf(costs, [0], { tailShare: 0.375 }).tail).toBeCloseTo(5.5 / 1.5, 12);
    expect(fairnessOf(costs, [0], { tailShare: 1 }).tail).toBe(2);
  });
  test("Gini: 0 where all are alike, 3/4 where one of four has all, 5/16 here (differences 1+3+4+2+3+1 over 4 times 8)", () => {
    const of = (...cost: number[]) =>
      fairnessOf(costsOf({ clients: cost.length, sites: 1, cost: Float64Array.from(cost) }), [0]).gini;
    expect(of(3, 3, 3)).toBe(0);
    expect(of(0, 0, 0, 5)).toBeCloseTo(0.75, 12);
    expect(of(0, 1, 3, 4)).toBeCloseTo(14 / 32, 12);
    // Two groups of mean 0.5 and 3.5, half of the people each.
    expect(fairnessOf(costs, [0], { groups: [0, 0, 1, 1] }).gini).toBeCloseTo(3 / 8, 12);
  });
  test("weights are people: one client of weight 3 is three alike", () => {
    const one = costsOf({ clients: 2, sites: 1, cost: Float64Array.of(1, 4), weight: Float64Array.of(3, 1) });
    const three = costsOf({ clients: 4, sites: 1, cost: Float64Array.of(1, 1, 1, 4) });
    const [a, b] = [one, three].map((each) => fairnessOf(each, [0], { tailShare: 0.4 }));
    expect(Object.values(a!)).toEqual(Object.values(b!).map((value) => expect.closeTo(value, 12)));
  });
  test("a share that is none is refused", () => {
    expect(() => fairnessOf(costs, [0], { tailShare: 0 })).toThrow("expected above 0 and up to 1");
  });
});

// Both ways to a proof: all plans tried by the solver itself, and a program.
describe.each([
  ["tried", Infinity],
  ["by a program", 0],
] as const)("equity aims, against every plan, %s", (_, mostTried) => {
  const how = () => ({ ...effort(), solver, mostTried });
  const shares = fc.constantFrom(0.1, 0.25, 0.5, 1);

  test("least mean of the worst-off share, with a number of sites and with a budget", () => {
    fc.assert(
      fc.property(instances, shares, ({ costs, p, opening }, tailShare) => {
        const tail = (open: readonly number[]) => fairnessOf(costs, open, { tailShare }).tail;
        const some = plans(costs.sites).filter((open) => open.length === p);
        const found = solveTailMean(costs, { ...how(), p, tailShare });
        expect([found.status, found.sites.length]).toEqual(["optimal", p]);
        expect(found.value).toBeCloseTo(Math.min(...some.map(tail)), 9);
        const budget = Math.min(...opening) + 4;
        const paid = plans(costs.sites).filter((open) => open.reduce((sum, j) => sum + opening[j]!, 0) <= budget);
        const least = solveTailMean(costs, { ...how(), opening, budget, tailShare });
        expect(least.value).toBeCloseTo(Math.min(...paid.map(tail)), 9);
      }),
      { numRuns: 12 },
    );
  });

  test("worst first: the costs of all people, farthest first, are the least in dictionary order", () => {
    fc.assert(
      fc.property(instances, ({ costs, p }) => {
        const sorted = (open: readonly number[]) =>
          [...costs.weight.keys()]
            .flatMap((i) => Array.from({ length: costs.weight[i]! }, () => far(costs, i, open)))
            .sort((a, b) => b - a);
        const before = (a: readonly number[], b: readonly number[]) => {
          const at = a.findIndex((value, n) => value !== b[n]);
          return at === -1 ? 0 : a[at]! - b[at]!;
        };
        const best = plans(costs.sites)
          .filter((open) => open.length === p)
          .map(sorted)
          .sort(before)[0]!;
        const found = solveWorstFirst(costs, { ...how(), p });
        expect(found.status).toBe("optimal");
        expect(sorted(found.sites)).toEqual(best);
        expect([found.value, found.bound]).toEqual([best[0], best[0]]);
        for (const { cost, weight, bound } of found.beyond) {
          expect(weight).toBe(best.filter((each) => each > cost).length);
          expect(bound).toBe(weight);
        }
      }),
      {
        numRuns: 40,
        // The slack of an earlier row once left this bound a millionth below what it proves.
        examples: [
          [
            {
              p: 1,
              opening: Float64Array.of(1, 1, 1),
              costs: costsOf({
                clients: 2,
                sites: 3,
                cost: Float64Array.of(0, 1, 3, 2, 3, 0),
                weight: Float64Array.of(2, 1),
              }),
            },
          ],
          // It once made the solver find no plan at all, though the plan of the step before was one.
          [
            {
              p: 1,
              opening: Float64Array.of(1, 1, 1, 1),
              costs: costsOf({
                clients: 2,
                sites: 4,
                cost: Float64Array.of(8, 0, 1, 11, 9, 2, 3, 0),
                weight: Float64Array.of(2, 4),
              }),
            },
          ],
          // The solver's presolve finds no plan here, whatever the slack.
          [
            {
              p: 1,
              opening: Float64Array.of(1, 1, 1, 1, 1),
              costs: costsOf({
                clients: 7,
                sites: 5,
                cost: Float64Array.from(
                  "0 0 8 0 0 0 0 0 0 10 11 0 0 0 0 0 0 0 6 0 0 0 0 0 0 0 6 0 6 6 0 9 1 12 12".split(" "),
                  Number,
                ),
                weight: Float64Array.of(2, 3, 3, 1, 0, 2, 1),
              }),
            },
          ],
        ],
      },
    );
  });

  test("least Gini, of clients and of groups, with the mean held down", () => {
    fc.assert(
      fc.property(instances, fc.boolean(), ({ costs, p }, grouped) => {
        const groups = grouped ? [...costs.weight.keys()].map((i) => i % 2) : undefined;
        const some = plans(costs.sites).filter((open) => open.length === p);
        const means = some.map((open) => fairnessOf(costs, open).mean);
        const meanAtMost = 1.3 * Math.min(...means) + 1e-6;
        const allowed = some.filter((_, n) => means[n]! <= meanAtMost);
        const gini = (open: readonly number[]) => fairnessOf(costs, open, groups ? { groups } : {}).gini;
        const found = solveLeastGini(costs, { ...how(), p, meanAtMost, ...(groups ? { groups } : {}) });
        expect(found.status).toBe("optimal");
        expect(found.value).toBeCloseTo(Math.min(...allowed.map(gini)), 6);
        expect(gini(found.sites)).toBeCloseTo(found.value, 9);
      }),
      {
        numRuns: 40,
        // The solver's presolve once cut off the plan of sites 0 and 2 here, with 1/2, and proved that of 0 and 1, with 11/16.
        examples: [
          [
            {
              p: 2,
              opening: Float64Array.of(1, 1, 1),
              costs: costsOf({
                clients: 7,
                sites: 3,
                cost: Float64Array.of(1, 0, 2, 0, 2, 2, 2, 3, 0, 0, 1, 2, 0, 0, 1, 0, 4, 5, 3, 1, 1),
                weight: Float64Array.of(2, 1, 1, 0, 1, 1, 2),
              }),
            },
            false,
          ],
        ],
      },
    );
  });

  test("nobody can be served: infeasible, and no plan without a number or a budget", () => {
    const costs = costsOf({ clients: 1, sites: 1, cost: Float64Array.of(Infinity) });
    expect(solveTailMean(costs, { ...how(), p: 1 }).status).toBe("infeasible");
    expect(solveWorstFirst(costs, { ...how(), p: 1 }).status).toBe("infeasible");
    expect(() => solveTailMean(costs, { ...effort(), solver })).toThrow("a number of sites or a budget");
  });
});

describe("the front of cost, coverage and the worst-off, against every plan", () => {
  test("the front of cost, coverage and tail: every point is a plan that no plan within its budget dominates, and its coverage is proved", () => {
    fc.assert(
      fc.property(instances, fc.integer({ min: 0, max: 9 }), ({ costs, opening }, limit) => {
        const tailShare = 0.25;
        const triple = (open: readonly number[]) => ({
          cost: open.reduce((sum, j) => sum + opening[j]!, 0),
          covered: [...costs.weight.keys()].reduce(
            (sum, i) => sum + (far(costs, i, open) <= limit ? costs.weight[i]! : 0),
            0,
          ),
          tail: fairnessOf(costs, open, { tailShare }).tail,
        });
        const all = plans(costs.sites).map(triple);
        const budgets = [Math.min(...opening), 7, opening.reduce((a, b) => a + b)];
        const front = paretoFront(costs, { ...effort(), solver, opening, limit, tailShare, budgets, steps: 2 });
        expect(front.length).toBeGreaterThan(0);
        for (const point of front) {
          const { cost, covered, tail } = point;
          expect(triple(point.sites)).toEqual({ cost, covered, tail });
          expect([point.status, point.gap]).toEqual(["optimal", 0]);
          const within = all.filter((one) => one.cost <= point.budget && one.tail <= point.tailAtMost + 1e-9);
          expect(covered).toBe(Math.max(...within.map((one) => one.covered)));
          const better = all.filter(
            (one) => one.cost <= point.budget && one.covered >= covered && one.tail <= tail + 1e-6 && one.cost <= cost,
          );
          for (const one of better) expect([one.cost, one.covered]).toEqual([cost, covered]);
        }
      }),
      { numRuns: 25 },
    );
  });
});

test("whenever the clock stops it, the front has only plans that are what they say, within the budget", () => {
  const costs = costsOf({
    clients: 4,
    sites: 3,
    cost: Float64Array.of(1, 5, 9, 4, 1, 9, 9, 6, 2, 7, 3, 3),
    weight: Float64Array.of(1, 2, 1, 3),
  });
  const opening = Float64Array.of(1, 1, 1);
  const stoppedAt = (looks: number) => {
    let calls = 0;
    // As a thread's clock once Ctrl-C was pressed.
    const now = () => (calls++ < looks ? 0 : Infinity);
    return { points: paretoFront(costs, { ...effort(), solver, now, opening, limit: 3, budgets: [1, 2, 3] }), calls };
  };
  const { calls } = stoppedAt(Infinity);
  for (let looks = 0; looks < calls; looks += 1) {
    for (const { sites, budget, covered, bound, seconds } of stoppedAt(looks).points) {
      expect(sites.length).toBeLessThanOrEqual(budget);
      const reached = [...costs.weight.keys()].filter((i) => far(costs, i, sites) <= 3);
      expect(covered).toBe(reached.reduce((sum, i) => sum + costs.weight[i]!, 0));
      expect(bound).toBeGreaterThanOrEqual(covered);
      expect(seconds).toBe(0);
    }
  }
});

test("greedy coverage: a plan within the budget, and a bound that no plan within it is above; for one site it is exact", () => {
  fc.assert(
    fc.property(instances, fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 20 }), (one, limit, budget) => {
      const { costs, opening } = one;
      const covers = (open: readonly number[]) =>
        [...costs.weight.keys()].reduce((sum, i) => sum + (far(costs, i, open) <= limit ? costs.weight[i]! : 0), 0);
      const paid = (open: readonly number[], price: Float64Array) => open.reduce((sum, j) => sum + price[j]!, 0);
      const best = (price: Float64Array, money: number) =>
        Math.max(0, ...plans(costs.sites).flatMap((open) => (paid(open, price) <= money ? [covers(open)] : [])));
      const { sites, covered, bound } = greedyCover(costs, { opening, limit, budget });
      expect(paid(sites, opening)).toBeLessThanOrEqual(budget);
      expect(covered).toBe(sites.length === 0 ? 0 : covers(sites));
      expect(bound).toBeGreaterThanOrEqual(best(opening, budget));
      const ones = new Float64Array(costs.sites).fill(1);
      expect(greedyCover(costs, { opening: ones, limit, budget: 1 }).bound).toBe(best(ones, 1));
    }),
  );
});

test("trying all plans stops when it may not go on: the best so far, and a bound that holds", () => {
  // 40 places on a spiral, four of them to choose: 91,390 plans; each look at the clock takes a second.
  const places = Array.from({ length: 40 }, (_, n) => [n * Math.cos(n), n * Math.sin(n)] as const);
  const cost = Float64Array.from(
    places.flatMap(([ax, ay]) => places.map(([bx, by]) => Math.round(Math.hypot(ax - bx, ay - by)))),
  );
  const costs = costsOf({ clients: 40, sites: 40, cost });
  const whole = { ...effort(), solver, p: 4 };
  for (const solve of [solveTailMean, solveWorstFirst, solveLeastGini]) {
    let calls = 0;
    const hasty = solve(costs, { ...whole, seconds: 10, now: () => 1000 * calls++ });
    const best = solve(costs, whole);
    expect([hasty.status, hasty.sites.length, best.status, best.gap]).toEqual(["feasible", 4, "optimal", 0]);
    expect(hasty.bound).toBeLessThanOrEqual(best.value);
    expect(hasty.value).toBeGreaterThanOrEqual(best.value);
  }
});
