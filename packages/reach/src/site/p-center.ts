import { answer, type Effort, noPlan, type SitingAnswer, type Stopwatch, stopwatch } from "./answer.ts";
import { type Costs, checkCount } from "./costs.ts";
import { type Cover, coverOf } from "./cover.ts";
import { searchAll } from "./cover-search.ts";
import { coverProgram, greedyCover } from "./set-cover.ts";
import type { Solver } from "./solver.ts";

/** Random starts of the search for a plan before the solver is asked. */
const shakes = 120;

export interface PCenterOptions extends Effort {
  readonly p: number;
  readonly solver: Solver;
}

/**
 * The p sites for which the farthest client is nearest (p-center problem): a search over the different costs, each step asking
 * whether p sites serve everybody within that cost. Weights do not count, but a client of weight 0 is nobody.
 */
export function solvePCenter(costs: Costs, options: PCenterOptions): SitingAnswer {
  checkCount(options.p, costs.sites);
  const watch = stopwatch(options);
  const people = withPeople(costs);
  const limits = [...new Set(people.cost)].filter(Number.isFinite).sort((a, b) => a - b);
  if (people.clients === 0) return answer(watch, { value: 0, bound: 0, sites: firstSites(options.p), optimal: true });
  let low = 0;
  let high = limits.length;
  let plan: readonly number[] | undefined;
  let unsure = false;
  const probe = (at: number): boolean | undefined => {
    const found = serveWithin(people, limits[at]!, options, watch);
    if (found === "no") low = Math.max(low, at + 1);
    else if (found !== "unknown") {
      plan = found;
      high = at;
    }
    return found === "unknown" ? undefined : found !== "no";
  };
  // A quick plan first: the smallest limit for which the greedy cover needs at most p sites.
  for (let from = 0, to = limits.length; from < to; ) {
    const middle = (from + to) >> 1;
    const cover = coverOf(people, limits[middle]!, { weighted: false });
    const greedy = cover.unserved.length === 0 ? greedyCover(cover) : undefined;
    if (greedy && greedy.length <= options.p) {
      to = middle;
      if (middle < high) {
        high = middle;
        plan = greedy.map((n) => cover.sites[n]!);
      }
    } else from = middle + 1;
  }
  while (low < high && watch.mayContinue()) {
    const middle = plan ? low + Math.floor((high - low) * 0.7) : (low + high) >> 1;
    if (probe(Math.min(middle, high - 1)) === undefined) {
      unsure = true;
      break;
    }
  }
  if (!plan) return noPlan(watch, low >= limits.length ? "infeasible" : "unknown", limits[low]);
  return answer(watch, {
    value: limits[high]!,
    bound: limits[low]!,
    sites: completed(plan, options.p, costs.sites),
    optimal: low >= high && !unsure,
  });
}

function withPeople(costs: Costs): Costs {
  const kept = [...costs.weight.keys()].filter((i) => costs.weight[i]! > 0);
  const cost = new Float64Array(kept.length * costs.sites);
  kept.forEach((i, n) => {
    cost.set(costs.cost.subarray(i * costs.sites, (i + 1) * costs.sites), n * costs.sites);
  });
  return { clients: kept.length, sites: costs.sites, cost, weight: new Float64Array(kept.length).fill(1) };
}

/** At most p sites that serve everybody within the limit, "no" if that is proved impossible. */
function serveWithin(
  people: Costs,
  limit: number,
  { p, solver, random }: PCenterOptions,
  watch: Stopwatch,
): readonly number[] | "no" | "unknown" {
  const cover = coverOf(people, limit, { weighted: false });
  if (cover.unserved.length > 0 || apart(cover) > p) return "no";
  const greedy = greedyCover(cover);
  if (greedy.length <= p) return greedy.map((n) => cover.sites[n]!);
  const program = coverProgram(cover);
  const relaxed = solver.solve({ ...program, whole: program.whole.map(() => 0) }, watch.limits());
  if (relaxed.status === "optimal" && relaxed.value > p + 1e-6) return "no";
  const all = searchAll(cover, p, { rounds: shakes, random, mayContinue: watch.mayContinue });
  if (all) return all.map((n) => cover.sites[n]!);
  const rows = program.rows;
  const columns = program.cost.map((_, n) => n);
  const result = solver.solve(
    {
      ...program,
      cost: program.cost.map(() => 0),
      rows: {
        lower: [...rows.lower, 0],
        upper: [...rows.upper, p],
        column: [...rows.column, ...columns],
        value: [...rows.value, ...columns.map(() => 1)],
        starts: [...rows.starts, rows.column.length + columns.length],
      },
    },
    watch.limits(),
  );
  if (result.status === "infeasible") return "no";
  if (!result.solution) return "unknown";
  const { solution } = result;
  return [...cover.sites].filter((_, n) => solution[n]! > 0.5);
}

/** A number of groups no two of which share a site: at least as many sites are needed. */
function apart(cover: Cover): number {
  const used = new Set<number>();
  let count = 0;
  for (const group of [...cover.groups].sort((a, b) => a.length - b.length)) {
    if (group.some((j) => used.has(j))) continue;
    for (const j of group) used.add(j);
    count += 1;
  }
  return count;
}

function firstSites(p: number): number[] {
  return Array.from({ length: p }, (_, j) => j);
}

function completed(plan: readonly number[], p: number, sites: number): number[] {
  const named = new Set(plan);
  for (let j = 0; named.size < p && j < sites; j++) named.add(j);
  return [...named];
}
