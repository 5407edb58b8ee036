import { doubleOfTen, fromDigits, LongNumber, limbPlaces, precision, radix } from "./long-number.ts";
import { scaleOf } from "./short-number.ts";
import type { FeelNumber } from "./values.ts";

/*
 * Long arithmetic without big integers: a number is a row of limbs of seven digits, the lowest first, times the radix to an
 * exponent. Products of two limbs, and sums of dozens of them, are exact in doubles. The registers are used again by every
 * call, so that nothing is allocated but the result.
 */

/** Undefined where a number does not go into a register, or a result cannot be told from here; null beyond the range. */
export type Outcome = FeelNumber | null | undefined;

interface Register {
  readonly limbs: Float64Array;
  /** Limbs in use, the highest not zero; none of zero. */
  count: number;
  exponent: number;
  isNegative: boolean;
}

const mostLimbs = 24;
/** Faster than dividing; below a quadrillion it gives the floor of the quotient, or of a multiple of the radix one less. */
const inverse = 1 / radix;

function register(): Register {
  return { limbs: new Float64Array(2 * mostLimbs), count: 0, exponent: 0, isNegative: false };
}

const [first, second, result] = [register(), register(), register()];

/** Puts a number into a register; false for one that only its text tells exactly. */
function load(value: FeelNumber, into: Register): boolean {
  if (typeof value === "number") return loadShort(value, into);
  const { limbs } = value;
  for (let at = 0; at < limbs.length; at += 1) into.limbs[at] = limbs[at] as number;
  into.count = limbs.length;
  into.exponent = value.exponent;
  into.isNegative = value.isNegative;
  return true;
}

function loadShort(value: number, into: Register): boolean {
  const scale = scaleOf(value);
  if (scale < 0) return false;
  const size = Math.round(Math.abs(value) * doubleOfTen(scale));
  // The point has to stand between two limbs.
  const places = Math.ceil(scale / limbPlaces);
  const unit = doubleOfTen(places * limbPlaces - scale);
  const { limbs } = into;
  const upper = Math.floor(size / radix);
  const high = Math.floor(upper / radix);
  limbs[0] = (size - upper * radix) * unit;
  limbs[1] = (upper - high * radix) * unit;
  limbs[2] = high * unit;
  into.count = normalise(limbs, 3);
  into.exponent = -places;
  into.isNegative = value < 0;
  return true;
}

/** Brings limbs, exact integers of any sign, below the radix; gives how many there are up to the highest that is not zero. */
function normalise(limbs: Float64Array, count: number): number {
  limbs[count] = carried(limbs, count);
  return lengthOf(limbs, count + 1);
}

/** Brings limbs below the radix; gives what goes to the limb above, negative where they are. */
function carried(limbs: Float64Array, count: number): number {
  let carry = 0;
  for (let at = 0; at < count; at += 1) {
    const value = (limbs[at] as number) + carry;
    carry = Math.floor(value * inverse);
    limbs[at] = value - carry * radix;
    if (limbs[at] === radix) {
      limbs[at] = 0;
      carry += 1;
    }
  }
  return carry;
}

function lengthOf(limbs: Float64Array, count: number): number {
  let length = count;
  while (length > 0 && limbs[length - 1] === 0) length -= 1;
  return length;
}

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
const exactSteps = 7;

/** The divisor is not zero. */
export function divideLimbs(left: FeelNumber, right: FeelNumber): Outcome {
  if (!load(left, first) || !load(right, second)) return undefined;
  if (first.count === 0) return 0;
  return quotient(exactSteps, 0);
}

/** Limbs of the longest operand: a number of 34 digits takes up to six of them. */
const operandLimbs = 7;

/** Fills a register with zeros from below. */
function widen(into: Register): void {
  const { limbs } = into;
  const shift = operandLimbs - into.count;
  if (shift === 0) return;
  for (let at = operandLimbs - 1; at >= 0; at -= 1) limbs[at] = at < shift ? 0 : (limbs[at - shift] as number);
  into.count = operandLimbs;
  into.exponent -= shift;
}

const remainder = new Float64Array(operandLimbs + 1);

/**
 * Long division of the first register by the second. Each limb is estimated from the leading ones and may be wrong by one, for
 * which the next makes up. Below the lowest limb stands one that says whether there is a rest. The limbs of the divisor and of
 * the remainder, which may be negative, are written out: in a loop they would be read from memory at every step.
 */
function quotient(steps: number, unsure: number): Outcome {
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

function leadingOf(limbs: Float64Array, top: number, count: number): number {
  let leading = 0;
  for (let at = top; at > top - count; at -= 1) leading = leading * radix + (at < 0 ? 0 : (limbs[at] as number));
  return leading;
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

/**
 * The result register's limbs as a number of 34 digits, rounded half-even; undefined for an approximation that is so near to a
 * half, in units of the last digit.
 */
function held(count: number, exponent: number, isNegative: boolean, unsure = 0): Outcome {
  const { limbs } = result;
  let length = lengthOf(limbs, count);
  if (length === 0) return 0;
  const dropped = (length - 1) * limbPlaces + placesOf(limbs[length - 1] as number) - precision;
  let low = 0;
  if (dropped > 0) {
    low = Math.floor((dropped - 1) / limbPlaces);
    const unit = doubleOfTen(dropped - low * limbPlaces);
    const fraction = unsure > 0 ? (leadingOf(limbs, low, 3) / (radix * radix * unit)) % 1 : 0;
    if (Math.abs(fraction - 0.5) < unsure) return undefined;
    limbs[length] = 0;
    roundTo(unit, low);
    if (limbs[length] !== 0) length += 1;
  }
  while (limbs[low] === 0) low += 1;
  return heldForm(low, length, exponent + low, isNegative);
}

/** Rounds to a multiple of the unit, at most a radix, of the limb `low`. */
function roundTo(unit: number, low: number): void {
  const { limbs } = result;
  const limb = limbs[low] as number;
  const kept = Math.floor(limb / unit);
  const rest = limb - kept * unit;
  const last = unit === radix ? (limbs[low + 1] as number) : kept;
  const up = rest * 2 > unit || (rest * 2 === unit && (lengthOf(limbs, low) > 0 || last % 2 === 1));
  limbs[low] = (up ? kept + 1 : kept) * unit;
  for (let at = low; (limbs[at] as number) >= radix; at += 1) {
    (limbs[at] as number) -= radix;
    (limbs[at + 1] as number) += 1;
  }
}

function placesOf(limb: number): number {
  let places = 1;
  while (limb >= doubleOfTen(places)) places += 1;
  return places;
}

/** Beyond it the range of the numbers may be left. */
const farExponent = 800;

function heldForm(low: number, length: number, exponent: number, isNegative: boolean): FeelNumber | null {
  const { limbs } = result;
  const count = length - low;
  if (count <= 3) {
    const short = shortForm(leadingOf(limbs, length - 1, count - 1), limbs[low] as number, exponent);
    if (short !== null) return isNegative ? 0 - short : short;
  }
  const own: number[] = [];
  // Small integers take half the room of doubles.
  for (let at = low; at < length; at += 1) own.push((limbs[at] as number) | 0);
  const long = new LongNumber(own, exponent, isNegative);
  if (count > 3 && Math.abs(exponent) < farExponent) return long;
  const { digits, exponent: tens } = long.whole();
  return fromDigits(digits, tens);
}

/** A number of one to three limbs, the lowest not zero, as a JavaScript number; null where it needs more, or may. */
function shortForm(upper: number, lowest: number, exponent: number): number | null {
  let [limb, zeros] = [lowest, 0];
  while (limb % 10 === 0) {
    limb /= 10;
    zeros += 1;
  }
  const size = upper * doubleOfTen(limbPlaces - zeros) + limb;
  const tens = exponent * limbPlaces + zeros;
  if (tens > 0 && tens <= 15 && size * doubleOfTen(tens) <= Number.MAX_SAFE_INTEGER) return size * doubleOfTen(tens);
  if (tens === 0 && size <= Number.MAX_SAFE_INTEGER) return size;
  return size < 1e15 && tens < 0 && tens >= -22 ? size / doubleOfTen(-tens) : null;
}
