import type { Worker } from "node:worker_threads";
import { startThread } from "../../../start-thread.ts";
import type { ReportDocument } from "./report-document.ts";
import type { ReportAnswer } from "./report-worker.ts";
import type { SetReport } from "./set-report.ts";

/** One thread that sets reports; what it sets comes back in the order that it was ordered. */
export interface ReportLane {
  /** @throws Error where the report cannot be set, or the thread has ended */
  set(document: ReportDocument): Promise<SetReport>;
  /** The thread has ended: nothing can be set any more. */
  isBroken(): boolean;
  stop(): Promise<unknown>;
}

/** Starts a thread. It does not keep the program alive. */
export function startReportLane(): ReportLane {
  const worker: Worker = startThread(new URL("./report-worker.ts", import.meta.url), undefined);
  const waiting: { resolve(made: SetReport): void; reject(error: unknown): void }[] = [];
  let broken: unknown;
  const fail = (error: unknown) => {
    broken ??= error;
    for (const { reject } of waiting.splice(0)) reject(broken);
  };
  worker.on("message", (answer: ReportAnswer) => {
    const next = waiting.shift();
    if ("set" in answer) next?.resolve(answer.set);
    else next?.reject(new Error(answer.failed));
    if (waiting.length === 0) worker.unref();
  });
  worker.on("error", fail);
  worker.on("exit", (code) => fail(new Error(`A thread that sets reports ended with code ${code}`)));
  return {
    set: (document) =>
      new Promise((resolve, reject) => {
        if (broken !== undefined) return reject(broken);
        waiting.push({ resolve, reject });
        worker.ref();
        worker.postMessage(document);
      }),
    isBroken: () => broken !== undefined,
    stop: () => worker.terminate(),
  };
}
