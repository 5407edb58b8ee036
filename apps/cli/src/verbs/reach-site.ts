import { readFile } from "node:fs/promises";
import path from "node:path";
import { ReachRefusal, readCostMatrix, readOrlib, type SitingAnswer, type SitingModel } from "@qingdan/reach";
import { startThread } from "@qingdan/server/start-thread";
import { type Context, UsageError, type Values, type Verb, wholeNumber } from "../verb.ts";
import type { SitingMessage, SitingOrder } from "./reach-site-worker.ts";
import { numberOf, told } from "./reach-tables.ts";

const models: readonly SitingModel[] = ["pmedian", "pcenter", "mclp", "backup", "lscp", "pdispersion"];

/** Where to put sites, with a bound that proves how good the plan is. */
export const reachSite: Verb = {
  usage: `--model ${models.join("|")} (--orlib FILE | --matrix CSV) [--p P] [--limit COST] [--seconds S] [--seed N]`,
  options: {
    model: { type: "string" },
    orlib: { type: "string" },
    matrix: { type: "string" },
    p: { type: "string" },
    limit: { type: "string" },
    seconds: { type: "string" },
    seed: { type: "string" },
  },
  async run(context, values) {
    const model = models.find((one) => one === values.model);
    if (!model) {
      const known = models.join(", ");
      throw new UsageError({ zh: `--model 应为 ${known} 之一`, en: `--model takes one of ${known}` });
    }
    const seconds = numberOf(values, "seconds", 120);
    const seed = wholeNumber(values, "seed", 1);
    const answer = await told(async () => {
      const { costs, names, p } = await readInstance(context, values);
      const wanted = values.p === undefined ? p : wholeNumber(values, "p", 0);
      const { sites, value, bound, gap, ...found } = await solveAside(context, {
        costs,
        model,
        seconds,
        seed,
        ...(wanted === undefined ? {} : { p: wanted }),
        ...(values.limit === undefined ? {} : { limit: numberOf(values, "limit", 0) }),
      });
      // JSON has no NaN: a plan that was not found has no value.
      const figure = (number: number) => (Number.isFinite(number) ? number : null);
      return {
        model,
        clients: costs.clients,
        candidates: costs.sites,
        value: figure(value),
        bound: figure(bound),
        gap: figure(gap),
        ...found,
        stopped: context.signal.aborted,
        sites: sites.map((site) => names(site)),
      };
    });
    context.answer(answer, () =>
      context.say({
        zh: `值 ${answer.value ?? "—"},界 ${answer.bound ?? "—"},差距 ${((answer.gap ?? Number.NaN) * 100).toFixed(3)} %,${answer.status},${answer.seconds.toFixed(2)} 秒\n${answer.sites.join(" ")}`,
        en: `value ${answer.value ?? "—"}, bound ${answer.bound ?? "—"}, gap ${((answer.gap ?? Number.NaN) * 100).toFixed(3)} %, ${answer.status}, ${answer.seconds.toFixed(2)} s\n${answer.sites.join(" ")}`,
      }),
    );
    return answer.status === "optimal" || answer.status === "feasible" ? 0 : 1;
  },
};

/** Vertices of an OR-Library file are numbered from 1, sites of a matrix carry the names of their columns. */
async function readInstance(context: Context, values: Values) {
  const read = (file: string) => readFile(path.resolve(context.cwd, file), "utf8");
  const { orlib, matrix } = values;
  if ((typeof orlib === "string") === (typeof matrix === "string")) {
    throw new UsageError({ zh: "--orlib 与 --matrix 须给且只给一个", en: "Give either --orlib or --matrix" });
  }
  if (typeof orlib === "string") {
    const { costs, p } = readOrlib(await read(orlib));
    return { costs, p, names: (site: number): string | number => site + 1 };
  }
  const { costs, siteNames } = readCostMatrix(await read(String(matrix)));
  return { costs, p: undefined, names: (site: number): string | number => siteNames[site]! };
}

/** Solves in a thread, tells how far it is once a second, and at Ctrl-C has it end with its best plan and bound. */
async function solveAside(context: Context, order: Omit<SitingOrder, "stop">): Promise<SitingAnswer> {
  const stop = new SharedArrayBuffer(4);
  const worker = startThread(new URL("./reach-site-worker.ts", import.meta.url), { ...order, stop });
  const onAbort = () => Atomics.store(new Int32Array(stop), 0, 1);
  if (context.signal.aborted) onAbort();
  context.signal.addEventListener("abort", onAbort);
  try {
    return await new Promise((resolve, reject) => {
      let told = 0;
      worker.on("message", (message: SitingMessage) => {
        if (message.kind === "answer") resolve(message.answer);
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
    zh: `${seconds.toFixed(1)} 秒:值 ${figure(value)},界 ${figure(bound)},差距 ${percent}`,
    en: `${seconds.toFixed(1)} s: value ${figure(value)}, bound ${figure(bound)}, gap ${percent}`,
  };
}
