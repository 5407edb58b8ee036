import type { Decay, Market } from "./reach-table.ts";
import { supplyPerHead } from "./supply-per-head.ts";

/** Enhanced 2SFCA (Luo and Qi 2009): demand and access fall with cost. */
export function accessE2sfca(market: Market, decay: Decay): Float64Array {
  return supplyPerHead(market, decay);
}
