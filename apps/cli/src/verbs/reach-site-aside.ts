import { Worker } from "node:worker_threads";
import { type ParetoPoint, ReachRefusal, type SitingAnswer } from "@qingdan/reach";
import type { Context } from "../verb.ts";
import type { SitingMessage, SitingOrder } from "./reach-site-worker.ts";

/** One plan, or the points of a front. */
export type Solved = SitingAnswer | { readonly points: readonly ParetoPoint[] };

/** Solves in a thread, tells how far it is once a second, and at Ctrl-C has it end with its best plan and bound. */
export async function solveAside(context: Context, order: Omit<SitingOrder, "stop">): Promise<Solved> {
  const stop = new SharedArrayBuffer(4);
  const worker = new Worker(new URL("./reach-site-worker.ts", import.meta.url), { workerData: { ...order, stop } });
  const onAbort = () => Atomics.store(new Int32Array(stop), 0, 1);
  if (context.signal.aborted) onAbort();
  context.signal.addEventListener("abort", onAbort);
  try {
    return await new Promise((resolve, reject) => {
      let told = 0;
      worker.on("message", (message: SitingMessage) => {
        if (message.kind === "answer") resolve(message.answer);
        else if (message.kind === "front") resolve({ points: message.points });
        else if (message.kind === "refused") reject(new ReachRefusal(message.code, message.place, message.what));
        else if (message.seconds >= told + 1) {
          told = message.seconds;
          context.log(context.say(progressLine(message)));
        }
      });
      worker.on("error", reject);
      worker.on("exit", () => reject(new Error("the siting thread ended without an answer")));
    });
  } finally {
    context.signal.removeEventListener("abort", onAbort);
    await worker.terminate();
  }
}

function progressLine({ value, bound, seconds }: Extract<SitingMessage, { kind: "progress" }>) {
  const figure = (number: number) => (Number.isFinite(number) ? String(Number(number.toPrecision(8))) : "—");
  const gap = Math.abs(value - bound) / Math.abs(value);
  const percent = Number.isFinite(gap) ? `${(100 * gap).toFixed(3)} %` : "—";
  return {
    zh: `${seconds.toFixed(1)} 秒：值 ${figure(value)}，界 ${figure(bound)}，差距 ${percent}`,
    en: `${seconds.toFixed(1)} s: value ${figure(value)}, bound ${figure(bound)}, gap ${percent}`,
  };
}
