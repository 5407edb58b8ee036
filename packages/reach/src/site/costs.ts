import { ReachRefusal } from "../refusal.ts";

/** What it costs each client (row) to use each site (column): metres, minutes or money. Infinity: it cannot. */
export interface Costs {
  readonly clients: number;
  readonly sites: number;
  readonly cost: Float64Array;
  /** People (or other weight) of each client. */
  readonly weight: Float64Array;
}

/** Checks and completes a table of costs; every client weighs 1 unless weights are given. */
export function costsOf(table: {
  readonly clients: number;
  readonly sites: number;
  readonly cost: Float64Array;
  readonly weight?: Float64Array;
}): Costs {
  const { clients, sites, cost } = table;
  if (cost.length !== clients * sites) {
    throw new ReachRefusal(
      "reach.costs-shape",
      "cost",
      `${cost.length} costs; ${clients} clients by ${sites} sites need ${clients * sites}`,
    );
  }
  const bad = cost.findIndex((value) => !(value >= 0));
  if (bad >= 0) {
    throw new ReachRefusal(
      "reach.cost",
      `client ${Math.floor(bad / sites)}, site ${bad % sites}`,
      `${cost[bad]} is no cost; expected 0 or more, or Infinity`,
    );
  }
  const weight = table.weight ?? new Float64Array(clients).fill(1);
  const light = weight.findIndex((value) => !(value >= 0 && value < Infinity));
  if (weight.length !== clients || light >= 0) {
    throw new ReachRefusal(
      "reach.weight",
      `client ${light}`,
      `every one of ${clients} clients needs a weight of 0 or more`,
    );
  }
  return { clients, sites, cost, weight };
}

/** Refuses a number of sites that cannot be chosen. */
export function checkCount(p: number, sites: number): void {
  if (!Number.isInteger(p) || p < 1 || p > sites) {
    throw new ReachRefusal(
      "reach.sites-wanted",
      "p",
      `${p} sites of ${sites} cannot be chosen; expected 1 to ${sites}`,
    );
  }
}

/** Each client's sites, cheapest first: those of client i are `site[first[i] .. first[i + 1])`, at weighted `cost`. */
export interface SortedCosts {
  readonly clients: number;
  readonly sites: number;
  readonly first: Int32Array;
  readonly site: Int32Array;
  readonly cost: Float64Array;
  /** Weighted cost up to which each client's list is complete; absent where lists hold all sites that the client can use. */
  readonly upTo?: Float64Array;
}

export function sortCosts({ clients, sites, cost, weight }: Costs): SortedCosts {
  const first = new Int32Array(clients + 1);
  const site = new Int32Array(clients * sites);
  const sorted = new Float64Array(clients * sites);
  const row = new Float64Array(sites);
  let at = 0;
  for (let i = 0; i < clients; i++) {
    const order = new Int32Array(sites).map((_, j) => j);
    row.set(cost.subarray(i * sites, (i + 1) * sites));
    order.sort((a, b) => row[a]! - row[b]! || a - b);
    for (const j of order) {
      if (row[j] === Infinity) break;
      site[at] = j;
      sorted[at++] = weight[i]! * row[j]!;
    }
    first[i + 1] = at;
  }
  return { clients, sites, first, site: site.slice(0, at), cost: sorted.slice(0, at) };
}

/** The same lists without sites that are no longer in question. */
export function keepSites(lists: SortedCosts, keep: Uint8Array): SortedCosts {
  const { clients, first, site, cost } = lists;
  const newFirst = new Int32Array(clients + 1);
  const newSite = new Int32Array(site.length);
  const newCost = new Float64Array(site.length);
  let at = 0;
  for (let i = 0; i < clients; i++) {
    for (let k = first[i]!; k < first[i + 1]!; k++) {
      if (keep[site[k]!] === 0) continue;
      newSite[at] = site[k]!;
      newCost[at++] = cost[k]!;
    }
    newFirst[i + 1] = at;
  }
  return { ...lists, first: newFirst, site: newSite.slice(0, at), cost: newCost.slice(0, at) };
}
