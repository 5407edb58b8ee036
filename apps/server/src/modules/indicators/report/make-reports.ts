import type { Worker } from "node:worker_threads";
import { startThread } from "../../../start-thread.ts";
import type { ReportRequest } from "./bind-report.ts";
import { createReportMaker, type MadeReport } from "./make-report.ts";
import type { ReportOrder, ReportSetting } from "./report-worker.ts";

interface ManyReports extends ReportSetting {
  readonly requests: readonly ReportRequest[];
  /** Threads that make reports at the same time. */
  readonly workers: number;
  readonly signal?: AbortSignal;
}

/**
 * Makes reports of one template and one snapshot in worker threads, and gives them in the order asked for. Every report is bound before the
 * first is made; the signal stops them all.
 * @throws ReportError
 */
export async function* makeReports({ requests, workers, signal, ...setting }: ManyReports): AsyncGenerator<MadeReport> {
  const maker = createReportMaker(setting.template, setting.snapshot);
  for (const request of requests) maker.bind(request);
  const lanes = Array.from({ length: Math.min(workers, requests.length) }, () => startLane(setting));
  try {
    const making: Promise<MadeReport>[] = [];
    for (let next = 0; next < requests.length; next++) {
      // Each lane takes every so-manieth report: they are of like size, and the next is begun before the last is fetched.
      for (let at = making.length; at < Math.min(requests.length, next + AHEAD * lanes.length); at++) {
        const made = lanes[at % lanes.length]!.make(requests[at]!);
        // A failure is told when its turn comes.
        made.catch(() => {});
        making.push(made);
      }
      signal?.throwIfAborted();
      yield await making[next]!;
    }
  } finally {
    await Promise.all(lanes.map((lane) => lane.stop()));
  }
}

/** Reports in hand for each thread: one that is made, one that waits. */
const AHEAD = 2;

interface Lane {
  make(request: ReportRequest): Promise<MadeReport>;
  stop(): Promise<unknown>;
}

/** One thread; what it makes comes back in the order that it was ordered. */
function startLane(setting: ReportSetting): Lane {
  const worker: Worker = startThread(new URL("./report-worker.ts", import.meta.url), setting);
  const waiting: { resolve(made: MadeReport): void; reject(error: unknown): void }[] = [];
  let broken: unknown;
  const fail = (error: unknown) => {
    broken ??= error;
    for (const { reject } of waiting.splice(0)) reject(broken);
  };
  worker.on("message", (made: MadeReport) => waiting.shift()?.resolve(made));
  worker.on("error", fail);
  worker.on("exit", (code) => fail(new Error(`A worker that makes reports ended with code ${code}`)));
  return {
    make: (request) =>
      new Promise((resolve, reject) => {
        if (broken !== undefined) return reject(broken);
        waiting.push({ resolve, reject });
        worker.postMessage(request satisfies ReportOrder);
      }),
    stop: () => worker.terminate(),
  };
}
