import type { Cover } from "./cover.ts";

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
  const times = new Uint16Array(cover.groups.length);
  const chosen: number[] = [];
  while (chosen.length < p) {
    let best = -1;
    let most = -1;
    cover.serves.forEach((groups, n) => {
      let gain = 0;
      for (const g of groups) if (times[g] === 0) gain += cover.weight[g]!;
      if (gain > most && !chosen.includes(n)) {
        most = gain;
        best = n;
      }
    });
    for (const g of cover.serves[best]!) times[g]! += 1;
    chosen.push(best);
  }
  return chosen;
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
 * p places that serve every group, or undefined where none were found: exchanges from the greedy choice and, again and again,
 * from the best choice with some of its sites replaced at random.
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
  const total = cover.groups.length;
  const equal: Cover = { ...cover, weight: new Float64Array(total).fill(1) };
  if (p >= cover.sites.length) return undefined;
  let best = exchange(equal, greedy(equal, p));
  let most = covered(equal, best);
  for (let round = 0; round < rounds && most < total && mayContinue(); round++) {
    const shaken = new Set(best.filter(() => random() > 0.3));
    while (shaken.size < p) shaken.add(Math.floor(random() * cover.sites.length));
    const next = exchange(equal, [...shaken]);
    const serves = covered(equal, next);
    if (serves >= most) {
      most = serves;
      best = next;
    }
  }
  return most === total ? best : undefined;
}
