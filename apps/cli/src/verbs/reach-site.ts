import { readFile } from "node:fs/promises";
import path from "node:path";
import { readCostMatrix, readOrlib, readSiteTerms, type SiteTerms, type SitingModel } from "@qingdan/reach";
import { type Context, required, UsageError, type Values, type Verb, wholeNumber } from "../verb.ts";
import { type Solved, solveAside } from "./reach-site-aside.ts";
import { numberOf, told } from "./reach-tables.ts";

const models: readonly (SitingModel | "pareto")[] = [
  "pmedian",
  "pcenter",
  "mclp",
  "backup",
  "lscp",
  "pdispersion",
  "capacitated",
  "tail",
  "worst-first",
  "gini",
  "pareto",
];

/** Where to put sites, with a bound that proves how good the plan is. */
export const reachSite: Verb = {
  usage: `--model ${models.join("|")} (--orlib FILE | --matrix CSV) [--p P] [--limit COST] [--terms SITES.csv] [--tail SHARE] [--mean COST] [--budgets B,B,...] [--seconds S] [--seed N]`,
  options: {
    model: { type: "string" },
    orlib: { type: "string" },
    matrix: { type: "string" },
    p: { type: "string" },
    limit: { type: "string" },
    terms: { type: "string" },
    tail: { type: "string" },
    mean: { type: "string" },
    budgets: { type: "string" },
    seconds: { type: "string" },
    seed: { type: "string" },
  },
  async run(context, values) {
    const model = models.find((one) => one === values.model);
    if (!model) {
      const known = models.join(", ");
      throw new UsageError({ zh: `--model 应为 ${known} 之一`, en: `--model takes one of ${known}` });
    }
    const { costs, names, found } = await told(async () => {
      const { terms, ...instance } = await readInstance(context, values);
      const wanted = values.p === undefined ? instance.p : wholeNumber(values, "p", 0);
      const found = await solveAside(context, {
        costs: instance.costs,
        model,
        seconds: numberOf(values, "seconds", 120),
        seed: wholeNumber(values, "seed", 1),
        ...(wanted === undefined ? {} : { p: wanted }),
        ...(values.limit === undefined ? {} : { limit: numberOf(values, "limit", 0) }),
        ...(values.tail === undefined ? {} : { tailShare: numberOf(values, "tail", 0) }),
        ...(values.mean === undefined ? {} : { meanAtMost: numberOf(values, "mean", 0) }),
        ...(terms ? { terms } : {}),
        ...(model === "pareto" ? { budgets: budgetsOf(values) } : {}),
      });
      return { ...instance, found };
    });
    const about = { model, clients: costs.clients, candidates: costs.sites, stopped: context.signal.aborted };
    return "points" in found ? tellFront(context, { about, found, names }) : tellPlan(context, { about, found, names });
  },
};

interface Telling<Found> {
  readonly about: object;
  readonly found: Found;
  readonly names: (site: number) => string | number;
}

/** JSON has no NaN: a plan that was not found has no value. */
const figure = (number: number) => (Number.isFinite(number) ? number : null);

function tellPlan(context: Context, { about, found, names }: Telling<Extract<Solved, { value: number }>>): number {
  const { value, bound, gap, sites, status, seconds } = found;
  const answer = {
    ...about,
    value: figure(value),
    bound: figure(bound),
    gap: figure(gap),
    status,
    seconds,
    sites: sites.map(names),
  };
  context.answer(answer, () =>
    context.say({
      zh: `值 ${answer.value ?? "—"}，界 ${answer.bound ?? "—"}，差距 ${((answer.gap ?? Number.NaN) * 100).toFixed(3)} %,${status},${seconds.toFixed(2)} 秒\n${answer.sites.join(" ")}`,
      en: `value ${answer.value ?? "—"}, bound ${answer.bound ?? "—"}, gap ${((answer.gap ?? Number.NaN) * 100).toFixed(3)} %, ${status}, ${seconds.toFixed(2)} s\n${answer.sites.join(" ")}`,
    }),
  );
  return status === "optimal" || status === "feasible" ? 0 : 1;
}

/** Plans of which neither cost nor coverage nor the worst-off can be bettered without loss of another. */
function tellFront(
  context: Context,
  { about, found, names }: Telling<Extract<Solved, { points: readonly unknown[] }>>,
): number {
  const points = found.points.map(({ cost, covered, tail, bound, gap, status, sites }) => ({
    cost,
    covered,
    tail: figure(tail),
    bound: figure(bound),
    gap: figure(gap),
    status,
    sites: sites.map(names),
  }));
  const head = context.say({
    zh: "费用\t覆盖\t最差者均值\t结论\t点位",
    en: "cost\tcovered\tworst-off mean\tstatus\tsites",
  });
  context.answer({ ...about, points }, () =>
    [
      head,
      ...points.map(({ cost, covered, tail, status, sites }) =>
        [cost, covered, tail ?? "—", status, sites.join(" ")].join("\t"),
      ),
    ].join("\n"),
  );
  return points.length > 0 ? 0 : 1;
}

function budgetsOf(values: Values): readonly number[] {
  const budgets = required(values, "budgets").split(",").map(Number);
  if (budgets.every((one) => Number.isFinite(one) && one >= 0)) return budgets;
  throw new UsageError({ zh: "--budgets 应为逗号隔开的数", en: "--budgets takes numbers with commas between" });
}

interface Instance {
  readonly costs: ReturnType<typeof readCostMatrix>["costs"];
  readonly p: number | undefined;
  readonly names: (site: number) => string | number;
  readonly terms: Required<SiteTerms> | undefined;
}

/** Vertices of an OR-Library file are numbered from 1, sites of a matrix carry the names of their columns. */
async function readInstance(context: Context, values: Values): Promise<Instance> {
  const read = (file: string) => readFile(path.resolve(context.cwd, file), "utf8");
  const { orlib, matrix } = values;
  if ((typeof orlib === "string") === (typeof matrix === "string")) {
    throw new UsageError({ zh: "--orlib 与 --matrix 须给且只给一个", en: "Give either --orlib or --matrix" });
  }
  const termsOf = async (names: readonly string[]) =>
    typeof values.terms === "string" ? readSiteTerms(await read(values.terms), names) : undefined;
  if (typeof orlib === "string") {
    const { costs, p } = readOrlib(await read(orlib));
    const names = Array.from({ length: costs.sites }, (_, site) => String(site + 1));
    return { costs, p, names: (site) => site + 1, terms: await termsOf(names) };
  }
  const { costs, siteNames } = readCostMatrix(await read(String(matrix)));
  return { costs, p: undefined, names: (site) => siteNames[site]!, terms: await termsOf(siteNames) };
}
