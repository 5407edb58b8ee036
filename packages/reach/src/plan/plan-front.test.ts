import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { highsSolver, type Solver } from "../site/solver.ts";
import { long, seeded } from "../testing.ts";
import { frontByEnumeration } from "./enumerate.testing.ts";
import { type FrontAim, planFront } from "./plan-front.ts";
import type { PlanningModel } from "./planning-model.ts";
import { randomModel } from "./random-model.testing.ts";

let solver: Solver;
beforeAll(async () => {
  solver = await highsSolver();
});
const effort = () => ({ solver, now: () => performance.now(), seconds: 60 });

/** Blocks of 100, 60 and 30 people, each with a site of its own at 10, 20 and 40 fen. */
const apart: PlanningModel = {
  services: [{ id: "meals", group: "everyone", withinMetres: 500 }],
  blocks: [100, 60, 30].map((everyone, i) => ({ code: `b${i}`, street: `s${i}`, people: { everyone } })),
  sites: [10, 20, 40].map((costFen, j) => ({
    id: `p${j}`,
    options: [{ id: "build", deed: "build", functions: [{ service: "meals" }], costFen }],
  })),
  metres: Float64Array.from({ length: 9 }, (_, n) => (n % 4 === 0 ? 100 : Infinity)),
  years: [{ year: 2026 }],
};
const figures = (model: PlanningModel, aim: FrontAim, most?: number) => {
  const front = planFront(model, { ...effort(), aim, ...(most && { most }) });
  return { ...front, points: front.points.map(({ costFen, value }) => [costFen, value]) };
};

describe("the front of money and an aim", () => {
  test("holds each sum at which more people are served, worked by hand, and says that there is no other", () => {
    // 10: the block of 100; 30: with that of 60; 70: all. 20, 40, 50 and 60 fen buy fewer than less money does.
    expect(figures(apart, "people")).toMatchObject({
      status: "optimal",
      isWhole: true,
      points: [
        [0, 0],
        [10, 100],
        [30, 160],
        [70, 190],
      ],
    });
  });

  test("with few points says that there may be others", () => {
    const { points, isWhole } = figures(apart, "people", 2);
    expect([points, isWhole]).toEqual([
      [
        [0, 0],
        [70, 190],
      ],
      false,
    ]);
  });

  test("keeps to what the years and all of them together have", () => {
    expect(figures({ ...apart, mostFen: 69 }, "people").points.at(-1)).toEqual([30, 160]);
    expect(figures({ ...apart, years: [{ year: 2026, budgetFen: 29 }] }, "people").points.at(-1)).toEqual([10, 100]);
    const never = { ...apart, services: [{ ...apart.services[0]!, leastShare: 1 }], mostFen: 69 };
    expect(figures(never, "people")).toMatchObject({ status: "infeasible", points: [], isWhole: true });
    expect(() => figures({ ...apart, mostFen: 0.5 }, "people")).toThrow("mostFen: 0.5 is no sum");
  });

  test.each(["people", "worst-street", "tail", "gini"] as const)(
    "on random instances with every switch it is the front of all plans tried one by one: %s",
    (aim) => {
      let compared = 0;
      fc.assert(
        fc.property(fc.nat(100_000), (seed) => {
          const model: PlanningModel = { ...randomModel(seeded(seed)), tailShare: 0.3 };
          const all = frontByEnumeration(model, aim);
          const front = planFront(model, { ...effort(), aim, most: 30 });
          if (all.length === 0) {
            expect(front).toMatchObject({ status: "infeasible", points: [] });
            return;
          }
          compared += 1;
          expect(front).toMatchObject({ status: "optimal", isWhole: true });
          expect(front.points.map(({ costFen, value }) => [costFen, value])).toEqual(
            all.map(([cost, value]) => [cost, expect.closeTo(value, 2)]),
          );
          for (const { plan, costFen, value, bound } of front.points) {
            expect(plan.years.reduce((sum, { spentFen }) => sum + spentFen, 0)).toBe(costFen);
            expect(bound).toBe(value);
          }
        }),
        { numRuns: long ? 300 : 12 },
      );
      expect(compared).toBeGreaterThan(2);
    },
    600_000,
  );

  test("whenever the clock stops it, its points are plans that are what they say, and it does not say that it is whole", () => {
    let [stopped, kept] = [0, 0];
    for (let seed = 0; seed < 40; seed++) {
      const model: PlanningModel = { ...randomModel(seeded(seed)), tailShare: 0.3 };
      let calls = 0;
      const now = () => (++calls > 5 + 4 * (seed % 20) ? Infinity : 0);
      const front = planFront(model, { solver, now, seconds: 60, aim: "people", most: 30 });
      const all = frontByEnumeration(model, "people");
      if (front.isWhole) {
        expect(front.points).toHaveLength(all.length);
        continue;
      }
      stopped += 1;
      for (const { costFen, value, bound } of front.points) {
        kept += 1;
        const most = Math.max(...all.filter(([cost]) => cost <= costFen).map(([, people]) => people));
        // No plan of so much money serves more, and the bound says no less than that.
        expect(value).toBeLessThanOrEqual(most + 1e-2);
        expect(bound).toBeGreaterThanOrEqual(most - 1e-2);
      }
    }
    expect(stopped).toBeGreaterThan(5);
    expect(kept).toBeGreaterThan(5);
  }, 600_000);
});
