import { tag } from "./tag.ts";

/** Digits of a FEEL number (IEEE 754 decimal128, DMN 1.5, 10.3.2.3.1). */
export const precision = 34;
const maxExponent = 6_144;
const minExponent = -6_143;

/** An integer times a power of ten. */
export interface Digits {
  readonly digits: bigint;
  readonly exponent: number;
}

/** Decimal places of a limb, and what a limb counts to. */
export const limbPlaces = 7;
export const radix = 1e7;

/**
 * A number of more than 15 digits: limbs of seven digits each, the lowest first, times the radix to the `exponent`. Neither the
 * lowest nor the highest limb is zero. A class, so that it prints itself.
 */
export class LongNumber {
  readonly [tag] = "number";
  readonly limbs: readonly number[];
  readonly exponent: number;
  readonly isNegative: boolean;

  constructor(limbs: readonly number[], exponent: number, isNegative: boolean) {
    this.limbs = limbs;
    this.exponent = exponent;
    this.isNegative = isNegative;
  }

  /** Without exponent and without trailing zeros. */
  toString(): string {
    const { digits, exponent } = this.whole();
    return plainText(digits, exponent);
  }

  /** As an integer times a power of ten. */
  whole(): Digits {
    let size = 0n;
    for (let at = this.limbs.length - 1; at >= 0; at -= 2) {
      const [high, low] = [this.limbs[at] as number, this.limbs[at - 1]];
      size = low === undefined ? size * limbSize + BigInt(high) : size * limbPairSize + BigInt(high * radix + low);
    }
    return { digits: this.isNegative ? -size : size, exponent: this.exponent * limbPlaces };
  }
}

const limbSize = BigInt(radix);
const limbPairSize = limbSize * limbSize;

/** The long form of a positive integer that does not end in zero. */
function longNumber(size: bigint, exponent: number, isNegative: boolean): LongNumber {
  // A minus nought becomes nought.
  const whole = Math.floor(exponent / limbPlaces) + 0;
  const limbs: number[] = [];
  let rest = size * power10(exponent - whole * limbPlaces);
  while (rest > 0n) {
    const upper = rest / limbPairSize;
    const pair = Number(rest - upper * limbPairSize);
    const high = Math.floor(pair / radix);
    limbs.push(pair - high * radix);
    if (high > 0 || upper > 0n) limbs.push(high);
    rest = upper;
  }
  return new LongNumber(limbs, whole, isNegative);
}

const tens = Array.from({ length: 160 }, (_, exponent) => 10n ** BigInt(exponent));

export function power10(exponent: number): bigint {
  return tens[exponent] ?? 10n ** BigInt(exponent);
}

const lowestTen = -130;
/** The doubles nearest to the powers of ten, from the lowest on. */
const tenDoubles = Float64Array.from({ length: 309 - lowestTen }, (_, index) => Number(`1e${index + lowestTen}`));

export function doubleOfTen(exponent: number): number {
  return tenDoubles[exponent - lowestTen] as number;
}

const bytes = new DataView(new ArrayBuffer(8));
const tensInTwo = Math.log10(2);

/** The place of the first decimal digit of a double from 1e-130 on: 0 for 1 to 9.99, -1 for 0.1. */
export function decimalExponent(value: number): number {
  bytes.setFloat64(0, value);
  const binaryExponent = (bytes.getUint16(0) >> 4) - 1_023;
  const exponent = Math.floor(binaryExponent * tensInTwo);
  return value >= doubleOfTen(exponent + 1) ? exponent + 1 : exponent;
}

export function sizeOf(digits: bigint): bigint {
  return digits < 0n ? -digits : digits;
}

/** How many decimal digits a positive integer has. */
export function digitCount(value: bigint): number {
  const size = Number(value);
  if (size === Infinity) return value.toString().length;
  const exponent = decimalExponent(size);
  // Only the double of a power of ten may stand for an integer below it.
  return size === doubleOfTen(exponent) && value < power10(exponent) ? exponent : exponent + 1;
}

export const limit: bigint = power10(precision);
const shortLimit = 10n ** 15n;
const maxSafe = BigInt(Number.MAX_SAFE_INTEGER);

/** `digits` times ten to the `exponent`, rounded half-even to 34 digits; null beyond the range of decimal128. */
export function fromDigits(digits: bigint, exponent: number): number | LongNumber | null {
  if (digits < 0n) return fromSize(-digits, exponent, true);
  return fromSize(digits, exponent, false);
}

function fromSize(size: bigint, exponent: number, negative: boolean): number | LongNumber | null {
  if (size >= limit) {
    const excess = digitCount(size) - precision;
    return fromSize(divideHalfEven(size, power10(excess)), exponent + excess, negative);
  }
  if (size < shortLimit && exponent <= 0 && exponent >= -22) {
    const short = Number(size) / doubleOfTen(-exponent);
    return negative ? 0 - short : short;
  }
  if (size === 0n) return 0;
  const zeros = trailingZeros(size);
  if (zeros > 0) return fromSize(size / power10(zeros), exponent + zeros, negative);
  if (exponent >= 0 && exponent <= 15) {
    const whole = size * power10(exponent);
    if (whole <= maxSafe) return Number(negative ? -whole : whole);
  }
  return withinRange(size, exponent, negative);
}

/** How many zeros a positive integer below 10^63 ends in. */
export function trailingZeros(size: bigint): number {
  // Ten to the n ends in n binary zeros, so that half of all integers need no division.
  const low = Number(BigInt.asUintN(32, size)) | 0;
  if ((low & 1) !== 0) return 0;
  const most = low === 0 ? 63 : 31 - Math.clz32(low & -low);
  let rest = size;
  let zeros = 0;
  for (let places = 32; places >= 1; places /= 2) {
    if (zeros + places > most) continue;
    const quotient = rest / power10(places);
    if (quotient * power10(places) !== rest) continue;
    rest = quotient;
    zeros += places;
  }
  return zeros;
}

function withinRange(size: bigint, exponent: number, negative: boolean): number | LongNumber | null {
  const first = exponent + digitCount(size) - 1;
  if (first > maxExponent) return null;
  return first < minExponent ? 0 : longNumber(size, exponent, negative);
}

/** For a positive dividend. */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return roundedHalfEven(quotient, dividend - quotient * divisor, divisor);
}

/** A quotient that leaves this rest, rounded. */
export function roundedHalfEven(quotient: bigint, rest: bigint, divisor: bigint): bigint {
  const twice = rest + rest;
  return twice > divisor || (twice === divisor && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

/** Digits and exponent of a number as written, `-1.50e3`; null when the text is none. */
export function parseDigits(text: string): Digits | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/u.exec(text);
  if (match === null) return null;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return null;
  const digits = BigInt(whole + fraction);
  const places = Number(exponent) - fraction.length;
  return { digits: sign === "-" ? -digits : digits, exponent: Math.max(-99_999, Math.min(99_999, places)) };
}

export function plainText(digits: bigint, exponent: number): string {
  const sign = digits < 0n ? "-" : "";
  const text = (digits < 0n ? -digits : digits).toString();
  if (exponent >= 0) return sign + text + "0".repeat(exponent);
  const padded = text.padStart(1 - exponent, "0");
  const [whole, fraction] = [padded.slice(0, exponent), padded.slice(exponent).replace(/0+$/u, "")];
  return fraction === "" ? sign + whole : `${sign}${whole}.${fraction}`;
}
