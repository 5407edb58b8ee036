import { parentPort } from "node:worker_threads";
import type { ReportDocument } from "./report-document.ts";
import { createReportSetter, type SetReport } from "./set-report.ts";

/** What the thread answers to a report that it was given. */
export type ReportAnswer = { readonly set: SetReport } | { readonly failed: string };

const port = parentPort;
if (port === null) throw new Error("report-worker.ts runs in a worker thread");
const set = createReportSetter();

port.on("message", async (document: ReportDocument) => {
  port.postMessage(await answerTo(document));
});

async function answerTo(document: ReportDocument): Promise<ReportAnswer> {
  try {
    return { set: await set(document) };
  } catch (error) {
    return { failed: String(error) };
  }
}
