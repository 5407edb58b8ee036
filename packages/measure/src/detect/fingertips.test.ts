import { describe, expect, it } from "vitest";
import { cell, column, hasSharedData, labels, type Row, readRows } from "../testing/shared-data.ts";
import { byar, exactPoisson } from "./count-interval.ts";
import { type FunnelStanding, ratioFunnel, shareFunnel, standingOfCount, standingOfShare } from "./funnel.ts";
import { crudeRate, standardisedRate } from "./rates.ts";
import { slopeIndex } from "./slope-index.ts";
import { wilson } from "./wilson.ts";

const rows = (name: string) => (hasSharedData ? readRows(`phe-methods/${name}.csv`) : []);
const near = (actual: number, published: number, digits = 8) =>
  expect(Math.abs(actual - published)).toBeLessThan(10 ** -digits * Math.max(1, Math.abs(published)));
/** European standard population of 2013, five-year bands, the last from 90. */
const EUROPE = [50, 55, 55, 55, 60, 60, 65, 70, 70, 70, 70, 65, 60, 55, 50, 40, 25, 15, 10];
const words: Record<FunnelStanding, string> = {
  "high-3": "High (0.001)",
  "high-2": "High (0.025)",
  none: "Not significant",
  "low-2": "Low (0.025)",
  "low-3": "Low (0.001)",
};

describe.skipIf(!hasSharedData)("England's Fingertips methods (PHEindicatormethods 2.1.1)", () => {
  it("Byar and Wilson", () => {
    const found = rows("byars_wilson").filter((row) => row.lowercl !== "");
    expect(found).toHaveLength(12);
    for (const row of found) {
      const level = row.confidence === "95%" ? 0.95 : 0.998;
      const limits =
        row.method === "Byars" ? byar(cell(row, "x"), level) : wilson(cell(row, "x"), cell(row, "n"), level);
      near(limits.low, cell(row, "lowercl"));
      near(limits.high, cell(row, "uppercl"));
    }
  });
  const complete = (row: Row) => ["value", "lower95_0cl", "upper99_8cl"].every((name) => row[name] !== "");
  it("proportions", () => {
    const found = rows("proportions").filter(complete);
    expect(found).toHaveLength(16);
    for (const row of found) {
      const [count, of, per] = ["Numerator", "Denominator", "multiplier"].map((name) => cell(row, name));
      near((count! / of!) * per!, cell(row, "value"));
      for (const [level, name] of [
        [0.95, "95_0"],
        [0.998, "99_8"],
      ] as const) {
        near(wilson(count!, of!, level).low * per!, cell(row, `lower${name}cl`));
        near(wilson(count!, of!, level).high * per!, cell(row, `upper${name}cl`));
      }
    }
  });
  it("rates, exact below ten events", () => {
    const found = rows("rates").filter(complete);
    expect(found).toHaveLength(17);
    for (const row of found) {
      const per = cell(row, "multiplier");
      for (const [level, name] of [
        [0.95, "95_0"],
        [0.998, "99_8"],
      ] as const) {
        const rate = crudeRate(cell(row, "Numerator"), cell(row, "Denominator"), { per, level });
        expect(rate.method).toBe(row.method === "Exact" ? "exact" : "byar");
        near(rate.value, cell(row, "value"));
        near(rate.low, cell(row, `lower${name}cl`));
        near(rate.high, cell(row, `upper${name}cl`));
      }
    }
  });
  it("directly standardised rates; nine events are refused", () => {
    const input = rows("dsr_input");
    let compared = 0;
    for (const row of rows("dsr_results")) {
      const bands = input
        .filter(({ area }) => area === row.area)
        // An empty count in this file is no event.
        .map((band, i) => ({ events: cell(band, "count") || 0, people: cell(band, "pop"), standard: EUROPE[i]! }));
      if (bands.length === 0) continue;
      const per = Number(/per (\d+)/.exec(row.statistic!)?.[1] ?? 100000);
      if (row.value === "") {
        expect(() => standardisedRate(bands, { per })).toThrow(expect.objectContaining({ code: "MEASURE-UNDEFINED" }));
        continue;
      }
      for (const [level, name] of [
        [0.95, "95_0"],
        [0.998, "99_8"],
      ] as const) {
        const rate = standardisedRate(bands, { per, level });
        near(rate.value, cell(row, "value"));
        near(rate.low, cell(row, `lower${name}cl`));
        near(rate.high, cell(row, `upper${name}cl`));
        compared++;
      }
    }
    expect(compared).toBe(8);
  });
  it("slope and relative index: every complete population of the test file", () => {
    const groups = new Map<string, Row[]>();
    for (const row of rows("sii_rii")) {
      const name = `${row.TestDescription}|${row.Area}|${row.Grouping1}|${row.Grouping2}`;
      groups.set(name, [...(groups.get(name) ?? []), row]);
    }
    let compared = 0;
    for (const [name, group] of groups) {
      const [first] = group;
      if (!first?.sii || /error|warning/.test(name)) continue;
      const transform = /log transform/.test(name) ? "log" : /logit transform/.test(name) ? "logit" : "none";
      const moreIsWorse = /negative multiplier|x -100/.test(name);
      const scale = /x -?100/.test(name) ? 100 : 1;
      const found = slopeIndex(
        group.map((row) => ({ people: cell(row, "Population"), value: cell(row, "Value") })),
        { transform, moreIsWorse },
      );
      near(found.slope * scale, cell(first, "sii"), 6);
      if (first.rii) near(found.relative, cell(first, "rii"), 6);
      compared++;
    }
    expect(compared).toBe(44);
  });
  it("funnel limits of shares, over 100 and 100 populations", () => {
    const input = rows("funnel_prop_inputs");
    for (const [name, keep] of [
      ["funnel_prop_outputs", () => true],
      ["funnel_prop_outputs_with_axis_variation", (row: Row) => cell(row, "denominator") < 31000],
    ] as const) {
      const kept = input.filter(keep);
      const sum = (field: string) => column(kept, field).reduce((a, b) => a + b, 0);
      const average = sum("numerator") / sum("denominator");
      const output = rows(name);
      expect(output).toHaveLength(100);
      for (const row of output) {
        for (const [level, side] of [
          [0.95, "2s0025"],
          [0.998, "3s0001"],
        ] as const) {
          const { low, high } = shareFunnel(average, cell(row, "Population"), level);
          near(low * 100, cell(row, `Lower${side}limit`), 6);
          near(high * 100, cell(row, `Upper${side}limit`), 6);
        }
      }
    }
  });
  it("funnel limits of ratios and rates over observed events", () => {
    for (const row of rows("funnel_ratio_outputs").filter((row) => row.lower_2s_isr !== "")) {
      for (const [level, side] of [
        [0.95, "2s"],
        [0.998, "3s"],
      ] as const) {
        const found = ratioFunnel(cell(row, "Observed_events"), level);
        near(found.low * 100, cell(row, `lower_${side}_isr`), 4);
        near(found.high * 100, cell(row, `upper_${side}_isr`), 4);
      }
    }
    for (const name of ["funnel_rate_outputs", "funnel_rate_outputs_2", "funnel_rate_outputs_3"]) {
      const output = rows(name);
      expect(output).toHaveLength(100);
      for (const row of output) {
        for (const [level, side] of [
          [0.95, "2s"],
          [0.998, "3s"],
        ] as const) {
          const found = ratioFunnel(cell(row, "Events"), level);
          near(found.low * cell(row, "baseline"), cell(row, `lower_${side}_limit`), 4);
          near(found.high * cell(row, "baseline"), cell(row, `upper_${side}_limit`), 4);
        }
      }
    }
  });
  it("standing of every area in the funnels of shares and of ratios", () => {
    const shares = rows("funnel_prop_inputs");
    const sum = (field: string) => column(shares, field).reduce((a, b) => a + b, 0);
    const average = sum("numerator") / sum("denominator");
    const found = shares.map(
      (row) => words[standingOfShare(cell(row, "numerator"), cell(row, "denominator"), average)],
    );
    expect(found).toEqual(labels(shares, "significance"));
    const ratios = rows("funnel_ratio_inputs");
    expect(ratios.map((row) => words[standingOfCount(cell(row, "obs"), cell(row, "expected"))])).toEqual(
      labels(ratios, "significance"),
    );
  });
});

describe("limits without data", () => {
  it("nobody and everybody: the outer limits are 0 and 1, the inner ones Wilson's z^2/(n + z^2)", () => {
    expect(wilson(0, 10).low).toBe(0);
    expect(wilson(0, 10).high).toBeCloseTo(3.8414588 / 13.8414588, 7);
    expect(wilson(10, 10).high).toBe(1);
    expect(exactPoisson(0).low).toBe(0);
    expect(exactPoisson(0).high).toBeCloseTo(-Math.log(0.025), 10);
  });
  it.each([
    ["MEASURE-PARAMETER", () => wilson(11, 10)],
    ["MEASURE-PARAMETER", () => byar(-1)],
    ["MEASURE-PARAMETER", () => crudeRate(1, 0, { per: 100 })],
    ["MEASURE-UNDEFINED", () => ratioFunnel(0, 0.95)],
    ["MEASURE-PARAMETER", () => shareFunnel(1.2, 10, 0.95)],
    ["MEASURE-EMPTY", () => slopeIndex([{ people: 1, value: 1 }])],
    [
      "MEASURE-SIGN",
      () =>
        slopeIndex(
          [
            { people: 1, value: 1 },
            { people: 1, value: 0 },
          ],
          { transform: "log" },
        ),
    ],
  ])("refuses with %s", (code, act) => {
    expect(act).toThrow(expect.objectContaining({ code }));
  });
});
