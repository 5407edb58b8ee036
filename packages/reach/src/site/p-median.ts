import { answer, type Effort, noPlan, type SitingAnswer, stopwatch } from "./answer.ts";
import { type Costs, checkCount, type SortedCosts, sortCosts } from "./costs.ts";
import { type LagrangianResult, lagrangianBound } from "./lagrangian.ts";
import { type Plan, type PlanPool, planPool } from "./relink.ts";
import { createSwapSearch, type WeightedCost } from "./swap-search.ts";

export interface PMedianOptions extends Effort {
  readonly p: number;
  /** Random plans that the search starts from; more find better plans of large instances. */
  readonly rounds?: number;
}

/**
 * The p sites for which the sum of weight times cost, each client using its cheapest open site, is least. A plan comes from
 * exchange search, the proof from Lagrangian bounds and branching on sites. Whole weighted costs are proved to the last unit,
 * others to a relative 1e-9.
 */
export function solvePMedian(costs: Costs, options: PMedianOptions): SitingAnswer {
  const { cost, weight, sites } = costs;
  return solveSorted(
    {
      sorted: sortCosts(costs),
      weighted: (i, j) => weight[i]! * cost[i * sites + j]!,
      planCost: (open) => planCost(costs, open),
      hasPeople: (i) => weight[i]! > 0,
    },
    options,
  );
}

/** A p-median as lists of sites by cost, however costs are kept. */
export interface SortedInstance {
  readonly sorted: SortedCosts;
  readonly weighted: WeightedCost;
  readonly planCost: (open: readonly number[]) => number;
  readonly hasPeople: (client: number) => boolean;
}

/** The same for costs that are already lists. */
export function solveSorted(instance: SortedInstance, options: PMedianOptions): SitingAnswer {
  const { sorted, planCost, hasPeople } = instance;
  const { p } = options;
  checkCount(p, sorted.sites);
  const watch = stopwatch(options);
  for (let i = 0; i < sorted.clients; i++) {
    if (sorted.first[i] === sorted.first[i + 1] && hasPeople(i)) return noPlan(watch, "infeasible");
  }
  const search = createSwapSearch(sorted, p, instance.weighted);
  const pool = planPool(search, { sorted, p, random: options.random });
  /** A plan that leaves a client unserved keeps the high value that the search gives it. */
  const exact = ({ value, sites }: Plan): Plan => {
    const cost = planCost(sites);
    return { value: cost === Infinity ? value : cost, sites };
  };
  firstPlans(pool, options.rounds ?? 20, () => watch.elapsed() < firstShare * options.seconds && watch.mayContinue());
  let best = exact(pool.best());
  const whole = sorted.cost.every(Number.isInteger);
  const unserved = planCost(best.sites) === Infinity;
  let lower = 0;
  const improve = (sites: readonly number[]) => {
    const value = planCost(sites);
    if (value >= best.value) return;
    best = { value, sites: [...sites] };
    watch.progress(value, Math.min(lower, value));
  };
  let told = 0;
  /** Branching may take long without a better plan or bound: somebody waits who wants to see that it goes on. */
  const mayContinue = () => {
    if (!unserved && watch.elapsed() >= told + 1) {
      told = watch.elapsed();
      watch.progress(best.value, Math.min(lower, best.value));
    }
    return watch.mayContinue();
  };
  if (!unserved) watch.progress(best.value, lower);
  const polish = (sites: readonly number[]) => {
    search.restart(sites);
    search.descend(mayContinue);
    pool.keep();
    improve([...search.open]);
  };
  let tryUntil: number | undefined;
  const refine = () => {
    const until = watch.elapsed() + refineShare * watch.left();
    refinePlans(
      pool,
      Math.max(leastShakes, Math.ceil(sorted.clients / clientsEachShake)),
      () => watch.elapsed() < until && mayContinue(),
    );
    improve(pool.best().sites);
  };
  const { bound, finished } = searchTree(sorted, {
    p,
    whole,
    improve,
    polish,
    refine,
    mayTry: () => {
      tryUntil ??= watch.elapsed() + tryShare * watch.left();
      return watch.elapsed() < tryUntil && mayContinue();
    },
    best: () => best,
    rises: (bound) => {
      lower = Math.max(lower, bound);
      watch.progress(best.value, Math.min(bound, best.value));
    },
    mayContinue,
  });
  if (unserved && planCost(best.sites) === Infinity) {
    return finished ? noPlan(watch, "infeasible") : noPlan(watch, "unknown", bound);
  }
  // Costs are 0 or more: that is a bound too, if there was no time for another.
  const proved = Math.max(0, Math.min(bound, best.value));
  return answer(watch, { value: best.value, bound: proved, sites: best.sites, optimal: finished });
}

/** Sum of weight times cost of a plan. */
export function planCost({ clients, sites, cost, weight }: Costs, open: readonly number[]): number {
  let total = 0;
  for (let i = 0; i < clients; i++) {
    let best = Infinity;
    for (const j of open) if (cost[i * sites + j]! < best) best = cost[i * sites + j]!;
    if (weight[i]! > 0) total += weight[i]! * best;
  }
  return total;
}

interface TreeOptions {
  readonly p: number;
  readonly whole: boolean;
  /** Takes a plan if it is better than the best. */
  readonly improve: (sites: readonly number[]) => void;
  /** Improves a plan by exchanges first. */
  readonly polish: (sites: readonly number[]) => void;
  /** Looks for better plans, if branching for a while does not prove the best one. */
  readonly refine: () => void;
  /** Whether to go on branching before that. */
  readonly mayTry: () => boolean;
  readonly best: () => Plan;
  /** Told the bound of all plans. */
  readonly rises: (bound: number) => void;
  readonly mayContinue: () => boolean;
}

/** Shares of the seconds: for plans before the first bound; of what is left after it, for branching, then for better plans. */
const firstShare = 0.2;
const tryShare = 0.1;
const refineShare = 0.5;
/** Rounds without a better plan after which no more are looked for. */
const fruitlessRounds = 12;
/** Shakes of a round: so many that a few rounds go all over the clients. */
const leastShakes = 50;
const clientsEachShake = 8;

function firstPlans(pool: PlanPool, rounds: number, mayContinue: () => boolean): void {
  for (let round = 0; round < rounds && (round === 0 || mayContinue()); round++) pool.relink(mayContinue);
  pool.relinkAll(mayContinue);
}

function refinePlans(pool: PlanPool, shakes: number, mayContinue: () => boolean): void {
  for (let fruitless = 0; fruitless < fruitlessRounds && mayContinue(); fruitless++) {
    const before = pool.best().value;
    pool.shake(shakes, mayContinue);
    if (pool.best().value === before && mayContinue()) pool.relink(mayContinue);
    if (pool.best().value < before) fruitless = -1;
  }
}

const rootIterations = 1500;
const nodeIterations = 40;

type Node = Pick<LagrangianResult, "sorted" | "state" | "price">;

/** Depth-first search over which sites are open, until everything is settled or the budget is spent. */
function searchTree(sorted: SortedCosts, options: TreeOptions): { readonly bound: number; readonly finished: boolean } {
  const { p, whole, best, improve, polish, mayContinue } = options;
  const prune = () => (whole ? best().value - 1 + 1e-6 : best().value * (1 - 1e-9));
  const limits = { cutoff: () => best().value, prune, mayContinue };
  const boundOf = (node: Node) =>
    lagrangianBound({ ...node, p }, { ...limits, iterations: nodeIterations, onPlan: improve });

  /** Whether everything under the node is proved to be no better than the best plan. */
  function settle(node: LagrangianResult, goOn: () => boolean): boolean {
    let { state, price, sorted: lists, bound, usage } = node;
    for (;;) {
      if (bound > prune()) return true;
      if (!goOn()) return false;
      const j = mostUsed(state, usage);
      if (j === -1) {
        improve(listOpen(state));
        return true;
      }
      const inside = state.slice();
      inside[j] = 2;
      const child = boundOf({ sorted: lists, state: inside, price });
      if (!child.closed && !settle(child, goOn)) return false;
      const outside = state.slice();
      outside[j] = 0;
      const rest = boundOf({ sorted: lists, state: outside, price });
      if (rest.closed) return true;
      ({ state, price, sorted: lists, bound, usage } = rest);
    }
  }
  const start = { sorted, state: new Uint8Array(sorted.sites).fill(1), price: firstPrices(sorted, best().sites) };
  const root = lagrangianBound(
    { ...start, p },
    { ...limits, iterations: rootIterations, onPlan: polish, onBound: options.rises },
  );
  options.rises(root.bound);
  if (root.closed || settle(root, options.mayTry)) return { bound: root.bound, finished: true };
  if (mayContinue()) options.refine();
  return { bound: root.bound, finished: settle(root, mayContinue) };
}

/** Prices to start from: halfway between a client's cheapest and second cheapest site of a good plan. */
function firstPrices({ clients, first, site, cost }: SortedCosts, plan: readonly number[]): Float64Array {
  const open = new Set(plan);
  const price = new Float64Array(clients);
  for (let i = 0; i < clients; i++) {
    let seen = 0;
    for (let k = first[i]!; k < first[i + 1]! && seen < 2; k++) {
      if (!open.has(site[k]!)) continue;
      seen += 1;
      price[i] = seen === 1 ? cost[k]! : (price[i]! + cost[k]!) / 2;
    }
  }
  return price;
}

function mostUsed(state: Uint8Array, usage: Float64Array): number {
  let best = -1;
  for (let j = 0; j < state.length; j++) if (state[j] === 1 && (best === -1 || usage[j]! > usage[best]!)) best = j;
  return best;
}

function listOpen(state: Uint8Array): number[] {
  const open: number[] = [];
  for (let j = 0; j < state.length; j++) if (state[j] === 2) open.push(j);
  return open;
}
