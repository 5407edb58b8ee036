import { keepSites, type SortedCosts } from "./costs.ts";

/** Which sites are still in question: 1 free, 2 kept open, 0 closed. */
export type SiteState = Uint8Array;

export interface LagrangianNode {
  readonly sorted: SortedCosts;
  readonly state: SiteState;
  readonly p: number;
  /** What each client would pay for being served; changed towards the best bound. */
  readonly price: Float64Array;
}

export interface LagrangianResult {
  /** No plan of the node costs less. */
  readonly bound: number;
  readonly sorted: SortedCosts;
  readonly state: SiteState;
  readonly price: Float64Array;
  /** How often each site was in the relaxed plan of late, 0 to 1. */
  readonly usage: Float64Array;
  /** No plan cheaper than the cutoff is left. */
  readonly closed: boolean;
}

export interface LagrangianOptions {
  /** Plans that cost this much or more are of no interest. */
  readonly cutoff: () => number;
  /** A bound above this proves that nothing cheaper than the cutoff exists (cutoff - 1 for whole costs). */
  readonly prune: () => number;
  readonly iterations: number;
  readonly mayContinue: () => boolean;
  /** Told the relaxed plan now and then, so that a heuristic can try it. */
  readonly onPlan?: (sites: readonly number[]) => void;
  /** Told the bound now and then. */
  readonly onBound?: (bound: number) => void;
}

/**
 * Lower bound of the p-median by Lagrangian relaxation: every client offers a price for being served, each site takes the
 * clients whose price exceeds their cost, and the p best sites open (Cornuejols, Fisher and Nemhauser 1977). Prices are moved
 * by the volume algorithm (Barahona and Anbil 2000): from the best prices so far, along how much of each client the relaxed
 * plans leave unserved on average. Sites whose reduced cost shows that no better plan opens, or leaves, them are settled on
 * the way.
 */
export function lagrangianBound(node: LagrangianNode, options: LagrangianOptions): LagrangianResult {
  const run = startRun(node);
  let step = firstStep;
  let averaging = firstAveraging;
  let stale = 0;
  let checked = -Infinity;
  let closed = false;
  for (let iteration = 0; iteration < options.iterations && options.mayContinue(); iteration++) {
    const take = run.p - countOpen(run.state);
    if (take < 0 || run.free.length < take) {
      closed = true;
      break;
    }
    const total = relax(run, take);
    const rises = total > run.bound;
    if (rises) {
      run.bound = total;
      run.bestPrice.set(run.price);
    }
    const prune = options.prune();
    if (total > prune) {
      closed = true;
      break;
    }
    const lists = run.sorted;
    settle(run, { take, total, prune });
    const { norm, agrees, exact } = average(run, lists, iteration === 0 ? 1 : averaging);
    const isTime = iteration % planEvery === planEvery - 1;
    if (isTime) options.onBound?.(run.bound);
    const isNear = run.bound > (1 - worthTrying) * options.cutoff();
    if (options.onPlan && (exact || (isTime && isNear))) options.onPlan(listOf(run.chosen));
    if (exact || norm < 1e-12) break;
    stale = rises ? 0 : stale + 1;
    if (rises && agrees) step = Math.min(longestStep, step * stretch);
    if (stale >= patience) {
      step *= shrink;
      stale = 0;
      if (step < lastStep) break;
    }
    if (iteration % checkEvery === checkEvery - 1) {
      if (run.bound - checked < 0.01 * (options.cutoff() - run.bound))
        averaging = Math.max(lastAveraging, averaging / 2);
      checked = run.bound;
    }
    const length = (step * Math.max(options.cutoff() - run.bound, 1e-6 * Math.abs(total) + 1e-9)) / norm;
    for (let i = 0; i < run.price.length; i++)
      run.price[i] = Math.max(0, run.bestPrice[i]! + length * (1 - run.served[i]!));
    holdPrices(run.price, run.sorted);
  }
  const { bound, sorted, state, bestPrice, usage } = run;
  return { bound, sorted, state, price: bestPrice, usage, closed };
}

/** Step lengths, as shares of the distance to the cutoff over the squared direction. */
const firstStep = 0.2;
const longestStep = 2;
const lastStep = 1e-4;
const stretch = 1.2;
const shrink = 0.7;
/** Iterations without a rise of the bound after which the step shrinks. */
const patience = 10;
/** Share of the newest relaxed plan in the average. */
const firstAveraging = 0.1;
const lastAveraging = 0.01;
const checkEvery = 100;
/** A relaxed plan is tried this often, once the bound is within this share of the cutoff: before, it is far from any plan. */
const planEvery = 25;
const worthTrying = 0.02;

interface Run {
  readonly p: number;
  sorted: SortedCosts;
  readonly state: SiteState;
  free: Int32Array;
  readonly price: Float64Array;
  readonly bestPrice: Float64Array;
  bound: number;
  /** What each site would take in at the prices, as a negative number. */
  readonly worth: Float64Array;
  readonly chosen: Uint8Array;
  /** How often relaxed plans serve each client, on average. */
  readonly served: Float64Array;
  readonly usage: Float64Array;
}

/** A client whose list ends at some cost offers no more than that: then sites beyond it take in nothing, listed or not. */
function holdPrices(price: Float64Array, { upTo }: SortedCosts): void {
  if (!upTo) return;
  for (let i = 0; i < price.length; i++) if (price[i]! > upTo[i]!) price[i] = upTo[i]!;
}

function startRun({ sorted, state, price: from, p }: LagrangianNode): Run {
  const price = from.slice();
  holdPrices(price, sorted);
  return {
    p,
    sorted,
    state: state.slice(),
    free: freeSites(state),
    price,
    bestPrice: price.slice(),
    bound: -Infinity,
    worth: new Float64Array(sorted.sites),
    chosen: new Uint8Array(sorted.sites),
    served: new Float64Array(sorted.clients),
    usage: new Float64Array(sorted.sites),
  };
}

/** Solves the relaxed problem at the prices: sorts free sites by worth, marks the plan, returns its cost. */
function relax({ sorted, price, worth, chosen, state, free, usage }: Run, take: number): number {
  const { first, site, cost, clients, sites } = sorted;
  worth.fill(0);
  chosen.fill(0);
  let total = 0;
  for (let i = 0; i < clients; i++) {
    const offer = price[i]!;
    total += offer;
    for (let k = first[i]!, end = first[i + 1]!; k < end; k++) {
      const reduced = cost[k]! - offer;
      if (reduced >= 0) break;
      worth[site[k]!]! += reduced;
    }
  }
  free.sort((a, b) => worth[a]! - worth[b]! || a - b);
  for (let j = 0; j < sites; j++) {
    if (state[j] !== 2) continue;
    chosen[j] = 1;
    total += worth[j]!;
  }
  for (let n = 0; n < free.length; n++) {
    const j = free[n]!;
    usage[j] = 0.95 * usage[j]! + (n < take ? 0.05 : 0);
    if (n >= take) continue;
    chosen[j] = 1;
    total += worth[j]!;
  }
  return total;
}

/** Opening one more site costs at least its worth less that of the last one taken; leaving one, the reverse. */
function settle(
  run: Run,
  { take, total, prune }: { readonly take: number; readonly total: number; readonly prune: number },
): void {
  const { free, worth, state } = run;
  const last = take > 0 ? worth[free[take - 1]!]! : -Infinity;
  const next = take < free.length ? worth[free[take]!]! : Infinity;
  let settled = 0;
  for (let n = 0; n < free.length; n++) {
    const j = free[n]!;
    const leaving = total - worth[j]! + next;
    const including = total + worth[j]! - last;
    if ((n < take ? leaving : including) <= prune) continue;
    state[j] = n < take ? 2 : 0;
    settled += 1;
  }
  if (settled === 0) return;
  const before = free.length;
  run.free = freeSites(state);
  if (run.free.length < 0.8 * before || settled > 50) {
    run.sorted = keepSites(
      run.sorted,
      state.map((is) => (is === 0 ? 0 : 1)),
    );
  }
}

/**
 * Takes the relaxed plan into the average of how often each client is served. `norm` is the squared length of what is missing,
 * `agrees` whether the plan misses the same clients as the average, `exact` whether it serves every client once: then it is a
 * plan of the node, and the best one.
 */
function average({ price, chosen, served }: Run, { first, site, cost, clients }: SortedCosts, newest: number) {
  let norm = 0;
  let along = 0;
  let exact = true;
  for (let i = 0; i < clients; i++) {
    const offer = price[i]!;
    let now = 0;
    for (let k = first[i]!, end = first[i + 1]!; k < end && cost[k]! < offer; k++) now += chosen[site[k]!]!;
    if (now !== 1) exact = false;
    along += (1 - now) * (1 - served[i]!);
    served[i] = newest * now + (1 - newest) * served[i]!;
    norm += (1 - served[i]!) ** 2;
  }
  return { norm, agrees: along >= 0, exact };
}

function freeSites(state: SiteState): Int32Array {
  const free: number[] = [];
  for (let j = 0; j < state.length; j++) if (state[j] === 1) free.push(j);
  return Int32Array.from(free);
}

function countOpen(state: SiteState): number {
  let open = 0;
  for (const is of state) if (is === 2) open += 1;
  return open;
}

function listOf(chosen: Uint8Array): number[] {
  const sites: number[] = [];
  for (let j = 0; j < chosen.length; j++) if (chosen[j] === 1) sites.push(j);
  return sites;
}
