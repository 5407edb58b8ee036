import { compare, same } from "../equality.ts";
import { add, compareNumbers, divide, multiply, subtract, throughDecimal } from "../numbers.ts";
import {
  type DaysTimeDuration,
  type FeelList,
  type FeelNumber,
  type FeelValue,
  isNumber,
  kindOf,
  months,
  nanoseconds,
  type YearsMonthsDuration,
} from "../values.ts";
import { type Builtin, define, signature } from "./define.ts";

type Aggregate = (list: FeelList) => FeelValue | undefined;

/** Every aggregate takes one list or the items themselves. */
function aggregate(name: string, over: Aggregate): Builtin {
  return define(
    name,
    signature("list: list", over),
    signature("...item: any", (items: FeelList) => (items.length > 1 ? over(items) : undefined)),
  );
}

/** DMN 1.5, table 69: list functions that give one value. */
export const aggregates: readonly Builtin[] = [
  aggregate("min", (list) => extreme(list, -1)),
  aggregate("max", (list) => extreme(list, 1)),
  aggregate("sum", (list) => (list.length === 0 ? null : total(list))),
  aggregate("mean", (list) => (list.length === 0 ? null : mean(list))),
  aggregate("product", (list) => (list.length === 0 ? undefined : fold(list, multiply))),
  aggregate("median", (list) => (list.length === 0 ? null : median(list))),
  aggregate("stddev", (list) => (list.length < 2 ? undefined : deviation(list))),
  aggregate("mode", mode),
  aggregate("all", (list) => quantify(list, false)),
  aggregate("any", (list) => quantify(list, true)),
];

function isNumbers(list: FeelList): list is readonly FeelNumber[] {
  return list.every(isNumber);
}

function extreme(list: FeelList, sign: number): FeelValue | undefined {
  let best = list[0] ?? null;
  for (const item of list) {
    const order = compare(item, best);
    if (order === null) return undefined;
    if (order * sign > 0) best = item;
  }
  return best;
}

function fold(
  list: FeelList,
  operation: (left: FeelNumber, right: FeelNumber) => FeelNumber | null,
): FeelNumber | undefined {
  if (!isNumbers(list)) return undefined;
  let result: FeelNumber | null = list[0] as FeelNumber;
  for (const item of list.slice(1)) {
    if (result === null) return undefined;
    result = operation(result, item);
  }
  return result ?? undefined;
}

function total(list: FeelList): FeelValue | undefined {
  const kinds = new Set(list.map(kindOf));
  if (kinds.size !== 1) return undefined;
  if (kinds.has("days and time duration")) {
    return nanoseconds((list as readonly DaysTimeDuration[]).reduce((sum, item) => sum + item.nanoseconds, 0n));
  }
  if (kinds.has("years and months duration")) {
    return months((list as readonly YearsMonthsDuration[]).reduce((sum, item) => sum + item.months, 0));
  }
  return fold(list, add);
}

function mean(list: FeelList): FeelNumber | undefined {
  const sum = fold(list, add);
  return sum === undefined ? undefined : (divide(sum, list.length) ?? undefined);
}

function median(list: FeelList): FeelNumber | undefined {
  if (!isNumbers(list)) return undefined;
  const sorted = list.toSorted(compareNumbers);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as FeelNumber;
  return sorted.length % 2 === 1 ? upper : mean([sorted[middle - 1] as FeelNumber, upper]);
}

/** Of a sample: divided by one less than the count. */
function deviation(list: FeelList): FeelNumber | undefined {
  const center = mean(list);
  if (center === undefined || !isNumbers(list)) return undefined;
  let squares: FeelNumber | null = 0;
  for (const item of list) {
    const distance = subtract(item, center);
    const square = distance === null ? null : multiply(distance, distance);
    if (square === null || squares === null) return undefined;
    squares = add(squares, square);
  }
  const variance = squares === null ? null : divide(squares, list.length - 1);
  return variance === null ? undefined : (throughDecimal(variance, (value) => value.sqrt()) ?? undefined);
}

/** The most frequent numbers, ascending. */
function mode(list: FeelList): FeelList | undefined {
  if (!isNumbers(list)) return undefined;
  const runs: { readonly value: FeelNumber; count: number }[] = [];
  for (const value of list.toSorted(compareNumbers)) {
    const last = runs[runs.length - 1];
    if (last !== undefined && same(last.value, value)) last.count += 1;
    else runs.push({ value, count: 1 });
  }
  const most = Math.max(0, ...runs.map((found) => found.count));
  return runs.filter((found) => found.count === most).map((found) => found.value);
}

/** `any` is an or over the items, `all` an and; a null leaves it open, another value has no answer. */
function quantify(list: FeelList, settles: boolean): FeelValue | undefined {
  if (list.includes(settles)) return settles;
  if (list.some((item) => item !== null && typeof item !== "boolean")) return undefined;
  return list.includes(null) ? null : !settles;
}
