import type { SortedCosts } from "./costs.ts";
import type { SwapSearch } from "./swap-search.ts";

export interface Plan {
  readonly value: number;
  readonly sites: readonly number[];
}

/** Plans worth keeping, best first. */
const poolSize = 10;
/** Open sites around one client that a shake moves. */
const leastShaken = 2;
const mostShaken = 6;

/** The best plans found so far, and ways to find better ones from them. */
export interface PlanPool {
  best(): Plan;
  /** Takes in the plan that the search stands at. */
  keep(): void;
  /** Exchange search from a random plan, and from the best plan on the way from there to one of the pool (path relinking). */
  relink(mayContinue: () => boolean): void;
  /** Walks from the best plan to every other one of the pool. */
  relinkAll(mayContinue: () => boolean): void;
  /** Moves a few sites around one client at random, improves the plan there, and takes back what is no better; `times` times. */
  shake(times: number, mayContinue: () => boolean): void;
}

/**
 * Good plans for the p-median by path relinking (Resende and Werneck 2004) and by small random changes of the best plan
 * (variable neighbourhood search, Hansen and Mladenovic 1997): the first finds its way between clusters, the second through
 * thousands of points.
 */
export function planPool(
  search: SwapSearch,
  { sorted, p, random }: { readonly sorted: SortedCosts; readonly p: number; readonly random: () => number },
): PlanPool {
  const pool: Plan[] = [];
  const keep = () => keepPlan(pool, planOf(search));
  return {
    best: () => pool[0]!,
    keep,
    relink(mayContinue) {
      const guide = pool[Math.floor(random() * pool.length)];
      search.restart(randomSites(sorted.sites, p, random));
      search.descend(mayContinue);
      const fresh = planOf(search);
      if (guide) {
        walk(search, guide, mayContinue);
        keep();
      }
      keepPlan(pool, fresh);
    },
    relinkAll(mayContinue) {
      for (let i = 1; i < pool.length && mayContinue(); i++) {
        search.restart(pool[0]!.sites);
        walk(search, pool[i]!, mayContinue);
        keep();
      }
    },
    shake(times, mayContinue) {
      search.restart(pool[0]!.sites);
      search.settle(mayContinue);
      let best = search.value();
      let moved = leastShaken;
      for (let n = 0; n < times && mayContinue(); n++) {
        const before = [...search.open];
        moveAround(search, sorted, { client: Math.floor(random() * sorted.clients), moved, random });
        search.settle(mayContinue);
        moved = search.value() < best ? leastShaken : moved === mostShaken ? leastShaken : moved + 1;
        if (search.value() > best) takeBack(search, before);
        else best = search.value();
      }
      search.descend(mayContinue);
      keep();
    },
  };
}

function moveAround(
  search: SwapSearch,
  { first, site }: SortedCosts,
  { client, moved, random }: { readonly client: number; readonly moved: number; readonly random: () => number },
): void {
  const slots: number[] = [];
  const closed: number[] = [];
  for (let k = first[client]!; k < first[client + 1]! && slots.length < moved; k++) {
    const slot = search.slotOf(site[k]!);
    if (slot === -1) closed.push(site[k]!);
    else slots.push(slot);
  }
  for (const slot of slots.slice(0, closed.length)) {
    const [comes] = closed.splice(Math.floor(random() * closed.length), 1);
    search.apply({ comes: comes!, slot });
  }
}

function takeBack(search: SwapSearch, before: readonly number[]): void {
  const was = new Set(before);
  const missing = before.filter((j) => search.slotOf(j) === -1);
  for (const [slot, j] of [...search.open].entries()) {
    if (!was.has(j)) search.apply({ comes: missing.pop()!, slot });
  }
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
  for (let step = 1; step < steps && mayContinue(); step++) {
    const swap = search.bestSwap(inGuide);
    if (swap.comes === -1) break;
    search.apply(swap);
    if (!best || search.value() < best.value) best = planOf(search);
  }
  search.restart((best ?? start).sites);
  search.descend(mayContinue);
}

function keepPlan(pool: Plan[], plan: Plan): void {
  if (pool.some(({ sites }) => sites.every((j, n) => j === plan.sites[n]))) return;
  pool.push(plan);
  pool.sort((a, b) => a.value - b.value);
  pool.length = Math.min(pool.length, poolSize);
}

function randomSites(sites: number, p: number, random: () => number): number[] {
  const all = Array.from({ length: sites }, (_, j) => j);
  for (let i = 0; i < p; i++) {
    const at = i + Math.floor(random() * (sites - i));
    [all[i], all[at]] = [all[at]!, all[i]!];
  }
  return all.slice(0, p);
}
