import { eachPair, type Market } from "./reach-table.ts";

/** Supply per head that reaches each origin. A site that nobody reaches gives nothing; no origin is unknown, only 0. */
export function supplyPerHead(
  { table, demand, supply }: Market,
  weightOf: (cost: number, pair: number) => number,
  accessWeightOf = weightOf,
): Float64Array {
  const wanted = new Float64Array(table.sites);
  eachPair(table, (i, j, cost, pair) => {
    wanted[j]! += demand[i]! * weightOf(cost, pair);
  });
  const result = new Float64Array(table.origins);
  eachPair(table, (i, j, cost, pair) => {
    if (wanted[j]! > 0) result[i]! += (supply[j]! / wanted[j]!) * accessWeightOf(cost, pair);
  });
  return result;
}
