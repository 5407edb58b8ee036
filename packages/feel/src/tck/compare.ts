import { Decimal } from "decimal.js";
import { same } from "../equality.ts";
import { numberToString } from "../numbers.ts";
import { type FeelContext, type FeelList, type FeelNumber, type FeelValue, kindOf } from "../values.ts";

/** Decimal places a 34-digit decimal cannot tell apart are compared at the places given, from this many digits on. */
const digitsOfARoundedValue = 8;

/**
 * Whether the actual value is the expected one. A finite decimal must be met exactly; what is written with nine digits or more
 * after the point is a rounded value (of a square root, a logarithm, a quotient) and is compared at the places written.
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
  const places = wanted.decimalPlaces();
  return places > digitsOfARoundedValue && found.toDecimalPlaces(places, Decimal.ROUND_HALF_EVEN).equals(wanted);
}
