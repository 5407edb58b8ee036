import { type Decay, eachPair, type Market } from "./reach-table.ts";
import { supplyPerHead } from "./supply-per-head.ts";

/**
 * Three-step FCA (Wan, Zou and Sternberg 2012): people split themselves over sites in proportion to decay before the two steps.
 * For comparison with studies that use it; cost counts twice in it.
 */
export function access3sfca(market: Market, decay: Decay): Float64Array {
  const { table } = market;
  const total = new Float64Array(table.origins);
  eachPair(table, (i, _, cost) => {
    total[i]! += decay(cost);
  });
  const weight = new Float64Array(table.cost.length);
  eachPair(table, (i, _, cost, pair) => {
    if (total[i]! > 0) weight[pair] = (decay(cost) / total[i]!) * decay(cost);
  });
  return supplyPerHead(market, (_, pair) => weight[pair]!);
}
