import { ReachRefusal } from "../refusal.ts";
import { type Costs, costsOf } from "./costs.ts";

/**
 * Reads a TSPLIB point set (NODE_COORD_SECTION, "number x y") as a p-median instance: every point is a client and a site, the
 * cost is the straight distance, not rounded, as the p-median literature takes it.
 */
export function readTsplib(text: string): Costs {
  const start = text.indexOf("NODE_COORD_SECTION");
  if (start < 0) throw new ReachRefusal("reach.tsplib", "file", "no NODE_COORD_SECTION");
  const points: (readonly [number, number])[] = [];
  for (const line of text.slice(start).split("\n").slice(1)) {
    const [number, x, y] = line.trim().split(/\s+/).map(Number);
    if (!Number.isFinite(number)) break;
    if (!Number.isFinite(x) || !Number.isFinite(y))
      throw new ReachRefusal("reach.tsplib", `point ${number}`, "expected number, x and y");
    points.push([x!, y!]);
  }
  const n = points.length;
  const cost = new Float64Array(n * n);
  points.forEach(([ax, ay], i) => {
    points.forEach(([bx, by], j) => {
      cost[i * n + j] = Math.hypot(ax - bx, ay - by);
    });
  });
  return costsOf({ clients: n, sites: n, cost });
}
