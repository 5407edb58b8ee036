import { refuse } from "../errors.ts";
import type { IndexNotice } from "./model.ts";
import type { PreparedIndex } from "./prepare.ts";

/**
 * Fills the gaps of each area in time: by its last known value, or on the straight line between the known ones on both sides. What lies before the
 * first known value, and for `linear` after the last, stays missing and says so: a line is not drawn on.
 */
export function fillInTime(
  index: PreparedIndex,
  columns: readonly Float64Array[],
  how: "last" | "linear",
  out: ReadonlySet<number>,
  notices: IndexNotice[],
): Float64Array[] {
  const { panel } = index;
  if (!panel)
    refuse("MEASURE-GROUP", "没有面板：请说明地区与时间", "there is no panel: name the area and the time of each unit");
  return columns.map((column, j) => {
    const filled = column.slice();
    const [done, empty]: [string[], string[]] = [[], []];
    for (const places of panel.areas) {
      for (const [k, place] of places.entries()) {
        if (!Number.isNaN(column[place]!) || out.has(place)) continue;
        filled[place] = valueAt(column, places, k, how, panel.timeOf);
        (Number.isNaN(filled[place]!) ? empty : done).push(index.units[place]!);
      }
    }
    if (done.length > 0) notices.push({ code: "IMPUTED", node: index.codes[j]!, units: done });
    if (empty.length > 0) notices.push({ code: "NOT-IMPUTED", node: index.codes[j]!, units: empty });
    return filled;
  });
}

function valueAt(
  column: Float64Array,
  places: Int32Array,
  k: number,
  how: "last" | "linear",
  timeOf: Float64Array,
): number {
  const isKnown = (place: number) => !Number.isNaN(column[place]!);
  const before = places.subarray(0, k).findLast(isKnown);
  if (before === undefined) return Number.NaN;
  if (how === "last") return column[before]!;
  const after = places.subarray(k + 1).find(isKnown);
  if (after === undefined) return Number.NaN;
  const share = (timeOf[places[k]!]! - timeOf[before]!) / (timeOf[after]! - timeOf[before]!);
  return column[before]! + share * (column[after]! - column[before]!);
}
