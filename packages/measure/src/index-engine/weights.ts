import { refuse } from "../errors.ts";
import { correlation, deviationOf, meanOf, rangeOf } from "../numeric/moments.ts";
import { sum } from "../numeric/sum.ts";

/** A table by columns: one column an indicator, one entry a unit, no gaps. */
export type Table = readonly ArrayLike<number>[];

/** Weights by the entropy of each column: even columns tell units apart little and weigh little. Depends on scale; show it beside equal weights. */
export function entropyWeights(table: Table): Float64Array {
  const n = checkTable(table);
  const spread = table.map((column, j) => {
    const total = sum(column);
    if (rangeOf(column).least < 0 || total <= 0)
      refuseColumn("MEASURE-SIGN", j, "值应非负且不全为零", "values must be 0 or more and not all 0");
    const entropy =
      -sum(Array.from(column, (value) => (value === 0 ? 0 : (value / total) * Math.log(value / total)))) / Math.log(n);
    return Math.max(0, 1 - entropy);
  });
  return share(spread);
}

/** CRITIC (Diakoulaki 1995): spread of the min-max column times what it does not share with the others. */
export function criticWeights(table: Table): Float64Array {
  checkTable(table);
  const scaled = table.map((column, j) => {
    const { least, greatest } = rangeOf(column);
    if (!(greatest > least)) refuseColumn("MEASURE-CONSTANT", j, "各单位数值相同", "it has one value for all units");
    return Float64Array.from(column, (value) => (value - least) / (greatest - least));
  });
  return share(
    scaled.map((a) => deviationOf(a) * scaled.reduce((total, b) => total + (a === b ? 0 : 1 - correlation(a, b)), 0)),
  );
}

/** Weights by the coefficient of variation of each column. */
export function variationWeights(table: Table): Float64Array {
  checkTable(table);
  return share(
    table.map((column, j) => {
      const mean = meanOf(column);
      if (!(mean > 0)) refuseColumn("MEASURE-MEAN", j, "平均值应大于零", "its mean must be above 0");
      return deviationOf(column) / mean;
    }),
  );
}

/** Shares of a budget of points that experts gave (the mean over experts of each one's shares). */
export function budgetWeights(points: readonly ArrayLike<number>[]): Float64Array {
  if (points.length === 0) refuse("MEASURE-EMPTY", "没有专家打分", "no expert has given points");
  const shares = points.map((given) => {
    if (given.length !== points[0]!.length)
      refuse("MEASURE-LENGTH", "各专家打分个数不同", "every expert must score the same indicators");
    return share(Array.from(given));
  });
  return shares[0]!.map((_, j) => meanOf(shares.map((expert) => expert[j]!)));
}

/** Loadings of the first principal component of the correlations. They may be negative: `negative` lists the columns that pull the other way. */
export function principalWeights(table: Table): {
  readonly weights: Float64Array;
  readonly explained: number;
  readonly negative: readonly number[];
} {
  checkTable(table);
  const matrix = table.map((a, i) =>
    table.map((b, j) => {
      const r = i === j ? 1 : correlation(a, b);
      if (Number.isNaN(r)) refuseColumn("MEASURE-CONSTANT", i, "某列数值相同", "a column has one value for all units");
      return r;
    }),
  );
  const { value, vector } = principalVector(matrix);
  const sign = sum(vector) < 0 ? -1 : 1;
  const weights = vector.map((loading) => loading * sign);
  const negative = Array.from(weights.keys()).filter((j) => weights[j]! < 0);
  return { weights, explained: value / table.length, negative };
}

/** Greatest eigenvalue of a square matrix and its vector of length 1, by repeated multiplication; refuses when it does not settle. */
export function principalVector(matrix: readonly ArrayLike<number>[]): {
  readonly value: number;
  readonly vector: Float64Array;
} {
  const n = matrix.length;
  let vector = Float64Array.from({ length: n }, (_, i) => 1 + i / (7 * n));
  let value = 0;
  for (let round = 0; round < 100_000; round++) {
    const next = vector.map((_, i) => vector.reduce((total, x, j) => total + matrix[i]![j]! * x, 0));
    const length = Math.hypot(...next);
    const moved = next.reduce((total, x, i) => total + Math.abs(x / length - vector[i]!), 0);
    vector = next.map((x) => x / length);
    value = length;
    if (moved < 1e-14 * n) return { value, vector };
  }
  return refuse(
    "MEASURE-NOT-CONVERGED",
    "特征向量未收敛：前两个主成分同等重要",
    "the first two components weigh the same: no single vector",
  );
}

/** Checks a table and gives its number of units. */
export function checkTable(table: Table): number {
  const n = table[0]?.length ?? 0;
  if (n < 2) refuse("MEASURE-EMPTY", "至少需要一列、两个单位", "at least one column and two units are needed");
  for (const [j, column] of table.entries()) {
    if (column.length !== n) refuseColumn("MEASURE-LENGTH", j, "行数不同", "it has another number of units");
    if (Array.from(column).some((value) => !Number.isFinite(value)))
      refuseColumn("MEASURE-MISSING", j, "有缺失值", "it has a gap");
  }
  return n;
}

function refuseColumn(code: Parameters<typeof refuse>[0], j: number, zh: string, en: string): never {
  return refuse(code, `第 ${j + 1} 列：${zh}`, `column ${j + 1}: ${en}`);
}

function share(parts: readonly number[]): Float64Array {
  const total = sum(parts);
  if (!(total > 0) || parts.some((part) => part < 0)) {
    refuse("MEASURE-CONSTANT", "各项权数无法区分", "nothing to weigh by: the parts must be 0 or more and one above 0");
  }
  return Float64Array.from(parts, (part) => part / total);
}
