import type { Costs } from "./costs.ts";

/** A plan within a budget, and what no plan within it can cover more than. */
export interface GreedyCover {
  readonly sites: readonly number[];
  /** Weight within the limit. */
  readonly covered: number;
  readonly bound: number;
}

/**
 * Again and again the site that covers most for its cost, while the budget lasts. What the sites opened so far leave uncovered
 * bounds every other plan: none gains more than its sites do one by one, at most as much as the budget buys of the best of them
 * in parts (coverage is submodular; Nemhauser, Wolsey and Fisher 1978).
 */
export function greedyCover(
  { clients, sites, cost, weight }: Costs,
  { opening, limit, budget }: { readonly opening: Float64Array; readonly limit: number; readonly budget: number },
): GreedyCover {
  const open: number[] = [];
  const left = new Set(Array.from({ length: clients }, (_, i) => i));
  const gains = new Float64Array(sites);
  let covered = 0;
  let bound = Infinity;
  for (let spent = 0; ; ) {
    gains.fill(0);
    for (const i of left) for (let j = 0; j < sites; j++) if (cost[i * sites + j]! <= limit) gains[j]! += weight[i]!;
    bound = Math.min(bound, covered + bought(gains, opening, budget));
    let best: number | undefined;
    for (let j = 0; j < sites; j++) {
      if (open.includes(j) || spent + opening[j]! > budget) continue;
      if (best === undefined || worth(gains, opening, j) > worth(gains, opening, best)) best = j;
    }
    if (best === undefined) return { sites: open, covered, bound: Math.max(covered, bound) };
    const site = best;
    open.push(site);
    spent += opening[site]!;
    covered += gains[site]!;
    for (const i of left) if (cost[i * sites + site]! <= limit) left.delete(i);
  }
}

const worth = (gains: Float64Array, opening: Float64Array, j: number) => gains[j]! / Math.max(opening[j]!, 1e-12);

/** Most gain that the budget buys, if sites could be had in parts. */
function bought(gains: Float64Array, opening: Float64Array, budget: number): number {
  const order = [...gains.keys()].sort((a, b) => worth(gains, opening, b) - worth(gains, opening, a));
  let left = budget;
  let sum = 0;
  for (const j of order) {
    // A site that costs more than the whole budget is in no plan.
    if (opening[j]! > budget) continue;
    const part = opening[j]! <= left ? 1 : left / opening[j]!;
    sum += part * gains[j]!;
    left -= part * opening[j]!;
    if (part < 1) break;
  }
  return sum;
}
