import {
  carried,
  first,
  held,
  inverse,
  lengthOf,
  load,
  mostLimbs,
  normalise,
  type Outcome,
  operandLimbs,
  type Register,
  result,
  second,
  widen,
} from "./limb-register.ts";
import { radix } from "./long-number.ts";
import type { FeelNumber } from "./values.ts";

export function addLimbs(left: FeelNumber, right: FeelNumber): Outcome {
  if (!load(left, first) || !load(right, second)) return undefined;
  if (first.count === 0) return right;
  if (second.count === 0) return left;
  const exponent = Math.min(first.exponent, second.exponent);
  const length = Math.max(first.exponent + first.count, second.exponent + second.count) - exponent;
  if (length > mostLimbs) return undefined;
  const { limbs } = result;
  for (let at = 0; at < length; at += 1) limbs[at] = 0;
  place(first, 1, first.exponent - exponent);
  place(second, first.isNegative === second.isNegative ? 1 : -1, second.exponent - exponent);
  const carry = carried(limbs, length);
  if (carry < 0) {
    // The second is the larger: what they give is negated, and so is the sign.
    for (let at = 0; at < length; at += 1) limbs[at] = -(limbs[at] as number);
    limbs[length] = -carry + carried(limbs, length);
  } else limbs[length] = carry;
  return held(length + 1, exponent, first.isNegative !== carry < 0);
}

function place({ limbs, count }: Register, sign: number, shift: number): void {
  for (let at = 0; at < count; at += 1) (result.limbs[at + shift] as number) += sign * (limbs[at] as number);
}

export function multiplyLimbs(left: FeelNumber, right: FeelNumber): Outcome {
  if (!load(left, first) || !load(right, second)) return undefined;
  const count = first.count + second.count;
  const { limbs } = result;
  for (let at = 0; at < count; at += 1) limbs[at] = 0;
  for (let low = 0; low < first.count; low += 1) place(second, first.limbs[low] as number, low);
  normalise(limbs, count);
  return held(count + 1, first.exponent + second.exponent, first.isNegative !== second.isNegative);
}

/** Seven limbs of a quotient, the highest of which may be zero, have at least 36 digits. */
export const exactSteps = 7;

/** The divisor is not zero. */
export function divideLimbs(left: FeelNumber, right: FeelNumber): Outcome {
  if (!load(left, first) || !load(right, second)) return undefined;
  if (first.count === 0) return 0;
  return quotient(exactSteps, 0);
}

const remainder = new Float64Array(operandLimbs + 1);

/**
 * Long division of the first register by the second. Each limb is estimated from the leading ones and may be wrong by one, for
 * which the next makes up. Below the lowest limb stands one that says whether there is a rest. The limbs of the divisor and of
 * the remainder, which may be negative, are written out: in a loop they would be read from memory at every step.
 */
export function quotient(steps: number, unsure: number): Outcome {
  widen(first);
  widen(second);
  const b0 = second.limbs[0] as number;
  const b1 = second.limbs[1] as number;
  const b2 = second.limbs[2] as number;
  const b3 = second.limbs[3] as number;
  const b4 = second.limbs[4] as number;
  const b5 = second.limbs[5] as number;
  const b6 = second.limbs[6] as number;
  let r0 = first.limbs[0] as number;
  let r1 = first.limbs[1] as number;
  let r2 = first.limbs[2] as number;
  let r3 = first.limbs[3] as number;
  let r4 = first.limbs[4] as number;
  let r5 = first.limbs[5] as number;
  let r6 = first.limbs[6] as number;
  let top = 0;
  const leading = (b6 * radix + b5) * radix + b4;
  const { limbs } = result;
  for (let step = steps; step >= 1; step -= 1) {
    const limb = Math.floor((((top * radix + r6) * radix + r5) * radix + r4) / leading);
    limbs[step] = limb;
    const v0 = r0 - limb * b0;
    const c0 = Math.floor(v0 * inverse);
    const v1 = r1 - limb * b1;
    const c1 = Math.floor(v1 * inverse);
    const v2 = r2 - limb * b2;
    const c2 = Math.floor(v2 * inverse);
    const v3 = r3 - limb * b3;
    const c3 = Math.floor(v3 * inverse);
    const v4 = r4 - limb * b4;
    const c4 = Math.floor(v4 * inverse);
    const v5 = r5 - limb * b5;
    const c5 = Math.floor(v5 * inverse);
    const v6 = r6 - limb * b6;
    const c6 = Math.floor(v6 * inverse);
    top = (top + c6) * radix + v6 - c6 * radix + c5;
    r6 = v5 - c5 * radix + c4;
    r5 = v4 - c4 * radix + c3;
    r4 = v3 - c3 * radix + c2;
    r3 = v2 - c2 * radix + c1;
    r2 = v1 - c1 * radix + c0;
    r1 = v0 - c0 * radix;
    r0 = 0;
  }
  remainder[0] = r1;
  remainder[1] = r2;
  remainder[2] = r3;
  remainder[3] = r4;
  remainder[4] = r5;
  remainder[5] = r6;
  remainder[6] = top;
  limbs[0] = settleRest() ? 1 : 0;
  normalise(limbs, steps + 1);
  const exponent = first.exponent - second.exponent - steps;
  return held(steps + 2, exponent, first.isNegative !== second.isNegative, unsure);
}

/** Mends the lowest limb of the quotient so that the remainder is at least zero and below the divisor; whether it is not zero. */
function settleRest(): boolean {
  const { limbs: divisor, count } = second;
  const { limbs } = result;
  let above = carried(remainder, count);
  while (above < 0) {
    for (let at = 0; at < count; at += 1) (remainder[at] as number) += divisor[at] as number;
    above += carried(remainder, count);
    (limbs[1] as number) -= 1;
  }
  while (above > 0 || !isBelow(remainder, divisor, count)) {
    for (let at = 0; at < count; at += 1) (remainder[at] as number) -= divisor[at] as number;
    above += carried(remainder, count);
    (limbs[1] as number) += 1;
  }
  return lengthOf(remainder, count) > 0;
}

function isBelow(left: Float64Array, right: Float64Array, count: number): boolean {
  for (let at = count - 1; at >= 0; at -= 1) {
    if (left[at] !== right[at]) return (left[at] as number) < (right[at] as number);
  }
  return false;
}
