import {
  first,
  held,
  inverse,
  load,
  loadShort,
  type Outcome,
  operandLimbs,
  result,
  second,
  widen,
} from "./limb-register.ts";
import { exactSteps, quotient } from "./limbs.ts";
import { radix } from "./long-number.ts";
import type { FeelNumber } from "./values.ts";

/** Powers on the way have seven limbs, and so 43 digits at least. */
const [square, power, product] = [new Float64Array(operandLimbs), new Float64Array(operandLimbs), new Float64Array(14)];
/** Every step loses less than 6e-42 of a power, and so 6e-8 units of its 34th digit; the exponent bounds how often they add up. */
const unsurePerStep = 2e-7;

/** A whole power by squaring; undefined where the digits lost could change the result. Neither base nor exponent is zero. */
export function powerLimbs(base: FeelNumber, exponent: number): Outcome {
  if (!load(base, first)) return undefined;
  widen(first);
  for (let at = 0; at < operandLimbs; at += 1) square[at] = first.limbs[at] as number;
  let squareExponent = first.exponent;
  let powerExponent = 0;
  let isOne = true;
  for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) {
      if (isOne) power.set(square);
      powerExponent += squareExponent + (isOne ? 0 : times(power, square));
      isOne = false;
    }
    if (rest > 1) squareExponent = 2 * squareExponent + times(square, square);
  }
  const isNegative = first.isNegative && exponent % 2 !== 0;
  const unsure = Math.abs(exponent) * unsurePerStep;
  const into = exponent < 0 ? second : result;
  for (let at = 0; at < operandLimbs; at += 1) into.limbs[at] = power[at] as number;
  if (exponent > 0) return held(operandLimbs, powerExponent, isNegative, unsure);
  loadShort(1, first);
  second.count = operandLimbs;
  second.exponent = powerExponent;
  second.isNegative = isNegative;
  return quotient(exactSteps + 1, unsure);
}

/**
 * Multiplies in place to the highest seven limbs; gives how many lower ones are dropped. The columns are written out, as loops
 * take three times as long; those left out do not count.
 */
function times(left: Float64Array, right: Float64Array): number {
  const a0 = left[0] as number;
  const a1 = left[1] as number;
  const a2 = left[2] as number;
  const a3 = left[3] as number;
  const a4 = left[4] as number;
  const a5 = left[5] as number;
  const a6 = left[6] as number;
  const b0 = right[0] as number;
  const b1 = right[1] as number;
  const b2 = right[2] as number;
  const b3 = right[3] as number;
  const b4 = right[4] as number;
  const b5 = right[5] as number;
  const b6 = right[6] as number;
  let carry = Math.floor((a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0) * inverse);
  carry = keep(6, a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0 + carry);
  carry = keep(7, a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + carry);
  carry = keep(8, a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + carry);
  carry = keep(9, a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + carry);
  carry = keep(10, a4 * b6 + a5 * b5 + a6 * b4 + carry);
  carry = keep(11, a5 * b6 + a6 * b5 + carry);
  carry = keep(12, a6 * b6 + carry);
  product[13] = carry;
  const dropped = carry > 0 ? operandLimbs : operandLimbs - 1;
  for (let at = 0; at < operandLimbs; at += 1) left[at] = product[at + dropped] as number;
  return dropped;
}

/** Puts the sum of a column into the product; gives what goes to the next. */
function keep(column: number, sum: number): number {
  const carry = Math.floor(sum * inverse);
  const limb = sum - carry * radix;
  product[column] = limb === radix ? 0 : limb;
  return limb === radix ? carry + 1 : carry;
}
