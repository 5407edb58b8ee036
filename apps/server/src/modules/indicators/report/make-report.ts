import { readFile } from "node:fs/promises";
import path from "node:path";
import type { ReportSnapshot } from "../report-snapshot.ts";
import { bindReport, type ReportRequest } from "./bind-report.ts";
import { openFigures } from "./figure-lookup.ts";
import { readTemplate } from "./read-template.ts";
import type { ReportDocument } from "./report-document.ts";
import type { ReportLanguage } from "./template.ts";

/**
 * Reads a template once and binds the reports of one snapshot: with their numbers, in no format yet.
 * @throws ReportError `REPORT-TEMPLATE`; what it gives throws ReportError where a figure is not bound
 */
export function createReportBinder(
  template: string,
  snapshot: ReportSnapshot,
): (request: ReportRequest) => ReportDocument {
  const read = readTemplate(template);
  const book = openFigures(snapshot);
  return (request) => bindReport(read, book, request);
}

/** The template of the annual report 年度发展报告 that comes with the program. */
export function annualTemplate(language: ReportLanguage): Promise<string> {
  return readFile(path.join(import.meta.dirname, `templates/annual-report.${language}.md`), "utf8");
}
