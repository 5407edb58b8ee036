import type { IndexNotice } from "./model.ts";
import type { PreparedIndex } from "./prepare.ts";

/** Divides each indicator that has a denominator by it; a denominator of 0 leaves the cell missing, and says so. */
export function denominate(index: PreparedIndex, notices: IndexNotice[]): Float64Array[] {
  return index.raw.map((column, j) => {
    const below = index.denominators[j];
    if (!below) return column;
    const zero: string[] = [];
    const divided = new Float64Array(column.length);
    for (let i = 0; i < divided.length; i++) {
      if (below[i] === 0) zero.push(index.units[i]!);
      divided[i] = below[i] === 0 ? Number.NaN : column[i]! / below[i]!;
    }
    if (zero.length > 0) notices.push({ code: "ZERO-DENOMINATOR", node: index.codes[j]!, units: zero });
    return divided;
  });
}
