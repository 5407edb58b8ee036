import { parentPort, workerData } from "node:worker_threads";
import { highsSolver, ReachRefusal } from "@qingdan/reach";
import type { CheckedFacility } from "./check-register.ts";
import { standardNamed } from "./kinds.ts";
import { openPlacesMap, townsOf } from "./places-map.ts";
import { sceneOf } from "./scenes.ts";
import type { SitingBody, SitingPlan } from "./siting-model.ts";
import { planSiting } from "./siting-plan.ts";
import type { ThreadMessage } from "./thread-runs.ts";

/** What a siting worker is started with. */
interface SitingOrder {
  readonly folder: string;
  readonly facilities: readonly CheckedFacility[];
  readonly request: SitingBody;
  /** Set to 1 when the run is to stop with the best plan so far. */
  readonly stop: SharedArrayBuffer;
}

const { folder, facilities, request, stop }: SitingOrder = workerData;
const port = parentPort;
if (port === null) throw new Error("siting-worker.ts runs in a worker thread");
const tell = (message: ThreadMessage<SitingPlan>) => port.postMessage(message);
const flag = new Int32Array(stop);

try {
  tell({ kind: "phase", phase: "reading" });
  const map = await openPlacesMap(folder);
  const scene = sceneOf(map, facilities, standardNamed(request.standard), false);
  const plan = planSiting({
    map,
    facilities,
    scene,
    request,
    towns: request.area === undefined ? new Set(map.towns.map(({ code }) => code)) : townsOf(map, request.area),
    solver: await highsSolver(),
    // Searches look at the clock: one that has run out makes them end with what they have.
    now: () => (Atomics.load(flag, 0) === 1 ? Number.POSITIVE_INFINITY : performance.now()),
    random: numbers(20_250_601),
    onPhase: (phase) => tell({ kind: "phase", phase }),
    onProgress: (progress) => tell({ kind: "progress", progress }),
  });
  tell({ kind: "plan", plan });
} catch (error) {
  if (!(error instanceof ReachRefusal)) throw error;
  tell({ kind: "refused", problem: { zh: `不能选址：${error.message}`, en: error.message } });
}

/** Numbers in [0, 1), the same in every run (mulberry32): the same request gives the same plan where it is proved. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
