import { type CompareOperator, crossScales, type Node, type NumberType, type RatioType } from "@qingdan/feel/typed";
import {
  allOf,
  anyOf,
  type Block,
  block,
  bracketed,
  type EmittedBoolean,
  type EmittedQuotient,
  flipped,
  isBoolean,
  noOf,
  scaledBy,
  tested,
  times,
} from "./kernel-block.ts";
import { childAt, earlyIn, type Vertex } from "./kernel-graph.ts";

interface Around {
  /** Declarations at the top of the function. */
  readonly variables: string[];
  readonly fresh: (prefix: string) => string;
  readonly boolean: (vertex: Vertex, at: Block) => EmittedBoolean;
  /** Anything that is compared as an integer. */
  readonly integer: (vertex: Vertex, at: Block) => { value: string; known: string | null };
  readonly quotient: (vertex: Vertex, at: Block) => EmittedQuotient;
}

/** Comparisons; of numbers also what they are decided by before all facts are known. */
export function comparisons({ variables, fresh, boolean, integer, quotient }: Around) {
  const compare = (vertex: Vertex, at: Block): EmittedBoolean => {
    if (vertex.node.op !== "compare") throw new Error("No comparison");
    const { operator, left, right } = vertex.node;
    const [a, b] = [childAt(vertex, 0), childAt(vertex, 1)];
    if (left.type.kind !== "number" && left.type.kind !== "ratio") {
      const [x, y] = [integer(a, at), integer(b, at)];
      return tested(compareBit(operator, x.value, y.value, true), allOf([x.known, y.known]));
    }
    const [x, y] = [quotient(a, at), quotient(b, at)];
    const scales = crossScales(left.type, right.type as NumberType | RatioType);
    const [p, q] = [
      scaledBy(times(x.num, y.den), scales.scale - scales.leftScale),
      scaledBy(times(y.num, x.den), scales.scale - scales.rightScale),
    ];
    const small =
      isSmall(left.type, scales.scale - scales.leftScale) && isSmall(right.type, scales.scale - scales.rightScale);
    const known = allOf([x.known, y.known]);
    const comparison = tested(compareBit(operator, p, q, small), known);
    return known === null ? comparison : earlier(vertex, comparison, known, at);
  };

  /** A comparison that is not known is looked at again with what its sides are at least and at most. */
  const earlier = (vertex: Vertex, comparison: EmittedBoolean, known: string, at: Block): EmittedBoolean => {
    const early = earlyIn(vertex);
    if (early === null) return comparison;
    const [holds, fails] = [fresh("a"), fresh("a")];
    for (const name of [holds, fails]) {
      if (at.outlives) variables.push(`${name} = 0`);
      at.lines.push(`${at.outlives ? "" : "let "}${name} = 0;`);
    }
    const inside = block(at, { seldom: true });
    if (early.possible !== null) inside.lines.push(`${fails} = ${flipped(boolean(early.possible, inside).yes)};`);
    if (early.certain !== null) {
      const open = block(inside, { seldom: true });
      open.lines.push(`${holds} = ${boolean(early.certain, open).yes};`);
      inside.lines.push(...(early.possible === null ? open.lines : [`if (${fails} === 0) {`, ...open.lines, "}"]));
    }
    at.lines.push(`if (${flipped(known)}) {`, ...inside.lines, "}");
    return isBoolean(anyOf([comparison.yes, holds]), anyOf([noOf(comparison), fails]));
  };

  return compare;
}

/** Whether a number of a scale, and the difference of two such, fit in 32 bits. */
function isSmall(type: Node["type"], power: number): boolean {
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
