import { ReachRefusal } from "../refusal.ts";

/**
 * What each origin (a block of people) can reach: pairs of origin i are `site[first[i] .. first[i + 1])`, each at `cost`
 * (minutes or metres). A pair that is absent is out of reach.
 */
export interface ReachTable {
  readonly origins: number;
  readonly sites: number;
  readonly first: Int32Array;
  readonly site: Int32Array;
  readonly cost: Float64Array;
}

/** Who wants the service at each origin, and how much of it (m2, beds, places) each site has. */
export interface Market {
  readonly table: ReachTable;
  readonly demand: Float64Array;
  readonly supply: Float64Array;
}

/** A weight from 0 to 1 that falls with cost. */
export type Decay = (cost: number) => number;

/** Takes a full table of costs, rows by columns, where Infinity is out of reach. */
export function reachTable(origins: number, sites: number, costs: ArrayLike<number>): ReachTable {
  if (costs.length !== origins * sites) {
    throw new ReachRefusal(
      "reach.costs-shape",
      "costs",
      `${costs.length} costs; ${origins} origins by ${sites} sites need ${origins * sites}`,
    );
  }
  const first = new Int32Array(origins + 1);
  const site: number[] = [];
  const cost: number[] = [];
  for (let i = 0; i < origins; i++) {
    for (let j = 0; j < sites; j++) {
      const one = costs[i * sites + j]!;
      if (!(one >= 0))
        throw new ReachRefusal(
          "reach.cost",
          `origin ${i}, site ${j}`,
          `${one} is no cost; expected 0 or more, or Infinity`,
        );
      if (one === Infinity) continue;
      site.push(j);
      cost.push(one);
    }
    first[i + 1] = site.length;
  }
  return { origins, sites, first, site: Int32Array.from(site), cost: Float64Array.from(cost) };
}

/** Calls back for every pair within reach. */
export function eachPair(
  { origins, first, site, cost }: ReachTable,
  visit: (origin: number, site: number, cost: number, pair: number) => void,
): void {
  for (let i = 0; i < origins; i++) for (let e = first[i]!; e < first[i + 1]!; e++) visit(i, site[e]!, cost[e]!, e);
}
