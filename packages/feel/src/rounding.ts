import { divideHalfEven, fromDigits, power10, sizeOf } from "./long-number.ts";
import { digitsOf, signOf } from "./numbers.ts";
import type { FeelNumber } from "./values.ts";

export type RoundingMode = "half even" | "up" | "down" | "half up" | "half down" | "floor" | "ceiling";

/** To so many decimal places; a negative scale rounds to tens, hundreds and so on. */
export function round(value: FeelNumber, scale: number, mode: RoundingMode): FeelNumber | null {
  if (typeof value === "number") {
    if (Number.isInteger(value) && scale >= 0) return value;
    if (scale === 0 && mode === "floor") return Math.floor(value) + 0;
    if (scale === 0 && mode === "ceiling") return Math.ceil(value) + 0;
  }
  const { digits, exponent } = digitsOf(value);
  const dropped = -exponent - scale;
  if (dropped <= 0) return value;
  const rounded = divideRounded(sizeOf(digits), power10(dropped), mode, digits < 0n);
  return fromDigits(digits < 0n ? -rounded : rounded, -scale);
}

function divideRounded(dividend: bigint, divisor: bigint, mode: RoundingMode, negative: boolean): bigint {
  if (mode === "half even") return divideHalfEven(dividend, divisor);
  const quotient = dividend / divisor;
  const rest = dividend - quotient * divisor;
  return rest > 0n && roundsAway(mode, signOf(rest * 2n - divisor), negative) ? quotient + 1n : quotient;
}

/** `half` is the sign of what is dropped less a half. */
function roundsAway(mode: RoundingMode, half: number, negative: boolean): boolean {
  switch (mode) {
    case "up":
      return true;
    case "floor":
      return negative;
    case "ceiling":
      return !negative;
    case "half up":
      return half >= 0;
    case "half down":
      return half > 0;
    default:
      return false;
  }
}
