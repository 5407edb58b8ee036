import { describe, expect, it } from "vitest";
import { freezeSnapshot } from "../report-snapshot.ts";
import { bindReport } from "./bind-report.ts";
import { openFigures } from "./figure-lookup.ts";
import { createReportBinder } from "./make-report.ts";
import { readTemplate } from "./read-template.ts";
import type { ReportBlock } from "./report-document.ts";
import { createReportSetter } from "./set-report.ts";

const words = (text: string) => ({ zh: text, en: text });
const indicator = (code: string, unit: string) => ({
  code,
  name: words(`name of ${code}`),
  unit: words(unit),
  decimals: 1,
  direction: 1 as const,
  source: words("statistics"),
});
const areas = ["city", "east", "west"].map((code, i) => ({
  code,
  name: words(`The ${code}`),
  ...(i > 0 && { parent: "city" }),
}));
const numbers = { level: [51.2, 53.4, null, 58.9], score: [44, 45.5, 46.1, 49.7], beds: [3, 4, 5, 6] };
const values = Object.entries(numbers).flatMap(([code, years]) =>
  areas.flatMap(({ code: area }, a) =>
    years.map((value, i) => ({
      indicator: code,
      area,
      period: String(2021 + i),
      value: value === null ? null : value - 2 * a,
      status: value === null ? ("suppressed" as const) : ("ok" as const),
    })),
  ),
);
const snapshot = freezeSnapshot({
  listVersion: "v1",
  areas,
  indicators: [indicator("level", "points"), indicator("score", "points"), indicator("beds", "beds")],
  values,
});
const request = { area: "city", period: "2024", language: "en" as const };
const bind = (template: string): readonly ReportBlock[] =>
  bindReport(readTemplate(template), openFigures(snapshot), request).blocks;

const LINES = '::chart caption="Scores" indicators=level,score periods=-3..-0 missing=show';
const BARS = '::chart caption="By area" indicators=level areas=children';

/** Numbers of a cell; null where it is hidden. */
const numberOf = (cell: string) => (/\d/.test(cell) ? Number(cell) : null);

describe("a chart of a report", () => {
  it("draws lines over periods, a gap where a figure is withheld, above a table of the same figures", () => {
    const [chart, table] = bind(LINES);
    if (chart?.kind !== "chart" || table?.kind !== "table") throw new Error("no chart above a table");
    expect(chart).toMatchObject({ form: "line", unit: "points", categories: ["2021", "2022", "2023", "2024"] });
    expect(chart.series.map(({ values: own }) => own)).toEqual(table.rows.map(([, ...cells]) => cells.map(numberOf)));
    expect(chart.series[0]!.values[2]).toBeNull();
    // 44 to 58.9 between round ends, five steps at most.
    expect(chart.axis).toEqual({ low: 40, high: 60, ticks: [40, 45, 50, 55, 60] });
  });
  it("draws bars by area from 0, with the numbers as the table writes them", () => {
    const [chart, table] = bind(BARS);
    if (chart?.kind !== "chart" || table?.kind !== "table") throw new Error("no chart above a table");
    expect(chart).toMatchObject({ form: "bar", categories: ["The east", "The west"], axis: { low: 0, high: 60 } });
    expect(chart.labels).toEqual(table.rows.map(([, cell]) => cell));
    expect(chart.series[0]!.values).toEqual([56.9, 54.9]);
  });
  it.each([
    ["two units", "::chart caption=x indicators=score,beds periods=-1..-0", "points, beds"],
    ["several indicators of several areas", "::chart caption=x indicators=level,score areas=all", "one indicator"],
    ["one period of one area", "::chart caption=x indicators=level", "several periods"],
  ])("refuses %s", (_, template, told) => {
    expect(() => bind(template)).toThrow(expect.objectContaining({ code: "REPORT-CHART" }));
    expect(() => bind(template)).toThrow(told);
  });
  it("draws forty bars and refuses one more", () => {
    const towns = Array.from({ length: 41 }, (_, i) => ({ code: `t${i}`, name: words(`Town ${i}`), parent: "city" }));
    const bars = (count: number) => {
      const some = towns.slice(0, count);
      const many = freezeSnapshot({
        listVersion: "v1",
        areas: [areas[0]!, ...some],
        indicators: [indicator("level", "points")],
        values: some.map(({ code: area }) => ({
          ...{ indicator: "level", area, period: "2024", value: 50, status: "ok" as const },
        })),
      });
      return bindReport(readTemplate(BARS), openFigures(many), request).blocks[0];
    };
    expect(bars(40)).toMatchObject({ form: "bar", series: [{ values: Array.from({ length: 40 }, () => 50) }] });
    expect(() => bars(41)).toThrow("at most 40");
  });
  it("a missing figure of a chart stops the build as that of a table does", () => {
    expect(() => bind("::chart caption=x indicators=level periods=-3..-0")).toThrow(
      expect.objectContaining({ code: "REPORT-MISSING" }),
    );
  });
  it("is Word's own chart, with its figures in a workbook, and tells the PDF's readers what it is", async () => {
    const { docx, pdf } = await createReportSetter()(
      createReportBinder(`# Report\n\n${LINES}\n\n${BARS}`, snapshot)(request),
    );
    const names = Buffer.from(docx).toString("latin1");
    for (const part of ["word/charts/chart1.xml", "word/charts/chart2.xml", "word/embeddings/"])
      expect(names).toContain(part);
    const marks = Buffer.from(pdf).toString("latin1");
    expect(marks).toContain("/S /Figure");
    expect(marks).toContain("Chart: Scores. The table below holds its figures.");
  });
});
