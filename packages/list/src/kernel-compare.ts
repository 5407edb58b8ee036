import type { CompareOperator, Node } from "@qingdan/feel/typed";
import { bracketed, flipped } from "./kernel-block.ts";

/** Whether a number of a scale, and the difference of two such, fit in 32 bits. */
export function isSmall(type: Node["type"], power: number): boolean {
  return type.kind === "number" && Math.max(Math.abs(type.min), Math.abs(type.max)) * 10 ** power < 2 ** 30;
}

/** A comparison as a bit: of small integers the sign of their difference, without a branch. */
export function compareBit(operator: CompareOperator, a: string, b: string, small: boolean): string {
  const [x, y] = [bracketed(a), bracketed(b)];
  if (!small || operator === "=" || operator === "!=") return `${x} ${symbolOf(operator)} ${y} ? 1 : 0`;
  const less = operator === "<" || operator === ">=" ? `${x} - ${y}` : `${y} - ${x}`;
  const bit = `(${less}) >>> 31`;
  return operator === "<" || operator === ">" ? bit : flipped(bit);
}

const symbolOf = (operator: CompareOperator): string =>
  operator === "=" ? "===" : operator === "!=" ? "!==" : operator;

export function times(a: string, b: string): string {
  if (a === "1") return b;
  return b === "1" ? a : `${bracketed(a)} * ${bracketed(b)}`;
}
