import { parentPort } from "node:worker_threads";
import { type ExportTable, writeXlsx } from "../write-table.ts";
import type { ReportDocument } from "./report-document.ts";
import { createReportSetter, type SetReport } from "./set-report.ts";

/** What the thread is given: a report to set, or a table to write as XLSX. */
export type PressOrder = { readonly report: ReportDocument } | { readonly sheet: ExportTable };

/** What it answers, in the order that it was given. */
export type PressAnswer = { readonly set: SetReport } | { readonly xlsx: Uint8Array } | { readonly failed: string };

const port = parentPort;
if (port === null) throw new Error("report-worker.ts runs in a worker thread");
let setter: ReturnType<typeof createReportSetter> | undefined;

port.on("message", async (order: PressOrder) => {
  port.postMessage(await answerTo(order));
});

async function answerTo(order: PressOrder): Promise<PressAnswer> {
  try {
    if ("sheet" in order) return { xlsx: await writeXlsx(order.sheet) };
    // Fonts are loaded for the first report.
    setter ??= createReportSetter();
    return { set: await setter(order.report) };
  } catch (error) {
    return { failed: String(error) };
  }
}
