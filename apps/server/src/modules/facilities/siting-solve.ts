import {
  type Costs,
  type CoverageScene,
  type ParetoOptions,
  type ParetoPoint,
  paretoFront,
  planSites,
  type SitingAnswer,
  type SitingModel,
  type SitingProgress,
} from "@qingdan/reach";
import { type Clients, type Instance, limitOf, type SitingSetting, waysOf } from "./siting-instance.ts";
import type { SitingBody } from "./siting-model.ts";

/** How many numbers of places, or sums of money, a front looks at. */
const mostFrontLevels = 5;
/** And at how many plans for each, from most people covered to shortest ways of the worst-off. */
const frontSteps = 2;

/** Parts of a unit in which the figures of a model are told; people, unless it stands here, are whole. */
const parts: Readonly<Partial<Record<SitingBody["model"], number>>> = {
  median: 10,
  center: 10,
  tail: 10,
  "worst-first": 10,
  gini: 10_000,
};

export function figureOf(value: number, model: SitingBody["model"]): number | null {
  const part = parts[model] ?? 1;
  return Number.isFinite(value) ? Math.round(value * part) / part : null;
}

const models: Readonly<Record<Exclude<SitingBody["model"], "front">, SitingModel>> = {
  cover: "mclp",
  median: "pmedian",
  center: "pcenter",
  tail: "tail",
  "worst-first": "worst-first",
  gini: "gini",
};

type Solved = SitingAnswer & { readonly front?: readonly ParetoPoint[] };

const noPlan = {
  status: "infeasible",
  value: Number.NaN,
  bound: Number.NaN,
  gap: Number.NaN,
  seconds: 0,
  sites: [],
} as const;

/** Solves by the model asked for. */
export function solve(setting: SitingSetting, instance: Instance): Solved {
  const { scene, request, solver, now, random, onPhase, onProgress } = setting;
  const { clients, candidates, requirement } = instance;
  const { model } = request;
  if (clients.blocks.length === 0 || candidates.length === 0) return noPlan;
  const costs = waysOf(setting, instance);
  onPhase("solving");
  const effort = {
    solver,
    limit: limitOf(scene.standard, requirement),
    seconds: request.seconds,
    now,
    random,
    onProgress: ({ value, bound }: SitingProgress) =>
      onProgress({ value: figureOf(value, model), bound: figureOf(bound, model) }),
    ...(request.tailShare === undefined ? {} : { tailShare: request.tailShare }),
  };
  const p = Math.min(request.sites, candidates.length);
  if (model === "front") return solveFront(costs, { ...effort, ...frontLevels(setting, candidates, p) });
  const mean = request.meanAtMost === undefined ? {} : { meanAtMost: request.meanAtMost };
  return planSites(costs, { ...effort, ...mean, model: models[model], p, groups: groupsOf(scene, clients) });
}

/** Whose mean ways are to be alike: the streets of the plan; within one street its blocks. */
function groupsOf({ ground }: CoverageScene, { blocks }: Clients): readonly number[] {
  const streets = [...new Set(blocks.map((i) => ground.blocks[i]!.street))];
  if (streets.length === 1) return [...blocks.keys()];
  return blocks.map((i) => streets.indexOf(ground.blocks[i]!.street));
}

/** What opening costs and up to how much, at up to five levels: places, or money in the largest unit that all prices are whole in. */
function frontLevels(
  { request: { costs } }: SitingSetting,
  candidates: Instance["candidates"],
  p: number,
): Pick<ParetoOptions, "opening" | "budgets"> {
  if (!costs) return { opening: new Float64Array(candidates.length).fill(1), budgets: levels(1, p) };
  const prices = candidates.map(({ costFen = 0 }) => costFen);
  const unit = prices.reduce(commonDivisor);
  const all = prices.reduce((sum, price) => sum + price, 0);
  const most = Math.floor(Math.min(costs.budgetFen, all) / unit);
  return {
    opening: Float64Array.from(prices, (price) => price / unit),
    budgets: levels(Math.min(...prices) / unit, most),
  };
}

/** Up to five whole numbers from the first to the last; none where the last is less than the first. */
function levels(first: number, last: number): readonly number[] {
  const count = Math.max(0, Math.min(last - first + 1, mostFrontLevels));
  return Array.from({ length: count }, (_, n) => Math.round(first + (n * (last - first)) / Math.max(1, count - 1)));
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** The front; its plan of most people covered stands for the run. */
function solveFront(costs: Costs, options: ParetoOptions): Solved {
  const front = paretoFront(costs, { ...options, steps: frontSteps });
  const most = front.reduce<ParetoPoint | undefined>(
    (best, one) => (best && best.covered >= one.covered ? best : one),
    undefined,
  );
  if (most) return { ...most, front };
  // Not even the cheapest place can be paid.
  return options.budgets.length === 0 ? noPlan : { ...noPlan, status: "unknown" };
}
