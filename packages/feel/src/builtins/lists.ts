import { same } from "../equality.ts";
import { toInteger } from "../numbers.ts";
import type { Run } from "../run.ts";
import { type CallSite, type FeelFunction, type FeelList, type FeelNumber, type FeelValue, isList } from "../values.ts";
import { type Builtin, define, signature, signatureWithRun } from "./define.ts";

/** DMN 1.5, table 69: list functions that give lists, members or places. */
export const lists: readonly Builtin[] = [
  define(
    "list contains",
    signature("list: list, element: any", (list: FeelList, element: FeelValue) =>
      list.some((item) => same(item, element)),
    ),
  ),
  define(
    "count",
    signature("list: list", (list: FeelList) => list.length),
  ),
  define(
    "sublist",
    signature(
      "list: list, start position: number, length?: number?",
      (list: FeelList, start: FeelNumber, length: FeelNumber | null) =>
        sublist(list, toInteger(start), length === null ? null : toInteger(length)),
    ),
  ),
  define(
    "append",
    signature("list: list, ...item: any", (list: FeelList, items: FeelList) => [...list, ...items]),
  ),
  define(
    "concatenate",
    signature("...list: list", (given: readonly FeelList[]) => given.flat()),
  ),
  define(
    "union",
    signature("...list: list", (given: readonly FeelList[]) => distinct(given.flat())),
  ),
  define(
    "insert before",
    signature("list: list, position: number, newItem: any", (list: FeelList, position: FeelNumber, item: FeelValue) => {
      const at = place(list, position);
      return at === null ? undefined : list.toSpliced(at, 0, item);
    }),
  ),
  define(
    "remove",
    signature("list: list, position: number", (list: FeelList, position: FeelNumber) => {
      const at = place(list, position);
      return at === null ? undefined : list.toSpliced(at, 1);
    }),
  ),
  define(
    "list replace",
    signature("list: list, position: number, newItem: any", (list: FeelList, position: FeelNumber, item: FeelValue) => {
      const at = place(list, position);
      return at === null ? undefined : list.with(at, item);
    }),
    signatureWithRun(
      "list: list, match: function, newItem: any",
      (run, site) => (list: FeelList, match: FeelFunction, item: FeelValue) =>
        replaceMatching(list, match, item, run, site),
    ),
  ),
  define(
    "reverse",
    signature("list: list", (list: FeelList) => list.toReversed()),
  ),
  define(
    "index of",
    signature("list: list, match: any", (list: FeelList, match: FeelValue) =>
      list.flatMap((item, index) => (same(item, match) ? [index + 1] : [])),
    ),
  ),
  define(
    "distinct values",
    signature("list: list", (list: FeelList) => distinct(list)),
  ),
  define(
    "flatten",
    signature("list: list", (list: FeelList) => flatten(list)),
  ),
  define(
    "sort",
    signatureWithRun(
      "list: list, precedes: function",
      (run, site) => (list: FeelList, precedes: FeelFunction) => sort(list, precedes, run, site),
    ),
  ),
];

/** Offset of a position, 1 the first and -1 the last; null when the list has none such. */
function place(list: FeelList, position: FeelNumber): number | null {
  const whole = toInteger(position);
  const at = whole > 0 ? whole - 1 : list.length + whole;
  return whole === 0 || at < 0 || at >= list.length ? null : at;
}

function sublist(list: FeelList, start: number, length: number | null): FeelList | undefined {
  const from = start < 0 ? list.length + start : start - 1;
  if (start === 0 || from < 0 || from > list.length) return undefined;
  if (length !== null && (length < 0 || from + length > list.length)) return undefined;
  return list.slice(from, length === null ? undefined : from + length);
}

function distinct(list: FeelList): FeelList {
  const seen = new Set<FeelValue>();
  const kept: FeelValue[] = [];
  for (const item of list) {
    // Only plain values are the same exactly when they are identical.
    if (typeof item === "object" && item !== null ? kept.some((known) => same(known, item)) : seen.has(item)) continue;
    seen.add(item);
    kept.push(item);
  }
  return kept;
}

function flatten(list: FeelList): FeelList {
  const flat: FeelValue[] = [];
  const open: FeelValue[] = list.toReversed();
  while (open.length > 0) {
    const item = open.pop() as FeelValue;
    if (isList(item)) open.push(...item.toReversed());
    else flat.push(item);
  }
  return flat;
}

function replaceMatching(
  list: FeelList,
  match: FeelFunction,
  item: FeelValue,
  run: Run,
  site: CallSite,
): FeelList | undefined {
  if (match.parameters !== null && match.parameters.length !== 2) return undefined;
  const replaced: FeelValue[] = [];
  for (const old of list) {
    const matched = match.call([old, item], run, site);
    if (typeof matched !== "boolean") return undefined;
    replaced.push(matched ? item : old);
  }
  return replaced;
}

/** Merge sort: stable, and in bounded time whatever the function answers. */
function sort(list: FeelList, precedes: FeelFunction, run: Run, site: CallSite): FeelList {
  if (list.length < 2) return list;
  const middle = list.length >> 1;
  const left = sort(list.slice(0, middle), precedes, run, site);
  const right = sort(list.slice(middle), precedes, run, site);
  const merged: FeelValue[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    const later = precedes.call([right[j] as FeelValue, left[i] as FeelValue], run, site) === true;
    merged.push((later ? right[j++] : left[i++]) as FeelValue);
  }
  return [...merged, ...left.slice(i), ...right.slice(j)];
}
