import type { Indicator, Target } from "@qingdan/list/indicators";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildAreaTree } from "./area-tree.ts";
import { type Cockpit, figureAt, rememberWithheld, trackAt } from "./cockpit.ts";
import { type BaseFigure, createFigureTable } from "./figure-table.ts";
import { rankAreas } from "./rank.ts";
import { trackFigure } from "./track-figure.ts";

/** A club with two halls of two and three courts; its numbers come from nowhere. */
const words = { zh: "甲", en: "A" };
const tree = buildAreaTree(
  [
    { code: "club", name: words, level: "city" },
    ...["east", "west"].map((code) => ({ code, name: words, level: "county" as const, parent: "club" })),
    ...["e1", "e2"].map((code) => ({ code, name: words, level: "town" as const, parent: "east" })),
    ...["w1", "w2", "w3"].map((code) => ({ code, name: words, level: "town" as const, parent: "west" })),
  ],
  ["cn"],
);

const share: Indicator = {
  code: "members-served",
  name: words,
  definition: words,
  domain: "club",
  unit: { zh: "%", en: "%" },
  decimals: 1,
  form: "ratio",
  numerator: { ...words, people: true },
  denominator: { ...words, people: true },
  per: 100,
  direction: "up",
  period: "year",
  lowest: "town",
  by: ["area"],
  lead: ["board"],
  origin: { kind: "statistics" },
  interval: "wilson",
  targets: [],
  mark: "D",
  source: [],
};
const courts: Indicator = { ...share, code: "courts", form: "count", interval: "none" };
const age: Indicator = { ...share, code: "age", form: "stated", interval: "none" };
const visits: Indicator = { ...share, code: "visits", form: "count", interval: "none", period: "month" };
const guarded: Indicator = { ...share, code: "guarded", smallest: 10 };

const years = [2020, 2021, 2022, 2023, 2024];
type Row = readonly [
  indicator: string,
  area: string,
  period: string,
  numerator: number | null,
  denominator: number | null,
];
const ratio = ([indicator, area, period, numerator, denominator]: Row): BaseFigure => ({
  indicator,
  area,
  period,
  numerator,
  denominator,
  value: null,
  origin: "synthetic",
});
const plain = (indicator: string, area: string, period: string, value: number | null): BaseFigure => ({
  indicator,
  area,
  period,
  numerator: null,
  denominator: null,
  value,
  origin: "import",
});

function open(figures: readonly BaseFigure[], more: Partial<Indicator> = {}): Cockpit {
  const indicators = new Map([{ ...share, ...more }, courts, age, visits, guarded].map((one) => [one.code, one]));
  const table = createFigureTable({ tree, years, indicators, figures });
  const none = new Map();
  return {
    list: { code: "club", areas: none, units: none, domains: [], items: none },
    catalogue: { list: "club", indicators, plans: none, indexes: none, warnings: none, sources: none },
    indicators,
    table,
    tree,
    years,
    today: "2024-01-01",
    provenance: { list: { code: "club", name: words }, catalogueHash: "", run: null, batches: [], synthetic: true },
    version: "1",
    withheld: rememberWithheld(table),
  };
}

const at = (code: string) => tree.at(code)!;

describe("totals", () => {
  test("of a ratio are sums over sums: 1 of 10 and 90 of 90 are 91 %, not 55 %", () => {
    const cockpit = open([
      ratio(["members-served", "e1", "2024", 1, 10]),
      ratio(["members-served", "e2", "2024", 90, 90]),
    ]);
    expect(figureAt(cockpit, "members-served", at("east"), 2024)).toMatchObject({
      value: 91,
      numerator: 91,
      denominator: 100,
    });
  });

  test("are not made of some of the parts: the missing one is not a zero", () => {
    const cockpit = open([
      ratio(["members-served", "w1", "2024", 5, 10]),
      ratio(["members-served", "w2", "2024", 5, 10]),
    ]);
    expect(figureAt(cockpit, "members-served", at("west"), 2024)).toMatchObject({ value: null, partial: true });
    expect(figureAt(cockpit, "members-served", at("club"), 2024)).toMatchObject({ value: null });
    expect(figureAt(cockpit, "members-served", at("w3"), 2024)).toMatchObject({ value: null, partial: false });
  });

  test("an area that was given a total of its own keeps it while its parts are not all there, and not longer", () => {
    const own = ratio(["members-served", "east", "2024", 30, 60]);
    const parts = ["e1", "e2"].map((area) => ratio(["members-served", area, "2024", 10, 40]));
    expect(figureAt(open([own, parts[0]!]), "members-served", at("east"), 2024).value).toBe(50);
    expect(figureAt(open([own, ...parts]), "members-served", at("east"), 2024).value).toBe(25);
  });

  test("stated values add up over nothing", () => {
    const cockpit = open([plain("age", "e1", "2024", 40), plain("age", "e2", "2024", 60)]);
    expect(figureAt(cockpit, "age", at("east"), 2024).value).toBeNull();
  });

  test("a year of months is their sum, and missing while a month is", () => {
    const months = Array.from({ length: 12 }, (_, i) =>
      plain("visits", "e1", `2024-${String(i + 1).padStart(2, "0")}`, i),
    );
    expect(figureAt(open(months), "visits", at("e1"), 2024).value).toBe(66);
    expect(figureAt(open(months.slice(1)), "visits", at("e1"), 2024).value).toBeNull();
  });

  test("a later figure stands before an earlier one for the same place", () => {
    const cockpit = open([
      ratio(["members-served", "e1", "2024", 1, 10]),
      ratio(["members-served", "e1", "2024", 9, 10]),
    ]);
    expect(figureAt(cockpit, "members-served", at("e1"), 2024).value).toBe(90);
  });

  test("of any figures are those of all their base rows", () => {
    const cell = fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 1000 }));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 5, maxLength: 5 }), (cells) => {
        const towns = ["e1", "e2", "w1", "w2", "w3"];
        const cockpit = open(
          towns.map((town, i) => ratio(["members-served", town, "2024", cells[i]![0], cells[i]![1]])),
        );
        const sum = (pick: 0 | 1) => cells.reduce((total, one) => total + one[pick], 0);
        expect(figureAt(cockpit, "members-served", at("club"), 2024).value).toBeCloseTo((sum(0) / sum(1)) * 100, 9);
      }),
    );
  });
});

describe("small cells", () => {
  const served = (town: string, numerator: number, denominator: number) =>
    ratio(["guarded", town, "2024", numerator, denominator]);

  test("of 1 to 9 people are withheld, and a second one beside them; zero is no small cell", () => {
    const cockpit = open([
      served("w1", 3, 100),
      served("w2", 50, 100),
      served("w3", 60, 200),
      served("e1", 0, 50),
      served("e2", 40, 80),
    ]);
    const state = (town: string) => figureAt(cockpit, "guarded", at(town), 2024).suppressed;
    expect(["w1", "w2", "w3", "e1", "e2"].map(state)).toEqual(["small", "derivable", null, null, null]);
    expect(figureAt(cockpit, "guarded", at("west"), 2024).value).not.toBeNull();
    expect(figureAt(cockpit, "guarded", at("w1"), 2024)).toMatchObject({
      value: null,
      numerator: null,
      denominator: null,
    });
  });

  test("those who are not served count as a cell too", () => {
    const cockpit = open([served("w1", 98, 100), served("w2", 50, 100), served("w3", 60, 200)]);
    expect(figureAt(cockpit, "guarded", at("w1"), 2024).suppressed).toBe("small");
  });

  test("no subtraction from what is shown gives back a single withheld cell", () => {
    const cell = fc
      .integer({ min: 1, max: 40 })
      .chain((of) => fc.tuple(fc.integer({ min: 0, max: of }), fc.constant(of)));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 5, maxLength: 5 }), (cells) => {
        const towns = ["e1", "e2", "w1", "w2", "w3"];
        const cockpit = open(towns.map((town, i) => served(town, cells[i]![0], cells[i]![1])));
        const shown = (code: string) => figureAt(cockpit, "guarded", at(code), 2024).suppressed === null;
        for (const [total, parts] of [
          ["club", ["east", "west"]],
          ["east", ["e1", "e2"]],
          ["west", ["w1", "w2", "w3"]],
        ] as const) {
          const hidden = parts.filter((part) => !shown(part)).length;
          expect(shown(total) ? hidden !== 1 : hidden > 0).toBe(true);
        }
      }),
    );
  });
});

describe("ranks", () => {
  test("with overlapping intervals say how far they may be off; surely better and worse ones are counted out", () => {
    const cockpit = open([
      ratio(["members-served", "e1", "2024", 900, 1000]),
      ratio(["members-served", "e2", "2024", 52, 100]),
      ratio(["members-served", "w1", "2024", 50, 100]),
      ratio(["members-served", "w2", "2024", 100, 1000]),
      ratio(["members-served", "w3", "2024", 48, 100]),
    ]);
    const ranks = rankAreas(cockpit, "members-served", { level: "town", year: 2024 });
    expect(ranks.map(({ area, rank }) => [tree.areas[area]!.code, rank.rank, rank.low, rank.high])).toEqual([
      ["e1", 1, 1, 1],
      ["e2", 2, 2, 4],
      ["w1", 3, 2, 4],
      ["w3", 4, 2, 4],
      ["w2", 5, 5, 5],
    ]);
  });

  test("turn round where less is better", () => {
    const rows = [ratio(["members-served", "e1", "2024", 9, 10]), ratio(["members-served", "e2", "2024", 1, 10])];
    const [first] = rankAreas(open(rows, { direction: "down", interval: "none" }), "members-served", {
      level: "town",
      year: 2024,
    });
    expect(tree.areas[first!.area]!.code).toBe("e2");
  });
});

describe("targets", () => {
  const target: Target = {
    plan: "p",
    area: "club",
    comparison: "at-least",
    value: 80,
    year: 2025,
    mark: "D",
    source: [],
  };

  test("the pace is that from the base: 60 to 72 of 80 in four of five years is three quarters of the pace", () => {
    const track = trackFigure(target, { year: 2020, value: 60 }, { year: 2024, value: 72, interval: null }, []);
    expect(track).toMatchObject({ status: "needs-acceleration", done: 0.6, time: 0.8, projection: 75 });
    expect(track.ratio).toBeCloseTo(0.75, 12);
  });

  test("without a base only met or not met is told", () => {
    const track = (value: number) => trackFigure(target, undefined, { year: 2024, value, interval: null }, []).status;
    expect([track(79.9), track(80)]).toEqual(["open", "achieved"]);
  });

  test("a sample is on track only if the less favourable end is", () => {
    const base = { year: 2020, value: 60 };
    const track = trackFigure(target, base, { year: 2024, value: 77, interval: { low: 69, high: 85 } }, []);
    expect(track).toMatchObject({ status: "limited", statusOfValue: "on-track" });
  });

  test("a missing value has no status, and a cumulative target needs every year", () => {
    const sum: Target = {
      plan: "p",
      area: "club",
      comparison: "at-least",
      value: 100,
      year: 2025,
      cumulative: true,
      mark: "D",
      source: [],
    };
    const plans: Pick<Indicator, "targets"> = {
      targets: [{ ...sum, base: { year: 2020, value: 0, mark: "D", source: [] } }],
    };
    const rows = [2021, 2022, 2023, 2024].map((year) => plain("members-served", "club", String(year), 20));
    const counted = (given: readonly BaseFigure[]) =>
      trackAt(open(given, { form: "count", interval: "none", ...plans }), "members-served", 0, 2024).track;
    expect(counted(rows)).toMatchObject({ status: "on-track", done: 0.8 });
    expect(counted(rows.slice(1))).toMatchObject({ status: "no-value" });
  });
});
