import { refuse } from "../errors.ts";
import { meanOf, medianOf } from "../numeric/moments.ts";
import type { IndexNotice, MissingMethod } from "./model.ts";
import type { PreparedIndex } from "./prepare.ts";

/**
 * Leaves out units with too few indicators, then fills missing cells with the mean or median of the unit's group.
 * A known value is never changed; a cell whose group has none stays missing, and says so.
 */
export function completeMissing(
  index: PreparedIndex,
  columns: readonly Float64Array[],
  method: MissingMethod,
  notices: IndexNotice[],
): Float64Array[] {
  const out = unitsBelow(index, columns, method.minimumShare);
  if (out.size > 0) notices.push({ code: "UNIT-LEFT-OUT", units: [...out].map((i) => index.units[i]!) });
  const kept = out.size === 0 ? columns : columns.map((column) => column.map((v, i) => (out.has(i) ? Number.NaN : v)));
  if (method.impute === "none") return [...kept];
  const groups = groupsOf(index, method);
  const middle = method.impute === "mean" ? meanOf : medianOf;
  return kept.map((column, j) => imputeColumn(index, { column, node: index.codes[j]!, groups, middle, out }, notices));
}

function unitsBelow(index: PreparedIndex, columns: readonly Float64Array[], share: number): ReadonlySet<number> {
  const present = new Int32Array(index.units.length);
  for (const column of columns) {
    for (let i = 0; i < present.length; i++) if (!Number.isNaN(column[i]!)) present[i]!++;
  }
  const below = new Set<number>();
  for (let i = 0; i < present.length; i++) if (present[i]! < share * columns.length) below.add(i);
  return below;
}

function groupsOf(index: PreparedIndex, { within }: MissingMethod): Int32Array {
  if (within === undefined) return new Int32Array(index.units.length);
  const groups = index.groups.get(within);
  if (!groups) refuse("MEASURE-GROUP", `没有分组 ${within}`, `there is no grouping ${within}`);
  return groups;
}

interface ColumnToFill {
  readonly column: Float64Array;
  readonly node: string;
  readonly groups: Int32Array;
  readonly middle: (values: ArrayLike<number>) => number;
  readonly out: ReadonlySet<number>;
}

function imputeColumn(
  index: PreparedIndex,
  { column, node, groups, middle, out }: ColumnToFill,
  notices: IndexNotice[],
): Float64Array {
  if (!hasGap(column)) return column;
  const middles = new Map<number, number>();
  const filled: string[] = [];
  const empty: string[] = [];
  const result = column.map((value, i) => {
    if (!Number.isNaN(value) || out.has(i)) return value;
    const group = groups[i]!;
    if (!middles.has(group)) middles.set(group, middle(column.filter((_, k) => groups[k] === group)));
    const known = middles.get(group)!;
    (Number.isNaN(known) ? empty : filled).push(index.units[i]!);
    return known;
  });
  if (filled.length > 0) notices.push({ code: "IMPUTED", node, units: filled });
  if (empty.length > 0) notices.push({ code: "NOT-IMPUTED", node, units: empty });
  return result;
}

function hasGap(column: Float64Array): boolean {
  for (let i = 0; i < column.length; i++) if (Number.isNaN(column[i]!)) return true;
  return false;
}
