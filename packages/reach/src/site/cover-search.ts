import type { Cover } from "./cover.ts";
import { lazyGreedy } from "./lazy-greedy.ts";

/** How many of the chosen sites serve each group. */
export function servedBy(cover: Cover, chosen: readonly number[]): Uint16Array {
  const times = new Uint16Array(cover.groups.length);
  for (const n of chosen) for (const g of cover.serves[n]!) times[g]! += 1;
  return times;
}

/** Weight that the chosen sites serve. */
export function covered(cover: Cover, chosen: readonly number[]): number {
  return servedBy(cover, chosen).reduce((sum, times, g) => sum + (times > 0 ? cover.weight[g]! : 0), 0);
}

/** p places (in `cover.sites`), taking the one that serves most new weight each time. */
export function greedy(cover: Cover, p: number): number[] {
  const served = new Uint8Array(cover.groups.length);
  const gain = (n: number) => {
    let sum = 0;
    for (const g of cover.serves[n]!) if (served[g] === 0) sum += cover.weight[g]!;
    return sum;
  };
  const take = (n: number) => {
    for (const g of cover.serves[n]!) served[g] = 1;
  };
  return lazyGreedy(cover.serves.length, gain, take, (taken) => taken === p);
}

/** Exchanges one site for another as long as that covers more. */
export function exchange(cover: Cover, start: readonly number[]): number[] {
  const chosen = [...start];
  const times = servedBy(cover, chosen);
  for (let improved = true; improved; ) {
    improved = false;
    for (let slot = 0; slot < chosen.length; slot++) {
      const out = chosen[slot]!;
      let loss = 0;
      for (const g of cover.serves[out]!) {
        times[g]! -= 1;
        if (times[g] === 0) loss += cover.weight[g]!;
      }
      let best = out;
      let most = loss;
      cover.serves.forEach((groups, n) => {
        let gain = 0;
        for (const g of groups) if (times[g] === 0) gain += cover.weight[g]!;
        if (gain > most + 1e-9 && !chosen.includes(n)) {
          most = gain;
          best = n;
        }
      });
      for (const g of cover.serves[best]!) times[g]! += 1;
      improved ||= best !== out;
      chosen[slot] = best;
    }
  }
  return chosen;
}

/**
 * p places that serve every group, or undefined where none were found. Groups that are left out when no exchange helps weigh
 * more from then on, and a site that serves one of them replaces one at random, so that the search leaves where it is stuck.
 */
export function searchAll(
  cover: Cover,
  p: number,
  {
    rounds,
    random,
    mayContinue,
  }: { readonly rounds: number; readonly random: () => number; readonly mayContinue: () => boolean },
): number[] | undefined {
  if (p >= cover.sites.length) return undefined;
  const place = new Map([...cover.sites].map((j, n) => [j, n]));
  const weighed: Cover = { ...cover, weight: new Float64Array(cover.groups.length).fill(1) };
  let chosen = exchange(weighed, greedy(weighed, p));
  for (let round = 0; round < rounds && mayContinue(); round++) {
    const times = servedBy(weighed, chosen);
    const out = [...times.keys()].filter((g) => times[g] === 0);
    if (out.length === 0) return chosen;
    for (const g of out) weighed.weight[g]! += 1;
    const wanted = cover.groups[out[Math.floor(random() * out.length)]!]!;
    const next = [...chosen];
    next[Math.floor(random() * p)] = place.get(wanted[Math.floor(random() * wanted.length)]!)!;
    chosen = exchange(weighed, next);
  }
  return undefined;
}
