import type { ReportSnapshot } from "../report-snapshot.ts";
import type { ReportRequest } from "./bind-report.ts";
import { createReportBinder } from "./make-report.ts";
import type { ReportDocument } from "./report-document.ts";
import { startReportLane } from "./report-lane.ts";
import type { SetReport } from "./set-report.ts";

/** A report that was made, as data and in both formats. */
export interface MadeReport extends SetReport {
  readonly document: ReportDocument;
}

interface ManyReports {
  readonly template: string;
  readonly snapshot: ReportSnapshot;
  readonly requests: readonly ReportRequest[];
  /** Threads that set reports at the same time. */
  readonly workers: number;
  readonly signal?: AbortSignal;
}

/**
 * Makes reports of one template and one snapshot, set in threads, and gives them in the order asked for. Every report is bound before the
 * first is set; the signal stops them all.
 * @throws ReportError
 */
export async function* makeReports(asked: ManyReports): AsyncGenerator<MadeReport> {
  const { template, snapshot, requests, workers, signal } = asked;
  const bind = createReportBinder(template, snapshot);
  for (const request of requests) bind(request);
  const lanes = Array.from({ length: Math.min(workers, requests.length) }, startReportLane);
  try {
    const making: Promise<MadeReport>[] = [];
    for (let next = 0; next < requests.length; next++) {
      // Each lane takes every so-manieth report: they are of like size, and the next is begun before the last is fetched.
      for (let at = making.length; at < Math.min(requests.length, next + AHEAD * lanes.length); at++) {
        const document = bind(requests[at]!);
        const made = lanes[at % lanes.length]!.set(document).then((set) => ({ document, ...set }));
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

/** Reports in hand for each thread: one that is set, one that waits. */
const AHEAD = 2;
