import { parentPort, workerData } from "node:worker_threads";
import {
  type Costs,
  highsSolver,
  type ParetoPoint,
  paretoFront,
  planSites,
  ReachRefusal,
  type SiteTerms,
  type SitingAnswer,
  type SitingModel,
} from "@qingdan/reach";

/** What a siting thread is started with. */
export interface SitingOrder {
  readonly costs: Costs;
  readonly model: SitingModel | "pareto";
  readonly p?: number;
  readonly limit?: number;
  readonly terms?: Required<SiteTerms>;
  readonly tailShare?: number;
  readonly meanAtMost?: number;
  /** For `pareto`. */
  readonly budgets?: readonly number[];
  readonly seconds: number;
  readonly seed: number;
  /** Set to 1 when the work is to end with the best plan so far. */
  readonly stop: SharedArrayBuffer;
}

/** A siting thread tells how far it is, and at last its answer or why there is none. */
export type SitingMessage =
  | { readonly kind: "progress"; readonly value: number; readonly bound: number; readonly seconds: number }
  | { readonly kind: "answer"; readonly answer: SitingAnswer }
  | { readonly kind: "front"; readonly points: readonly ParetoPoint[] }
  | { readonly kind: "refused"; readonly code: string; readonly place: string; readonly what: string };

const { costs, seed, stop, ...order }: SitingOrder = workerData;
const port = parentPort;
if (port === null) throw new Error("reach-site-worker.ts runs in a thread");
const tell = (message: SitingMessage) => port.postMessage(message);
const flag = new Int32Array(stop);

try {
  const effort = {
    ...order,
    solver: await highsSolver(),
    // Searches look at the clock: one that has run out makes them end with what they have.
    now: () => (Atomics.load(flag, 0) === 1 ? Number.POSITIVE_INFINITY : performance.now()),
    random: mulberry32(seed),
    onProgress: (progress: { readonly value: number; readonly bound: number; readonly seconds: number }) =>
      tell({ kind: "progress", ...progress }),
  };
  const { model, limit = 0, terms, budgets = [] } = order;
  if (model === "pareto")
    tell({
      kind: "front",
      points: paretoFront(costs, {
        ...effort,
        limit,
        budgets,
        opening: terms?.opening ?? new Float64Array(costs.sites),
      }),
    });
  else tell({ kind: "answer", answer: planSites(costs, { ...effort, model }) });
} catch (error) {
  if (!(error instanceof ReachRefusal)) throw error;
  tell({ kind: "refused", code: error.code, place: error.place, what: error.what });
}

/** Numbers in [0, 1) that are the same for the same seed. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
