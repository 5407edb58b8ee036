import { type SitingAnswer, type SitingStatus, type Stopwatch, stopwatch } from "./answer.ts";
import type { Costs } from "./costs.ts";
import { everyPlan } from "./every-plan.ts";
import { beyondColumns, type FairOptions, fairProgram } from "./fair-program.ts";
import { openSites } from "./tail-mean.ts";

export interface WorstFirstOptions extends FairOptions {
  /** Costs count in steps of this size, rounded up; every different cost is a step of its own unless given. */
  readonly step?: number;
}

export interface WorstFirstAnswer extends SitingAnswer {
  /** Weight beyond each step of cost, farthest first; the first ones are proved to be least, one after the other. */
  readonly beyond: readonly { readonly cost: number; readonly weight: number; readonly bound: number }[];
}

/**
 * The fairest plan in the lexicographic sense: the farthest people are as near as can be; of all such plans, as few people as
 * can be are that far; then the next farthest, and so on. `value` is the farthest cost.
 */
export function solveWorstFirst(costs: Costs, options: WorstFirstOptions): WorstFirstAnswer {
  const watch = stopwatch(options);
  const { step } = options;
  const rounded =
    step === undefined ? costs : { ...costs, cost: costs.cost.map((cost) => Math.ceil(cost / step) * step) };
  return firstOfAll(rounded, options, watch) ?? firstByPrograms(rounded, options, watch);
}

/** Tries every plan, where they are few: a program would have to prove one step of cost after the other. */
function firstOfAll(costs: Costs, options: WorstFirstOptions, watch: Stopwatch): WorstFirstAnswer | undefined {
  const all = everyPlan(costs, options, options.mostTried);
  if (!all) return undefined;
  const { values } = all;
  let best: { readonly sites: readonly number[]; readonly weightAt: Float64Array } | undefined;
  const isWhole = all.visit(({ sites, weightAt }) => {
    if (best && !isFairer(weightAt, best.weightAt)) return;
    best = { sites: [...sites], weightAt: weightAt.slice() };
  }, watch.mayContinue);
  const beyond: WorstFirstAnswer["beyond"][number][] = [];
  const steps = [...values].reverse();
  const seconds = watch.elapsed();
  if (!best) return { ...told([], { sites: [], status: isWhole ? "infeasible" : "unknown", seconds, steps }), beyond };
  let weight = 0;
  for (let n = values.length - 1; n >= 0; n--) {
    beyond.push({ cost: values[n]!, weight, bound: isWhole ? weight : 0 });
    weight += best.weightAt[n]!;
  }
  const status = isWhole ? "optimal" : "feasible";
  return { ...told(beyond, { sites: best.sites, status, seconds, steps }), beyond };
}

/** Whether fewer are far, the farthest first. */
function isFairer(a: Float64Array, b: Float64Array): boolean {
  for (let n = a.length - 1; n >= 0; n--) if (a[n] !== b[n]) return a[n]! < b[n]!;
  return false;
}

function firstByPrograms(costs: Costs, options: WorstFirstOptions, watch: Stopwatch): WorstFirstAnswer {
  const { solver } = options;
  const program = fairProgram(costs, options);
  const { build, people } = program;
  const steps = [...new Set(people.flatMap((i) => [...costs.cost.subarray(i * costs.sites, (i + 1) * costs.sites)]))]
    .filter(Number.isFinite)
    .sort((a, b) => b - a);
  const beyond: { readonly cost: number; readonly weight: number; readonly bound: number }[] = [];
  let sites: number[] = [];
  const everybody = people.reduce((sum, i) => sum + costs.weight[i]!, 0);
  const least = people.map((i) => Math.min(...costs.cost.subarray(i * costs.sites, (i + 1) * costs.sites)));
  let status: SitingStatus = least.includes(Infinity) ? "infeasible" : "optimal";
  // Where every weight is whole, so is every sum of them: a bound that the slack of earlier rows made less is rounded up.
  const whole = people.every((i) => Number.isInteger(costs.weight[i]!));
  // Nothing lies between two whole sums. A slack near the solver's own tolerance, 1e-6, makes it find no plan at all.
  const slack = whole ? 0.5 : 1e-6 * Math.max(1, everybody);
  const weightBeyond = (limit: number) =>
    people.reduce(
      (sum, i) => sum + (sites.every((j) => costs.cost[i * costs.sites + j]! > limit) ? costs.weight[i]! : 0),
      0,
    );
  for (const cost of status === "optimal" ? steps : []) {
    const columns = beyondColumns(costs, cost, program);
    // Nobody can be nearer than to the site nearest of all: where a plan has as few beyond, nothing is to be proved.
    const surely = people.reduce((sum, i, n) => sum + (least[n]! > cost ? costs.weight[i]! : 0), 0);
    let bound = surely;
    if (sites.length === 0 || weightBeyond(cost) > surely) {
      const goal = build.program.cost.map(() => 0);
      for (const { i, column } of columns) goal[column] = costs.weight[i]!;
      const result = solver.solve({ ...build.program, cost: goal }, watch.limits());
      if (!result.solution) {
        // After the first step there is a plan, which keeps to every row.
        const none = result.status === "infeasible" ? "infeasible" : "unknown";
        status = sites.length === 0 ? none : "feasible";
        break;
      }
      sites = openSites(program, result.solution);
      bound = whole ? Math.ceil(result.bound - 1e-3) : result.bound;
      if (result.status !== "optimal") status = "feasible";
    }
    const weight = weightBeyond(cost);
    beyond.push({ cost, weight, bound: Math.min(weight, Math.max(surely, bound)) });
    const soFar = told(beyond, { sites, status, seconds: 0, steps });
    watch.progress(soFar.value, soFar.bound);
    if (status !== "optimal") break;
    build.row(
      -Infinity,
      weight + slack,
      columns.map(({ i, column }) => [column, costs.weight[i]!] as const),
    );
    if (weight === everybody) break;
  }
  return { ...told(beyond, { sites, status, seconds: watch.elapsed(), steps }), beyond };
}

function told(
  beyond: WorstFirstAnswer["beyond"],
  plan: {
    readonly sites: readonly number[];
    readonly status: SitingStatus;
    readonly seconds: number;
    readonly steps: readonly number[];
  },
): SitingAnswer {
  // The farthest cost is the last step, from the top, beyond which nobody is.
  const reached = (weight: (one: WorstFirstAnswer["beyond"][number]) => number) =>
    beyond.filter((one) => weight(one) === 0).at(-1)?.cost ?? plan.steps[0] ?? Number.NaN;
  const value = plan.sites.length === 0 ? Number.NaN : reached(({ weight }) => weight);
  const bound =
    plan.sites.length === 0
      ? Number.NaN
      : Math.min(
          value,
          reached(({ bound: least }) => (least < 1e-9 ? 0 : 1)),
        );
  const { sites, status, seconds } = plan;
  return { status, value, bound, gap: value === bound ? 0 : (value - bound) / value, seconds, sites };
}
