import { digitCount } from "./long-number.ts";

/** Working digits: 16 more than the result has, so that the errors of thousands of steps stay below its last digit. */
const digits = 50;
const top = 10n ** BigInt(digits);
const bottom = 10n ** BigInt(digits - 1);
const productBottom = bottom * top;
/** For division by multiplication: a product of two mantissas has at most 333 bits. */
const reciprocalBits = 340n;
const topReciprocal = (1n << reciprocalBits) / top;
const bottomReciprocal = (1n << reciprocalBits) / bottom;

/** A positive number as mantissa times a power of ten, the mantissa of exactly `digits` digits. */
interface Scaled {
  readonly mantissa: bigint;
  readonly exponent: number;
}

const one: Scaled = { mantissa: bottom, exponent: 1 - digits };

interface Digits {
  readonly digits: bigint;
  readonly exponent: number;
}

/** A whole power to 50 digits, all there are where there are no more. The base is not zero; the exponent at most a million. */
export function wholePower(base: Digits, exponent: number): Digits {
  let square = scaled(base);
  // Where the result itself fits the mantissa, it may lie halfway between two others: no digit may be lost.
  const digitsOfResult = Math.abs(exponent) * Math.log10(Number(base.digits < 0n ? -base.digits : base.digits));
  const product = digitsOfResult < digits - 1 ? exactProduct : truncatedProduct;
  let result = one;
  for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = result === one ? square : product(result, square);
    if (rest > 1) square = product(square, square);
  }
  if (exponent < 0) result = inverse(result);
  const negative = base.digits < 0n && exponent % 2 !== 0;
  return { digits: negative ? -result.mantissa : result.mantissa, exponent: result.exponent };
}

function scaled({ digits: whole, exponent }: Digits): Scaled {
  const size = whole < 0n ? -whole : whole;
  const shift = digits - digitCount(size);
  return { mantissa: size * 10n ** BigInt(shift), exponent: exponent - shift };
}

function exactProduct(left: Scaled, right: Scaled): Scaled {
  const mantissa = left.mantissa * right.mantissa;
  const exponent = left.exponent + right.exponent + digits;
  if (mantissa >= productBottom) return { mantissa: mantissa / top, exponent };
  return { mantissa: mantissa / bottom, exponent: exponent - 1 };
}

/** As above, the last digit at times too low by one. */
function truncatedProduct(left: Scaled, right: Scaled): Scaled {
  const mantissa = left.mantissa * right.mantissa;
  const exponent = left.exponent + right.exponent + digits;
  if (mantissa >= productBottom) return { mantissa: (mantissa * topReciprocal) >> reciprocalBits, exponent };
  return { mantissa: (mantissa * bottomReciprocal) >> reciprocalBits, exponent: exponent - 1 };
}

function inverse({ mantissa, exponent }: Scaled): Scaled {
  if (mantissa === bottom) return { mantissa, exponent: -exponent - 2 * (digits - 1) };
  return { mantissa: productBottom / mantissa, exponent: -exponent - (2 * digits - 1) };
}
