import { Problem } from "../../problem.ts";
import { annualTemplate, type MadeReport } from "./report/make-report.ts";
import { makeReports } from "./report/make-reports.ts";
import { ReportError } from "./report/report-error.ts";
import type { ReportSnapshot } from "./report-snapshot.ts";

/**
 * The annual report of an area from a frozen snapshot, of the newest year in which the index has a level.
 * @throws Problem `COCKPIT-REPORT-REFUSED` with every figure that is not bound
 */
export async function annualReport(
  snapshot: ReportSnapshot,
  { area, language }: { readonly area: string; readonly language: "zh" | "en" },
): Promise<MadeReport> {
  const levels = snapshot.values.filter(
    ({ indicator, area: of, status }) => indicator === "level" && of === area && status === "ok",
  );
  const period = levels
    .map((value) => value.period)
    .toSorted()
    .at(-1);
  if (period === undefined) {
    throw new Problem("COCKPIT-REPORT-REFUSED", {
      zh: `快照里没有 ${area} 的指数`,
      en: `The snapshot holds no index of ${area}`,
    });
  }
  try {
    const requests = [{ area, period, language }];
    const template = await annualTemplate(language);
    // A thread of its own: setting a report takes seconds, and others are being answered.
    for await (const made of makeReports({ template, snapshot, requests, workers: 1 })) return made;
    throw new Error("A report that was asked for was not made");
  } catch (error) {
    if (error instanceof ReportError) throw new Problem("COCKPIT-REPORT-REFUSED", error.words);
    throw error;
  }
}
