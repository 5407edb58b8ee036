import type { Effort } from "./answer.ts";
import type { SwapSearch } from "./swap-search.ts";

export interface Plan {
  readonly value: number;
  readonly sites: readonly number[];
}

/** Plans worth keeping, best first. */
const poolSize = 10;

export interface RelinkOptions {
  readonly sites: number;
  readonly p: number;
  /** Starts from new random plans. */
  readonly rounds: number;
  readonly mayContinue: () => boolean;
  readonly random: Effort["random"];
}

/**
 * A good plan for the p-median: exchange search from random plans, and from plans on the way between a new one and one of a
 * pool of the best so far (path relinking, after Resende and Werneck 2004).
 */
export function relinkedPlan(search: SwapSearch, { sites, p, rounds, mayContinue, random }: RelinkOptions): Plan {
  const pool: Plan[] = [];
  for (let round = 0; round < rounds && (round === 0 || mayContinue()); round++) {
    search.restart(randomSites(sites, p, random));
    search.descend(mayContinue);
    const fresh = planOf(search);
    if (pool.length > 0) {
      const guide = pool[Math.floor(random() * pool.length)]!;
      walk(search, guide, mayContinue);
      keep(pool, planOf(search));
    }
    keep(pool, fresh);
  }
  for (let i = 1; i < pool.length && mayContinue(); i++) {
    search.restart(pool[0]!.sites);
    walk(search, pool[i]!, mayContinue);
    keep(pool, planOf(search));
  }
  return pool[0]!;
}

function planOf(search: SwapSearch): Plan {
  return { value: search.value(), sites: [...search.open].sort((a, b) => a - b) };
}

/** Turns the plan of the search into the guide, one best exchange after the other, and improves the best plan between. */
function walk(search: SwapSearch, guide: Plan, mayContinue: () => boolean): void {
  const start = planOf(search);
  const inGuide = new Set(guide.sites);
  const steps = start.sites.filter((j) => !inGuide.has(j)).length;
  let best: Plan | undefined;
  for (let step = 1; step < steps; step++) {
    const swap = search.bestSwap(inGuide);
    if (swap.comes === -1) break;
    search.apply(swap);
    if (!best || search.value() < best.value) best = planOf(search);
  }
  search.restart((best ?? start).sites);
  search.descend(mayContinue);
}

function keep(pool: Plan[], plan: Plan): void {
  if (pool.some(({ sites }) => sites.every((j, n) => j === plan.sites[n]))) return;
  pool.push(plan);
  pool.sort((a, b) => a.value - b.value);
  pool.length = Math.min(pool.length, poolSize);
}

export function randomSites(sites: number, p: number, random: () => number): number[] {
  const all = Array.from({ length: sites }, (_, j) => j);
  for (let i = 0; i < p; i++) {
    const at = i + Math.floor(random() * (sites - i));
    [all[i], all[at]] = [all[at]!, all[i]!];
  }
  return all.slice(0, p);
}
