import { readFile } from "node:fs/promises";
import path from "node:path";
import { highsSolver, planSites, readCostMatrix, readOrlib, type SitingModel } from "@qingdan/reach";
import { type Context, UsageError, type Values, type Verb, wholeNumber } from "../verb.ts";
import { numberOf, told } from "./reach-tables.ts";

const models: readonly SitingModel[] = ["pmedian", "pcenter", "mclp", "lscp", "pdispersion"];

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
    const random = mulberry32(wholeNumber(values, "seed", 1));
    const solver = await highsSolver();
    const answer = await told(async () => {
      const { costs, names, p } = await readInstance(context, values);
      const wanted = values.p === undefined ? p : wholeNumber(values, "p", 0);
      const { sites, value, bound, gap, ...found } = planSites(costs, {
        model,
        solver,
        now: () => performance.now(),
        seconds,
        random,
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
