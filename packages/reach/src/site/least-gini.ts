import { answer, noPlan, type SitingAnswer, type Stopwatch, stopwatch } from "./answer.ts";
import type { Costs } from "./costs.ts";
import { everyPlan, type TriedPlan } from "./every-plan.ts";
import { type FairOptions, type FairProgram, fairProgram } from "./fair-program.ts";
import { apartColumns } from "./fair-terms.ts";
import { apartOf, cheapest, type FairnessOptions, giniOf, groupsOfClients } from "./fairness.ts";
import { openSites } from "./tail-mean.ts";

export type LeastGiniOptions = FairOptions & Pick<FairnessOptions, "groups">;

/** A ratio that improves by less than this is proved. */
const tolerance = 1e-9;

/**
 * The plan whose costs are most alike: least Gini coefficient between groups. Costs can be alike because everybody is far away,
 * so a bound on the mean (`meanAtMost`) belongs to it. A ratio is made least by Dinkelbach's method (1967): numerator less a
 * multiple of the denominator, until that is 0.
 */
export function solveLeastGini(costs: Costs, options: LeastGiniOptions): SitingAnswer {
  const watch = stopwatch(options);
  return leastOfAll(costs, options, watch) ?? leastByPrograms(costs, options, watch);
}

/** Tries every plan, where they are few: a program is poor at proving a ratio of many differences. */
function leastOfAll(costs: Costs, options: LeastGiniOptions, watch: Stopwatch): SitingAnswer | undefined {
  const all = everyPlan(costs, options, options.mostTried);
  if (!all) return undefined;
  const { values } = all;
  const measure = giniMeasure(costs, values, options.groups);
  const total = costs.weight.reduce((sum, weight) => sum + weight, 0);
  const most = (options.meanAtMost ?? Infinity) * total * (1 + 1e-12);
  let best = Infinity;
  let sites: readonly number[] = [];
  const isWhole = all.visit((plan) => {
    const { sum, gini } = measure(plan);
    if (sum > most || gini >= best) return;
    best = gini;
    sites = [...plan.sites];
    watch.progress(best, 0);
  }, watch.mayContinue);
  if (sites.length === 0) return noPlan(watch, isWhole ? "infeasible" : "unknown", 0);
  const value = giniOf(costs, cheapest(costs, sites), options.groups);
  return answer(watch, { value, bound: 0, sites, optimal: isWhole });
}

/** The coefficient of a tried plan, and the sum of weight times cost. */
function giniMeasure(
  costs: Costs,
  values: readonly number[],
  labels: readonly number[] | undefined,
): (plan: TriedPlan) => { readonly sum: number; readonly gini: number } {
  const groups = groupsOfClients(costs, labels);
  const total = groups.reduce((sum, { weight }) => sum + weight, 0);
  const told = (apart: number, sum: number) => ({ sum, gini: sum === 0 ? 0 : apart / (total * sum) });
  if (groups.every(({ members }) => members.length === 1)) {
    return ({ weightAt }) => {
      // Everybody at a value differs from those before by what the value is more than theirs.
      let [weight, sum, apart] = [0, 0, 0];
      values.forEach((value, n) => {
        const own = weightAt[n]!;
        apart += own * (value * weight - sum);
        weight += own;
        sum += own * value;
      });
      return told(apart, sum);
    };
  }
  return ({ rank }) => {
    const sums = groups.map(({ members }) => members.reduce((sum, i) => sum + costs.weight[i]! * values[rank[i]!]!, 0));
    const all = sums.reduce((sum, one) => sum + one, 0);
    return told(
      apartOf(groups, (g) => sums[g]! / groups[g]!.weight),
      all,
    );
  };
}

function leastByPrograms(costs: Costs, options: LeastGiniOptions, watch: Stopwatch): SitingAnswer {
  const program = fairProgram(costs, options, true);
  const { apart, sum } = giniTerms(costs, program, options.groups);
  let ratio = 1;
  let bound = 0;
  let sites: number[] = [];
  for (;;) {
    const goal = program.build.program.cost.map(() => 0);
    for (const [column, value] of apart) goal[column]! += value;
    for (const [column, value] of sum.terms) goal[column]! -= ratio * value;
    // HiGHS 1.15 makes some of these programs smaller by cutting off their best plan, and calls the next one optimal.
    const result = options.solver.solve(
      { ...program.build.program, cost: goal },
      { ...watch.limits(), presolve: false },
    );
    if (!result.solution) {
      if (sites.length > 0) break;
      return noPlan(watch, result.status === "infeasible" ? "infeasible" : "unknown", 0);
    }
    const found = openSites(program, result.solution);
    const gini = giniOf(costs, cheapest(costs, found), options.groups);
    // No plan has apart - ratio * sum below this, and no sum is below its constant: so none has a ratio below the bound.
    const least = Math.min(0, result.bound - ratio * sum.constant);
    if (sum.constant > 0) bound = Math.max(bound, ratio + least / sum.constant);
    if (sites.length > 0 && gini >= ratio - tolerance) {
      const optimal = result.status === "optimal";
      return answer(watch, { value: ratio, bound: Math.min(bound, ratio), sites, optimal });
    }
    sites = found;
    ratio = gini;
    watch.progress(ratio, Math.min(bound, ratio));
    if (gini <= tolerance) return answer(watch, { value: gini, bound: gini, sites, optimal: true });
    if (result.status !== "optimal") break;
  }
  return answer(watch, { value: ratio, bound: Math.min(bound, ratio), sites, optimal: false });
}

/** Numerator and denominator of the coefficient, per weight of everybody, as sums of columns. */
function giniTerms(costs: Costs, { build, far }: FairProgram, labels: readonly number[] | undefined) {
  const groups = groupsOfClients(costs, labels);
  const total = groups.reduce((sum, { weight }) => sum + weight, 0);
  const means = groups.map(({ members, weight }) => ({
    weight,
    constant: members.reduce((sum, i) => sum + (costs.weight[i]! / weight) * far(i).constant, 0),
    terms: members.flatMap((i) =>
      far(i).terms.map(([column, v]) => [column, (v * costs.weight[i]!) / weight] as const),
    ),
  }));
  return {
    apart: apartColumns(build, means),
    sum: {
      terms: groups.flatMap(({ weight }, g) => means[g]!.terms.map(([c, v]) => [c, (v * weight) / total] as const)),
      constant: groups.reduce((sum, { weight }, g) => sum + (means[g]!.constant * weight) / total, 0),
    },
  };
}
