import { Worker } from "node:worker_threads";
import type { ExportTable } from "../write-table.ts";
import type { ReportDocument } from "./report-document.ts";
import type { PressAnswer, PressOrder } from "./report-worker.ts";
import type { SetReport } from "./set-report.ts";

/** One thread that sets reports and writes tables; what it makes comes back in the order that it was ordered. */
export interface ReportLane {
  /** @throws Error where the report cannot be set, or the thread has ended */
  set(document: ReportDocument): Promise<SetReport>;
  /** A table as XLSX. @throws Error where the thread has ended */
  sheet(table: ExportTable): Promise<Uint8Array>;
  /** The thread has ended: nothing can be made any more. */
  isBroken(): boolean;
  stop(): Promise<unknown>;
}

/** Starts a thread. It keeps the program alive only while something is in hand. */
export function startReportLane(): ReportLane {
  const worker = new Worker(new URL("./report-worker.ts", import.meta.url));
  const waiting: { resolve(answer: PressAnswer): void; reject(error: unknown): void }[] = [];
  let broken: unknown;
  const fail = (error: unknown) => {
    broken ??= error;
    for (const { reject } of waiting.splice(0)) reject(broken);
  };
  worker.on("message", (answer: PressAnswer) => {
    waiting.shift()?.resolve(answer);
    if (waiting.length === 0) worker.unref();
  });
  worker.on("error", fail);
  worker.on("exit", (code) => fail(new Error(`A thread that sets reports ended with code ${code}`)));
  const order = (what: PressOrder): Promise<PressAnswer> =>
    new Promise((resolve, reject) => {
      if (broken !== undefined) return reject(broken);
      waiting.push({ resolve, reject });
      worker.ref();
      worker.postMessage(what);
    });
  return {
    async set(report) {
      const answer = await order({ report });
      if ("set" in answer) return answer.set;
      throw failed(answer);
    },
    async sheet(sheet) {
      const answer = await order({ sheet });
      if ("xlsx" in answer) return answer.xlsx;
      throw failed(answer);
    },
    isBroken: () => broken !== undefined,
    stop: () => worker.terminate(),
  };
}

const failed = (answer: PressAnswer): Error =>
  new Error("failed" in answer ? answer.failed : "The thread answered something else than it was asked");
