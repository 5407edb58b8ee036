import { eachPair, type Market } from "./reach-table.ts";

export interface RationalAgentsOptions {
  /** Cost that people accept as much as crowding of the mean demand per supply. */
  readonly tau: number;
  /** Rounds of moving people to their best site; more come closer to the balance. */
  readonly rounds?: number;
}

/**
 * Rational agent access model (Saxon and Snow 2020): everybody goes where crowding plus travel is least, crowding being demand
 * per supply over the mean of the whole area. Returns, for each origin, that least cost when nobody gains by changing;
 * Infinity where no site with supply is within reach. Each origin in turn spreads its people best given all others.
 */
export function rationalAgentCost(
  { table, demand, supply }: Market,
  { tau, rounds = 200 }: RationalAgentsOptions,
): Float64Array {
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  const mean = total(demand) / total(supply);
  const load = new Float64Array(table.sites);
  const flow = new Float64Array(table.cost.length);
  for (let round = 0; round < rounds; round++) {
    let moved = 0;
    for (let i = 0; i < table.origins; i++) moved += spread(i);
    if (moved < 1e-12 * total(demand)) break;
  }
  const result = new Float64Array(table.origins).fill(Infinity);
  eachPair(table, (i, j, cost) => {
    if (supply[j]! > 0) result[i] = Math.min(result[i]!, load[j]! / supply[j]! / mean + cost / tau);
  });
  return result;

  /** Fills the sites of an origin up to one common cost, cheapest first; returns how many people moved. */
  function spread(i: number): number {
    const pairs: { readonly pair: number; readonly base: number; readonly room: number }[] = [];
    for (let pair = table.first[i]!; pair < table.first[i + 1]!; pair++) {
      const j = table.site[pair]!;
      if (supply[j]! === 0) continue;
      load[j]! -= flow[pair]!;
      pairs.push({ pair, base: load[j]! / supply[j]! / mean + table.cost[pair]! / tau, room: supply[j]! * mean });
    }
    pairs.sort((a, b) => a.base - b.base || a.pair - b.pair);
    let room = 0;
    let weighted = 0;
    let level = 0;
    for (const one of pairs) {
      if (room > 0 && level <= one.base) break;
      room += one.room;
      weighted += one.room * one.base;
      level = (demand[i]! + weighted) / room;
    }
    let moved = 0;
    for (const { pair, base, room: size } of pairs) {
      const people = Math.max(0, (level - base) * size);
      moved += Math.abs(people - flow[pair]!);
      flow[pair] = people;
      load[table.site[pair]!]! += people;
    }
    return moved;
  }
}
