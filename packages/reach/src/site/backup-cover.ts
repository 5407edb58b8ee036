import { answer, type Effort, type SitingAnswer, stopwatch } from "./answer.ts";
import { type Costs, checkCount } from "./costs.ts";
import { type Cover, coverOf } from "./cover.ts";
import { exchange, greedy, servedBy } from "./cover-search.ts";
import { programBuilder, type Solver } from "./solver.ts";

export interface BackupCoverOptions extends Effort {
  readonly p: number;
  readonly limit: number;
  readonly solver: Solver;
}

/**
 * The p sites that have the most weight within the limit, counted once more where a second site is within it too, so that
 * people are still served when their nearest site closes (backup coverage location problem, Hogan and ReVelle 1986, both aims
 * weighing the same).
 */
export function solveBackupCover(costs: Costs, options: BackupCoverOptions): SitingAnswer {
  checkCount(options.p, costs.sites);
  const watch = stopwatch(options);
  // A site that serves only whom another serves too may be the second one.
  const cover = coverOf(costs, options.limit, { weighted: true, withDominated: true });
  const p = Math.min(options.p, cover.sites.length);
  const start = exchange(cover, greedy(cover, p));
  const { program, most } = backupProgram(cover, p);
  const result = options.solver.solve(program, {
    ...watch.limits(),
    start: startOf(cover, start),
    onProgress: (left, bound) => watch.progress(most - left, most - bound),
  });
  const { solution } = result;
  const chosen = solution ? [...cover.sites.keys()].filter((n) => solution[n]! > 0.5) : start;
  const value = servedBy(cover, chosen).reduce((sum, times, g) => sum + Math.min(times, 2) * cover.weight[g]!, 0);
  const raw = Math.min(most, most - result.bound);
  const bound = cover.weight.every(Number.isInteger) ? Math.floor(raw + 1e-6) : raw;
  const sites = new Set(chosen.map((n) => cover.sites[n]!));
  for (let j = 0; sites.size < options.p; j++) sites.add(j);
  return answer(watch, { value, bound, sites: [...sites], optimal: result.status === "optimal" || bound <= value });
}

/** Minimise what is left out: a whole column a site, and two a group, each 1 where one of its two services is missing. */
function backupProgram(cover: Cover, p: number) {
  const build = programBuilder();
  const place = new Map([...cover.sites].map((j) => [j, build.column(0, 0, 1, true)]));
  let most = 0;
  cover.groups.forEach((group, g) => {
    const twice = Math.min(2, group.length, p);
    most += twice * cover.weight[g]!;
    const out = build.column(cover.weight[g]!, 0, twice);
    build.row(twice, Infinity, [[out, 1] as const, ...[...group].map((j) => [place.get(j)!, 1] as const)]);
  });
  build.row(
    p,
    p,
    [...place.values()].map((column) => [column, 1] as const),
  );
  return { program: build.program, most };
}

function startOf(cover: Cover, chosen: readonly number[]): Float64Array {
  const start = new Float64Array(cover.sites.length + cover.groups.length);
  for (const n of chosen) start[n] = 1;
  const times = servedBy(cover, chosen);
  cover.groups.forEach((group, g) => {
    start[cover.sites.length + g] = Math.max(0, Math.min(2, group.length, chosen.length) - times[g]!);
  });
  return start;
}
