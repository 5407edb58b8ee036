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

/** How many numbers of places a front looks at. */
const mostFrontNumbers = 5;
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
  if (model === "front") return solveFront(costs, { ...effort, p });
  const mean = request.meanAtMost === undefined ? {} : { meanAtMost: request.meanAtMost };
  return planSites(costs, { ...effort, ...mean, model: models[model], p, groups: groupsOf(scene, clients) });
}

/** Whose mean ways are to be alike: the streets of the plan; within one street its blocks. */
function groupsOf({ ground }: CoverageScene, { blocks }: Clients): readonly number[] {
  const streets = [...new Set(blocks.map((i) => ground.blocks[i]!.street))];
  if (streets.length === 1) return [...blocks.keys()];
  return blocks.map((i) => streets.indexOf(ground.blocks[i]!.street));
}

/** The front at up to five numbers of places; its plan of most people covered stands for the run. */
function solveFront(
  costs: Costs,
  { p, ...effort }: Omit<ParetoOptions, "opening" | "budgets"> & { p: number },
): Solved {
  const numbers = Array.from({ length: Math.min(p, mostFrontNumbers) }, (_, n) =>
    Math.round(1 + (n * (p - 1)) / Math.max(1, Math.min(p, mostFrontNumbers) - 1)),
  );
  const opening = new Float64Array(costs.sites).fill(1);
  const front = paretoFront(costs, { ...effort, opening, budgets: numbers, steps: frontSteps });
  const most = front.reduce<ParetoPoint | undefined>(
    (best, one) => (best && best.covered >= one.covered ? best : one),
    undefined,
  );
  return most ? { ...most, front } : { ...noPlan, status: "unknown" };
}
