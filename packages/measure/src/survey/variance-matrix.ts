import type { PreparedDesign } from "./design.ts";
import { varianceOfTotal } from "./variance.ts";

/**
 * Variances and covariances of several totals of weighted scores. A covariance is (Var(a + b) - Var(a - b)) / 4, so that whatever the design does to a
 * variance (strata, stages, lonely units, calibration) it does to a covariance.
 */
export function varianceMatrix(design: PreparedDesign, scores: readonly Float64Array[]): number[][] {
  const combined = (a: Float64Array, b: Float64Array, sign: 1 | -1) =>
    varianceOfTotal(
      design,
      a.map((score, i) => score + sign * b[i]!),
    );
  const matrix = scores.map(() => scores.map(() => 0));
  for (const [j, a] of scores.entries()) {
    for (const [k, b] of scores.slice(0, j + 1).entries()) {
      const covariance = j === k ? varianceOfTotal(design, a) : (combined(a, b, 1) - combined(a, b, -1)) / 4;
      matrix[j]![k] = covariance;
      matrix[k]![j] = covariance;
    }
  }
  return matrix;
}
