import type { IndexNotice } from "./model.ts";
import type { PreparedIndex } from "./prepare.ts";

/** Divides each indicator that has a denominator by it; a denominator of 0 leaves the cell missing, and says so. */
export function denominate(index: PreparedIndex, notices: IndexNotice[]): Float64Array[] {
  return index.raw.map((column, j) => {
    const below = index.denominators[j];
    if (!below) return column;
    const zero: string[] = [];
    const divided = column.map((value, i) => {
      if (below[i] === 0) zero.push(index.units[i]!);
      return below[i] === 0 ? Number.NaN : value / below[i]!;
    });
    if (zero.length > 0) notices.push({ code: "ZERO-DENOMINATOR", node: index.codes[j]!, units: zero });
    return divided;
  });
}
