import { answer, type Effort, noPlan, type SitingAnswer, stopwatch } from "./answer.ts";
import { type Costs, checkCount } from "./costs.ts";
import { programBuilder, type Solver } from "./solver.ts";

export interface PDispersionOptions extends Effort {
  readonly p: number;
  readonly solver: Solver;
}

/**
 * The p sites of which the closest two are farthest apart (p-dispersion problem); `distances` has sites as rows and columns.
 * A search over the different distances, each step asking for p sites no two of which are closer.
 */
export function solvePDispersion(distances: Costs, options: PDispersionOptions): SitingAnswer {
  const { p, solver } = options;
  const n = distances.sites;
  checkCount(p, n);
  const watch = stopwatch(options);
  if (p < 2) return answer(watch, { value: Infinity, bound: Infinity, sites: [0], optimal: true });
  const between = (a: number, b: number) => Math.min(distances.cost[a * n + b]!, distances.cost[b * n + a]!);
  const limits = [
    ...new Set(
      Array.from({ length: n * n }, (_, at) => [Math.floor(at / n), at % n] as const).flatMap(([a, b]) =>
        a < b ? [between(a, b)] : [],
      ),
    ),
  ];
  limits.sort((a, b) => a - b);
  let low = 0;
  let high = limits.length - 1;
  let plan = Array.from({ length: p }, (_, j) => j);
  let proved = true;
  while (low < high && watch.mayContinue()) {
    const middle = (low + high + 1) >> 1;
    const build = programBuilder();
    const columns = Array.from({ length: n }, () => build.column(0, 0, 1, true));
    build.row(
      p,
      p,
      columns.map((column) => [column, 1] as const),
    );
    for (let a = 0; a < n; a++) {
      for (let b = a + 1; b < n; b++)
        if (between(a, b) < limits[middle]!) build.row(-Infinity, 1, [[a, 1] as const, [b, 1] as const]);
    }
    const result = solver.solve(build.program, watch.limits());
    const { solution } = result;
    if (solution) {
      plan = columns.filter((column) => solution[column]! > 0.5);
      low = middle;
    } else if (result.status === "infeasible") high = middle - 1;
    else {
      proved = false;
      break;
    }
  }
  const value = Math.min(...plan.flatMap((a, at) => plan.slice(at + 1).map((b) => between(a, b))));
  if (!(value >= 0)) return noPlan(watch, "unknown", limits[high]);
  return answer(watch, { value, bound: limits[high]!, sites: plan, optimal: proved && low >= high });
}
