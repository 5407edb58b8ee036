/**
 * The digits of a number as an integer of `decimals` decimals: `scaled(12.5, 2)` is 1250.
 * Undefined when the number has more decimals, or too many digits to be held exactly.
 */
export function scaled(value: number, decimals: number): number | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value));
  const fraction = match?.[3] ?? "";
  if (!match || fraction.length > decimals) return undefined;
  const digits = Number(`${match[1]}${match[2]}${fraction.padEnd(decimals, "0")}`);
  return Number.isSafeInteger(digits) ? digits : undefined;
}

/** Money is written in yuan with at most two decimals and held as integer fen; undefined when it is not such a sum. */
export function yuanToFen(yuan: number): number | undefined {
  return scaled(yuan, 2);
}
