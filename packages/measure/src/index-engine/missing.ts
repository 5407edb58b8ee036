import { refuse } from "../errors.ts";
import { meanOf, medianOf } from "../numeric/moments.ts";
import { fillInTime } from "./missing-in-time.ts";
import type { IndexNotice, MissingMethod } from "./model.ts";
import type { PreparedIndex } from "./prepare.ts";

/**
 * Leaves out units with too few indicators, then fills missing cells with the mean or median of the unit's group, or in time.
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
  if (method.impute === "last" || method.impute === "linear")
    return fillInTime(index, kept, method.impute, out, notices);
  const groups = groupsOf(index, method);
  const middle = method.impute === "mean" ? meanOf : medianOf;
  return kept.map((column, j) => imputeColumn(index, { column, node: index.codes[j]!, groups, middle, out }, notices));
}

function unitsBelow(index: PreparedIndex, columns: readonly Float64Array[], share: number): ReadonlySet<number> {
  const present = new Int32Array(index.units.length);
  for (const column of columns) {
    for (let i = 0; i < present.length; i++) present[i]! += Number(!Number.isNaN(column[i]!));
  }
  const below = new Set<number>();
  for (let i = 0; i < present.length; i++) if (present[i]! < share * columns.length) below.add(i);
  return below;
}

/** The group of each unit, and the units of each group; without members all units are one. */
interface Groups {
  readonly of: Int32Array;
  readonly members?: readonly (readonly number[])[];
}

function groupsOf(index: PreparedIndex, { within }: MissingMethod): Groups {
  if (within === undefined) return { of: new Int32Array(index.units.length) };
  const of = index.groups.get(within);
  if (!of) refuse("MEASURE-GROUP", `没有分组 ${within}`, `there is no grouping ${within}`);
  const members: number[][] = [];
  for (const [i, group] of of.entries()) {
    members[group] ??= [];
    members[group].push(i);
  }
  return { of, members };
}

interface ColumnToFill {
  readonly column: Float64Array;
  readonly node: string;
  readonly groups: Groups;
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
  const result = column.slice();
  for (let i = 0; i < result.length; i++) {
    if (!Number.isNaN(column[i]!) || out.has(i)) continue;
    const group = groups.of[i]!;
    const known = middles.get(group) ?? middle(valuesOf(column, groups, group));
    middles.set(group, known);
    result[i] = known;
    (Number.isNaN(known) ? empty : filled).push(index.units[i]!);
  }
  if (filled.length > 0) notices.push({ code: "IMPUTED", node, units: filled });
  if (empty.length > 0) notices.push({ code: "NOT-IMPUTED", node, units: empty });
  return result;
}

/** The values of a group; the whole column is its own only group. */
function valuesOf(column: Float64Array, { members }: Groups, group: number): ArrayLike<number> {
  if (!members) return column;
  return Float64Array.from(members[group]!, (i) => column[i]!);
}

function hasGap(column: Float64Array): boolean {
  for (let i = 0; i < column.length; i++) if (Number.isNaN(column[i]!)) return true;
  return false;
}
