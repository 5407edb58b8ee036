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
}

/**
 * Lower bound of the p-median by Lagrangian relaxation: every client offers a price for being served, each site takes the
 * clients whose price exceeds their cost, and the p best sites open (Cornuejols, Fisher and Nemhauser 1977). Prices move along
 * a deflected subgradient. Sites whose reduced cost shows that no better plan opens, or leaves, them are settled on the way.
 */
export function lagrangianBound(node: LagrangianNode, options: LagrangianOptions): LagrangianResult {
  const { p } = node;
  const { clients, sites } = node.sorted;
  let sorted = node.sorted;
  const state = node.state.slice();
  const price = node.price.slice();
  const bestPrice = node.price.slice();
  const worth = new Float64Array(sites);
  const chosen = new Uint8Array(sites);
  const served = new Int32Array(clients);
  const direction = new Float64Array(clients);
  const usage = new Float64Array(sites);
  let free = freeSites(state);
  let bound = -Infinity;
  let step = 1.2;
  let stale = 0;
  let closed = false;
  for (let iteration = 0; iteration < options.iterations && options.mayContinue(); iteration++) {
    const open = countOpen(state);
    if (open > p || open + free.length < p) {
      closed = true;
      break;
    }
    const { first, site, cost } = sorted;
    worth.fill(0);
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
    chosen.fill(0);
    const take = p - open;
    for (let j = 0; j < sites; j++) {
      if (state[j] !== 2) continue;
      chosen[j] = 1;
      total += worth[j]!;
    }
    for (let n = 0; n < take; n++) {
      chosen[free[n]!] = 1;
      total += worth[free[n]!]!;
    }
    for (let n = 0; n < free.length; n++) usage[free[n]!] = 0.95 * usage[free[n]!]! + (n < take ? 0.05 : 0);
    if (total > bound) {
      stale = total > bound + 1e-4 * Math.max(1, options.cutoff() - bound) ? 0 : stale + 1;
      bound = total;
      bestPrice.set(price);
    } else stale += 1;
    const prune = options.prune();
    if (total > prune) {
      closed = true;
      bound = total;
      break;
    }
    // Opening one more site costs at least what it is worth less than the last one taken; leaving one, the reverse.
    const last = take > 0 ? worth[free[take - 1]!]! : -Infinity;
    const nextWorth = take < free.length ? worth[free[take]!]! : Infinity;
    let settled = 0;
    for (let n = 0; n < free.length; n++) {
      const j = free[n]!;
      if (n < take) {
        if (total - worth[j]! + nextWorth > prune) {
          state[j] = 2;
          settled += 1;
        }
      } else if (total + worth[j]! - last > prune) {
        state[j] = 0;
        settled += 1;
      }
    }
    if (settled > 0) {
      const before = free.length;
      free = freeSites(state);
      const kept = state.map((is) => (is === 0 ? 0 : 1));
      if (free.length < 0.8 * before || settled > 50) sorted = keepSites(sorted, kept);
    }
    served.fill(0);
    for (let i = 0; i < clients; i++) {
      const offer = price[i]!;
      let count = 0;
      for (let k = first[i]!, end = first[i + 1]!; k < end && cost[k]! < offer; k++) count += chosen[site[k]!]!;
      served[i] = count;
    }
    let norm = 0;
    for (let i = 0; i < clients; i++) {
      direction[i] = 0.65 * (1 - served[i]!) + 0.35 * direction[i]!;
      norm += direction[i]! * direction[i]!;
    }
    if (norm < 1e-12) {
      // Every client is served once: the relaxed plan is a plan of the node, and the best one.
      options.onPlan?.(listOf(chosen));
      break;
    }
    if (options.onPlan && iteration % 25 === 24) options.onPlan(listOf(chosen));
    if (stale >= 12) {
      step *= 0.7;
      stale = 0;
      price.set(bestPrice);
      direction.fill(0);
      if (step < 0.003) break;
      continue;
    }
    const length = (step * Math.max(options.cutoff() - total, 1e-6 * Math.abs(total) + 1e-9)) / norm;
    for (let i = 0; i < clients; i++) price[i] = Math.max(0, price[i]! + length * direction[i]!);
  }
  return { bound, sorted, state, price: bestPrice, usage, closed };
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
