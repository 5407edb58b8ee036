import { type Decay, eachPair, type Market } from "./reach-table.ts";
import { supplyPerHead } from "./supply-per-head.ts";

/**
 * Balanced FCA (Paez, Higgins and Vivona 2019): each person counts once over all sites, and each site's service once over all
 * origins, so neither demand nor supply is inflated.
 */
export function accessBfca(market: Market, decay: Decay): Float64Array {
  const { table } = market;
  const byOrigin = new Float64Array(table.origins);
  const bySite = new Float64Array(table.sites);
  eachPair(table, (i, j, cost) => {
    byOrigin[i]! += decay(cost);
    bySite[j]! += decay(cost);
  });
  const share = new Float64Array(table.cost.length);
  const back = new Float64Array(table.cost.length);
  eachPair(table, (i, j, cost, pair) => {
    if (byOrigin[i]! > 0) share[pair] = decay(cost) / byOrigin[i]!;
    if (bySite[j]! > 0) back[pair] = decay(cost) / bySite[j]!;
  });
  return supplyPerHead(
    market,
    (_, pair) => share[pair]!,
    (_, pair) => back[pair]!,
  );
}
