import { Decimal } from "decimal.js";
import { powerLimbs } from "./limb-power.ts";
import { addLimbs, divideLimbs, multiplyLimbs } from "./limbs.ts";
import { divideDigits } from "./long-division.ts";
import {
  type Digits,
  digitCount,
  doubleOfTen,
  fromDigits,
  LongNumber,
  limbPlaces,
  parseDigits,
  plainText,
  power10,
  precision,
  radix,
  sizeOf,
} from "./long-number.ts";
import { wholePower } from "./number-power.ts";
import { exactBelow, maxScale, scaleOf } from "./short-number.ts";
import type { FeelNumber } from "./values.ts";

/*
 * FEEL numbers: decimal floating point with 34 digits, half-even (DMN 1.5, 10.3.2.3.1). Most are held as JavaScript
 * numbers: a JavaScript number stands for its shortest decimal form. Arithmetic stays on them while it is provably
 * exact (operands and result of at most 15 digits, or safe integers) and goes on with integers of any length otherwise.
 * Roots, logarithms and fractional powers are decimal.js's.
 */

const maxSafe = Number.MAX_SAFE_INTEGER;

/** A finite number as an integer times a power of ten. */
export function digitsOf(value: FeelNumber): Digits {
  if (typeof value !== "number") return value.whole();
  const scale = scaleOf(value);
  if (scale >= 0) return { digits: BigInt(Math.round(value * doubleOfTen(scale))), exponent: -scale };
  return parseDigits(String(value)) as Digits;
}

/** The held form of a JavaScript number that may have more than 15 digits; null when it is not finite. */
export function fromDouble(value: number): FeelNumber | null {
  if (!Number.isFinite(value)) return null;
  const { digits, exponent } = digitsOf(value);
  return fromDigits(digits, exponent);
}

/** Reads a FEEL or XML Schema number; null when the text is none, or beyond the range. */
export function parseNumber(text: string): FeelNumber | null {
  const parsed = parseDigits(text);
  return parsed === null ? null : fromDigits(parsed.digits, parsed.exponent);
}

export function add(left: FeelNumber, right: FeelNumber): FeelNumber | null {
  if (typeof left === "number" && typeof right === "number") {
    const sum = left + right;
    if (Number.isInteger(left) && Number.isInteger(right) && Math.abs(sum) <= maxSafe) return sum;
    const scaled = addScaled(left, right);
    if (scaled !== null) return scaled;
  }
  const sum = addLimbs(left, right);
  return sum === undefined ? addLong(digitsOf(left), digitsOf(right)) : sum;
}

function addScaled(left: number, right: number): number | null {
  const leftScale = scaleOf(left);
  const rightScale = scaleOf(right);
  if (leftScale < 0 || rightScale < 0) return null;
  const unit = doubleOfTen(Math.max(leftScale, rightScale));
  const leftDigits = left * unit;
  const rightDigits = right * unit;
  if (Math.abs(leftDigits) >= exactBelow || Math.abs(rightDigits) >= exactBelow) return null;
  const digits = Math.round(leftDigits) + Math.round(rightDigits);
  return Math.abs(digits) < exactBelow ? digits / unit : null;
}

/** Further apart than this, the smaller of two numbers of 34 digits is only a trace below the last digit. */
const farApart = 100;

function addLong(left: Digits, right: Digits): FeelNumber | null {
  if (left.exponent < right.exponent) return addLong(right, left);
  if (left.digits === 0n) return fromDigits(right.digits, right.exponent);
  if (right.digits === 0n) return fromDigits(left.digits, left.exponent);
  const gap = left.exponent - right.exponent;
  if (gap <= farApart) return fromDigits(left.digits * power10(gap) + right.digits, right.exponent);
  const trace = right.digits < 0n ? -1n : 1n;
  return fromDigits(left.digits * power10(farApart) + trace, left.exponent - farApart);
}

export function subtract(left: FeelNumber, right: FeelNumber): FeelNumber | null {
  return add(left, negate(right));
}

export function negate(value: FeelNumber): FeelNumber {
  return typeof value === "number" ? 0 - value : new LongNumber(value.limbs, value.exponent, !value.isNegative);
}

export function multiply(left: FeelNumber, right: FeelNumber): FeelNumber | null {
  if (typeof left === "number" && typeof right === "number") {
    const product = left * right;
    if (Number.isInteger(left) && Number.isInteger(right) && Math.abs(product) <= maxSafe) return product + 0;
    const scaled = multiplyScaled(left, right);
    if (scaled !== null) return scaled;
  }
  const product = multiplyLimbs(left, right);
  if (product !== undefined) return product;
  const [a, b] = [digitsOf(left), digitsOf(right)];
  return fromDigits(a.digits * b.digits, a.exponent + b.exponent);
}

function multiplyScaled(left: number, right: number): number | null {
  const leftScale = scaleOf(left);
  const rightScale = scaleOf(right);
  if (leftScale < 0 || rightScale < 0 || leftScale + rightScale > maxScale) return null;
  const digits = Math.round(left * doubleOfTen(leftScale)) * Math.round(right * doubleOfTen(rightScale));
  return Math.abs(digits) < exactBelow ? digits / doubleOfTen(leftScale + rightScale) + 0 : null;
}

/** Null on division by zero. */
export function divide(left: FeelNumber, right: FeelNumber): FeelNumber | null {
  if (right === 0) return null;
  if (typeof left === "number" && typeof right === "number") {
    const scaled = divideScaled(left, right);
    if (scaled !== null) return scaled;
  }
  const quotient = divideLimbs(left, right);
  return quotient === undefined ? divideDigits(digitsOf(left), digitsOf(right)) : quotient;
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
    if (exponent > 0 && exponent <= 64) {
      const small = powerOfSmall(base, exponent);
      if (small !== null) return small;
    }
    if (exponent === 0) return 1;
    if (base !== 0 && Math.abs(exponent) <= maxWholeExponent) {
      const found = powerLimbs(base, exponent);
      return found === undefined ? wholePower(digitsOf(base), exponent) : found;
    }
  }
  return throughDecimal(base, (value) => value.pow(toDecimal(exponent)));
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

export const Decimal34: typeof Decimal = Decimal.clone({
  precision,
  rounding: Decimal.ROUND_HALF_EVEN,
  minE: -6143,
  maxE: 6144,
  toExpNeg: -7000,
  toExpPos: 7000,
});

export function toDecimal(value: FeelNumber): Decimal {
  return new Decimal34(typeof value === "number" ? value : value.toString());
}

/** Computes with decimal.js; null when the result is not a number or beyond the range. */
export function throughDecimal(value: FeelNumber, operation: (value: Decimal) => Decimal): FeelNumber | null {
  const result = operation(toDecimal(value));
  return result.isFinite() ? parseNumber(result.toString()) : null;
}

/** Negative, zero or positive as left is below, equal to or above right. */
export function compareNumbers(left: FeelNumber, right: FeelNumber): number {
  if (typeof left === "number" && typeof right === "number") return left < right ? -1 : left > right ? 1 : 0;
  // Fourteen digits tell most numbers apart.
  const [nearLeft, nearRight] = [doubleNear(left), doubleNear(right)];
  const unsure = (Math.abs(nearLeft) + Math.abs(nearRight)) * 1e-13;
  if (nearLeft - nearRight > unsure) return 1;
  if (nearRight - nearLeft > unsure) return -1;
  return compareDigits(digitsOf(left), digitsOf(right));
}

/** A double of at least 14 right digits; not a number for one beyond the doubles. */
function doubleNear(value: FeelNumber): number {
  if (typeof value === "number") return value;
  const { limbs, exponent, isNegative } = value;
  const top = limbs.length - 1;
  const tens = (exponent + top - 2) * limbPlaces;
  if (tens < -130 || tens > 250) return Number.NaN;
  const leading = ((limbs[top] as number) * radix + (limbs[top - 1] ?? 0)) * radix + (limbs[top - 2] ?? 0);
  return (isNegative ? -leading : leading) * doubleOfTen(tens);
}

function compareDigits(left: Digits, right: Digits): number {
  const [signLeft, signRight] = [signOf(left.digits), signOf(right.digits)];
  if (signLeft !== signRight || signLeft === 0) return signLeft - signRight;
  const firstLeft = digitCount(sizeOf(left.digits)) + left.exponent;
  const firstRight = digitCount(sizeOf(right.digits)) + right.exponent;
  if (firstLeft !== firstRight) return firstLeft < firstRight ? -signLeft : signLeft;
  const gap = left.exponent - right.exponent;
  return gap >= 0
    ? signOf(left.digits * power10(gap) - right.digits)
    : signOf(left.digits - right.digits * power10(-gap));
}

export function signOf(digits: bigint): number {
  return digits < 0n ? -1 : digits > 0n ? 1 : 0;
}

export function isInteger(value: FeelNumber): boolean {
  return typeof value === "number" ? Number.isInteger(value) : value.exponent >= 0;
}

export function isEven(value: FeelNumber): boolean {
  if (typeof value === "number") return value % 2 === 0;
  return value.exponent > 0 || (value.exponent === 0 && (value.limbs[0] as number) % 2 === 0);
}

/** Towards zero; for positions, counts and calendar fields. */
export function toInteger(value: FeelNumber): number {
  return Math.trunc(Number(value)) + 0;
}

/** Without exponent and without trailing zeros. */
export function numberToString(value: FeelNumber): string {
  const text = String(value);
  if (!text.includes("e")) return text;
  const { digits, exponent } = digitsOf(value);
  return plainText(digits, exponent);
}
