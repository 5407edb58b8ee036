import { describe, expect, it } from "vitest";
import { freezeSnapshot, type SnapshotContent } from "../report-snapshot.ts";
import { createReportMaker, type MadeReport } from "./make-report.ts";
import { makeReports } from "./make-reports.ts";

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
    const maker = createReportMaker(template, snapshot);
    expect(made.map(({ document }) => document)).toEqual(requests.map(maker.bind));
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
