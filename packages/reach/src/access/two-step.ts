import { stepDecay } from "./decays.ts";
import type { Market } from "./reach-table.ts";
import { supplyPerHead } from "./supply-per-head.ts";

/** Two-step floating catchment area (Luo and Wang 2003): everybody within the catchment counts the same. */
export function access2sfca(market: Market, catchment: number): Float64Array {
  return supplyPerHead(market, stepDecay(catchment));
}
