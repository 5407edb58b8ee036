import { rangeOf, shapeOf } from "../numeric/moments.ts";
import type { IndexNotice, TreatMethod } from "./model.ts";
import type { PreparedIndex } from "./prepare.ts";

/** What was done to one indicator that failed the check. */
export interface Treatment {
  readonly node: string;
  readonly winsorised: number;
  readonly transformed: boolean;
  readonly passed: boolean;
  readonly skewness: { readonly before: number; readonly after: number };
  readonly kurtosis: { readonly before: number; readonly after: number };
}

/**
 * Treats outliers as COINr does: an indicator that fails the check is winsorised a point at a time at the end that its skewness points
 * to; when that is not enough within the limit, the transformation is applied to the original values instead.
 */
export function treat(
  index: PreparedIndex,
  columns: readonly Float64Array[],
  method: TreatMethod,
  notices: IndexNotice[],
): { readonly columns: Float64Array[]; readonly treatments: readonly Treatment[] } {
  const treatments: Treatment[] = [];
  const treated = columns.map((column, j) => {
    const before = shapeOf(column);
    if (passes(before, method)) return column;
    const done = treatColumn(column, before.skewness, method);
    const after = shapeOf(done.column);
    const treatment = {
      node: index.codes[j]!,
      winsorised: done.winsorised.length,
      transformed: done.transformed,
      passed: passes(after, method),
      skewness: { before: before.skewness, after: after.skewness },
      kurtosis: { before: before.kurtosis, after: after.kurtosis },
    };
    treatments.push(treatment);
    const units = done.winsorised.map((i) => index.units[i]!);
    if (units.length > 0) notices.push({ code: "WINSORISED", node: treatment.node, units });
    if (done.transformed) notices.push({ code: "TRANSFORMED", node: treatment.node, units: [] });
    if (!treatment.passed) notices.push({ code: "TREATMENT-FAILED", node: treatment.node, units: [] });
    return done.column;
  });
  return { columns: treated, treatments };
}

function passes(
  { skewness, kurtosis }: { readonly skewness: number; readonly kurtosis: number },
  method: TreatMethod,
): boolean {
  return !(Math.abs(skewness) > method.skewness && kurtosis > method.kurtosis);
}

interface TreatedColumn {
  readonly column: Float64Array;
  readonly winsorised: readonly number[];
  readonly transformed: boolean;
}

function treatColumn(column: Float64Array, skewness: number, method: TreatMethod): TreatedColumn {
  const order = extremesOf(column, method.maxWinsorised + 1, skewness > 0);
  const result = column.slice();
  for (let points = 1; points < order.length; points++) {
    const value = column[order[points]!]!;
    for (let k = 0; k < points; k++) result[order[k]!] = value;
    if (passes(shapeOf(result), method)) {
      return { column: result, winsorised: order.slice(0, points), transformed: false };
    }
  }
  if (method.otherwise.kind === "none") return { column: result, winsorised: order.slice(0, -1), transformed: false };
  return { column: transform(column, method.otherwise), winsorised: [], transformed: true };
}

/** Places of the `count` highest (or lowest) present values, the most extreme first; of equal values the earlier unit first. */
function extremesOf(column: Float64Array, count: number, high: boolean): number[] {
  const found: number[] = [];
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!;
    if (Number.isNaN(value)) continue;
    let at = found.length;
    while (at > 0 && (high ? value > column[found[at - 1]!]! : value < column[found[at - 1]!]!)) at--;
    if (at >= count) continue;
    found.splice(at, 0, i);
    if (found.length > count) found.pop();
  }
  return found;
}

function transform(
  column: Float64Array,
  how: { readonly kind: "log" } | { readonly kind: "box-cox"; readonly lambda: number },
): Float64Array {
  const { least, greatest } = rangeOf(column);
  if (how.kind === "log") return column.map((value) => Math.log(value - least + 0.01 * (greatest - least)));
  const { lambda } = how;
  return column.map((value) => {
    const positive = value - least + 1;
    return lambda === 0 ? Math.log(positive) : (positive ** lambda - 1) / lambda;
  });
}
