import { type Decay, eachPair, type ReachTable } from "./reach-table.ts";

/** Supply within reach of each origin, each site weighted by the decay of its cost; a step decay counts opportunities. */
export function cumulativeAccess(table: ReachTable, supply: Float64Array, decay: Decay): Float64Array {
  const result = new Float64Array(table.origins);
  eachPair(table, (i, j, cost) => {
    result[i]! += supply[j]! * decay(cost);
  });
  return result;
}
