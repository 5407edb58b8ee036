import type { Decimal } from "decimal.js";

/** Working digits: 16 more than the result has, so that the errors of thousands of steps stay below its last digit. */
const digits = 50;
const resultDigits = 34;
const top = 10n ** BigInt(digits);
const bottom = 10n ** BigInt(digits - 1);
const productBottom = bottom * top;
const dropped = 10n ** BigInt(digits - resultDigits);
const half = dropped / 2n;
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

/**
 * A whole power in scientific notation, rounded half-even to 34 digits. decimal.js does the same in several times the
 * time. The base is not zero; the exponent is at most a million in size.
 */
export function wholePower(base: Decimal, exponent: number): string {
  let square = scaled(base);
  // Where the result itself fits the mantissa, it may lie halfway between two others: no digit may be lost.
  const digitsOfResult = Math.abs(exponent) * (Math.log10(Number(square.mantissa)) - digits + base.precision());
  const product = digitsOfResult < digits - 1 ? exactProduct : truncatedProduct;
  let result = one;
  for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = result === one ? square : product(result, square);
    if (rest > 1) square = product(square, square);
  }
  if (exponent < 0) result = inverse(result);
  const sign = base.isNegative() && exponent % 2 !== 0 ? "-" : "";
  return `${sign}${rounded(result.mantissa)}e${result.exponent + digits - resultDigits}`;
}

function scaled(value: Decimal): Scaled {
  let mantissa = 0n;
  for (const word of value.d) mantissa = mantissa * 10_000_000n + BigInt(word);
  // value.e is the power of ten of the first digit.
  const shift = digits - 1 - (String(value.d[0]).length - 1 + (value.d.length - 1) * 7);
  return { mantissa: mantissa * 10n ** BigInt(shift), exponent: value.e - (digits - 1) };
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

function rounded(mantissa: bigint): bigint {
  const kept = mantissa / dropped;
  const rest = mantissa - kept * dropped;
  const up = rest > half || (rest === half && kept % 2n === 1n);
  return up ? kept + 1n : kept;
}
