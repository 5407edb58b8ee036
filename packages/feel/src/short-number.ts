import { doubleOfTen } from "./long-number.ts";

/** Below this, scaling a decimal of at most 15 digits and rounding finds its digits without error. */
export const exactBelow = 1e15;
export const maxScale = 15;

/** Decimal places of a number of at most 15 digits, or of a safe integer; -1 when it is neither. */
export function scaleOf(value: number, most: number = maxScale): number {
  if (Number.isInteger(value)) return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? 0 : -1;
  for (let scale = 1; scale <= most; scale += 1) {
    const unit = doubleOfTen(scale);
    const digits = Math.round(value * unit);
    if (Math.abs(digits) >= exactBelow) return -1;
    if (digits / unit === value) return scale;
  }
  return -1;
}
