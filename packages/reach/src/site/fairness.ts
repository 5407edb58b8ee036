import { ReachRefusal } from "../refusal.ts";
import type { Costs } from "./costs.ts";

/** How a plan treats people: costs of each client's cheapest open site, by weight. */
export interface Fairness {
  readonly mean: number;
  /** Mean of the worst-off share of people. */
  readonly tail: number;
  readonly worst: number;
  /** Gini coefficient of the groups' mean costs, 0 (all alike) to 1. */
  readonly gini: number;
}

export interface FairnessOptions {
  /** Share of people who count as worst off, above 0 and up to 1; a tenth unless given. */
  readonly tailShare?: number;
  /** Group of each client (its street, say), from 0; each client is its own group unless given. */
  readonly groups?: readonly number[];
}

export const defaultTailShare = 0.1;

/** Measures a plan. A client of weight 0 is nobody. */
export function fairnessOf(costs: Costs, open: readonly number[], options: FairnessOptions = {}): Fairness {
  const share = checkShare(options.tailShare ?? defaultTailShare);
  const far = cheapest(costs, open);
  const people = [...costs.weight.keys()].filter((i) => costs.weight[i]! > 0);
  const total = people.reduce((sum, i) => sum + costs.weight[i]!, 0);
  return {
    mean: people.reduce((sum, i) => sum + costs.weight[i]! * far[i]!, 0) / total,
    tail: tailOf(costs, far, share).mean,
    worst: people.reduce((worst, i) => Math.max(worst, far[i]!), 0),
    gini: giniOf(costs, far, options.groups),
  };
}

/** Cost of each client's cheapest open site. */
export function cheapest({ clients, sites, cost }: Costs, open: readonly number[]): Float64Array {
  const far = new Float64Array(clients).fill(Infinity);
  for (let i = 0; i < clients; i++) for (const j of open) far[i] = Math.min(far[i]!, cost[i * sites + j]!);
  return far;
}

/** Mean cost of the worst-off share, and the cost at which that share begins. */
export function tailOf(
  { weight }: Pick<Costs, "weight">,
  far: Float64Array,
  share: number,
): { readonly mean: number; readonly from: number } {
  const people = [...weight.keys()].filter((i) => weight[i]! > 0).sort((a, b) => far[b]! - far[a]!);
  const wanted = share * people.reduce((sum, i) => sum + weight[i]!, 0);
  let left = wanted;
  let sum = 0;
  let from = 0;
  for (const i of people) {
    const taken = Math.min(left, weight[i]!);
    sum += taken * far[i]!;
    left -= taken;
    from = far[i]!;
    if (left <= 1e-12 * wanted) break;
  }
  return { mean: sum / wanted, from };
}

/** Members of each group of people, with their weight. */
export function groupsOfClients(
  { weight }: Costs,
  groups: readonly number[] | undefined,
): readonly { readonly members: readonly number[]; readonly weight: number }[] {
  const byGroup = new Map<number, number[]>();
  weight.forEach((people, i) => {
    if (people === 0) return;
    const group = groups?.[i] ?? i;
    byGroup.set(group, [...(byGroup.get(group) ?? []), i]);
  });
  return [...byGroup.values()].map((members) => ({
    members,
    weight: members.reduce((sum, i) => sum + weight[i]!, 0),
  }));
}

export function giniOf(costs: Costs, far: Float64Array, groups?: readonly number[]): number {
  const all = groupsOfClients(costs, groups);
  const means = all.map(
    ({ members, weight }) => members.reduce((sum, i) => sum + costs.weight[i]! * far[i]!, 0) / weight,
  );
  const total = all.reduce((sum, { weight }) => sum + weight, 0);
  const sum = all.reduce((so, { weight }, g) => so + weight * means[g]!, 0);
  return sum === 0 ? 0 : apartOf(all, (g) => means[g]!) / (total * sum);
}

/** Sum over all pairs of groups of how far their means are apart, times both weights. */
export function apartOf(groups: readonly { readonly weight: number }[], mean: (group: number) => number): number {
  let apart = 0;
  for (let g = 0; g < groups.length; g++)
    for (let h = 0; h < g; h++) apart += groups[g]!.weight * groups[h]!.weight * Math.abs(mean(g) - mean(h));
  return apart;
}

export function checkShare(share: number): number {
  if (share > 0 && share <= 1) return share;
  throw new ReachRefusal("reach.tail-share", "tailShare", `${share} is no share; expected above 0 and up to 1`);
}
