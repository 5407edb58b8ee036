import { stepDecay } from "./decays.ts";
import { type Decay, eachPair, type Market } from "./reach-table.ts";

/** Supply per head that reaches each origin. A site that nobody reaches gives nothing; no origin is unknown, only 0. */
function twoSteps(
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

/** Two-step floating catchment area (Luo and Wang 2003): everybody within the catchment counts the same. */
export function access2sfca(market: Market, catchment: number): Float64Array {
  return twoSteps(market, stepDecay(catchment));
}

/** Enhanced 2SFCA (Luo and Qi 2009): demand and access fall with cost. */
export function accessE2sfca(market: Market, decay: Decay): Float64Array {
  return twoSteps(market, decay);
}

/** Modified 2SFCA (Delamater 2013): supply that is far from everybody is used less, so the decay counts twice in access. */
export function accessM2sfca(market: Market, decay: Decay): Float64Array {
  return twoSteps(market, decay, (cost) => decay(cost) ** 2);
}

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
  return twoSteps(market, (_, pair) => weight[pair]!);
}

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
  return twoSteps(
    market,
    (_, pair) => share[pair]!,
    (_, pair) => back[pair]!,
  );
}
