import { parentPort, workerData } from "node:worker_threads";
import type { ReportSnapshot } from "../report-snapshot.ts";
import type { ReportRequest } from "./bind-report.ts";
import { createReportMaker, type MadeReport } from "./make-report.ts";

/** What a worker makes reports of. */
export interface ReportSetting {
  readonly template: string;
  readonly snapshot: ReportSnapshot;
}

/** A report to make, or that there is none left. */
export type ReportOrder = ReportRequest | "stop";

const { template, snapshot }: ReportSetting = workerData;
const port = parentPort;
if (port === null) throw new Error("report-worker.ts runs in a worker thread");
const maker = createReportMaker(template, snapshot);

port.on("message", async (order: ReportOrder) => {
  if (order === "stop") return port.close();
  port.postMessage((await maker.make(order)) satisfies MadeReport);
});
