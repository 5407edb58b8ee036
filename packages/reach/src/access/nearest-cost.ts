import type { ReachTable } from "./reach-table.ts";

/** Cost to the n-th nearest site of each origin (dual access); Infinity where fewer are within reach. */
export function nearestCost({ origins, first, cost }: ReachTable, n = 1): Float64Array {
  const result = new Float64Array(origins).fill(Infinity);
  for (let i = 0; i < origins; i++) {
    const row = cost.slice(first[i]!, first[i + 1]!).sort();
    if (n <= row.length) result[i] = row[n - 1]!;
  }
  return result;
}
