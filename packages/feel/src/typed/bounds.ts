import { type AggregateNode, type CompareNode, childrenOf, type IfNode, type Node, withChildren } from "./node.ts";
import { booleanType, type Type } from "./type.ts";

/** Which end of what a number can be. */
type End = "least" | "most";

const otherEnd: Readonly<Record<End, End>> = { least: "most", most: "least" };

/** A bound is a tree about twice its number for every choice in it; past this many nodes it is not worth its reckoning. */
const mostNodes = 400;

/**
 * A comparison of numbers that may be decided although facts are unknown: `possible` is false where it fails whatever they
 * are, `certain` is true where it holds whatever they are. Neither is ever unknown.
 */
export interface Decided {
  readonly possible: Node | null;
  readonly certain: Node | null;
}

const remembered = new WeakMap<CompareNode, Decided | null>();

/**
 * What decides a comparison before all its facts are known, from the ranges that facts are declared with: a sum of incomes
 * is above a line as soon as those that are known are. Null when nothing does: a single fact is known or is not, and a
 * parameter that is missing at its source has no range.
 */
export function decidedEarly(node: CompareNode): Decided | null {
  const known = remembered.get(node);
  if (known !== undefined) return known;
  const found = readsSeveral(node) ? decidedBy(node) : null;
  remembered.set(node, found);
  return found;
}

/** The same rule with every comparison that can be decided early written so, for engines whose logic is three-valued. */
export function withEarlyDecisions(node: Node): Node {
  const inner = withChildren(node, childrenOf(node).map(withEarlyDecisions));
  const decided = inner.op === "compare" ? decidedEarly(inner) : null;
  if (decided === null) return inner;
  const { possible, certain } = decided;
  const kept: Node = possible === null ? inner : { op: "and", items: [inner, possible], type: booleanType };
  return certain === null ? kept : { op: "or", items: [kept, certain], type: booleanType };
}

function decidedBy({ operator, left, right }: CompareNode): Decided | null {
  if (!isNumeric(left.type) || !isNumeric(right.type)) return null;
  const [low, high] = [boundOf(left, "least"), boundOf(left, "most")];
  const [least, most] = [boundOf(right, "least"), boundOf(right, "most")];
  const compared = (by: CompareNode["operator"], a: Node | null, b: Node | null): Node | null => {
    const both: Node | null = a && b && { op: "compare", operator: by, left: a, right: b, type: booleanType };
    return both !== null && sizeOf(both) <= mostNodes ? both : null;
  };
  const joined = (op: "and" | "or", items: readonly (Node | null)[]): Node | null => {
    const there = items.filter((item) => item !== null);
    const [only] = there;
    if (only === undefined) return null;
    return there.length === 1 ? only : { op, items: there, type: booleanType };
  };
  const found = ((): Decided => {
    switch (operator) {
      case "<":
      case "<=":
        return { possible: compared(operator, low, most), certain: compared(operator, high, least) };
      case ">":
      case ">=":
        return { possible: compared(operator, high, least), certain: compared(operator, low, most) };
      case "=":
        return { possible: joined("and", [compared("<=", low, most), compared(">=", high, least)]), certain: null };
      case "!=":
        return { possible: null, certain: joined("or", [compared(">", low, most), compared("<", high, least)]) };
    }
  })();
  return found.possible === null && found.certain === null ? null : found;
}

const isNumeric = (type: Type): boolean => type.kind === "number" || type.kind === "ratio";

/** Whether a comparison reads more than one fact of one person, so that some can be known and others not. */
function readsSeveral(node: Node): boolean {
  const reads = (of: Node): number => {
    if (of.op === "fact") return 1;
    const inner = childrenOf(of).reduce((sum, child) => sum + reads(child), 0);
    return of.op === "aggregate" ? 2 * inner : inner;
  };
  return reads(node) > 1;
}

function sizeOf(node: Node): number {
  return childrenOf(node).reduce((sum, child) => sum + sizeOf(child), 1);
}

/** What a number is at least, or at most, whatever its unknown facts are: never unknown. Null when that cannot be said. */
export function boundOf(node: Node, end: End): Node | null {
  if (isSettled(node)) return node;
  return boundByParts(node, end) ?? boundByRange(node, end);
}

/** Whether a number is never unknown: the number of members, and what is reckoned of constants. */
function isSettled(node: Node): boolean {
  if (node.op === "fact" || node.op === "parameter") return false;
  if (node.op === "lookup" && (node.area !== null || node.values.includes(null))) return false;
  return childrenOf(node).every(isSettled);
}

function boundByParts(node: Node, end: End): Node | null {
  switch (node.op) {
    case "add":
      return over(node, [boundOf(node.left, end), boundOf(node.right, end)]);
    case "subtract":
      return over(node, [boundOf(node.left, end), boundOf(node.right, otherEnd[end])]);
    case "negate":
      return over(node, [boundOf(node.of, otherEnd[end])]);
    case "multiply":
      return neverNegative(node.left.type) && neverNegative(node.right.type)
        ? over(node, [boundOf(node.left, end), boundOf(node.right, end)])
        : null;
    case "divide":
      return isSettled(node.right) ? over(node, [boundOf(node.left, end), node.right]) : null;
    case "least":
    case "greatest":
      return over(
        node,
        node.items.map((item) => boundOf(item, end)),
      );
    case "round":
      return over(node, [boundOf(node.of, end)]);
    case "if":
      return boundOfChoice(node, end);
    case "aggregate":
      return boundOverMembers(node, end);
    default:
      return null;
  }
}

function over(node: Node, children: readonly (Node | null)[]): Node | null {
  const there = children.filter((child) => child !== null);
  return there.length < children.length ? null : withChildren(node, there);
}

/** On an unknown condition the lower, or higher, of the two branches. */
function boundOfChoice(node: IfNode, end: End): Node | null {
  const [yes, no] = [boundOf(node.yes, end), boundOf(node.no, end)];
  if (yes === null || no === null || node.type.kind !== "number") return null;
  const taken = (value: boolean): Node => ({ ...node, when: otherwise(node.when, value), yes, no });
  if (isSettled(node.when)) return { ...node, yes, no };
  return { op: end === "least" ? "least" : "greatest", items: [taken(true), taken(false)], type: node.type };
}

/** A member of whom it is unknown whether he counts does not count to the least, and counts to the most. */
function boundOverMembers(node: AggregateNode, end: End): Node | null {
  if (node.kind !== "sum" && node.kind !== "count") return null;
  if (node.where !== null && node.value !== null && !neverNegative(node.value.type)) return null;
  const value = node.value === null ? null : boundOf(node.value, end);
  if (node.value !== null && value === null) return null;
  return { ...node, where: node.where === null ? null : otherwise(node.where, end === "most"), value };
}

/** The range that the type proves, for what is unknown because facts are. */
function boundByRange(node: Node, end: End): Node | null {
  const { type } = node;
  if (type.kind !== "number" || readsUnbounded(node)) return null;
  return otherwise(node, end === "least" ? type.min : type.max);
}

const otherwise = (of: Node, value: number | boolean): Node => ({ op: "otherwise", of, value, type: of.type });

/** Whether a parameter that is missing at its source can be the reason that a number is unknown. */
function readsUnbounded(node: Node): boolean {
  if (node.op === "parameter" || (node.op === "lookup" && node.values.includes(null))) return true;
  return childrenOf(node).some(readsUnbounded);
}

const neverNegative = (type: Type): boolean =>
  (type.kind === "number" && type.min >= 0) || (type.kind === "ratio" && type.num.min >= 0);
