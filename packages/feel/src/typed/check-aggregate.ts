import type { Call, Expression, Span } from "../syntax.ts";
import { durationSum } from "./build-duration.ts";
import { choice, compare, junction } from "./build-logic.ts";
import { constantNumber, extreme, product, quotient, sum } from "./build-number.ts";
import { arity, type Builtin, place } from "./builtin.ts";
import { aggregateCall } from "./check-members.ts";
import { anyShape, type Scope } from "./environment.ts";
import type { Node } from "./node.ts";
import { refuse } from "./refusal.ts";
import { containedIn, isNode, itemsIn, nodeOf } from "./shape.ts";
import { booleanType } from "./type.ts";

/** The items of `max(a, b)`, `max([a, b])` or `max(for x in [a, b] return ...)`, after members have been tried. */
function scalars(args: readonly Expression[], scope: Scope, call: Call): readonly Node[] {
  const [only] = args;
  const shape = args.length === 1 && only !== undefined ? scope.shape(only, scope) : null;
  const nodes =
    shape === null
      ? args.map((arg) => scope.check(arg, scope))
      : itemsIn(shape).map((item) => nodeOf(item, place(call)));
  return nodes.length === 0 ? arity("max, min, sum, mean, product", "1+", call) : nodes;
}

function extremeCall(op: "least" | "greatest"): Builtin {
  return (call, args, scope) =>
    aggregateCall(op === "least" ? "min" : "max", call, args, scope) ??
    extremeOf(op, scalars(args, scope, call), place(call));
}

/** Dates and durations are chosen between; numbers have a node of their own. */
function extremeOf(op: "least" | "greatest", items: readonly Node[], at: Span): Node {
  const [first] = items;
  if (first?.type.kind !== "date" && first?.type.kind !== "duration") return extreme(op, items, at);
  return items.reduce((best, item) => choice(compare(op === "least" ? "<=" : ">=", best, item, at), best, item, at));
}

const sumCall: Builtin = (call, args, scope) =>
  aggregateCall("sum", call, args, scope) ?? sumOf(scalars(args, scope, call), place(call));

const sumOf = (items: readonly Node[], at: Span): Node =>
  items.reduce((left, right) => durationSum("add", left, right, at) ?? sum("add", left, right, at));

const meanCall: Builtin = (call, args, scope) => {
  const items = scalars(args, scope, call);
  return quotient(sumOf(items, place(call)), constantNumber(String(items.length), place(call)), place(call));
};

const productCall: Builtin = (call, args, scope) =>
  scalars(args, scope, call).reduce((left, right) => product(left, right, place(call)));

/** Most numbers whose middle is looked for: they are sorted by exchanging neighbours, which are written out. */
const mostSorted = 6;

/** `median([a, b, c])`: the one in the middle, or the mean of the two. */
const medianCall: Builtin = (call, args, scope) => {
  const at = place(call);
  const items = [...scalars(args, scope, call)];
  if (items.length > mostSorted) {
    return refuse(
      "RULE-NOT-COMPILABLE",
      at,
      { zh: `median 至多 ${mostSorted} 项`, en: `median takes at most ${mostSorted} items` },
      { zh: "减少项数", en: "Give fewer" },
    );
  }
  for (let round = 0; round < items.length; round += 1) {
    for (let left = round % 2; left + 1 < items.length; left += 2) {
      const pair = [items[left] as Node, items[left + 1] as Node];
      items[left] = extreme("least", pair, at);
      items[left + 1] = extreme("greatest", pair, at);
    }
  }
  const [low, high] = [items[(items.length - 1) >> 1] as Node, items[items.length >> 1] as Node];
  return low === high ? low : quotient(sumOf([low, high], at), constantNumber("2", at), at);
};

const countCall: Builtin = (call, args, scope) => {
  const counted = aggregateCall("count", call, args, scope);
  const [only] = args;
  if (counted !== null) return counted;
  const list = args.length === 1 && only !== undefined ? scope.shape(only, scope) : null;
  if (list !== null) return constantNumber(String(itemsIn(list).length), place(call));
  return arity("count", 1, call);
};

/** `list contains([a, b], x)` of a list written out is `x in (=a, =b)`. */
const listContains: Builtin = (call, args, scope) => {
  const [list, element] = args;
  if (list === undefined || element === undefined || args.length > 2) return arity("list contains", 2, call);
  const items = scope.shape(list, scope);
  if (items === null || isNode(items) || items.kind !== "list") {
    return refuse(
      "RULE-NOT-COMPILABLE",
      list,
      { zh: "list contains 的列表要写出来", en: "The list of list contains is written out" },
      { zh: '例如 list contains(["a", "b"], x)', en: 'Such as list contains(["a", "b"], x)' },
    );
  }
  if (items.items.length === 0) return { op: "constant", type: booleanType, value: false, at: place(call) };
  const value = anyShape(element, scope);
  if (!isNode(value) || list.kind !== "list") return containedIn(items, value, place(call));
  const tests = list.items.map(
    (operand): Expression => ({ kind: "comparisonTest", operator: "=", operand, from: operand.from, to: operand.to }),
  );
  return scope.check({ kind: "in", value: element, tests, from: call.from, to: call.to }, scope);
};

/** `all(for m in members return ...)` is `every`, `any` is `some`; over a list of conditions they are `and`, `or`. */
const logical =
  (quantifier: "some" | "every", op: "or" | "and"): Builtin =>
  (call, args, scope) => {
    const [only] = args;
    if (only?.kind === "for" && args.length === 1) {
      const { iterators, result: condition } = only;
      return scope.check({ kind: "quantified", quantifier, iterators, condition, ...place(call) }, scope);
    }
    if (only === undefined) return arity(op === "or" ? "any" : "all", "1+", call);
    const shape = args.length === 1 ? scope.shape(only, scope) : null;
    const items = shape === null ? args.map((arg) => scope.check(arg, scope)) : itemsIn(shape);
    if (items.length === 0) return { op: "constant", type: booleanType, value: op === "and", at: place(call) };
    return junction(
      op,
      items.map((item) => nodeOf(item, place(call))),
      place(call),
    );
  };

/** Functions that make one value of a list: of members, or of items that are written out. */
export const aggregateBuiltins: readonly (readonly [string, Builtin])[] = [
  ["sum", sumCall],
  ["count", countCall],
  ["min", extremeCall("least")],
  ["max", extremeCall("greatest")],
  ["mean", meanCall],
  ["product", productCall],
  ["median", medianCall],
  ["all", logical("every", "and")],
  ["any", logical("some", "or")],
  ["list contains", listContains],
];
