import { answer, type Effort, noPlan, type SitingAnswer, stopwatch } from "./answer.ts";
import type { Costs } from "./costs.ts";
import { programBuilder, type Solver } from "./solver.ts";

/** What a site can do and what it costs to have it. */
export interface SiteTerms {
  /** Most weight that the site can serve; Infinity where nothing limits it. */
  readonly capacity: Float64Array;
  /** Least weight that an open site must serve; 0 where there is no such rule. */
  readonly atLeast?: Float64Array;
  /** Cost of opening, in the units of weight times cost. */
  readonly opening?: Float64Array;
  /** `must`: stays open. `may`: can be opened. `not`: cannot be used. */
  readonly state?: readonly ("must" | "may" | "not")[];
}

export interface CapacitatedOptions extends Effort {
  readonly solver: Solver;
  readonly terms: SiteTerms;
  /** Exactly so many open sites; without it as many as pay. */
  readonly p?: number;
  /** Whether a client uses one site only. */
  readonly whole?: boolean;
}

export interface CapacitatedAnswer extends SitingAnswer {
  /** How much weight of client i site j serves, at `[i * sites + j]`; empty without a plan. */
  readonly served: Float64Array;
}

/** Sites with capacities, opening costs and least loads, so that opening plus weight times cost is least. */
export function solveCapacitated(costs: Costs, options: CapacitatedOptions): CapacitatedAnswer {
  const watch = stopwatch(options);
  const { terms } = options;
  const build = programBuilder();
  const open = Array.from({ length: costs.sites }, (_, j) => {
    const state = terms.state?.[j] ?? "may";
    return build.column(terms.opening?.[j] ?? 0, state === "must" ? 1 : 0, state === "not" ? 0 : 1, true);
  });
  const load: (readonly [number, number])[][] = open.map(() => []);
  const share: { readonly i: number; readonly j: number; readonly column: number }[] = [];
  for (let i = 0; i < costs.clients; i++) {
    const weight = costs.weight[i]!;
    if (weight === 0) continue;
    const row: (readonly [number, number])[] = [];
    for (let j = 0; j < costs.sites; j++) {
      const cost = costs.cost[i * costs.sites + j]!;
      if (cost === Infinity) continue;
      const column = build.column(weight * cost, 0, 1, options.whole ?? false);
      share.push({ i, j, column });
      row.push([column, 1]);
      load[j]!.push([column, weight]);
      build.row(-Infinity, 0, [[column, 1] as const, [open[j]!, -1] as const]);
    }
    build.row(1, 1, row);
  }
  const total = costs.weight.reduce((sum, weight) => sum + weight, 0);
  load.forEach((entries, j) => {
    // A site without a limit can serve everybody.
    build.row(-Infinity, 0, [...entries, [open[j]!, -Math.min(terms.capacity[j]!, total)] as const]);
    const least = terms.atLeast?.[j] ?? 0;
    if (least > 0) build.row(0, Infinity, [...entries, [open[j]!, -least] as const]);
  });
  if (options.p !== undefined)
    build.row(
      options.p,
      options.p,
      open.map((column) => [column, 1] as const),
    );
  const result = options.solver.solve(build.program, watch.limits());
  const { solution } = result;
  if (!solution)
    return {
      ...noPlan(watch, result.status === "infeasible" ? "infeasible" : "unknown", result.bound),
      served: new Float64Array(),
    };
  const served = new Float64Array(costs.clients * costs.sites);
  for (const { i, j, column } of share) served[i * costs.sites + j] = solution[column]! * costs.weight[i]!;
  const sites = open.flatMap((column, j) => (solution[column]! > 0.5 ? [j] : []));
  return {
    ...answer(watch, { value: result.value, bound: result.bound, sites, optimal: result.status === "optimal" }),
    served,
  };
}
