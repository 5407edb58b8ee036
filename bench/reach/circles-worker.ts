import { parentPort } from "node:worker_threads";
import { catchmentSums, type Places, type RouteGraph } from "@qingdan/reach";

/** Places whose circles of 1,000 m one worker draws. */
export interface Share {
  readonly graph: RouteGraph;
  readonly places: Places;
}

parentPort?.on("message", ({ graph, places }: Share) => {
  parentPort?.postMessage(catchmentSums(graph, places, new Float64Array(graph.network.lon.length).fill(1), 1000));
});
parentPort?.postMessage("ready");
