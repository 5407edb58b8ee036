import {
  type Digits,
  decimalExponent,
  fromDigits,
  limit,
  power10,
  precision,
  roundedHalfEven,
  sizeOf,
} from "./long-number.ts";
import type { FeelNumber } from "./values.ts";

const least = limit / 10n;

/** The quotient of two numbers of at most 130 digits, rounded half-even to 34. The divisor is not zero. */
export function divideDigits(left: Digits, right: Digits): FeelNumber | null {
  if (left.digits === 0n) return 0;
  const [dividend, divisor] = [sizeOf(left.digits), sizeOf(right.digits)];
  // So many places give an integer quotient of 34 digits; next to a power of ten the doubles may be off by one.
  let places = precision - 1 - decimalExponent(Number(dividend) / Number(divisor));
  for (;;) {
    const scaled = places > 0 ? dividend * power10(places) : dividend;
    const by = places < 0 ? divisor * power10(-places) : divisor;
    const quotient = scaled / by;
    if (quotient >= limit) places -= 1;
    else if (quotient < least) places += 1;
    else {
      const rounded = roundedHalfEven(quotient, scaled - quotient * by, by);
      const negative = left.digits < 0n !== right.digits < 0n;
      return fromDigits(negative ? -rounded : rounded, left.exponent - right.exponent - places);
    }
  }
}
