import { Decimal } from "decimal.js";
import { same } from "../equality.ts";
import { numberToString } from "../numbers.ts";
import { type FeelContext, type FeelList, type FeelNumber, type FeelValue, kindOf } from "../values.ts";

/** A result with more digits than a double shows had to be rounded somewhere. */
const digitsOfADouble = 15;
/** What the runners of the TCK allow for every number; here only for results that had to be rounded. */
const tolerance = new Decimal("1e-8");

/**
 * Whether the actual value is the expected one. Numbers must be equal; only a result of more than 15 significant digits (a root,
 * a quotient, a power), of which the files give a rounded form, may differ by the TCK's own 1e-8.
 */
export function isExpected(expected: FeelValue, actual: FeelValue): boolean {
  const kind = kindOf(expected);
  if (kind !== kindOf(actual)) return false;
  switch (kind) {
    case "number":
      return numbersMeet(expected as FeelNumber, actual as FeelNumber);
    case "list": {
      const [left, right] = [expected as FeelList, actual as FeelList];
      return left.length === right.length && left.every((item, index) => isExpected(item, right[index] as FeelValue));
    }
    case "context": {
      const [left, right] = [expected as FeelContext, actual as FeelContext];
      const names = Object.keys(left);
      if (names.length !== Object.keys(right).length) return false;
      return names.every(
        (name) => Object.hasOwn(right, name) && isExpected(left[name] as FeelValue, right[name] as FeelValue),
      );
    }
    default:
      return same(expected, actual);
  }
}

function numbersMeet(expected: FeelNumber, actual: FeelNumber): boolean {
  const wanted = new Decimal(numberToString(expected));
  const found = new Decimal(numberToString(actual));
  if (wanted.equals(found)) return true;
  return found.precision() > digitsOfADouble && wanted.minus(found).abs().lessThanOrEqualTo(tolerance);
}
