import { answer, noPlan, type SitingAnswer, stopwatch } from "./answer.ts";
import type { Costs } from "./costs.ts";
import { type FairOptions, type FairProgram, fairProgram } from "./fair-program.ts";
import { cheapest, type FairnessOptions, giniOf, groupsOfClients } from "./fairness.ts";
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
  const program = fairProgram(costs, options, true);
  const { apart, sum } = giniTerms(costs, program, options.groups);
  let ratio = 1;
  let bound = 0;
  let sites: number[] = [];
  for (;;) {
    const goal = program.build.program.cost.map(() => 0);
    for (const [column, value] of apart) goal[column]! += value;
    for (const [column, value] of sum.terms) goal[column]! -= ratio * value;
    const result = options.solver.solve({ ...program.build.program, cost: goal }, watch.limits());
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
    constant: members.reduce((sum, i) => sum + (costs.weight[i]! / weight) * far(i).constant, 0),
    terms: members.flatMap((i) =>
      far(i).terms.map(([column, v]) => [column, (v * costs.weight[i]!) / weight] as const),
    ),
  }));
  const mean = means.map(({ constant, terms }) => {
    const column = build.column(0, 0, Infinity);
    build.row(constant, constant, [[column, 1] as const, ...terms.map(([c, v]) => [c, -v] as const)]);
    return column;
  });
  const apart: (readonly [number, number])[] = [];
  for (let g = 0; g < groups.length; g++) {
    for (let h = 0; h < g; h++) {
      const column = build.column(0, 0, Infinity);
      build.row(0, Infinity, [[column, 1] as const, [mean[g]!, -1] as const, [mean[h]!, 1] as const]);
      build.row(0, Infinity, [[column, 1] as const, [mean[g]!, 1] as const, [mean[h]!, -1] as const]);
      apart.push([column, (groups[g]!.weight * groups[h]!.weight) / total ** 2]);
    }
  }
  return {
    apart,
    sum: {
      terms: groups.flatMap(({ weight }, g) => means[g]!.terms.map(([c, v]) => [c, (v * weight) / total] as const)),
      constant: groups.reduce((sum, { weight }, g) => sum + (means[g]!.constant * weight) / total, 0),
    },
  };
}
