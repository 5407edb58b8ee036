import type { Indicator } from "@qingdan/list/indicators";
import ExcelJS from "exceljs";
import { describe, expect, test } from "vitest";
import { buildAreaTree } from "./area-tree.ts";
import { importFigures } from "./import-figures.ts";

const words = { zh: "甲", en: "A" };
const share: Indicator = {
  code: "share",
  name: words,
  definition: words,
  domain: "club",
  unit: words,
  decimals: 1,
  form: "ratio",
  numerator: words,
  denominator: words,
  per: 100,
  direction: "up",
  period: "year",
  lowest: "county",
  by: [],
  lead: [],
  origin: { kind: "statistics" },
  interval: "wilson",
  targets: [],
  mark: "D",
  source: [],
};
const context = {
  indicators: new Map(
    [
      share,
      { ...share, code: "visits", form: "count" as const, interval: "none" as const, period: "month" as const },
      { ...share, code: "covered", origin: { kind: "run" as const, items: [] } },
    ].map((one) => [one.code, one]),
  ),
  tree: buildAreaTree(
    [
      { code: "cn-01", name: words, level: "county" },
      { code: "cn-01001", name: words, level: "town", parent: "cn-01" },
    ],
    [],
  ),
  years: [2023, 2024],
};
const read = (text: string) => importFigures(Buffer.from(text), "csv", context);
const header = "indicator,area,period,numerator,denominator,value\n";

describe("an import", () => {
  test("takes what is right and keeps codes and periods as texts; an empty cell is missing, not zero", async () => {
    const { accepted, quarantined } = await read(
      `\uFEFF${header}share,cn-01,2024,5,10,\nvisits,cn-01,2024-03,,,7\nshare,cn-01,2023,,,\n`,
    );
    expect(quarantined).toEqual([]);
    expect(accepted).toEqual([
      { row: 2, indicator: "share", area: "cn-01", period: "2024", numerator: 5, denominator: 10, value: null },
      { row: 3, indicator: "visits", area: "cn-01", period: "2024-03", numerator: null, denominator: null, value: 7 },
      { row: 4, indicator: "share", area: "cn-01", period: "2023", numerator: null, denominator: null, value: null },
    ]);
  });

  test.each([
    ["shares,cn-01,2024,5,10,", "indicator", "indicator-unknown"],
    ["covered,cn-01,2024,5,10,", "indicator", "indicator-from-run"],
    ["share,cn-02,2024,5,10,", "area", "area-unknown"],
    ["share,cn-01001,2024,5,10,", "area", "area-too-low"],
    ["share,cn-01,2024-01,5,10,", "period", "period-wrong"],
    ["share,cn-01,1999,5,10,", "period", "period-outside"],
    ["share,cn-01,2024,five,10,", "numerator", "number-wrong"],
    ["share,cn-01,2024,-5,10,", "numerator", "negative"],
    ["share,cn-01,2024,5,0,", "denominator", "denominator-zero"],
    ["share,cn-01,2024,11,10,", "numerator", "numerator-above"],
    ["share,cn-01,2024,5,,", "denominator", "part-missing"],
    ["share,cn-01,2024,,,50", "value", "part-surplus"],
    ["visits,cn-01,2024-03,5,,7", "numerator", "part-surplus"],
  ])("quarantines %s for its %s: %s", async (line, column, reason) => {
    const { accepted, quarantined } = await read(`${header}${line}\nshare,cn-01,2023,1,2,\n`);
    expect(quarantined).toMatchObject([{ row: 2, column, reason }]);
    expect(accepted).toHaveLength(1);
  });

  test("keeps the first of two rows for the same place", async () => {
    const { accepted, quarantined } = await read(`${header}share,cn-01,2024,5,10,\nshare,cn-01,2024,6,10,\n`);
    expect([accepted.length, quarantined[0]?.reason]).toEqual([1, "duplicate"]);
  });

  test("is refused without its columns, without rows, or when it is no file of the kind", async () => {
    await expect(read("indicator,area,value\nshare,cn-01,1\n")).rejects.toMatchObject({ code: "COCKPIT-FILE-COLUMNS" });
    await expect(read(header)).rejects.toMatchObject({ code: "COCKPIT-FILE-EMPTY" });
    await expect(importFigures(Buffer.from("no zip"), "xlsx", context)).rejects.toMatchObject({
      code: "COCKPIT-FILE-UNREADABLE",
    });
  });

  test("from XLSX gives what the same CSV gives", async () => {
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet("a").addRows([
      ["indicator", "area", "period", "numerator", "denominator"],
      ["share", "cn-01", 2024, 5, 10],
      ["share", "cn-01", "2023", 5, 0],
    ]);
    const found = await importFigures(Buffer.from(await workbook.xlsx.writeBuffer()), "xlsx", context);
    expect(found).toEqual(await read(`${header}share,cn-01,2024,5,10,\nshare,cn-01,2023,5,0,\n`));
  });
});
