import { compare, equals } from "../equality.ts";
import { inRange, passes, type Strictness } from "../membership.ts";
import type { Run } from "../run.ts";
import type { ComparisonOperator, Expression } from "../syntax.ts";
import { type CallSite, type FeelValue, kindOf, range, tag } from "../values.ts";
import { type Code, type Compile, type Compiler, type Scope, variables } from "./code.ts";
import { mentionsInput } from "./mentions.ts";

type Ordering = (order: number) => boolean;

const orderings: Readonly<Partial<Record<ComparisonOperator, Ordering>>> = {
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

export const compileComparison: Compile<"comparison"> = (node, scope, compiler) => {
  const left = compiler.expression(node.left, scope);
  const right = compiler.expression(node.right, scope);
  const { operator } = node;
  const holds = orderings[operator];
  if (holds !== undefined) {
    return (frame, run) => order(left(frame, run), right(frame, run), operator, holds, run, node);
  }
  const wanted = operator === "=";
  return (frame, run) => {
    const a = left(frame, run);
    const b = right(frame, run);
    const equal = equals(a, b);
    return equal === null ? run.error("NOT_COMPARABLE", node, [operator, kindOf(a), kindOf(b)]) : equal === wanted;
  };
};

function order(left: FeelValue, right: FeelValue, operator: string, holds: Ordering, run: Run, site: CallSite) {
  const found = compare(left, right);
  if (found !== null) return holds(found);
  if (left === null || right === null) return run.warn("NULL_OPERAND", site, [operator]);
  return run.error("NOT_COMPARABLE", site, [operator, kindOf(left), kindOf(right)]);
}

export const compileBetween: Compile<"between"> = (node, scope, compiler) => {
  const value = compiler.expression(node.value, scope);
  const low = compiler.expression(node.low, scope);
  const high = compiler.expression(node.high, scope);
  return (frame, run) => {
    const tested = value(frame, run);
    return inRange(tested, range(low(frame, run), high(frame, run), true, true), run, node);
  };
};

/** A test of a value; it answers true, false, or null with a reported cause. */
export type Test = (value: FeelValue, ...rest: Parameters<Code>) => boolean | null;

export const compileMembership: Compile<"in"> = (node, scope, compiler) => {
  const value = compiler.expression(node.value, scope);
  const inner = node.tests.some(mentionsInput) ? variables(scope, ["?"]) : scope;
  const tests = node.tests.map((test) => compileTest(test, inner, compiler, "error"));
  return (frame, run) => {
    const tested = value(frame, run);
    return anyOf(tests, tested, inner === scope ? frame : { parent: frame, values: [tested] }, run);
  };
};

/** True when a test holds, else null when one could not be told, else false. */
export function anyOf(tests: readonly Test[], value: FeelValue, ...rest: Parameters<Code>): boolean | null {
  let outcome: boolean | null = false;
  for (const test of tests) {
    const passed = test(value, ...rest);
    if (passed === true) return true;
    if (passed === null) outcome = null;
  }
  return outcome;
}

/** A positive unary test: a comparison, a range, an expression of `?`, or a value to equal. */
export function compileTest(node: Expression, scope: Scope | null, compiler: Compiler, strictness: Strictness): Test {
  if (node.kind === "comparisonTest") return comparisonTest(node, scope, compiler, strictness);
  const code = compiler.expression(node, scope);
  if (mentionsInput(node)) {
    return (value, frame, run) => {
      const result = code(frame, run);
      return typeof result === "boolean" ? result : passes(value, result, run, node, strictness);
    };
  }
  return (value, frame, run) => {
    const test = code(frame, run);
    // A condition that is settled without the value: it stands for itself unless booleans are what is tested.
    if (typeof test === "boolean" && typeof value !== "boolean") return test && isCondition(node);
    return passes(value, test, run, node, strictness);
  };
}

function isCondition(node: Expression): boolean {
  return node.kind !== "boolean";
}

function comparisonTest(
  node: Extract<Expression, { kind: "comparisonTest" }>,
  scope: Scope | null,
  compiler: Compiler,
  strictness: Strictness,
): Test {
  const operand = compiler.expression(node.operand, scope);
  const { operator } = node;
  const holds = orderings[operator];
  return (value, frame, run) => {
    const end = operand(frame, run);
    const found = holds === undefined ? equals(value, end) : compare(value, end);
    if (found !== null) return typeof found === "number" ? (holds as Ordering)(found) : found === (operator === "=");
    if (value === null || end === null) return run.report(strictness, "NULL_OPERAND", node, [operator]);
    return run.report(strictness, "NOT_COMPARABLE", node, [operator, kindOf(value), kindOf(end)]);
  };
}

/** `(< 5)` as a value. */
export const compileComparisonTest: Compile<"comparisonTest"> = (node, scope, compiler) => {
  const operand = compiler.expression(node.operand, scope);
  const { operator } = node;
  return (frame, run) => {
    const end = operand(frame, run);
    switch (operator) {
      case "<":
      case "<=":
        return range(undefined, end, false, operator === "<=");
      case ">":
      case ">=":
        return range(end, undefined, operator === ">=", false);
      default:
        return { [tag]: "range", low: end, high: end, lowIncluded: true, highIncluded: true, operator };
    }
  };
};
