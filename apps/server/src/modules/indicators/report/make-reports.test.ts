import { describe, expect, it } from "vitest";
import { freezeSnapshot, type SnapshotContent } from "../report-snapshot.ts";
import { createReportBinder } from "./make-report.ts";
import { type MadeReport, makeReports } from "./make-reports.ts";
import { createPress } from "./press.ts";

const words = (text: string) => ({ zh: text, en: text });
const areas = ["a", "b", "c", "d", "e"];
const content: SnapshotContent = {
  listVersion: "2023-08",
  indicators: [
    { code: "beds", name: words("床位"), unit: words("张"), decimals: 0, direction: 1, source: words("统计局") },
  ],
  areas: areas.map((code) => ({ code, name: words(`地区 ${code}`) })),
  values: areas.map((area, i) => ({ indicator: "beds", area, period: "2024", value: 100 * i, status: "ok" })),
};
const snapshot = freezeSnapshot(content);
const template = "# {{area}}\n\n{{beds}}\n\n::table caption=床位 indicators=beds";
const requestOf = (area: string) => ({ area, period: "2024", language: "zh" as const });

const all = async (reports: AsyncIterable<MadeReport>): Promise<MadeReport[]> => {
  const made: MadeReport[] = [];
  for await (const report of reports) made.push(report);
  return made;
};

describe("many reports", () => {
  it("come in the order asked for, each as it would be made alone", async () => {
    const requests = areas.map(requestOf);
    const made = await all(makeReports({ template, snapshot, requests, workers: 2 }));
    expect(made.map(({ document }) => document)).toEqual(requests.map(createReportBinder(template, snapshot)));
    expect(made.map(({ pages }) => pages)).toEqual(areas.map(() => 1));
    for (const { pdf, docx } of made) {
      expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe("%PDF-");
      expect(Buffer.from(docx).subarray(0, 2).toString()).toBe("PK");
    }
  });
  it("none is made when one cannot be bound", async () => {
    const requests = [...areas, "f"].map(requestOf);
    const reports = makeReports({ template, snapshot, requests, workers: 2 });
    await expect(reports.next()).rejects.toMatchObject({ code: "REPORT-AREA", places: ["f"] });
  });
  it("stop when they are told to", async () => {
    const stopping = new AbortController();
    const requests = areas.map(requestOf);
    const reports = makeReports({ template, snapshot, requests, workers: 1, signal: stopping.signal });
    expect((await reports.next()).done).toBe(false);
    stopping.abort();
    await expect(reports.next()).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("a press", () => {
  const document = createReportBinder(template, snapshot)(requestOf("b"));
  /** A document that typst refuses: an axis without ticks to draw. */
  const broken = { ...document, blocks: [{ kind: "chart" }] } as unknown as typeof document;

  it("sets reports in a thread: the program goes on meanwhile", async () => {
    const press = createPress({ idleMilliseconds: 10 });
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const started = performance.now();
    const all = await Promise.all([document, document, document].map(press.set));
    const taken = performance.now() - started;
    clearInterval(beat);
    for (const { pdf, docx, pages } of all) {
      expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe("%PDF-");
      expect(Buffer.from(docx).subarray(0, 2).toString()).toBe("PK");
      expect(pages).toBe(1);
    }
    // Setting here would hold everything for as long as it takes.
    expect(longest).toBeLessThan(taken / 2);
  });
  it("writes a table of many rows as XLSX meanwhile too, with what stands in it", async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => [`area ${i}`, i, null, "=1+1"]);
    const press = createPress({ idleMilliseconds: 10 });
    const xlsx = await press.sheet({ name: "t", columns: ["area", "value", "low", "note"], rows });
    const { default: ExcelJS } = await import("exceljs");
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(Buffer.from(xlsx).buffer);
    const sheet = workbook.worksheets[0]!;
    expect(sheet.rowCount).toBe(3001);
    // Row 1 is the head; a text that looks like a formula is a text.
    expect([1, 2, 3, 4].map((column) => sheet.getRow(3000).getCell(column).value)).toEqual([
      "area 2998",
      2998,
      null,
      "=1+1",
    ]);
  });
  it("a report that cannot be set fails alone; the others are set, and so is one after the thread was let go", async () => {
    const press = createPress({ idleMilliseconds: 1 });
    const [first, second, third] = await Promise.allSettled([document, broken, document].map(press.set));
    expect([first!.status, second!.status, third!.status]).toEqual(["fulfilled", "rejected", "fulfilled"]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await press.set(document)).pages).toBe(1);
  });
});
