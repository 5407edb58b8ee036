import type { Costs } from "./costs.ts";

/** Who can be served by what within a limit, made small: clients with the same sites are one, dominated sites are gone. */
export interface Cover {
  /** Sites that serve each group of clients, ascending. */
  readonly groups: readonly Int32Array[];
  /** Weight of each group. */
  readonly weight: Float64Array;
  /** Sites worth choosing, ascending; every other one serves no client that one of these does not serve too. */
  readonly sites: Int32Array;
  /** Groups of each site of `sites`, by its place there. */
  readonly serves: readonly Int32Array[];
  /** Weight, and number, of clients that no site serves. */
  readonly unservedWeight: number;
  readonly unserved: readonly number[];
}

export interface CoverOptions {
  /** Clients count with their weights, and one without weight is left out; else every client must be served. */
  readonly weighted: boolean;
  /** Sites that serve nobody whom another does not serve stay: a second service counts too. */
  readonly withDominated?: boolean;
}

/** Reads the cover relation `cost <= limit` and reduces it. */
export function coverOf(costs: Costs, limit: number, options: CoverOptions): Cover {
  const members = new Map<string, { sites: Int32Array; weight: number }>();
  const unserved: number[] = [];
  let unservedWeight = 0;
  for (let i = 0; i < costs.clients; i++) {
    const weight = costs.weight[i]!;
    if (options.weighted && weight === 0) continue;
    const row = costs.cost.subarray(i * costs.sites, (i + 1) * costs.sites);
    const sites: number[] = [];
    for (let j = 0; j < costs.sites; j++) if (row[j]! <= limit) sites.push(j);
    if (sites.length === 0) {
      unserved.push(i);
      unservedWeight += weight;
      continue;
    }
    const key = sites.join(",");
    const known = members.get(key);
    if (known) known.weight += weight;
    else members.set(key, { sites: Int32Array.from(sites), weight });
  }
  let groups = [...members.values()];
  if (!options.weighted) groups = withoutImplied(groups);
  const sites = options.withDominated
    ? [...new Set(groups.flatMap((group) => [...group.sites]))].sort((a, b) => a - b)
    : undominated(groups, costs.sites);
  const place = new Map(sites.map((j, n) => [j, n]));
  const kept = groups.map((group) => group.sites.filter((j) => place.has(j)));
  const serves = sites.map(() => [] as number[]);
  kept.forEach((of, g) => {
    for (const j of of) serves[place.get(j)!]!.push(g);
  });
  return {
    groups: kept,
    weight: Float64Array.from(groups, ({ weight }) => weight),
    sites: Int32Array.from(sites),
    serves: serves.map((of) => Int32Array.from(of)),
    unservedWeight,
    unserved,
  };
}

/** A group that must be covered is covered anyway if its sites include all sites of another. */
function withoutImplied<T extends { readonly sites: Int32Array }>(groups: readonly T[]): T[] {
  const bySize = [...groups].sort((a, b) => a.sites.length - b.sites.length);
  const containing = new Map<number, number[]>();
  const kept: T[] = [];
  for (const group of bySize) {
    const has = new Set(group.sites);
    const implied = [...new Set([...group.sites].flatMap((j) => containing.get(j) ?? []))].some((k) =>
      kept[k]!.sites.every((j) => has.has(j)),
    );
    if (implied) continue;
    // A kept group can only be inside a later one that has its first site.
    const first = group.sites[0]!;
    containing.set(first, [...(containing.get(first) ?? []), kept.length]);
    kept.push(group);
  }
  return kept;
}

/** Sites that serve no less than any other site that serves the same group; of equal ones the first stays. */
function undominated(groups: readonly { readonly sites: Int32Array }[], count: number): number[] {
  const serves = Array.from({ length: count }, () => [] as number[]);
  groups.forEach(({ sites }, g) => {
    for (const j of sites) serves[j]!.push(g);
  });
  const sets = serves.map((of) => new Set(of));
  const dropped = new Uint8Array(count);
  for (let j = 0; j < count; j++) {
    const own = serves[j]!;
    if (own.length === 0) {
      dropped[j] = 1;
      continue;
    }
    // A site that serves all of them serves the group that fewest sites serve.
    const rare = own.reduce((a, b) => (groups[b]!.sites.length < groups[a]!.sites.length ? b : a));
    for (const k of groups[rare]!.sites) {
      if (k === j || dropped[k] === 1 || sets[k]!.size < own.length || (sets[k]!.size === own.length && k > j))
        continue;
      if (own.every((g) => sets[k]!.has(g))) {
        dropped[j] = 1;
        break;
      }
    }
  }
  return Array.from({ length: count }, (_, j) => j).filter((j) => dropped[j] === 0);
}
