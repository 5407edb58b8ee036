/** Measures of a plan, of each of which less is better. */
export type Measures = readonly number[];

/** The points that no other betters in one measure without loss in another; of points that are alike the first. */
export function notDominated<Point>(
  points: readonly Point[],
  measuresOf: (point: Point) => Measures,
): readonly Point[] {
  const all = points.map(measuresOf);
  return points.filter((_, n) => !all.some((other, m) => m !== n && dominates(other, all[n]!, m < n)));
}

function dominates(a: Measures, b: Measures, isFirst: boolean): boolean {
  const nearly = (value: number) => 1e-9 * Math.max(1, Math.abs(value));
  const isNoWorse = a.every((value, k) => value <= b[k]! + nearly(b[k]!));
  return isNoWorse && (isFirst || a.some((value, k) => value < b[k]! - nearly(b[k]!)));
}
