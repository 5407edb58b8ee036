import tCdf from "@stdlib/stats-base-dists-t-cdf";
import { refuse } from "../errors.ts";
import { studentQuantile } from "../numeric/quantile.ts";
import { crossProduct, solve, weightedProduct } from "../numeric/solve.ts";
import { degreesOfFreedom, type PreparedDesign } from "./design.ts";
import type { Answers, EstimateOptions } from "./estimate.ts";
import { varianceMatrix } from "./variance-matrix.ts";

/** A term of a regression: a number of each row. */
export interface RegressionTerm {
  readonly name: string;
  readonly values: Answers;
}

/** A coefficient with its design-based error, interval and the chance of one so far from 0. */
export interface Coefficient {
  readonly name: string;
  readonly estimate: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  readonly t: number;
  readonly pValue: number;
}

/** A linear regression on a complex sample. */
export interface Regression {
  /** The intercept first. */
  readonly coefficients: readonly Coefficient[];
  /** Primary units less strata less terms. */
  readonly df: number;
  readonly rows: number;
  /** Rows of the domain without the outcome or one of the terms: left out. */
  readonly missing: number;
}

/** Linear regression of an outcome on terms, weighted; errors by linearisation as the design has them (Binder 1983). Refuses terms that depend on each other. */
export function regress(
  design: PreparedDesign,
  outcome: Answers,
  terms: readonly RegressionTerm[],
  { domain, level = 0.95 }: EstimateOptions & { readonly level?: number } = {},
): Regression {
  const all = [outcome, ...terms.map(({ values }) => values)];
  if (all.some(({ length }) => length !== design.rows))
    refuse("MEASURE-LENGTH", "变量行数与样本不符", `every variable must have ${design.rows} rows`);
  const asked = Array.from({ length: design.rows }, (_, i) => design.weights[i]! > 0 && (domain?.[i] ?? true));
  const inside = asked.map((is, i) => is && all.every((values) => Number.isFinite(values[i] ?? Number.NaN)));
  const rows = inside.filter(Boolean).length;
  if (rows === 0) refuse("MEASURE-EMPTY", "没有完整的行", "no row has the outcome and every term");
  const df = degreesOfFreedom(design, inside) - terms.length;
  if (!(df > 0)) refuse("MEASURE-UNDEFINED", "自由度不足", "no degrees of freedom: fewer terms or more primary units");
  const weights = design.weights.map((weight, i) => (inside[i] ? weight : 0));
  const column = (values: Answers) => weights.map((_, i) => (inside[i] ? values[i]! : 0));
  const y = column(outcome);
  const columns = [column(weights.map(() => 1)), ...terms.map(({ values }) => column(values))];
  const information = crossProduct(columns, weights);
  const beta = solve(
    information,
    columns.map((x) => weightedProduct(x, y, weights)),
  );
  const inverse = columns.map((_, j) =>
    solve(
      information,
      columns.map((__, k) => Number(j === k)),
    ),
  );
  const residual = y.map((value, i) => value - columns.reduce((sum, x, j) => sum + beta[j]! * x[i]!, 0));
  const scores = inverse.map((row) =>
    weights.map((weight, i) => weight * residual[i]! * row.reduce((sum, cell, k) => sum + cell * columns[k]![i]!, 0)),
  );
  const covariance = varianceMatrix(design, scores);
  const reach = studentQuantile((1 + level) / 2, df);
  const names = ["(intercept)", ...terms.map(({ name }) => name)];
  const coefficients = names.map((name, j): Coefficient => {
    const [estimate, standardError] = [beta[j]!, Math.sqrt(covariance[j]![j]!)];
    const t = estimate / standardError;
    const [low, high] = [estimate - reach * standardError, estimate + reach * standardError];
    return { name, estimate, standardError, low, high, t, pValue: 2 * tCdf(-Math.abs(t), df) };
  });
  return { coefficients, df, rows, missing: asked.filter(Boolean).length - rows };
}
