import type { ExportTable } from "../write-table.ts";
import type { ReportDocument } from "./report-document.ts";
import { type ReportLane, startReportLane } from "./report-lane.ts";
import type { SetReport } from "./set-report.ts";

/** Sets reports and writes tables in one thread, one after the other, so that pages are answered meanwhile and many wishes do not fill the machine. */
export interface Press {
  /** @throws Error where the report cannot be set */
  set(document: ReportDocument): Promise<SetReport>;
  /** A table as XLSX. */
  sheet(table: ExportTable): Promise<Uint8Array>;
}

/** The thread is started for the first wish, keeps its fonts for those that follow, and is let go after `idleMilliseconds` without one. */
export function createPress({ idleMilliseconds = 60_000 } = {}): Press {
  let lane: ReportLane | undefined;
  let inHand = 0;
  let letGo: NodeJS.Timeout | undefined;
  const withLane = async <T>(make: (lane: ReportLane) => Promise<T>): Promise<T> => {
    clearTimeout(letGo);
    inHand++;
    lane ??= startReportLane();
    const own = lane;
    try {
      return await make(own);
    } finally {
      // Whatever broke the thread, the next wish gets a fresh one.
      if (own.isBroken() && lane === own) lane = undefined;
      inHand--;
      if (inHand === 0) {
        letGo = setTimeout(() => {
          void lane?.stop();
          lane = undefined;
        }, idleMilliseconds).unref();
      }
    }
  };
  return {
    set: (document) => withLane((own) => own.set(document)),
    sheet: (table) => withLane((own) => own.sheet(table)),
  };
}
