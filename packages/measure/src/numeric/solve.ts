import { refuse } from "../errors.ts";

/** Solves a small square system by elimination with row pivots; refuses a singular one. `matrix` is row by row and left as it was. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const n = right.length;
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const scale = rows.map((row) => Math.max(...row.slice(0, n).map(Math.abs)));
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(rows[i]![k]!) / scale[i]! > Math.abs(rows[pivot]![k]!) / scale[pivot]!) pivot = i;
    }
    if (!(Math.abs(rows[pivot]![k]!) > 1e-13 * scale[pivot]!)) {
      refuse(
        "MEASURE-SINGULAR",
        "方程组奇异：控制变量共线",
        "the system is singular: some columns depend on others; leave one out",
      );
    }
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    [scale[k], scale[pivot]] = [scale[pivot]!, scale[k]!];
    for (let i = k + 1; i < n; i++) {
      const factor = rows[i]![k]! / rows[k]![k]!;
      for (let j = k; j <= n; j++) rows[i]![j]! -= factor * rows[k]![j]!;
    }
  }
  const solution = new Array<number>(n).fill(0);
  for (let k = n - 1; k >= 0; k--) {
    let rest = rows[k]![n]!;
    for (let j = k + 1; j < n; j++) rest -= rows[k]![j]! * solution[j]!;
    solution[k] = rest / rows[k]![k]!;
  }
  return solution;
}

/** X'WX of a table given by columns. */
export function crossProduct(columns: readonly ArrayLike<number>[], weights: ArrayLike<number>): number[][] {
  return columns.map((a) => columns.map((b) => weightedProduct(a, b, weights)));
}

/** Sum of w a b. */
export function weightedProduct(a: ArrayLike<number>, b: ArrayLike<number>, weights: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i]! * a[i]! * b[i]!;
  return total;
}
