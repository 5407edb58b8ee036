import { ReachRefusal } from "../refusal.ts";
import { type Costs, costsOf } from "./costs.ts";
import type { PointSet } from "./points.ts";

/** Reads a TSPLIB point set (NODE_COORD_SECTION, "number x y"). */
export function readTsplibPoints(text: string): PointSet {
  const start = text.indexOf("NODE_COORD_SECTION");
  if (start < 0) throw new ReachRefusal("reach.tsplib", "file", "no NODE_COORD_SECTION");
  const points: (readonly [number, number])[] = [];
  for (const line of text.slice(start).split("\n").slice(1)) {
    const [number, x, y] = line.trim().split(/\s+/).map(Number);
    if (line.trim() === "" || !Number.isFinite(number)) break;
    if (!Number.isFinite(x) || !Number.isFinite(y))
      throw new ReachRefusal("reach.tsplib", `point ${number}`, "expected number, x and y");
    points.push([x!, y!]);
  }
  return { x: Float64Array.from(points, ([x]) => x), y: Float64Array.from(points, ([, y]) => y) };
}

/**
 * Reads a TSPLIB point set as a p-median instance: every point is a client and a site, the cost is the straight distance, not
 * rounded, as the p-median literature takes it.
 */
export function readTsplib(text: string): Costs {
  const { x, y } = readTsplibPoints(text);
  const n = x.length;
  const cost = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) cost[i * n + j] = Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!);
  return costsOf({ clients: n, sites: n, cost });
}
