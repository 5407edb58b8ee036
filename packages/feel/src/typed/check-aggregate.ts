import type { Call, Expression, Span } from "../syntax.ts";
import { durationSum } from "./build-duration.ts";
import { choice, compare, junction } from "./build-logic.ts";
import { constantNumber, extreme, product, quotient, sum } from "./build-number.ts";
import { arity, type Builtin, place } from "./builtin.ts";
import { forItems } from "./check-items.ts";
import { aggregateCall } from "./check-members.ts";
import type { Scope } from "./environment.ts";
import type { Node } from "./node.ts";
import { refuse } from "./refusal.ts";
import { booleanType } from "./type.ts";

/** The items of `max(a, b)`, `max([a, b])` or `max(for x in [a, b] return ...)`, after members have been tried. */
function scalars(args: readonly Expression[], scope: Scope, call: Call): readonly Node[] {
  const [only] = args;
  const looped = args.length === 1 && only?.kind === "for" ? forItems(only, scope) : null;
  const items = args.length === 1 && only?.kind === "list" ? only.items : args;
  const nodes = looped ?? items.map((item) => scope.check(item, scope));
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

const countCall: Builtin = (call, args, scope) => {
  const counted = aggregateCall("count", call, args, scope);
  const [only] = args;
  if (counted !== null) return counted;
  if (args.length === 1 && only?.kind === "list") return constantNumber(String(only.items.length), place(call));
  return arity("count", 1, call);
};

/** `list contains([a, b], x)` of a list written out is `x in (=a, =b)`. */
const listContains: Builtin = (call, args, scope) => {
  const [list, element] = args;
  if (list === undefined || element === undefined || args.length > 2) return arity("list contains", 2, call);
  if (list.kind !== "list") {
    return refuse(
      "RULE-NOT-COMPILABLE",
      list,
      { zh: "list contains 的列表要写出来", en: "The list of list contains is written out" },
      { zh: '例如 list contains(["a", "b"], x)', en: 'Such as list contains(["a", "b"], x)' },
    );
  }
  const tests = list.items.map(
    (operand): Expression => ({ kind: "comparisonTest", operator: "=", operand, from: operand.from, to: operand.to }),
  );
  if (tests.length === 0) return { op: "constant", type: booleanType, value: false, at: place(call) };
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
    const items = args.length === 1 && only.kind === "list" ? only.items : args;
    if (items.length === 0) return { op: "constant", type: booleanType, value: op === "and", at: place(call) };
    return junction(
      op,
      items.map((item) => scope.check(item, scope)),
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
  ["all", logical("every", "and")],
  ["any", logical("some", "or")],
  ["list contains", listContains],
];
