import { divideDigits } from "./long-division.ts";
import {
  type Digits,
  digitCount,
  fromDigits,
  limit,
  power10,
  precision,
  sizeOf,
  trailingZeros,
} from "./long-number.ts";
import type { FeelNumber } from "./values.ts";

/** Powers of so many digits at most are worked out in full: all that end at the 35th digit, and so may lie halfway, are among them. */
const mostExactDigits = 128;
const one: Digits = { digits: 1n, exponent: 0 };

/** A whole power, rounded half-even. The base is not zero; the exponent is at most a million, up or down. */
export function wholePower(base: Digits, exponent: number): FeelNumber | null {
  const whole = sizeOf(base.digits);
  const zeros = trailingZeros(whole);
  const size = zeros === 0 ? whole : whole / power10(zeros);
  const places = base.exponent + zeros;
  const negative = base.digits < 0n && exponent % 2 !== 0;
  const count = Math.abs(exponent);
  if (digitCount(size) * count > mostExactDigits) return approximatePower(size, places, exponent, negative);
  const power = size ** BigInt(count);
  const exact = { digits: negative ? -power : power, exponent: places * count };
  return exponent < 0 ? divideDigits(one, exact) : fromDigits(exact.digits, exact.exponent);
}

/** Bits of the working mantissa at first: 34 digits need 113, a million steps lose 22. */
const firstBits = 192;
/** Bits after the last digit of the result, by which it is rounded. */
const fractionBits = 64;
const half = 1n << BigInt(fractionBits - 1);
const scaledLimit = limit << BigInt(fractionBits);
/**
 * No power is too low by more in its fraction: the errors of the base and of the steps are below 2 ** -191 each, together
 * below 2.5 million of them, and limit and fraction below 2 ** 177.
 */
const mostLost = 256n;

/** A power that does not end within 35 digits, from an approximation that is refined until its rounding is certain. */
function approximatePower(size: bigint, places: number, exponent: number, negative: boolean): FeelNumber | null {
  for (let bits = firstBits; ; bits *= 2) {
    const { mantissa, exponent: twos } = binaryPower(
      binaryBase(size, places, exponent < 0, bits),
      Math.abs(exponent),
      bits,
    );
    const logarithm = Math.log10(Number(mantissa >> BigInt(bits - 64))) + (twos + bits - 64) * Math.log10(2);
    if (logarithm > 7_000) return null;
    if (logarithm < -7_000) return 0;
    // Next to a power of ten the logarithm may be off, and there a digit more is taken than fits.
    let shift = precision - 1 - Math.floor(logarithm - 1e-9);
    let scaled = scaleUp(mantissa, twos + fractionBits, shift);
    if (scaled >= scaledLimit) {
      shift -= 1;
      scaled = scaleUp(mantissa, twos + fractionBits, shift);
    }
    const fraction = BigInt.asUintN(fractionBits, scaled);
    if (fraction <= half && fraction + mostLost >= half) continue;
    const rounded = (scaled >> BigInt(fractionBits)) + (fraction > half ? 1n : 0n);
    return fromDigits(negative ? -rounded : rounded, -shift);
  }
}

/** `mantissa` times two to the `exponent`; the mantissa has the bits asked for, the last at most one too low. */
interface Binary {
  readonly mantissa: bigint;
  readonly exponent: number;
}

/** A decimal number or its inverse. */
function binaryBase(size: bigint, places: number, inverse: boolean, bits: number): Binary {
  const ten = power10(Math.abs(places));
  const [above, below] = places < 0 ? [size, ten] : [size * ten, 1n];
  const [dividend, divisor] = inverse ? [below, above] : [above, below];
  // The counts may be off by one next to a power of two: a bit more than needed allows for that.
  let exponent = bitCount(dividend) - bitCount(divisor) - bits - 1;
  let mantissa = exponent < 0 ? (dividend << BigInt(-exponent)) / divisor : dividend / (divisor << BigInt(exponent));
  const top = 1n << BigInt(bits);
  while (mantissa >= top) {
    mantissa >>= 1n;
    exponent += 1;
  }
  return { mantissa, exponent };
}

/** By squaring. Every step leaves the power a little too low. */
function binaryPower(base: Binary, count: number, bits: number): Binary {
  const [shift, less] = [BigInt(bits), BigInt(bits - 1)];
  const half = 1n << BigInt(2 * bits - 1);
  let { mantissa: square, exponent: squareExponent } = base;
  let [power, powerExponent] = [0n, 0];
  for (let rest = count; ; ) {
    if (rest % 2 === 1) {
      if (power === 0n) {
        [power, powerExponent] = [square, squareExponent];
      } else {
        const product = power * square;
        const full = product >= half;
        power = product >> (full ? shift : less);
        powerExponent += squareExponent + (full ? bits : bits - 1);
      }
    }
    rest = Math.floor(rest / 2);
    if (rest === 0) return { mantissa: power, exponent: powerExponent };
    const product = square * square;
    const full = product >= half;
    square = product >> (full ? shift : less);
    squareExponent = 2 * squareExponent + (full ? bits : bits - 1);
  }
}

/** `mantissa` times two to `twos` times ten to `tens`, cut to an integer. */
function scaleUp(mantissa: bigint, twos: number, tens: number): bigint {
  const up = tens < 0 ? mantissa : mantissa * power10(tens);
  const shifted = twos < 0 ? up >> BigInt(-twos) : up << BigInt(twos);
  return tens < 0 ? shifted / power10(-tens) : shifted;
}

/** Bits of a positive integer, next to a power of two at times one too many. */
function bitCount(value: bigint): number {
  const size = Number(value);
  return size === Infinity ? value.toString(2).length : Math.floor(Math.log2(size)) + 1;
}
