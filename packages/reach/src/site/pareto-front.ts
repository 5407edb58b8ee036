import { ReachRefusal } from "../refusal.ts";
import { type Effort, type SitingAnswer, type Stopwatch, stopwatch } from "./answer.ts";
import { type Costs, checkCount } from "./costs.ts";
import { beyondColumns, type FairProgram, fairProgram } from "./fair-program.ts";
import { checkShare, defaultTailShare, fairnessOf } from "./fairness.ts";
import { greedyCover } from "./greedy-cover.ts";
import { notDominated } from "./not-dominated.ts";
import type { Solver } from "./solver.ts";
import { openSites, tailTerms } from "./tail-mean.ts";

export interface ParetoOptions extends Effort {
  readonly solver: Solver;
  /** Cost of opening each site. */
  readonly opening: Float64Array;
  /** Cost within which a client counts as covered. */
  readonly limit: number;
  readonly tailShare?: number;
  /** Budgets at which to look, any order. */
  readonly budgets: readonly number[];
  /** At each budget so many steps between the plan of most coverage and the one of least tail; 3 unless given. */
  readonly steps?: number;
}

/** A plan of which neither cost nor coverage nor the worst-off can be bettered without loss of another. */
export interface ParetoPoint extends SitingAnswer {
  /** What the open sites cost. */
  readonly cost: number;
  /** Weight within the limit; `value` and `bound` are its proof at this budget and tail. */
  readonly covered: number;
  /** Mean cost of the worst-off share. */
  readonly tail: number;
  /** The limits under which the point was found. */
  readonly budget: number;
  readonly tailAtMost: number;
}

/**
 * The front of cost, coverage and equity by the epsilon-constraint method: at each budget the most coverage with the worst-off
 * no farther than some limit, then the least tail and the least cost with that coverage, so that no point is improved for
 * nothing. Points that another one dominates are left out.
 */
export function paretoFront(costs: Costs, options: ParetoOptions): readonly ParetoPoint[] {
  const watch = stopwatch(options);
  const share = checkShare(options.tailShare ?? defaultTailShare);
  const steps = options.steps ?? 3;
  checkCount(steps, 1000);
  if (options.opening.length !== costs.sites)
    throw new ReachRefusal("reach.costs-shape", "opening", `${options.opening.length} costs for ${costs.sites} sites`);
  const points: ParetoPoint[] = [];
  const look = (
    budget: number,
    tailAtMost: number,
    { turn, ...from }: Pick<Find, "start" | "most"> & { turn: number },
  ) => {
    const seconds = watch.left() / Math.max(1, turn);
    const found = bestWithin(costs, { ...options, ...from, budget, tailAtMost, share, seconds });
    if (found) {
      points.push(found);
      watch.progress(found.value, found.bound);
    }
    return found;
  };
  const budgets = [...new Set(options.budgets)].sort((a, b) => a - b);
  budgets.forEach((budget, n) => {
    const turn = (at: number) => (budgets.length - n) * (steps + 1) - at;
    const { sites, bound } = greedyCover(costs, { ...options, budget });
    const start = fairnessOf(costs, sites).worst < Infinity ? sites : [];
    const most = look(budget, Infinity, { turn: turn(0), start, most: bound });
    if (!most) return;
    const fairest = leastTail(costs, { ...options, budget, share, seconds: watch.left() / turn(1), start: most.sites });
    for (let step = 1; step <= steps && fairest !== undefined && fairest.tail < most.tail; step++) {
      // The last step stands a little above the least tail, so that rounding cannot forbid its own plan.
      const at = most.tail + ((fairest.tail - most.tail) * step) / steps;
      look(budget, at * (1 + 1e-9), { turn: turn(step), start: fairest.sites, most: most.bound });
    }
  });
  return notDominated(points, ({ cost, covered, tail }) => [cost, -covered, tail]);
}

interface Look extends Pick<ParetoOptions, "solver" | "opening" | "limit" | "now" | "seconds"> {
  readonly budget: number;
  readonly share: number;
  /** A plan within the budget (and the tail) to start from. */
  readonly start: readonly number[];
}

/** Who is beyond the limit, and where it is asked for the worst-off, as columns; without them a program is far smaller. */
function programOf(costs: Costs, { opening, budget, share, limit }: Look, hasTail = true) {
  const program = fairProgram(costs, { opening, budget });
  const tail = hasTail ? tailTerms(costs, program, share) : [];
  const beyond = beyondColumns(costs, limit, program).map(({ i, column }) => {
    program.follows(column, (sites) => (sites.some((j) => costs.cost[i * costs.sites + j]! <= limit) ? 0 : 1));
    return [column, costs.weight[i]!] as const;
  });
  return { program, tail, beyond };
}

type Terms = readonly (readonly [number, number])[];

function minimise(
  { build, complete }: FairProgram,
  terms: Terms,
  { solver, watch, start }: { readonly solver: Solver; readonly watch: Stopwatch; readonly start: readonly number[] },
) {
  const goal = build.program.cost.map(() => 0);
  for (const [column, value] of terms) goal[column]! += value;
  return solver.solve(
    { ...build.program, cost: goal },
    { ...watch.limits(), ...(start.length > 0 ? { start: complete(start) } : {}) },
  );
}

function leastTail(costs: Costs, look: Look): { readonly tail: number; readonly sites: readonly number[] } | undefined {
  const { program, tail } = programOf(costs, look);
  const { solver, start } = look;
  const { solution } = minimise(program, tail, { solver, watch: stopwatch(look), start });
  if (!solution) return undefined;
  const sites = openSites(program, solution);
  return { tail: fairnessOf(costs, sites, { tailShare: look.share }).tail, sites };
}

interface Find extends Look {
  readonly tailAtMost: number;
  /** No plan within the budget covers more than this. */
  readonly most: number;
}

function bestWithin(costs: Costs, look: Find): ParetoPoint | undefined {
  const watch = stopwatch(look);
  const total = costs.weight.reduce((sum, weight) => sum + weight, 0);
  const first = mostCovered(costs, look, watch, total);
  if (!first) return undefined;
  let { sites } = first;
  const { covered, bound } = first;
  const { program, tail, beyond } = programOf(costs, look);
  const { build } = program;
  if (look.tailAtMost < Infinity) build.row(-Infinity, look.tailAtMost, tail);
  build.row(-Infinity, total - covered + 1e-6, beyond);
  const second = minimise(program, tail, { solver: look.solver, watch, start: sites });
  if (second.solution) {
    sites = openSites(program, second.solution);
    const reached = fairnessOf(costs, sites, { tailShare: look.share }).tail;
    build.row(-Infinity, reached * (1 + 1e-9), tail);
    const third = minimise(program, program.opening, { solver: look.solver, watch, start: sites });
    if (third.solution) sites = openSites(program, third.solution);
  }
  return {
    status: bound === covered ? "optimal" : "feasible",
    value: covered,
    bound,
    gap: (bound - covered) / Math.max(covered, 1e-12),
    seconds: watch.elapsed(),
    sites,
    cost: sites.reduce((sum, j) => sum + look.opening[j]!, 0),
    covered: total - weightOf(costs, sites, look.limit),
    tail: fairnessOf(costs, sites, { tailShare: look.share }).tail,
    budget: look.budget,
    tailAtMost: look.tailAtMost,
  };
}

/** A plan of most coverage, with no plan's coverage above the bound. */
function mostCovered(
  costs: Costs,
  look: Find,
  watch: Stopwatch,
  total: number,
): { readonly sites: number[]; readonly covered: number; readonly bound: number } | undefined {
  const isFree = look.tailAtMost === Infinity;
  const start = total - weightOf(costs, look.start, look.limit);
  // The plan to start from may be proved already; then no program is made.
  if (isFree && look.start.length > 0 && start >= look.most - 1e-9)
    return { sites: [...look.start], covered: start, bound: start };
  const { program, tail, beyond } = programOf(costs, look, !isFree);
  if (!isFree) program.build.row(-Infinity, look.tailAtMost, tail);
  const { solution, status, bound } = minimise(program, beyond, { solver: look.solver, watch, start: look.start });
  // Stopped before it found one, the plan to start from stands.
  const sites = solution ? openSites(program, solution) : [...look.start];
  if (status === "infeasible" || sites.length === 0) return undefined;
  const covered = total - weightOf(costs, sites, look.limit);
  const most = Math.min(look.most, bound > 0 ? total - bound : total);
  const isProved = status === "optimal" || covered >= most - 1e-9;
  return { sites, covered, bound: isProved ? covered : most };
}

/** Weight beyond the limit of every open site. */
function weightOf({ clients, sites: count, cost, weight }: Costs, open: readonly number[], limit: number): number {
  let sum = 0;
  for (let i = 0; i < clients; i++) if (!open.some((j) => cost[i * count + j]! <= limit)) sum += weight[i]!;
  return sum;
}
