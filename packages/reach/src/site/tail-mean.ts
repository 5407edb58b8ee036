import { answer, noPlan, type SitingAnswer, type Stopwatch, stopwatch } from "./answer.ts";
import type { Costs } from "./costs.ts";
import { everyPlan } from "./every-plan.ts";
import { type FairOptions, type FairProgram, fairProgram, type Terms } from "./fair-program.ts";
import { tailColumns } from "./fair-terms.ts";
import { cheapest, checkShare, defaultTailShare, fairnessOf, tailOf } from "./fairness.ts";

export interface TailMeanOptions extends FairOptions {
  /** Share of people who count as worst off, above 0 and up to 1; a tenth unless given. */
  readonly tailShare?: number;
}

/**
 * The plan for which the mean cost of the worst-off share of people is least (conditional value at risk, Rockafellar and
 * Uryasev 2000): between the mean of all (share 1) and the p-center (share towards 0).
 */
export function solveTailMean(costs: Costs, options: TailMeanOptions): SitingAnswer {
  const watch = stopwatch(options);
  const tailShare = checkShare(options.tailShare ?? defaultTailShare);
  return (
    (options.meanAtMost === undefined ? leastOfAll(costs, { ...options, tailShare }, watch) : undefined) ??
    leastByProgram(costs, { ...options, tailShare }, watch)
  );
}

type Asked = TailMeanOptions & { readonly tailShare: number };

/** Tries every plan, where they are few. */
function leastOfAll(costs: Costs, options: Asked, watch: Stopwatch): SitingAnswer | undefined {
  const all = everyPlan(costs, options, options.mostTried);
  if (!all) return undefined;
  const { values } = all;
  const wanted = options.tailShare * costs.weight.reduce((sum, weight) => sum + weight, 0);
  let best = Infinity;
  let sites: readonly number[] = [];
  const isWhole = all.visit((plan) => {
    let left = wanted;
    let sum = 0;
    for (let n = values.length - 1; n >= 0 && left > 0; n--) {
      const taken = Math.min(left, plan.weightAt[n]!);
      sum += taken * values[n]!;
      left -= taken;
    }
    if (sum >= best) return;
    best = sum;
    sites = [...plan.sites];
  }, watch.mayContinue);
  if (sites.length === 0) return noPlan(watch, isWhole ? "infeasible" : "unknown");
  const tailOfSites = (open: readonly number[]) => fairnessOf(costs, open, options).tail;
  // Not even with every site open are the worst off nearer.
  const bound = isWhole ? 0 : tailOfSites(Array.from({ length: costs.sites }, (_, j) => j));
  return answer(watch, { value: tailOfSites(sites), bound, sites, optimal: isWhole });
}

function leastByProgram(costs: Costs, options: Asked, watch: Stopwatch): SitingAnswer {
  const { tailShare } = options;
  const program = fairProgram(costs, options);
  const tail = tailTerms(costs, program, tailShare);
  const goal = new Float64Array(program.build.program.cost.length);
  for (const [column, value] of tail) goal[column] = value;
  const result = options.solver.solve(
    { ...program.build.program, cost: [...goal] },
    { ...watch.limits(), onProgress: watch.progress },
  );
  if (!result.solution) return noPlan(watch, result.status === "infeasible" ? "infeasible" : "unknown", result.bound);
  const sites = openSites(program, result.solution);
  const value = fairnessOf(costs, sites, { tailShare }).tail;
  return answer(watch, { value, bound: Math.min(result.bound, value), sites, optimal: result.status === "optimal" });
}

export function openSites({ open }: FairProgram, solution: Float64Array): number[] {
  return open.flatMap((column, j) => (solution[column]! > 0.5 ? [j] : []));
}

/** The mean of the worst-off share as a sum of new columns, to be made least or held down. */
export function tailTerms(costs: Costs, { build, people, far, follows }: FairProgram, share: number): Terms {
  const all = people.map((i) => ({ ...far(i), weight: costs.weight[i]! }));
  const { from, excess, terms } = tailColumns(build, all, share);
  const begins = (sites: readonly number[]) => tailOf(costs, cheapest(costs, sites), share).from;
  follows(from, begins);
  for (const [n, i] of people.entries())
    follows(excess[n]!, (sites) => Math.max(0, cheapest(costs, sites)[i]! - begins(sites)));
  return terms;
}
