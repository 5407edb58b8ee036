import { dayNumber, daysInMonth } from "./calendar.ts";
import { evaluate, type Situation } from "./evaluate.ts";
import { childrenOf, type MomentName, type Node, withChildren } from "./node.ts";
import { booleanType } from "./type.ts";

const nobody: Situation = { fact: () => undefined, members: 0 };

/** Replaces what has no facts in it by its value, and drops what constants decide. Names and places are dropped too. */
export function fold(node: Node): Node {
  const folded = withChildren(node, childrenOf(node).map(fold));
  switch (folded.op) {
    case "aggregate":
    case "constant":
    case "fact":
      return folded;
    case "and":
    case "or":
      return foldJunction(folded.op, folded.items);
    case "if":
      if (folded.when.op === "constant") return chosen(folded, folded.when.value === true);
      return folded;
    case "lookup":
      return folded.area === null && folded.keys.every((key) => key.op === "constant") ? constantOf(folded) : folded;
    case "parameter":
      return folded;
    default:
      return childrenOf(folded).every((child) => child.op === "constant") ? constantOf(folded) : folded;
  }
}

/** The branch a constant condition chooses, when it has the scale of the whole. */
function chosen(node: Node & { op: "if" }, then: boolean): Node {
  const branch = then ? node.yes : node.no;
  if (branch.type.kind === "number" && node.type.kind === "number" && branch.type.scale !== node.type.scale) {
    return branch.op === "constant" ? constantOf(node) : node;
  }
  return branch;
}

function foldJunction(op: "and" | "or", items: readonly Node[]): Node {
  const deciding = op === "or";
  if (items.some((item) => item.op === "constant" && item.value === deciding)) {
    return { op: "constant", type: booleanType, value: deciding };
  }
  const rest = items.filter((item) => item.op !== "constant");
  const [only] = rest;
  if (only === undefined) return { op: "constant", type: booleanType, value: !deciding };
  return rest.length === 1 ? only : { op, items: rest, type: booleanType };
}

/** A quotient has no single value and stays; a lookup that is missing stays, and is unknown. */
function constantOf(node: Node): Node {
  if (node.type.kind === "ratio") return node;
  const value = evaluate(node, nobody);
  return value === undefined ? node : { op: "constant", type: node.type, value };
}

/** The day that a moment's name stands for on the day of the answer. */
export function momentDay(name: MomentName, year: number, month: number, day: number): number {
  switch (name) {
    case "asOf":
      return dayNumber(year, month, day);
    case "monthStart":
      return dayNumber(year, month, 1);
    case "monthEnd":
      return dayNumber(year, month, daysInMonth(year, month));
    case "yearStart":
      return dayNumber(year, 1, 1);
    case "yearEnd":
      return dayNumber(year, 12, 31);
  }
}
