import { type Decay, eachPair, type Market } from "./reach-table.ts";

/**
 * Spatial availability (Soukhov, Paez, Higgins and Mohamed 2023): every site's supply is shared out whole among the origins
 * that reach it, in proportion to their demand and to decay; the shares of all origins add up to the supply within reach.
 */
export function spatialAvailability({ table, demand, supply }: Market, decay: Decay): Float64Array {
  const people = new Float64Array(table.sites);
  const pull = new Float64Array(table.sites);
  eachPair(table, (i, j, cost) => {
    const weight = decay(cost);
    people[j]! += demand[i]!;
    pull[j]! += weight;
  });
  const both = new Float64Array(table.sites);
  const factor = (i: number, j: number, cost: number) => (demand[i]! / people[j]!) * (decay(cost) / pull[j]!);
  eachPair(table, (i, j, cost) => {
    if (people[j]! > 0 && pull[j]! > 0) both[j]! += factor(i, j, cost);
  });
  const result = new Float64Array(table.origins);
  eachPair(table, (i, j, cost) => {
    if (both[j]! > 0) result[i]! += (supply[j]! * factor(i, j, cost)) / both[j]!;
  });
  return result;
}
