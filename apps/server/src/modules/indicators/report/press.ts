import type { ReportDocument } from "./report-document.ts";
import { type ReportLane, startReportLane } from "./report-lane.ts";
import type { SetReport } from "./set-report.ts";

/** Sets one report after the other in one thread, so that pages are answered meanwhile and many wishes do not fill the machine. */
export interface Press {
  /** @throws Error where the report cannot be set */
  set(document: ReportDocument): Promise<SetReport>;
}

/** The thread is started for the first report, keeps its fonts for those that follow, and is let go after `idleMilliseconds` without one. */
export function createPress({ idleMilliseconds = 60_000 } = {}): Press {
  let lane: ReportLane | undefined;
  let inHand = 0;
  let letGo: NodeJS.Timeout | undefined;
  return {
    async set(document) {
      clearTimeout(letGo);
      inHand++;
      lane ??= startReportLane();
      const own = lane;
      try {
        return await own.set(document);
      } finally {
        // Whatever broke the thread, the next report gets a fresh one.
        if (own.isBroken() && lane === own) lane = undefined;
        inHand--;
        if (inHand === 0) {
          letGo = setTimeout(() => {
            void lane?.stop();
            lane = undefined;
          }, idleMilliseconds).unref();
        }
      }
    },
  };
}
