import { parentPort, workerData } from "node:worker_threads";
import { highsSolver, ReachRefusal } from "@qingdan/reach";
import type { CheckedFacility } from "./check-register.ts";
import { standardNamed } from "./kinds.ts";
import { openPlacesMap, townsOf } from "./places-map.ts";
import { planMix } from "./planning-mix.ts";
import type { PlanningBody, PlanningPlan } from "./planning-model.ts";
import { sceneOf } from "./scenes.ts";
import type { ThreadMessage } from "./thread-runs.ts";

/** What a planning worker is started with. */
interface PlanningOrder {
  readonly folder: string;
  readonly facilities: readonly CheckedFacility[];
  readonly request: PlanningBody;
  /** Set to 1 when the run is to stop with the best plan so far. */
  readonly stop: SharedArrayBuffer;
}

const { folder, facilities, request, stop }: PlanningOrder = workerData;
const port = parentPort;
if (port === null) throw new Error("planning-worker.ts runs in a worker thread");
const tell = (message: ThreadMessage<PlanningPlan>) => port.postMessage(message);
const flag = new Int32Array(stop);

try {
  tell({ kind: "phase", phase: "reading" });
  const map = await openPlacesMap(folder);
  const plan = planMix({
    map,
    facilities,
    scene: sceneOf(map, facilities, standardNamed(request.standard), false),
    request,
    towns: townsOf(map, request.area),
    solver: await highsSolver(),
    // Searches look at the clock: one that has run out makes them end with what they have.
    now: () => (Atomics.load(flag, 0) === 1 ? Number.POSITIVE_INFINITY : performance.now()),
    onPhase: (phase) => tell({ kind: "phase", phase }),
    onProgress: (progress) => tell({ kind: "progress", progress }),
  });
  tell({ kind: "plan", plan });
} catch (error) {
  if (!(error instanceof ReachRefusal)) throw error;
  tell({ kind: "refused", problem: { zh: `不能规划：${error.message}`, en: error.message } });
}
