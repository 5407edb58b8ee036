import { refuse } from "../errors.ts";
import { crossProduct, solve, weightedProduct } from "./solve.ts";

/** A log-linear Poisson regression, fitted by iteratively reweighted least squares. */
export interface PoissonFit {
  readonly coefficients: readonly number[];
  readonly fitted: Float64Array;
  /** Inverse of X'WX; times the dispersion it is the covariance of the coefficients. */
  readonly covariance: readonly (readonly number[])[];
  /** Leverage of each row. */
  readonly leverage: Float64Array;
  /** Pearson's chi-square over its degrees of freedom. */
  readonly dispersion: number;
  readonly df: number;
}

/** Fits counts on columns (a column of ones included), with prior weights. Refuses when it does not settle in 25 rounds. */
export function fitPoisson(
  columns: readonly Float64Array[],
  counts: Float64Array,
  weights: Float64Array = new Float64Array(counts.length).fill(1),
): PoissonFit {
  let fitted = counts.map((count) => count + 0.1);
  let deviance = devianceOf(counts, fitted, weights);
  for (let round = 0; round < 25; round++) {
    const working = fitted.map((mean, i) => mean * weights[i]!);
    const target = fitted.map((mean, i) => Math.log(mean) + (counts[i]! - mean) / mean);
    const coefficients = solve(
      crossProduct(columns, working),
      columns.map((column) => weightedProduct(column, target, working)),
    );
    fitted = fitted.map((_, i) => Math.exp(columns.reduce((eta, column, c) => eta + coefficients[c]! * column[i]!, 0)));
    const next = devianceOf(counts, fitted, weights);
    if (Math.abs(next - deviance) / (Math.abs(next) + 0.1) < 1e-8) {
      return describeFit(columns, { counts, weights, coefficients, fitted, working });
    }
    deviance = next;
  }
  return refuse("MEASURE-NOT-CONVERGED", "泊松回归未收敛", "the Poisson regression did not settle in 25 rounds");
}

interface Settled {
  readonly counts: Float64Array;
  readonly weights: Float64Array;
  readonly coefficients: readonly number[];
  readonly fitted: Float64Array;
  /** Working weights of the last round. */
  readonly working: Float64Array;
}

function describeFit(columns: readonly Float64Array[], settled: Settled): PoissonFit {
  const { counts, weights, coefficients, fitted, working } = settled;
  const information = crossProduct(columns, working);
  const covariance = columns.map((_, c) =>
    solve(
      information,
      columns.map((__, d) => Number(c === d)),
    ),
  );
  const leverage = working.map((weight, i) => {
    let total = 0;
    for (const [c, a] of columns.entries()) {
      for (const [d, b] of columns.entries()) total += a[i]! * covariance[c]![d]! * b[i]!;
    }
    return weight * total;
  });
  const df = weights.filter((weight) => weight > 0).length - columns.length;
  // With the working weights of the last round, as R's glm has them; at convergence this is Pearson's chi-square.
  const pearson = counts.reduce((sum, count, i) => sum + working[i]! * (count / fitted[i]! - 1) ** 2, 0);
  return { coefficients, fitted, covariance, leverage, dispersion: df > 0 ? pearson / df : Number.NaN, df };
}

function devianceOf(counts: Float64Array, fitted: Float64Array, weights: Float64Array): number {
  return counts.reduce((sum, count, i) => {
    const ratio = count === 0 ? 0 : count * Math.log(count / fitted[i]!);
    return sum + 2 * weights[i]! * (ratio - (count - fitted[i]!));
  }, 0);
}
