import { ReachRefusal } from "../refusal.ts";
import { type Costs, costsOf } from "./costs.ts";

/**
 * Reads an uncapacitated p-median instance of the OR-Library (Beasley 1990): "n m p", then m edges "i j cost". Of a repeated
 * edge the last cost holds. Every vertex is a client and a site; costs are shortest paths.
 */
export function readOrlib(text: string): { readonly costs: Costs; readonly p: number } {
  const numbers = text.trim().split(/\s+/).map(Number);
  const [n = Number.NaN, m = Number.NaN, p = Number.NaN] = numbers;
  if (!(n > 0 && m >= 0 && p > 0) || numbers.length !== 3 + 3 * m || numbers.some((value) => !Number.isFinite(value))) {
    throw new ReachRefusal(
      "reach.orlib",
      "line 1",
      `expected "n m p" and m edges "i j cost"; found ${numbers.length - 3} numbers after n=${n}, m=${m}, p=${p}`,
    );
  }
  const cost = new Float64Array(n * n).fill(Infinity);
  for (let e = 3; e < numbers.length; e += 3) {
    const a = numbers[e]! - 1;
    const b = numbers[e + 1]! - 1;
    if (!(a >= 0 && a < n && b >= 0 && b < n))
      throw new ReachRefusal("reach.orlib", `edge ${(e - 3) / 3 + 1}`, `its ends must be 1 to ${n}`);
    cost[a * n + b] = numbers[e + 2]!;
    cost[b * n + a] = numbers[e + 2]!;
  }
  for (let i = 0; i < n; i++) cost[i * n + i] = 0;
  shortestPaths(cost, n);
  return { costs: costsOf({ clients: n, sites: n, cost }), p };
}

function shortestPaths(cost: Float64Array, n: number): void {
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      const first = cost[i * n + k]!;
      if (first === Infinity) continue;
      for (let j = 0; j < n; j++) {
        const sum = first + cost[k * n + j]!;
        if (sum < cost[i * n + j]!) cost[i * n + j] = sum;
      }
    }
  }
}
