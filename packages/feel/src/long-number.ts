import { tag } from "./tag.ts";

/** Digits of a FEEL number (IEEE 754 decimal128, DMN 1.5, 10.3.2.3.1). */
export const precision = 34;
const maxExponent = 6_144;
const minExponent = -6_143;

/** A number of more than 15 digits: `digits` times ten to the `exponent`. A class, so that it prints itself. */
export class LongNumber {
  readonly [tag] = "number";
  readonly digits: bigint;
  readonly exponent: number;

  constructor(digits: bigint, exponent: number) {
    this.digits = digits;
    this.exponent = exponent;
  }

  /** Without exponent and without trailing zeros. */
  toString(): string {
    return plainText(this.digits, this.exponent);
  }
}

const tens = Array.from({ length: 160 }, (_, exponent) => 10n ** BigInt(exponent));

export function power10(exponent: number): bigint {
  return tens[exponent] ?? 10n ** BigInt(exponent);
}

/** How many decimal digits a positive integer has. */
export function digitCount(value: bigint): number {
  const logarithm = Math.log10(Number(value));
  const count = logarithm < Infinity ? Math.floor(logarithm) + 1 : value.toString().length;
  // Logarithms are good to thirteen digits: only next to a power of ten is the comparison needed.
  const fraction = logarithm - count + 1;
  if (fraction > 1e-9 && fraction < 1 - 1e-9) return count;
  if (value >= power10(count)) return count + 1;
  return count > 1 && value < power10(count - 1) ? count - 1 : count;
}

/** Cheaper than a remainder, which half of all numbers need not be asked for. */
function isEven(value: bigint): boolean {
  return (BigInt.asUintN(64, value) & 1n) === 0n;
}

const limit = power10(precision);
const shortLimit = 10n ** 15n;
const maxSafe = BigInt(Number.MAX_SAFE_INTEGER);

/** `digits` times ten to the `exponent`, rounded half-even to 34 digits; null beyond the range of decimal128. */
export function fromDigits(digits: bigint, exponent: number): number | LongNumber | null {
  if (digits < 0n) {
    const size = fromDigits(-digits, exponent);
    return typeof size === "number" ? 0 - size : size === null ? null : new LongNumber(-size.digits, size.exponent);
  }
  if (digits >= limit) {
    const excess = digitCount(digits) - precision;
    return fromDigits(divideHalfEven(digits, power10(excess)), exponent + excess);
  }
  if (digits < shortLimit) return fromShortDigits(digits, exponent);
  if (isEven(digits) && digits % 10n === 0n) return fromDigits(digits / 10n, exponent + 1);
  if (exponent === 0 && digits <= maxSafe) return Number(digits);
  return withinRange(digits, exponent);
}

/** At most 15 digits, and so a JavaScript number where the place of the point allows. */
function fromShortDigits(digits: bigint, exponent: number): number | LongNumber | null {
  if (digits === 0n) return 0;
  const size = Number(digits);
  if (exponent === 0) return size;
  if (exponent < 0 && exponent >= -22) return size / 10 ** -exponent;
  if (exponent > 0 && exponent <= 15) {
    const whole = digits * power10(exponent);
    if (whole <= maxSafe) return Number(whole);
  }
  return withinRange(digits, exponent);
}

function withinRange(digits: bigint, exponent: number): number | LongNumber | null {
  const first = exponent + digitCount(digits) - 1;
  if (first > maxExponent) return null;
  return first < minExponent ? 0 : new LongNumber(digits, exponent);
}

/** For a positive dividend. */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const twice = (dividend - quotient * divisor) * 2n;
  const up = twice > divisor || (twice === divisor && quotient % 2n === 1n);
  return up ? quotient + 1n : quotient;
}

/** Digits and exponent of a number as written, `-1.50e3`; null when the text is none. */
export function parseDigits(text: string): { readonly digits: bigint; readonly exponent: number } | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/u.exec(text);
  if (match === null) return null;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return null;
  const digits = BigInt(whole + fraction);
  const places = Number(exponent) - fraction.length;
  return { digits: sign === "-" ? -digits : digits, exponent: Math.max(-99_999, Math.min(99_999, places)) };
}

function plainText(digits: bigint, exponent: number): string {
  const sign = digits < 0n ? "-" : "";
  const text = (digits < 0n ? -digits : digits).toString();
  if (exponent >= 0) return sign + text + "0".repeat(exponent);
  const padded = text.padStart(1 - exponent, "0");
  const [whole, fraction] = [padded.slice(0, exponent), padded.slice(exponent).replace(/0+$/u, "")];
  return fraction === "" ? sign + whole : `${sign}${whole}.${fraction}`;
}
