import { compare, equals, same } from "./equality.ts";
import type { Run } from "./run.ts";
import { type CallSite, type FeelRange, type FeelValue, isList, isRange, kindOf } from "./values.ts";

/** How much a null or a foreign kind under test weighs: a fault in `x in y`, nothing new in a decision table. */
export type Strictness = "error" | "warning";

/** Whether the value lies in the range; null, with its cause reported, when that cannot be told. */
export function inRange(
  value: FeelValue,
  range: FeelRange,
  run: Run,
  site: CallSite,
  strictness: Strictness = "error",
): boolean | null {
  if (range.operator !== null) {
    const equal = equals(value, range.low as FeelValue);
    if (equal === null) return notComparable(value, range.low as FeelValue, run, site, strictness);
    return range.operator === "=" ? equal : !equal;
  }
  const low = side(value, range.low, range.lowIncluded, run, site, strictness);
  if (low === null) return null;
  const high = side(value, range.high, range.highIncluded, run, site, strictness);
  if (high === null) return null;
  const aboveLow = range.lowIncluded ? low >= 0 : low > 0;
  const belowHigh = range.highIncluded ? high <= 0 : high < 0;
  return (range.low === undefined || aboveLow) && (range.high === undefined || belowHigh);
}

function side(
  value: FeelValue,
  end: FeelValue | undefined,
  included: boolean,
  run: Run,
  site: CallSite,
  strictness: Strictness,
): number | null {
  if (end === undefined && value !== null) return 0;
  if (value === null) return run.report(strictness, "NULL_OPERAND", site, ["in"]);
  if (end === null || end === undefined)
    return run.report(included ? strictness : "warning", "NULL_OPERAND", site, ["in"]);
  return compare(value, end) ?? notComparable(value, end, run, site, strictness);
}

function notComparable(left: FeelValue, right: FeelValue, run: Run, site: CallSite, strictness: Strictness): null {
  return run.report(strictness, "NOT_COMPARABLE", site, ["in", kindOf(left), kindOf(right)]);
}

/** `value in test` for a test that is a value: an equal value, a range around it, or a list with one of these. */
export function passes(value: FeelValue, test: FeelValue, run: Run, site: CallSite, strictness: Strictness) {
  if (isRange(test)) return kindOf(value) === "range" ? same(value, test) : inRange(value, test, run, site, strictness);
  if (isList(test)) return same(value, test) || test.some((item) => passesItem(value, item, run, site));
  return same(value, test);
}

function passesItem(value: FeelValue, item: FeelValue, run: Run, site: CallSite): boolean {
  if (!isRange(item) || isRange(value)) return same(value, item);
  return inRange(value, item, run, site, "warning") === true;
}
