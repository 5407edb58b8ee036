import normal from "@stdlib/stats-base-dists-normal-quantile";
import student from "@stdlib/stats-base-dists-t-quantile";

/** Quantile of the standard normal. */
export function normalQuantile(p: number): number {
  return normal(p, 0, 1);
}

/** Quantile of Student's t; with infinite degrees of freedom, of the normal. */
export function studentQuantile(p: number, df: number): number {
  return df === Number.POSITIVE_INFINITY ? normalQuantile(p) : student(p, df);
}
