import type { Costs } from "./costs.ts";
import type { PlanLimits } from "./fair-program.ts";

/** One plan of all, with how far everybody is. The arrays are used again for the next plan. */
export interface TriedPlan {
  readonly sites: readonly number[];
  /** Place of each client's cost among `EveryPlan.values`; clients of weight 0 count as nearest. */
  readonly rank: Int32Array;
  /** Weight at each of the values. */
  readonly weightAt: Float64Array;
}

export interface EveryPlan {
  /** The different finite costs of people, ascending. */
  readonly values: readonly number[];
  /** Shows every plan that serves everybody. False: stopped before the last one. */
  visit(see: (plan: TriedPlan) => void, mayContinue: () => boolean): boolean;
}

/** Plans times clients that are tried within a few seconds. */
const usualWork = 5e8;
/** Plans between two looks at the clock. */
const betweenLooks = 4096;

/**
 * Every choice of p sites, where there are so few that trying all is quicker than a program, and as good a proof. Undefined
 * where there are too many, or the plan is limited by money or coverage. `mostWork` counts plans times clients.
 */
export function everyPlan(costs: Costs, { p, budget, cover }: PlanLimits, mostWork = usualWork): EveryPlan | undefined {
  const { clients, sites, cost, weight } = costs;
  if (p === undefined || budget !== undefined || cover !== undefined) return undefined;
  if (!Number.isInteger(p) || p < 1 || p > sites) return undefined;
  if (choices(sites, p) * clients > mostWork) return undefined;
  const people = [...weight.keys()].filter((i) => weight[i]! > 0);
  const values = [
    ...new Set(people.flatMap((i) => [...cost.subarray(i * sites, (i + 1) * sites)].filter(Number.isFinite))),
  ].sort((a, b) => a - b);
  const rankOf = new Map(values.map((value, n) => [value, n]));
  // By site, so that one more site is one run over neighbours.
  const ranks = Array.from({ length: sites }, (_, j) =>
    Int32Array.from({ length: clients }, (_, i) =>
      weight[i] === 0 ? 0 : (rankOf.get(cost[i * sites + j]!) ?? values.length),
    ),
  );
  return {
    values,
    visit: (see, mayContinue) => visitAll({ ranks, people, weight, p, beyond: values.length }, see, mayContinue),
  };
}

function choices(n: number, p: number): number {
  let count = 1;
  for (let k = 1; k <= p; k++) count *= (n - p + k) / k;
  return count;
}

interface Table {
  readonly ranks: readonly Int32Array[];
  readonly people: readonly number[];
  readonly weight: Float64Array;
  readonly p: number;
  /** Rank of who can reach no open site. */
  readonly beyond: number;
}

function visitAll(
  { ranks, people, weight, p, beyond }: Table,
  see: (plan: TriedPlan) => void,
  mayContinue: () => boolean,
): boolean {
  const nearest = Array.from({ length: p + 1 }, () => new Int32Array(weight.length).fill(beyond));
  const weightAt = new Float64Array(beyond + 1);
  const open: number[] = [];
  let tried = 0;
  const choose = (from: number): boolean => {
    const depth = open.length;
    const before = nearest[depth]!;
    const after = nearest[depth + 1]!;
    for (let j = from; j <= ranks.length - (p - depth); j++) {
      const own = ranks[j]!;
      for (let i = 0; i < own.length; i++) after[i] = Math.min(before[i]!, own[i]!);
      open.push(j);
      if (depth + 1 < p) {
        if (!choose(j + 1)) return false;
      } else {
        weightAt.fill(0);
        for (const i of people) weightAt[after[i]!]! += weight[i]!;
        if (weightAt[beyond] === 0) see({ sites: open, rank: after, weightAt });
        tried += 1;
        if (tried % betweenLooks === 0 && !mayContinue()) return false;
      }
      open.pop();
    }
    return true;
  };
  return choose(0);
}
