import { Decimal } from "decimal.js";
import {
  type Bound,
  type Cell,
  type Constant,
  type Family,
  isOrdered,
  literalOf,
  type OrderedFamily,
  type Test,
} from "./analyse-cells.ts";
import type { AtomRange } from "./sweep.ts";

/** An input column cut into atoms, with the ranges of atoms that its cells and its domain take. */
export interface Axis {
  readonly atoms: number;
  /** The atoms that have a value at all: gaps between neighbouring days have none, nor has what is not allowed. */
  readonly domain: readonly AtomRange[];
  rangesOf(cell: Exclude<Cell, { kind: "opaque" }>): readonly AtomRange[];
  /** A FEEL literal inside an atom. */
  sample(atom: number): string;
  /** The atoms as FEEL unary tests, for people. */
  describe(ranges: readonly AtomRange[]): string;
}

type PlainCell = Exclude<Cell, { kind: "opaque" }>;

export function familyOfType(type: string | undefined): Family | undefined {
  const families: readonly Family[] = [
    "number",
    "date",
    "time",
    "date and time",
    "years and months duration",
    "days and time duration",
    "string",
    "boolean",
  ];
  const short: Readonly<Record<string, Family>> = {
    dateTime: "date and time",
    yearMonthDuration: "years and months duration",
    dayTimeDuration: "days and time duration",
  };
  return families.find((family) => family === type) ?? (type === undefined ? undefined : short[type]);
}

/** The families that the tests of a cell speak of; null belongs to every family. */
export function familiesOf(cell: Cell): Set<Family> {
  if (cell.kind !== "oneOf" && cell.kind !== "noneOf") return new Set();
  const families = cell.tests.map((test) => (test.kind === "interval" ? test.family : test.value.family));
  return new Set(families.filter((family): family is Family => family !== "null"));
}

export function axisOf(family: Family, cells: readonly PlainCell[], allowed: PlainCell): Axis {
  const all = [...cells, allowed].flatMap((cell) => (cell.kind === "any" ? [] : cell.tests));
  const withNull = all.some((test) => test.kind !== "interval" && test.value.family === "null");
  if (family === "string" || family === "boolean") return discreteAxis(family, all, allowed, withNull);
  return orderedAxis(family, all, allowed, withNull);
}

function orderedAxis(family: OrderedFamily, all: readonly Test[], allowed: PlainCell, withNull: boolean): Axis {
  const keys = all.flatMap((test) => {
    if (test.kind === "interval") return [test.low?.key, test.high?.key].filter((key) => key !== undefined);
    return isOrdered(test.value) ? [test.value.key] : [];
  });
  const cuts = sortedCuts(keys);
  const line = cuts.length * 2 + 1;
  const atoms = line + (withNull ? 1 : 0);
  const lookup = new Map(cuts.map((cut, index) => [cut.toString(), index * 2 + 1]));
  const at = (key: Decimal) => lookup.get(key.toString()) as number;
  const rangesOfTest = (test: Test): AtomRange[] => {
    if (test.kind === "interval") return intervalRanges(test, at, line);
    const hit = pointAtom(test.value, at, line);
    if (hit === undefined) return test.kind === "point" ? [] : [[0, atoms - 1]];
    return test.kind === "point" ? [[hit, hit]] : complement([[hit, hit]], atoms);
  };
  const rangesOf = rangesWith(rangesOfTest, atoms, withNull ? line : undefined);
  const integers = family === "date" || family === "years and months duration";
  const isEmpty = (atom: number) => atom < line && atom % 2 === 0 && emptyBetween(cuts, atom, integers, family);
  const domain = without(rangesOf(allowed), isEmpty);
  const sample = (atom: number) => (atom >= line ? "null" : literalOf(family, inside(cuts, atom, integers)));
  return { atoms, domain, rangesOf, sample, describe: (ranges) => describeOrdered(family, cuts, line, ranges) };
}

function sortedCuts(keys: readonly Decimal[]): Decimal[] {
  const sorted = [...keys].sort((a, b) => a.cmp(b));
  return sorted.filter((key, index) => index === 0 || !key.equals(sorted[index - 1] as Decimal));
}

function pointAtom(value: Constant, at: (key: Decimal) => number, nullAtom: number): number | undefined {
  if (value.family === "null") return nullAtom;
  return isOrdered(value) ? at(value.key) : undefined;
}

function intervalRanges(
  test: Extract<Test, { kind: "interval" }>,
  at: (key: Decimal) => number,
  line: number,
): AtomRange[] {
  const low = test.low === undefined ? 0 : at(test.low.key) + (test.low.included ? 0 : 1);
  const high = test.high === undefined ? line - 1 : at(test.high.key) - (test.high.included ? 0 : 1);
  return low <= high ? [[low, high]] : [];
}

/** Between neighbouring days or months there is nothing; nor is there a time before midnight or after the day's end. */
function emptyBetween(cuts: readonly Decimal[], atom: number, integers: boolean, family: OrderedFamily): boolean {
  const low = cuts[atom / 2 - 1];
  const high = cuts[atom / 2];
  if (family === "time" && low === undefined && high?.isZero()) return true;
  if (!integers || low === undefined || high === undefined) return false;
  return high.minus(low).lessThanOrEqualTo(1);
}

/** A value inside an atom: the cut itself, or a round one between two cuts. */
function inside(cuts: readonly Decimal[], atom: number, integers: boolean): Decimal {
  if (atom % 2 === 1) return cuts[(atom - 1) / 2] as Decimal;
  const low = cuts[atom / 2 - 1];
  const high = cuts[atom / 2];
  if (low === undefined) return high === undefined ? new Decimal(0) : high.ceil().minus(1);
  if (high === undefined) return low.floor().plus(1);
  const next = low.floor().plus(1);
  return integers || next.lessThan(high) ? next : low.plus(high).div(2);
}

function describeOrdered(
  family: OrderedFamily,
  cuts: readonly Decimal[],
  line: number,
  ranges: readonly AtomRange[],
): string {
  const parts = ranges.flatMap(([first, last]) => {
    const onLine = Math.min(last, line - 1);
    const told = first < line ? [describeInterval(family, boundsOf(cuts, first, onLine))] : [];
    return last >= line ? [...told, "null"] : told;
  });
  return parts.join(", ");
}

function boundsOf(cuts: readonly Decimal[], first: number, last: number): { low?: Bound; high?: Bound } {
  const low = first % 2 === 1 ? cuts[(first - 1) / 2] : cuts[first / 2 - 1];
  const high = last % 2 === 1 ? cuts[(last - 1) / 2] : cuts[last / 2];
  return {
    ...(low && { low: { key: low, included: first % 2 === 1 } }),
    ...(high && { high: { key: high, included: last % 2 === 1 } }),
  };
}

function describeInterval(family: OrderedFamily, { low, high }: { low?: Bound; high?: Bound }): string {
  if (low === undefined && high === undefined) return "-";
  if (low === undefined) return `${high?.included ? "<=" : "<"} ${literalOf(family, (high as Bound).key)}`;
  if (high === undefined) return `${low.included ? ">=" : ">"} ${literalOf(family, low.key)}`;
  if (low.key.equals(high.key)) return literalOf(family, low.key);
  const open = low.included ? "[" : "(";
  return `${open}${literalOf(family, low.key)}..${literalOf(family, high.key)}${high.included ? "]" : ")"}`;
}

/** Strings and booleans: an atom for each value that is named, and one for every other value. */
function discreteAxis(family: "string" | "boolean", all: readonly Test[], allowed: PlainCell, withNull: boolean): Axis {
  const named = all.flatMap((test) =>
    test.kind !== "interval" && test.value.family === family ? [test.value.key as string | boolean] : [],
  );
  const values = [...new Set<string | boolean>(family === "boolean" ? [true, false] : named)];
  const other = values.length;
  const atoms = other + 1 + (withNull ? 1 : 0);
  const rangesOfTest = (test: Test): AtomRange[] => {
    if (test.kind === "interval") return [];
    const value = test.value;
    const hit = value.family === "null" ? other + 1 : isOrdered(value) ? -1 : values.indexOf(value.key);
    const point: AtomRange[] = hit < 0 ? [] : [[hit, hit]];
    return test.kind === "point" ? point : complement(point, atoms);
  };
  const rangesOf = rangesWith(rangesOfTest, atoms, withNull ? other + 1 : undefined);
  const domain = without(rangesOf(allowed), (atom) => family === "boolean" && atom === other);
  const unnamed = JSON.stringify(unusedWord(new Set(values)));
  const sample = (atom: number) =>
    atom === other ? unnamed : atom > other ? "null" : JSON.stringify(values[atom] as string | boolean);
  const describe = (ranges: readonly AtomRange[]) => {
    const list = ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => first + at));
    if (list.length === atoms) return "-";
    if (!list.includes(other)) return list.map(sample).join(", ");
    const missing = Array.from({ length: atoms }, (_, atom) => atom).filter((atom) => !list.includes(atom));
    return `not(${missing.map(sample).join(", ")})`;
  };
  return { atoms, domain, rangesOf, sample, describe };
}

function unusedWord(used: ReadonlySet<string | boolean>): string {
  let word = "other";
  for (let number = 2; used.has(word); number += 1) word = `other ${number}`;
  return word;
}

/** `not(...)` takes null only where it is named: a comparison with null is neither true nor false. */
function rangesWith(rangesOfTest: (test: Test) => AtomRange[], atoms: number, nullAtom: number | undefined) {
  return (cell: PlainCell): AtomRange[] => {
    if (cell.kind === "any") return [[0, atoms - 1]];
    const union = unite(cell.tests.flatMap(rangesOfTest));
    if (cell.kind === "oneOf") return union;
    const rest = complement(union, atoms);
    const compared = nullAtom !== undefined && cell.tests.some((test) => test.kind === "interval");
    return compared ? without(rest, (atom) => atom === nullAtom) : rest;
  };
}

function unite(ranges: readonly AtomRange[]): AtomRange[] {
  const united: AtomRange[] = [];
  for (const [low, high] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = united.at(-1);
    if (last !== undefined && low <= last[1] + 1) united[united.length - 1] = [last[0], Math.max(last[1], high)];
    else united.push([low, high]);
  }
  return united;
}

function complement(ranges: readonly AtomRange[], atoms: number): AtomRange[] {
  const rest: AtomRange[] = [];
  let next = 0;
  for (const [low, high] of ranges) {
    if (low > next) rest.push([next, low - 1]);
    next = high + 1;
  }
  if (next < atoms) rest.push([next, atoms - 1]);
  return rest;
}

function without(ranges: readonly AtomRange[], isOut: (atom: number) => boolean): AtomRange[] {
  const kept: AtomRange[] = [];
  for (const [low, high] of ranges) {
    for (let atom = low; atom <= high; atom += 1) if (!isOut(atom)) kept.push([atom, atom]);
  }
  return unite(kept);
}
