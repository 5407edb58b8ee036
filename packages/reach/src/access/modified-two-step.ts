import type { Decay, Market } from "./reach-table.ts";
import { supplyPerHead } from "./supply-per-head.ts";

/** Modified 2SFCA (Delamater 2013): supply that is far from everybody is used less, so the decay counts twice in access. */
export function accessM2sfca(market: Market, decay: Decay): Float64Array {
  return supplyPerHead(market, decay, (cost) => decay(cost) ** 2);
}
