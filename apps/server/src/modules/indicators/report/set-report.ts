import { writeDocx } from "./docx.ts";
import { createPdfWriter } from "./pdf.ts";
import type { ReportDocument } from "./report-document.ts";

/** A report in both formats. */
export interface SetReport {
  readonly docx: Uint8Array;
  readonly pdf: Uint8Array;
  /** Pages of the PDF. */
  readonly pages: number;
}

/** Sets reports in both formats. It loads its fonts once, and setting takes seconds: the server does it in a thread (`report-lane.ts`). */
export function createReportSetter(): (document: ReportDocument) => Promise<SetReport> {
  const writer = createPdfWriter();
  return async (document) => {
    const { bytes, pages } = writer.write(document);
    return { docx: await writeDocx(document), pdf: bytes, pages };
  };
}
