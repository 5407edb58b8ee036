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

export interface Register {
  readonly limbs: Float64Array;
  /** Limbs in use, the highest not zero; none of zero. */
  count: number;
  exponent: number;
  isNegative: boolean;
}

export const mostLimbs = 24;
/** Faster than dividing; below a quadrillion it gives the floor of the quotient, or of a multiple of the radix one less. */
export const inverse = 1 / radix;

function register(): Register {
  return { limbs: new Float64Array(2 * mostLimbs), count: 0, exponent: 0, isNegative: false };
}

/** Both operands, and what becomes of them. */
export const first: Register = register();
export const second: Register = register();
export const result: Register = register();

/** Puts a number into a register; false for one that only its text tells exactly. */
export function load(value: FeelNumber, into: Register): boolean {
  if (typeof value === "number") return loadShort(value, into);
  const { limbs } = value;
  for (let at = 0; at < limbs.length; at += 1) into.limbs[at] = limbs[at] as number;
  into.count = limbs.length;
  into.exponent = value.exponent;
  into.isNegative = value.isNegative;
  return true;
}

export function loadShort(value: number, into: Register): boolean {
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
  into.exponent = 0 - places;
  into.isNegative = value < 0;
  return true;
}

/** Brings limbs, exact integers of any sign, below the radix; gives how many there are up to the highest that is not zero. */
export function normalise(limbs: Float64Array, count: number): number {
  limbs[count] = carried(limbs, count);
  return lengthOf(limbs, count + 1);
}

/** Brings limbs below the radix; gives what goes to the limb above, negative where they are. */
export function carried(limbs: Float64Array, count: number): number {
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

export function lengthOf(limbs: Float64Array, count: number): number {
  let length = count;
  while (length > 0 && limbs[length - 1] === 0) length -= 1;
  return length;
}

/** Limbs of the longest operand: a number of 34 digits takes up to six of them. */
export const operandLimbs = 7;

/** Fills a register with zeros from below. */
export function widen(into: Register): void {
  const { limbs } = into;
  const shift = operandLimbs - into.count;
  if (shift === 0) return;
  for (let at = operandLimbs - 1; at >= 0; at -= 1) limbs[at] = at < shift ? 0 : (limbs[at - shift] as number);
  into.count = operandLimbs;
  into.exponent -= shift;
}

export function leadingOf(limbs: Float64Array, top: number, count: number): number {
  let leading = 0;
  for (let at = top; at > top - count; at -= 1) leading = leading * radix + (at < 0 ? 0 : (limbs[at] as number));
  return leading;
}

/**
 * The result register's limbs as a number of 34 digits, rounded half-even; undefined for an approximation that is so near to a
 * half, in units of the last digit.
 */
export function held(count: number, exponent: number, isNegative: boolean, unsure = 0): Outcome {
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
