import { Problem } from "../../problem.ts";
import { annualTemplate, createReportBinder } from "./report/make-report.ts";
import type { ReportDocument } from "./report/report-document.ts";
import { ReportError } from "./report/report-error.ts";
import type { ReportSnapshot } from "./report-snapshot.ts";

/**
 * The annual report of an area from a frozen snapshot, of the newest year in which the index has a level; with its numbers, not yet set.
 * @throws Problem `COCKPIT-REPORT-REFUSED` with every figure that is not bound
 */
export async function annualReport(
  snapshot: ReportSnapshot,
  { area, language }: { readonly area: string; readonly language: "zh" | "en" },
): Promise<ReportDocument> {
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
    return createReportBinder(await annualTemplate(language), snapshot)({ area, period, language });
  } catch (error) {
    if (error instanceof ReportError) throw new Problem("COCKPIT-REPORT-REFUSED", error.words);
    throw error;
  }
}
