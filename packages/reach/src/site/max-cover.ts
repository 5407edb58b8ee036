import { answer, type Effort, type SitingAnswer, stopwatch } from "./answer.ts";
import { type Costs, checkCount } from "./costs.ts";
import { type Cover, coverOf } from "./cover.ts";
import { covered, exchange, greedy, servedBy } from "./cover-search.ts";
import { programBuilder, type Solver } from "./solver.ts";

export interface MaxCoverOptions extends Effort {
  readonly p: number;
  readonly limit: number;
  readonly solver: Solver;
}

/** The p sites that have the most weight within the limit (maximal covering location problem, Church and ReVelle 1974). */
export function solveMaxCover(costs: Costs, options: MaxCoverOptions): SitingAnswer {
  checkCount(options.p, costs.sites);
  const watch = stopwatch(options);
  const cover = coverOf(costs, options.limit, { weighted: true });
  const total = cover.weight.reduce((sum, weight) => sum + weight, 0);
  const p = Math.min(options.p, cover.sites.length);
  if (cover.sites.length <= options.p)
    return answer(watch, {
      value: total,
      bound: total,
      sites: filled([...cover.sites], options.p, costs.sites),
      optimal: true,
    });
  const start = exchange(cover, greedy(cover, p));
  const whole = cover.weight.every(Number.isInteger);
  const result = options.solver.solve(program(cover, p), {
    ...watch.limits(),
    start: startOf(cover, start),
    onProgress: (left, bound) => watch.progress(total - left, total - bound),
  });
  const chosen = result.solution ? indexes(result.solution, cover.sites.length) : start;
  const value = covered(cover, chosen);
  const raw = total - result.bound;
  const bound = Math.min(total, whole ? Math.floor(raw + 1e-6) : raw);
  const sites = filled(
    chosen.map((n) => cover.sites[n]!),
    options.p,
    costs.sites,
  );
  return answer(watch, { value, bound, sites, optimal: result.status === "optimal" || bound <= value });
}

/** Minimise the weight left out: one whole column a site, one column a group that is 1 where it is left out. */
function program(cover: Cover, p: number) {
  const build = programBuilder();
  const place = new Map([...cover.sites].map((j) => [j, build.column(0, 0, 1, true)]));
  cover.groups.forEach((group, g) => {
    const out = build.column(cover.weight[g]!, 0, 1);
    build.row(1, Infinity, [[out, 1] as const, ...[...group].map((j) => [place.get(j)!, 1] as const)]);
  });
  build.row(
    p,
    p,
    [...place.values()].map((column) => [column, 1] as const),
  );
  return build.program;
}

function startOf(cover: Cover, chosen: readonly number[]): Float64Array {
  const start = new Float64Array(cover.sites.length + cover.groups.length);
  for (const n of chosen) start[n] = 1;
  const has = servedBy(cover, chosen);
  cover.groups.forEach((_, g) => {
    start[cover.sites.length + g] = has[g]! > 0 ? 0 : 1;
  });
  return start;
}

function indexes(solution: Float64Array, count: number): number[] {
  return Array.from({ length: count }, (_, n) => n).filter((n) => solution[n]! > 0.5);
}

/** Adds sites that serve nobody new, so that exactly p are named. */
function filled(chosen: readonly number[], p: number, sites: number): number[] {
  const named = new Set(chosen);
  for (let j = 0; named.size < p && j < sites; j++) named.add(j);
  return [...named];
}
