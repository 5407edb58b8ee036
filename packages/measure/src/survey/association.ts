import { refuse } from "../errors.ts";
import { fTail } from "../numeric/f-tail.ts";
import { solve } from "../numeric/solve.ts";
import { sumBy } from "../numeric/sum.ts";
import { degreesOfFreedom, type Labels, type PreparedDesign } from "./design.ts";
import type { EstimateOptions } from "./estimate.ts";
import { varianceMatrix } from "./variance-matrix.ts";

/** Whether two answers go together (contentment and district, say), tested as the design allows. */
export interface Association {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Share of the population in each cell; all cells sum to 1. */
  readonly shares: readonly (readonly number[])[];
  /** Pearson's chi-square of a sample of `answered` rows with these shares, before the design is counted. */
  readonly chiSquare: number;
  /** Rao and Scott's second-order correction (1984), against the F distribution. */
  readonly f: number;
  readonly df1: number;
  readonly df2: number;
  readonly pValue: number;
  readonly answered: number;
  /** Rows of the domain in which one of the answers is missing. */
  readonly missing: number;
}

/** Tests two sets of labels (empty is missing) for independence. Refuses one label alone on a side and a design without degrees of freedom. */
export function associate(design: PreparedDesign, a: Labels, b: Labels, { domain }: EstimateOptions = {}): Association {
  if (a.length !== design.rows || b.length !== design.rows)
    refuse("MEASURE-LENGTH", "答案个数与样本不符", `${a.length} and ${b.length} answers for ${design.rows} rows`);
  const asked = Array.from({ length: design.rows }, (_, i) => design.weights[i]! > 0 && (domain?.[i] ?? true));
  const inside = asked.map((is, i) => is && String(a[i]) !== "" && String(b[i]) !== "");
  const names = (labels: Labels) => [...new Set(Array.from(labels, String).filter((_, i) => inside[i]))].toSorted();
  const [rows, columns] = [names(a), names(b)];
  if (rows.length < 2 || columns.length < 2)
    refuse("MEASURE-CONSTANT", "每一问至少应有两种答案", "each question needs at least two different answers");
  const df = degreesOfFreedom(design, inside);
  if (!(df > 0)) refuse("MEASURE-UNDEFINED", "自由度不足", "no degrees of freedom for a test");
  const weights = design.weights.map((weight, i) => (inside[i] ? weight : 0));
  const population = sumBy(weights.length, (i) => weights[i]!);
  const cells = rows.flatMap((row) => columns.map((column) => ({ row, column })));
  const indicators = cells.map(({ row, column }) =>
    weights.map((_, i) => Number(inside[i] && String(a[i]) === row && String(b[i]) === column)),
  );
  const shares = indicators.map((one) => sumBy(one.length, (i) => weights[i]! * one[i]!) / population);
  const scores = indicators.map((one, k) => one.map((is, i) => (weights[i]! * (is - shares[k]!)) / population));
  const answered = inside.filter(Boolean).length;
  const ratios = effectRatios(
    shares,
    { rows: rows.length, columns: columns.length },
    varianceMatrix(design, scores),
    answered,
  );
  const trace = ratios.reduce((sum, row, k) => sum + row[k]!, 0);
  const square = ratios.reduce((sum, row, j) => sum + row.reduce((s, cell, k) => s + cell * ratios[k]![j]!, 0), 0);
  const table = rows.map((_, r) => shares.slice(r * columns.length, (r + 1) * columns.length));
  const chiSquare = answered * pearson(table);
  const [f, df1] = [chiSquare / trace, trace ** 2 / square];
  return {
    rows,
    columns,
    shares: table,
    chiSquare,
    f,
    df1,
    df2: df1 * df,
    pValue: fTail(f, df1, df1 * df),
    answered,
    missing: asked.filter(Boolean).length - answered,
  };
}

function pearson(table: readonly (readonly number[])[]): number {
  const rowShares = table.map((row) => row.reduce((sum, share) => sum + share, 0));
  const columnShares = table[0]!.map((_, c) => table.reduce((sum, row) => sum + row[c]!, 0));
  return table.reduce(
    (sum, row, r) =>
      sum +
      row.reduce(
        (s, share, c) => s + (share - rowShares[r]! * columnShares[c]!) ** 2 / (rowShares[r]! * columnShares[c]!),
        0,
      ),
    0,
  );
}

/**
 * Variance of the interaction contrasts under the design over that of a simple random sample: a square matrix whose trace is what Pearson's
 * chi-square has to be divided by.
 */
function effectRatios(
  shares: readonly number[],
  size: { readonly rows: number; readonly columns: number },
  covariance: readonly (readonly number[])[],
  answered: number,
): number[][] {
  const contrasts = contrastsOf(size);
  // A cell that nobody is in has no part.
  const scaled = contrasts.map((contrast) => contrast.map((value, k) => (shares[k] === 0 ? 0 : value / shares[k]!)));
  const form = (left: readonly number[], right: readonly number[], middle: (j: number, k: number) => number) =>
    left.reduce((sum, x, j) => sum + (x === 0 ? 0 : x * right.reduce((s, y, k) => s + y * middle(j, k), 0)), 0);
  const simple = contrasts.map((left) =>
    scaled.map((right) => left.reduce((sum, x, k) => sum + (x * right[k]!) / answered, 0)),
  );
  const real = scaled.map((left) => scaled.map((right) => form(left, right, (j, k) => covariance[j]![k]!)));
  // Column by column of simple^-1 real; transposing it changes neither trace.
  return real.map((_, k) =>
    solve(
      simple,
      real.map((row) => row[k]!),
    ),
  );
}

/** Interaction contrasts of a table, free of both margins. */
function contrastsOf({ rows, columns }: { readonly rows: number; readonly columns: number }): number[][] {
  return Array.from({ length: (rows - 1) * (columns - 1) }, (_, at) => {
    const [r, c] = [1 + Math.floor(at / (columns - 1)), 1 + (at % (columns - 1))];
    return Array.from({ length: rows * columns }, (__, cell) => {
      const [i, j] = [Math.floor(cell / columns), cell % columns];
      return (Number(i === r) - 1 / rows) * (Number(j === c) - 1 / columns);
    });
  });
}
