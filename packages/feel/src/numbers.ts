import { Decimal } from "decimal.js";
import { wholePower } from "./number-power.ts";
import type { FeelNumber } from "./values.ts";

/**
 * FEEL numbers: decimal floating point with 34 digits, half-even (DMN 1.5, 10.3.2.3.1). Most are held as JavaScript
 * numbers: a JavaScript number stands for its shortest decimal form. Arithmetic stays on them while it is provably
 * exact (operands and result of at most 15 digits, or safe integers) and goes through decimal.js otherwise.
 */
export const Decimal34: typeof Decimal = Decimal.clone({
  precision: 34,
  rounding: Decimal.ROUND_HALF_EVEN,
  minE: -6143,
  maxE: 6144,
  toExpNeg: -7000,
  toExpPos: 7000,
});

const maxSafe = Number.MAX_SAFE_INTEGER;
/** Below this, scaling a decimal of at most 15 digits and rounding finds its digits without error. */
const exactBelow = 1e15;
const powers = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const maxScale = 15;

function power10(exponent: number): number {
  return powers[exponent] as number;
}

/** Decimal places of a number of at most 15 digits; -1 when it is not one. */
function scaleOf(value: number, limit = maxScale): number {
  if (Number.isInteger(value)) return Math.abs(value) <= maxSafe ? 0 : -1;
  for (let scale = 1; scale <= limit; scale += 1) {
    const power = power10(scale);
    const digits = Math.round(value * power);
    if (Math.abs(digits) >= exactBelow) return -1;
    if (digits / power === value) return scale;
  }
  return -1;
}

export function toDecimal(value: FeelNumber): Decimal {
  return typeof value === "number" ? new Decimal34(value) : value;
}

/** The held form of a result; null when it is beyond the range of decimal128. */
export function fromDecimal(value: Decimal): FeelNumber | null {
  const words = value.d;
  // decimal.js has no digits for NaN and the infinities.
  if (words === null || words === undefined) return null;
  if (words.length > 3) return value;
  const exponent = (Math.floor(value.e / 7) + 1 - words.length) * 7;
  if (words.length === 3 || exponent > 0 || exponent < -21) return fromFewDigits(value);
  const digits = words.length === 1 ? (words[0] as number) : (words[0] as number) * 1e7 + (words[1] as number);
  const size = digits / power10(-exponent);
  return value.s < 0 && size !== 0 ? -size : size;
}

function fromFewDigits(value: Decimal): FeelNumber {
  const fits = value.isInteger() ? value.abs().lte(maxSafe) : value.precision() <= 15 && value.e >= -6;
  return fits ? value.toNumber() + 0 : value;
}

/** Reads a FEEL or XML Schema number; null when the text is none. */
export function parseNumber(text: string): FeelNumber | null {
  if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/u.test(text)) return null;
  return fromDecimal(new Decimal34(text).plus(0));
}

export function add(left: FeelNumber, right: FeelNumber): FeelNumber | null {
  if (typeof left === "number" && typeof right === "number") {
    const sum = left + right;
    if (Number.isInteger(left) && Number.isInteger(right) && Math.abs(sum) <= maxSafe) return sum;
    const scaled = addScaled(left, right);
    if (scaled !== null) return scaled;
  }
  return fromDecimal(toDecimal(left).plus(toDecimal(right)));
}

function addScaled(left: number, right: number): number | null {
  const leftScale = scaleOf(left);
  const rightScale = scaleOf(right);
  if (leftScale < 0 || rightScale < 0) return null;
  const power = power10(Math.max(leftScale, rightScale));
  const leftDigits = left * power;
  const rightDigits = right * power;
  if (Math.abs(leftDigits) >= exactBelow || Math.abs(rightDigits) >= exactBelow) return null;
  const digits = Math.round(leftDigits) + Math.round(rightDigits);
  return Math.abs(digits) < exactBelow ? digits / power : null;
}

export function subtract(left: FeelNumber, right: FeelNumber): FeelNumber | null {
  return add(left, negate(right));
}

export function negate(value: FeelNumber): FeelNumber {
  return typeof value === "number" ? 0 - value : value.neg();
}

export function multiply(left: FeelNumber, right: FeelNumber): FeelNumber | null {
  if (typeof left === "number" && typeof right === "number") {
    const product = left * right;
    if (Number.isInteger(left) && Number.isInteger(right) && Math.abs(product) <= maxSafe) return product + 0;
    const scaled = multiplyScaled(left, right);
    if (scaled !== null) return scaled;
  }
  return fromDecimal(toDecimal(left).times(toDecimal(right)));
}

function multiplyScaled(left: number, right: number): number | null {
  const leftScale = scaleOf(left);
  const rightScale = scaleOf(right);
  if (leftScale < 0 || rightScale < 0 || leftScale + rightScale > maxScale) return null;
  const digits = Math.round(left * power10(leftScale)) * Math.round(right * power10(rightScale));
  return Math.abs(digits) < exactBelow ? digits / power10(leftScale + rightScale) + 0 : null;
}

/** Null on division by zero. */
export function divide(left: FeelNumber, right: FeelNumber): FeelNumber | null {
  if (typeof left === "number" && typeof right === "number") {
    if (right === 0) return null;
    const scaled = divideScaled(left, right);
    if (scaled !== null) return scaled;
  }
  return fromDecimal(toDecimal(left).div(toDecimal(right)));
}

/** The quotient when it ends within a few digits, proved by multiplying back. */
function divideScaled(left: number, right: number): number | null {
  const quotient = left / right;
  const scale = scaleOf(quotient, 6);
  if (scale < 0) return null;
  return multiply(quotient, right) === left ? quotient + 0 : null;
}

/** Beyond it the error of so many steps would reach the last digit. */
const maxWholeExponent = 1_000_000;

/** Null for a fractional power of a negative number and beyond the range. */
export function power(base: FeelNumber, exponent: FeelNumber): FeelNumber | null {
  if (typeof exponent === "number" && Number.isInteger(exponent)) {
    if (exponent >= 0 && exponent <= 64) {
      const small = powerOfSmall(base, exponent);
      if (small !== null) return small;
    }
    const exact = toDecimal(base);
    if (Math.abs(exponent) <= maxWholeExponent && !exact.isZero()) {
      return fromDecimal(new Decimal34(wholePower(exact, exponent)));
    }
  }
  return fromDecimal(toDecimal(base).pow(toDecimal(exponent)));
}

function powerOfSmall(base: FeelNumber, exponent: number): number | null {
  if (typeof base !== "number" || !Number.isInteger(base)) return null;
  let product = 1;
  for (let step = 0; step < exponent; step += 1) {
    product *= base;
    if (Math.abs(product) > maxSafe) return null;
  }
  return product;
}

/** Negative, zero or positive as left is below, equal to or above right. */
export function compareNumbers(left: FeelNumber, right: FeelNumber): number {
  if (typeof left === "number" && typeof right === "number") return left < right ? -1 : left > right ? 1 : 0;
  return toDecimal(left).cmp(toDecimal(right));
}

export function isInteger(value: FeelNumber): boolean {
  return typeof value === "number" ? Number.isInteger(value) : value.isInteger();
}

/** Towards zero; for positions, counts and calendar fields. */
export function toInteger(value: FeelNumber): number {
  return Math.trunc(typeof value === "number" ? value : value.toNumber()) + 0;
}

export type RoundingMode = "half even" | "up" | "down" | "half up" | "half down" | "floor" | "ceiling";

const roundingModes: Readonly<Record<RoundingMode, Decimal.Rounding>> = {
  up: Decimal.ROUND_UP,
  down: Decimal.ROUND_DOWN,
  ceiling: Decimal.ROUND_CEIL,
  floor: Decimal.ROUND_FLOOR,
  "half up": Decimal.ROUND_HALF_UP,
  "half down": Decimal.ROUND_HALF_DOWN,
  "half even": Decimal.ROUND_HALF_EVEN,
};

/** To so many decimal places; a negative scale rounds to tens, hundreds and so on. */
export function round(value: FeelNumber, scale: number, mode: RoundingMode): FeelNumber | null {
  if (typeof value === "number" && Number.isInteger(value) && scale >= 0) return value;
  if (scale === 0 && typeof value === "number") {
    if (mode === "floor") return Math.floor(value) + 0;
    if (mode === "ceiling") return Math.ceil(value) + 0;
  }
  const exact = toDecimal(value);
  if (scale >= 0)
    return fromDecimal(scale >= exact.decimalPlaces() ? exact : exact.toDecimalPlaces(scale, roundingModes[mode]));
  const unit = new Decimal34(10).pow(-scale);
  return fromDecimal(exact.div(unit).toDecimalPlaces(0, roundingModes[mode]).times(unit));
}

/** Without exponent and without trailing zeros. */
export function numberToString(value: FeelNumber): string {
  const text = String(value);
  return text.includes("e") ? toDecimal(value).toFixed() : text;
}
