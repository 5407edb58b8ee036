import { equals } from "../equality.ts";
import { type FeelDateTime, type FeelTime, type FeelValue, kindOf } from "../values.ts";
import { type Builtin, define, signature } from "./define.ts";

/** DMN 1.5, tables 67 and 73: `not`, and `is`, sameness without regard to the instant meant. */
export const logic: readonly Builtin[] = [
  define(
    "not",
    signature("negand: boolean?", (negand: boolean | null) => (negand === null ? null : !negand)),
  ),
  define(
    "is",
    signature("value1?: any, value2?: any", (left: FeelValue, right: FeelValue) => isSame(left, right)),
  ),
];

function isSame(left: FeelValue, right: FeelValue): boolean {
  const kind = kindOf(left);
  if (kind !== kindOf(right)) return false;
  if (kind === "time" || kind === "date and time") {
    const [a, b] = [left as FeelTime | FeelDateTime, right as FeelTime | FeelDateTime];
    if (a.offset !== b.offset || a.zone !== b.zone || a.nanoseconds !== b.nanoseconds) return false;
  }
  return equals(left, right) === true;
}
