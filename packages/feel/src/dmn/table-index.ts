import type { FeelValue } from "../values.ts";
import type { FastTest } from "./fast-test.ts";

/** What the rules that match lead to; undefined where the index does not know a value. */
export type TableIndex<Result> = (values: readonly FeelValue[]) => Result | undefined;

/** The rules that a column lets through for a value, one bit each from `at` on; -1 where only the full code can tell. */
interface ColumnIndex {
  readonly column: number;
  readonly bits: Uint32Array;
  readonly at: (value: FeelValue) => number;
}

/**
 * An index of a table whose cells are all short cuts or `-` (null here): each column cuts its values into atoms, and holds for
 * each atom the set of rules whose cells take it. The matching rules are what all columns let through, so that the place of a
 * rule in the table costs nothing. Undefined where a column mixes kinds. `conclude` is given the matching rules' numbers, ascending.
 */
export function tableIndex<Result>(
  rows: readonly (readonly (FastTest | null)[])[],
  columns: number,
  conclude: (hits: readonly number[]) => Result,
): TableIndex<Result> | undefined {
  const words = Math.max(1, Math.ceil(rows.length / 32));
  const indexes: ColumnIndex[] = [];
  for (let column = 0; column < columns; column += 1) {
    const cells = rows.map((row) => row[column] ?? null);
    const kinds = new Set(cells.flatMap((cell) => (cell === null ? [] : [cell.kind])));
    if (kinds.size > 1) return undefined;
    const [kind] = kinds;
    if (kind !== undefined) indexes.push(columnIndex(column, kind, cells, words));
  }
  const last = rows.length % 32;
  const found = new Uint32Array(words);
  return remembered(indexes, words, (starts) => {
    found.fill(0xffffffff);
    if (last > 0 || rows.length === 0) found[words - 1] = 2 ** last - 1;
    indexes.forEach(({ bits }, index) => {
      const start = starts[index] as number;
      for (let word = 0; word < words; word += 1) (found[word] as number) &= bits[start + word] as number;
    });
    return conclude(rowsOf(found));
  });
}

/** Combinations of atoms whose conclusions are kept; a table with more works them out each time. */
const mostRemembered = 2 ** 18;

/** Values of the same atoms let the same rules through, so that what these lead to is worked out once. */
function remembered<Result>(
  indexes: readonly ColumnIndex[],
  words: number,
  conclusionAt: (starts: readonly number[]) => Result,
): TableIndex<Result> {
  const combinations = indexes.reduce((product, { bits }) => product * (bits.length / words), 1);
  const known = new Array<Result | undefined>(Math.min(combinations, mostRemembered));
  const starts = new Array<number>(indexes.length).fill(0);
  return (values) => {
    let combination = 0;
    for (let index = 0; index < indexes.length; index += 1) {
      const { column, bits, at } = indexes[index] as ColumnIndex;
      const start = at(values[column] as FeelValue);
      if (start < 0) return undefined;
      starts[index] = start;
      combination = (combination * bits.length + start) / words;
    }
    if (combinations > mostRemembered) return conclusionAt(starts);
    const found = known[combination] ?? conclusionAt(starts);
    known[combination] = found;
    return found;
  };
}

function rowsOf(found: Uint32Array): number[] {
  const rows: number[] = [];
  for (let word = 0; word < found.length; word += 1) {
    let bits = found[word] as number;
    while (bits !== 0) {
      const lowest = 31 - Math.clz32(bits & -bits);
      rows.push(word * 32 + lowest);
      bits &= bits - 1;
    }
  }
  return rows;
}

function columnIndex(
  column: number,
  kind: FastTest["kind"],
  cells: readonly (FastTest | null)[],
  words: number,
): ColumnIndex {
  const samples: FeelValue[] = [];
  let at: ColumnIndex["at"];
  if (kind === "boolean") {
    samples.push(false, true);
    at = (value) => (typeof value === "boolean" ? (value ? words : 0) : -1);
  } else if (kind === "string") {
    const named = [...new Set(cells.flatMap((cell) => (cell?.named ?? []) as readonly string[]))];
    const places = new Map(named.map((name, index) => [name, index * words]));
    samples.push(...named, unused(places));
    const other = named.length * words;
    at = (value) => (typeof value === "string" ? (places.get(value) ?? other) : -1);
  } else {
    const named = cells.flatMap((cell) => (cell?.named ?? []) as readonly number[]);
    const cuts = Float64Array.from([...new Set(named)].sort((a, b) => a - b));
    samples.push(...betweenAndAt(cuts));
    at = (value) => (typeof value === "number" ? atomOf(cuts, value) * words : -1);
  }
  const bits = new Uint32Array(samples.length * words);
  samples.forEach((sample, atom) => {
    cells.forEach((cell, row) => {
      if (cell === null || cell.passes(sample) === true) {
        (bits[atom * words + (row >> 5)] as number) |= 1 << (row & 31);
      }
    });
  });
  return { column, bits, at };
}

function unused(names: ReadonlyMap<string, unknown>): string {
  let word = "";
  while (names.has(word)) word += "-";
  return word;
}

/** A number below the first cut, at it, between it and the next, ... above the last: a sample for each atom. */
function betweenAndAt(cuts: Float64Array): number[] {
  const samples: number[] = [cuts.length === 0 ? 0 : (cuts[0] as number) - 1];
  for (let index = 0; index < cuts.length; index += 1) {
    const cut = cuts[index] as number;
    const next = cuts[index + 1];
    samples.push(cut, next === undefined ? cut + 1 : cut / 2 + next / 2);
  }
  return samples;
}

/** Even for the space below cut `atom / 2`, odd for the cut itself. */
function atomOf(cuts: Float64Array, value: number): number {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low < cuts.length && cuts[low] === value ? low * 2 + 1 : low * 2;
}
