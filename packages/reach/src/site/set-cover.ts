import { answer, type Effort, noPlan, type SitingAnswer, stopwatch } from "./answer.ts";
import type { Costs } from "./costs.ts";
import { type Cover, coverOf } from "./cover.ts";
import { lazyGreedy } from "./lazy-greedy.ts";
import { programBuilder, type Solver } from "./solver.ts";

export interface SetCoverOptions extends Effort {
  readonly limit: number;
  readonly solver: Solver;
}

/** The fewest sites so that every client has one within the limit (location set covering problem, Toregas 1971). */
export function solveSetCover(costs: Costs, options: SetCoverOptions): SitingAnswer {
  const watch = stopwatch(options);
  const cover = coverOf(costs, options.limit, { weighted: false });
  if (cover.unserved.length > 0) return noPlan(watch, "infeasible", Infinity);
  const greedy = greedyCover(cover);
  const result = options.solver.solve(coverProgram(cover), {
    ...watch.limits(),
    start: startOf(cover, greedy),
    onProgress: watch.progress,
  });
  const chosen = result.solution ? chosenOf(cover, result.solution) : greedy.map((n) => cover.sites[n]!);
  const bound = Math.ceil(result.bound - 1e-6);
  return answer(watch, {
    value: chosen.length,
    bound,
    sites: chosen,
    optimal: result.status === "optimal" || bound >= chosen.length,
  });
}

/** Minimise the number of sites, every group served at least once. */
export function coverProgram(cover: Cover) {
  const build = programBuilder();
  const place = new Map([...cover.sites].map((j) => [j, build.column(1, 0, 1, true)]));
  for (const group of cover.groups)
    build.row(
      1,
      Infinity,
      [...group].map((j) => [place.get(j)!, 1] as const),
    );
  return build.program;
}

function startOf(cover: Cover, places: readonly number[]): Float64Array {
  const start = new Float64Array(cover.sites.length);
  for (const n of places) start[n] = 1;
  return start;
}

function chosenOf(cover: Cover, solution: Float64Array): number[] {
  return [...cover.sites].filter((_, n) => solution[n]! > 0.5);
}

/** Places (in `cover.sites`) that serve every group, taking the site that serves most new ones each time. */
export function greedyCover(cover: Cover): number[] {
  const served = new Uint8Array(cover.groups.length);
  let left = cover.groups.length;
  const gain = (n: number) => cover.serves[n]!.reduce((sum, g) => sum + 1 - served[g]!, 0);
  const take = (n: number) => {
    left -= gain(n);
    for (const g of cover.serves[n]!) served[g] = 1;
  };
  const taken = lazyGreedy(cover.serves.length, gain, take, () => left === 0);
  return taken.filter((n, at) => {
    // A site taken early may have become needless.
    const others = taken.filter((_, other) => other !== at && taken[other] !== -1);
    const needless = cover.serves[n]!.every((g) => others.some((o) => cover.serves[o]!.includes(g)));
    if (needless) taken[at] = -1;
    return !needless;
  });
}
