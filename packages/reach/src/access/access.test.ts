import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accessBfca } from "./balanced-catchments.ts";
import { cumulativeAccess } from "./cumulative.ts";
import { exponentialDecay, linearDecay, logisticDecay, powerDecay, stepDecay, zoneDecay } from "./decays.ts";
import { accessE2sfca } from "./enhanced-two-step.ts";
import { accessM2sfca } from "./modified-two-step.ts";
import { nearestCost } from "./nearest-cost.ts";
import { rationalAgentCost } from "./rational-agents.ts";
import { type Market, reachTable } from "./reach-table.ts";
import { spatialAvailability } from "./spatial-availability.ts";
import { access3sfca } from "./three-step.ts";
import { access2sfca } from "./two-step.ts";

const market = (
  costs: readonly (readonly number[])[],
  demand: readonly number[],
  supply: readonly number[],
): Market => ({
  table: reachTable(demand.length, supply.length, costs.flat()),
  demand: Float64Array.from(demand),
  supply: Float64Array.from(supply),
});
const close = (values: Float64Array, expected: readonly number[], digits = 10) => {
  expect(values.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(values[i]).toBeCloseTo(value, digits);
  });
};

describe("decays, with the values of the R package accessibility's tests", () => {
  test("power 0.5 is 1, 1, 1, 0.25, 0.125 at 0, 0.5, 1, 16, 64; power 0.25 is 0.5 at 16 and 0.25 at 256", () => {
    expect([0, 0.5, 1, 16, 64].map(powerDecay(0.5))).toEqual([1, 1, 1, 0.25, 0.125]);
    expect([16, 256].map(powerDecay(0.25))).toEqual([0.5, 0.25]);
  });
  test("logistic with median 20 and deviation 2 is 1 at 0 and 0.5 at 20; with 30 and 10, 0.502 at 30", () => {
    expect(logisticDecay(20, 2)(0)).toBe(1);
    expect(logisticDecay(20, 2)(20)).toBeCloseTo(0.5, 6);
    expect(logisticDecay(30, 10)(30)).toBeCloseTo(0.502, 3);
  });
  test("step, linear, exponential and zones", () => {
    expect([30, 30.1].map(stepDecay(30))).toEqual([1, 0]);
    expect([0, 15, 30, 40].map(linearDecay(30))).toEqual([1, 0.5, 0, 0]);
    expect(exponentialDecay(0.1)(10)).toBeCloseTo(1 / Math.E, 12);
    expect(
      [5, 10, 25, 31].map(
        zoneDecay([
          { upTo: 10, weight: 1 },
          { upTo: 30, weight: 0.4 },
        ]),
      ),
    ).toEqual([1, 1, 0.4, 0]);
    expect(() => linearDecay(0)).toThrow("positive");
  });
});

describe("nearest and cumulative", () => {
  const { table, supply } = market(
    [
      [3, 8, Infinity],
      [5, 1, 9],
    ],
    [1, 1],
    [10, 20, 40],
  );
  test("the n-th nearest, and none where fewer are in reach", () => {
    expect([...nearestCost(table)]).toEqual([3, 1]);
    expect([...nearestCost(table, 3)]).toEqual([Infinity, 9]);
  });
  test("supply within the cutoff, the cutoff included", () => {
    expect([...cumulativeAccess(table, supply, stepDecay(8))]).toEqual([30, 30]);
    close(cumulativeAccess(table, supply, linearDecay(10)), [10 * 0.7 + 20 * 0.2, 10 * 0.5 + 20 * 0.9 + 40 * 0.1]);
  });
});

describe("the hospital example of PySAL access (tests/test_hospital_example.py), gravity of power -1 within 61", () => {
  const costs = {
    gridlock: [
      [1, Infinity, 40],
      [Infinity, 1, 40],
      [40, 40, 1],
    ],
    inbound: [
      [1, Infinity, 20],
      [Infinity, 1, 20],
      [40, 40, 1],
    ],
    outbound: [
      [1, Infinity, 40],
      [Infinity, 1, 40],
      [20, 20, 1],
    ],
    symmetric: [
      [1, 40, 20],
      [40, 1, 20],
      [20, 20, 1],
    ],
  };
  const inverse = powerDecay(1);
  const hospitals = (which: keyof typeof costs) => market(costs[which], [100, 50, 10], [15, 20, 100]);

  test("2SFCA in gridlock: supply over weighted demand, by hand", () => {
    const ratio = [15 / (100 + 10 / 40), 20 / (50 + 10 / 40), 100 / (100 / 40 + 50 / 40 + 10)] as const;
    close(accessE2sfca(hospitals("gridlock"), inverse), [
      ratio[0] + ratio[2] / 40,
      ratio[1] + ratio[2] / 40,
      ratio[0] / 40 + ratio[1] / 40 + ratio[2],
    ]);
  });

  test("3SFCA in gridlock: the first step splits people by their weights", () => {
    // Origins 1 and 2 reach weights 1 and 1/40; origin 3 reaches 1, 1/40 and 1/40.
    const near = 1 / (1 + 1 / 40);
    const far = 1 / 40 / (1 + 1 / 40);
    const own = 1 / (1 + 2 / 40);
    const away = 1 / 40 / (1 + 2 / 40);
    const ratio = [
      15 / (100 * near + (10 * away) / 40),
      20 / (50 * near + (10 * away) / 40),
      100 / ((150 * far) / 40 + 10 * own),
    ] as const;
    close(access3sfca(hospitals("gridlock"), inverse), [
      ratio[0] * near + (ratio[2] * far) / 40,
      ratio[1] * near + (ratio[2] * far) / 40,
      ((ratio[0] + ratio[1]) * away) / 40 + ratio[2] * own,
    ]);
  });

  test.each([
    ["inbound", "rise", "rise", "fall"],
    ["outbound", "fall", "fall", "rise"],
    ["symmetric", "rise", "rise", "fall"],
  ] as const)(
    "faster roads %s: access of the suburbs will %s and %s, of the centre %s, as its test asserts",
    (which, ...expected) => {
      const before = accessE2sfca(hospitals("gridlock"), inverse);
      const after = accessE2sfca(hospitals(which), inverse);
      expect(
        [...after].map((value, i) => (value > before[i]! ? "rise" : value < before[i]! ? "fall" : "stay")),
      ).toEqual(expected);
    },
  );
});

describe("hand-computed tables", () => {
  // Two origins of 100 and 300 people; a site of 40 m2 for both, one of 30 m2 for the second only.
  const two = market(
    [
      [10, Infinity],
      [20, 10],
    ],
    [100, 300],
    [40, 30],
  );
  const half = zoneDecay([
    { upTo: 10, weight: 1 },
    { upTo: 20, weight: 0.5 },
  ]);

  test("2SFCA: 40/400 and 30/300", () => {
    close(access2sfca(two, 20), [0.1, 0.2]);
    close(access2sfca(two, 10), [0.4, 0.1]);
  });
  test("E2SFCA weighs the far origin half: 40/250", () => {
    close(accessE2sfca(two, half), [0.16, 0.08 + 0.1]);
  });
  test("M2SFCA weighs it a quarter in access", () => {
    close(accessM2sfca(two, half), [0.16, 0.04 + 0.1]);
  });
  test("BFCA: origin 2 sends a third to site 1; site 1 gives two thirds and one third of its ratio back", () => {
    const ratio = 40 / (100 + 300 / 3);
    close(accessBfca(two, half), [(ratio * 2) / 3, ratio / 3 + 30 / 200]);
  });
  test("spatial availability shares 40 m2 by 1/4 x 2/3 and 3/4 x 1/3", () => {
    close(spatialAvailability(two, half), [(40 * (1 / 6)) / (1 / 6 + 1 / 4), (40 * (1 / 4)) / (1 / 6 + 1 / 4) + 30]);
  });
  test("spatial availability of the towns of Soukhov et al. (2023), as the R package accessibility's test has it", () => {
    const towns = market(
      [
        [15, 30, 100],
        [30, 15, 100],
        [100, 100, 15],
      ],
      [50_000, 150_000, 10_000],
      [100_000, 100_000, 10_000],
    );
    expect([...spatialAvailability(towns, exponentialDecay(0.1))].map(Math.round)).toEqual([66_833, 133_203, 9963]);
  });
  test("RAAM: people even out crowding and travel", () => {
    // Mean demand per supply is 400 / 200 = 2. Travel 20 at tau 20 costs 1. Both sites are as good for the first origin when
    // load 1 / 200 = load 2 / 200 + 1 with 400 people: loads 300 and 100.
    const raam = rationalAgentCost(market([[0, 20]], [400], [100, 100]), { tau: 20 });
    close(raam, [300 / 100 / 2], 6);
    // With one origin and travel everywhere the same, everybody meets the mean crowding of 1 (PySAL access: test_raam.py).
    close(rationalAgentCost(market([[0, 0, 0]], [7], [1, 2, 4]), { tau: 60 }), [1], 6);
  });
});

describe("what must hold", () => {
  const markets = fc
    .record({ n: fc.integer({ min: 1, max: 6 }), m: fc.integer({ min: 1, max: 5 }) })
    .chain(({ n, m }) =>
      fc.record({
        costs: fc.array(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: m, maxLength: m }), {
          minLength: n,
          maxLength: n,
        }),
        demand: fc.array(fc.integer({ min: 1, max: 500 }), { minLength: n, maxLength: n }),
        supply: fc.array(fc.integer({ min: 1, max: 90 }), { minLength: m, maxLength: m }),
      }),
    )
    .map(({ costs, demand, supply }) => market(costs, demand, supply));
  const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
  const heads = (access: Float64Array, { demand }: Market) =>
    access.reduce((total, value, i) => total + value * demand[i]!, 0);

  test("2SFCA, E2SFCA and 3SFCA give out all supply per head; M2SFCA no more than all", () => {
    fc.assert(
      fc.property(markets, (one) => {
        const decay = exponentialDecay(0.05);
        for (const access of [access2sfca(one, 60), accessE2sfca(one, decay), access3sfca(one, decay)]) {
          expect(heads(access, one) / sum(one.supply)).toBeCloseTo(1, 9);
        }
        expect(heads(accessM2sfca(one, decay), one)).toBeLessThanOrEqual(sum(one.supply) + 1e-9);
      }),
    );
  });

  test("BFCA keeps the sum of ratios, spatial availability the sum of supply", () => {
    fc.assert(
      fc.property(markets, (one) => {
        const decay = exponentialDecay(0.05);
        expect(sum(spatialAvailability(one, decay)) / sum(one.supply)).toBeCloseTo(1, 9);
        const even = { ...one, supply: one.supply.map(() => 1) };
        expect(sum(accessBfca(even, () => 1))).toBeCloseTo(
          (one.supply.length * one.supply.length) / sum(one.demand),
          9,
        );
      }),
    );
  });

  test("splitting an origin changes nobody's 2SFCA, E2SFCA, M2SFCA, 3SFCA or RAAM", () => {
    fc.assert(
      fc.property(markets, (one) => {
        const m = one.supply.length;
        const rows = Array.from({ length: one.demand.length }, (_, i) => [
          ...one.table.cost.subarray(i * m, i * m + m),
        ]);
        const split = market(
          [...rows, rows[0]!],
          [one.demand[0]! / 2, ...one.demand.slice(1), one.demand[0]! / 2],
          [...one.supply],
        );
        const decay = exponentialDecay(0.05);
        const measures = [
          (of: Market) => access2sfca(of, 30),
          (of: Market) => accessE2sfca(of, decay),
          (of: Market) => accessM2sfca(of, decay),
          (of: Market) => access3sfca(of, decay),
        ];
        for (const measure of measures) close(measure(split).slice(0, -1), [...measure(one)], 9);
        close(
          rationalAgentCost(split, { tau: 30, rounds: 3000 }).slice(0, -1),
          [...rationalAgentCost(one, { tau: 30, rounds: 3000 })],
          4,
        );
      }),
    );
  });
});
