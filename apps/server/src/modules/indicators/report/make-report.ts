import { readFile } from "node:fs/promises";
import path from "node:path";
import type { ReportSnapshot } from "../report-snapshot.ts";
import { bindReport, type ReportRequest } from "./bind-report.ts";
import { writeDocx } from "./docx.ts";
import { openFigures } from "./figure-lookup.ts";
import { createPdfWriter } from "./pdf.ts";
import { readTemplate } from "./read-template.ts";
import type { ReportDocument } from "./report-document.ts";
import type { ReportLanguage } from "./template.ts";

/** A report that was made, in both formats. */
export interface MadeReport {
  readonly document: ReportDocument;
  readonly docx: Uint8Array;
  readonly pdf: Uint8Array;
  /** Pages of the PDF. */
  readonly pages: number;
}

/** Makes the reports of one template and one snapshot, one area at a time. */
export interface ReportMaker {
  /** The report with its numbers, in no format yet. @throws ReportError */
  bind(request: ReportRequest): ReportDocument;
  /** @throws ReportError */
  make(request: ReportRequest): Promise<MadeReport>;
}

/** Reads the template and loads the fonts once. @throws ReportError `REPORT-TEMPLATE` */
export function createReportMaker(template: string, snapshot: ReportSnapshot): ReportMaker {
  const read = readTemplate(template);
  const book = openFigures(snapshot);
  const writer = createPdfWriter();
  const bind = (request: ReportRequest) => bindReport(read, book, request);
  return {
    bind,
    async make(request) {
      const document = bind(request);
      const { bytes, pages } = writer.write(document);
      return { document, docx: await writeDocx(document), pdf: bytes, pages };
    },
  };
}

/** The template of the annual report 年度发展报告 that comes with the program. */
export function annualTemplate(language: ReportLanguage): Promise<string> {
  return readFile(path.join(import.meta.dirname, `templates/annual-report.${language}.md`), "utf8");
}
