import type { SortedCosts } from "./costs.ts";

/** Weight of a client times its cost of using a site. */
export type WeightedCost = (client: number, site: number) => number;

/** A plan of p sites under improvement, with what every exchange of one site for another would gain. */
export interface SwapSearch {
  readonly open: Int32Array;
  value(): number;
  /** Replaces the plan. */
  restart(sites: readonly number[]): void;
  /** The exchange that gains most; with a goal, only sites of the goal come and only others go. */
  bestSwap(goal?: ReadonlySet<number>): Swap;
  apply(swap: Swap): void;
  /** Exchanges sites as long as that gains. */
  descend(mayContinue: () => boolean): void;
}

export interface Swap {
  readonly comes: number;
  readonly slot: number;
  readonly gain: number;
}

/** An exchange must gain more than this share of the value, so that rounding cannot make it go round. */
const smallestGain = 1e-9;

/**
 * Fast exchange search for the p-median (Resende and Werneck 2007): the gain of bringing a site in, the loss of closing one
 * and the correction for both at once are kept for all pairs, and only the clients that an exchange touches are redone.
 */
export function createSwapSearch(sorted: SortedCosts, p: number, weighted: WeightedCost): SwapSearch {
  const { clients, sites, first, site, cost } = sorted;
  const open = new Int32Array(p).fill(-1);
  const slotOf = new Int32Array(sites).fill(-1);
  const near = new Int32Array(clients);
  const nearCost = new Float64Array(clients);
  const nextCost = new Float64Array(clients);
  const gain = new Float64Array(sites);
  const loss = new Float64Array(p);
  const extra = new Float64Array(sites * p);
  let value = 0;

  /** Where lists are short a site has corrections for few slots: those, some twice, some that have none any more. */
  const areShort = sorted.upTo !== undefined;
  const slotsOf = Array.from({ length: areShort ? sites : 0 }, () => [] as number[]);
  function correct(f: number, slot: number, by: number): void {
    if (areShort && extra[f * p + slot] === 0) slotsOf[f]!.push(slot);
    extra[f * p + slot]! += by;
  }
  function touched(f: number): readonly number[] {
    if (slotsOf[f]!.length > 2 * p) slotsOf[f] = [...new Set(slotsOf[f])];
    return slotsOf[f]!;
  }
  /** Adds (or, with -1, takes away) what client i says about all exchanges. */
  function tell(i: number, sign: number): void {
    const slot = near[i]!;
    const best = nearCost[i]!;
    const next = nextCost[i]!;
    value += sign * best;
    loss[slot]! += sign * (next - best);
    for (let k = first[i]!; k < first[i + 1]! && cost[k]! < next; k++) {
      const f = site[k]!;
      const far = cost[k]!;
      if (far < best) {
        gain[f]! += sign * (best - far);
        correct(f, slot, sign * (next - best));
      } else correct(f, slot, sign * (next - far));
    }
  }
  /** Finds the two cheapest open sites of client i; a client without any costs `unserved`. */
  function look(i: number): void {
    let found = 0;
    nearCost[i] = unserved;
    nextCost[i] = unserved;
    near[i] = 0;
    for (let k = first[i]!; k < first[i + 1]!; k++) {
      const slot = slotOf[site[k]!]!;
      if (slot === -1) continue;
      if (found++ === 0) {
        near[i] = slot;
        nearCost[i] = cost[k]!;
      } else {
        nextCost[i] = cost[k]!;
        break;
      }
    }
  }
  let most = 0;
  for (const far of cost) if (far > most) most = far;
  const unserved = 1 + most * 2 * clients;
  const search: SwapSearch = {
    open,
    value: () => value,
    restart(chosen) {
      for (const j of open) if (j !== -1) slotOf[j] = -1;
      open.set(chosen);
      chosen.forEach((j, slot) => {
        slotOf[j] = slot;
      });
      gain.fill(0);
      loss.fill(0);
      extra.fill(0);
      for (const slots of slotsOf) slots.length = 0;
      value = 0;
      for (let i = 0; i < clients; i++) {
        look(i);
        tell(i, 1);
      }
    },
    bestSwap(goal) {
      let best = -Infinity;
      let comes = -1;
      let going = -1;
      const may = (slot: number) => !goal?.has(open[slot]!);
      const byLoss = areShort ? [...open.keys()].filter(may).sort((a, b) => loss[a]! - loss[b]!) : [];
      const tryOut = (f: number, slot: number) => {
        const here = gain[f]! - loss[slot]! + extra[f * p + slot]!;
        if (here <= best) return;
        best = here;
        comes = f;
        going = slot;
      };
      const consider = (f: number) => {
        // What closing loses is never made up for by more than the loss itself.
        if (slotOf[f] !== -1 || gain[f]! <= best) return;
        if (!areShort) {
          for (let slot = 0; slot < p; slot++) if (may(slot)) tryOut(f, slot);
          return;
        }
        for (const slot of touched(f)) if (may(slot)) tryOut(f, slot);
        // Of all other slots, the one that loses least.
        const other = byLoss.find((slot) => extra[f * p + slot] === 0);
        if (other !== undefined) tryOut(f, other);
      };
      if (goal) goal.forEach(consider);
      else for (let f = 0; f < sites; f++) consider(f);
      return { comes, slot: going, gain: best };
    },
    apply({ comes, slot }) {
      const goes = open[slot]!;
      slotOf[goes] = -1;
      slotOf[comes] = slot;
      open[slot] = comes;
      for (let i = 0; i < clients; i++) {
        if (!(weighted(i, comes) < nextCost[i]! || weighted(i, goes) <= nextCost[i]!)) continue;
        tell(i, -1);
        look(i);
        tell(i, 1);
      }
    },
    descend(mayContinue) {
      while (mayContinue()) {
        const swap = search.bestSwap();
        if (swap.comes === -1 || swap.gain <= smallestGain * Math.max(1, value)) return;
        search.apply(swap);
      }
    },
  };
  return search;
}
