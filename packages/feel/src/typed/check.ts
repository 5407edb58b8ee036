import { parseUnaryTests } from "../parse.ts";
import type { Arithmetic, Expression, Span, UnaryTests } from "../syntax.ts";
import { weekday } from "./build-calendar.ts";
import { between, part, shift, temporalLiteral, totalMonths } from "./build-date.ts";
import { durationProduct, durationQuotient, durationSum, opposite } from "./build-duration.ts";
import { choice, codePosition, compare, junction, literalCode, not } from "./build-logic.ts";
import { constantNumber, kindNames, power, product, quotient, sum } from "./build-number.ts";
import { joined, oneOf } from "./build-text.ts";
import { checkCall, unknownArea } from "./check-call.ts";
import { quantifiedItems, wholeLiteral } from "./check-items.ts";
import { memberList, quantified } from "./check-members.ts";
import { factReference, nameReference, parseRule, readExpression } from "./check-name.ts";
import { shapeOf } from "./check-shape.ts";
import { anyShape, type Environment, type Scope } from "./environment.ts";
import type { CompareOperator, Node } from "./node.ts";
import { type RuleError, RuleRefusal, refuse } from "./refusal.ts";
import { amongShapes, equalShapes, isNode, nodeOf, type Shape } from "./shape.ts";
import { areaType, booleanType } from "./type.ts";

export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: RuleError };

/** Where a text stands: its environment, the rule's local names, and whether it speaks of a person or a household. */
export interface TextPlace {
  readonly environment: Environment;
  readonly locals?: ReadonlyMap<string, string>;
  /** The formula of a household fact reads people only through `members`. */
  readonly householdFormula?: boolean;
}

/** Types one FEEL expression of a rule. Never throws for what a list can contain. */
export function checkText(text: string, place: TextPlace): Checked<Node> {
  return caught(() => check(readExpression(text, place.environment), scopeAt(place, null)));
}

/** The same of an expression that may come to a list or a context. */
export function checkShape(text: string, place: TextPlace): Checked<Shape> {
  return caught(() => anyShape(readExpression(text, place.environment), scopeAt(place, null)));
}

/** Types the cell of a decision table: a condition on `input`; `-` is always true. */
export function checkCell(text: string, input: Node, place: TextPlace): Checked<Node> {
  return caught(() => {
    const scope = scopeAt(place, input);
    return unaryTests(parseRule(parseUnaryTests, text), text, scope);
  });
}

function caught<T>(work: () => T): Checked<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    if (!(error instanceof RuleRefusal)) throw error;
    return { ok: false, error: error.details };
  }
}

function scopeAt(place: TextPlace, input: Node | null): Scope {
  return {
    environment: place.environment,
    locals: place.locals ?? new Map(),
    row: place.householdFormula === true ? null : 0,
    variables: new Map(),
    items: new Map(),
    depth: 0,
    input,
    expanding: [],
    check,
    shape: shapeOf,
  };
}

const spanOf = (span: Span): Span => ({ from: span.from, to: span.to });

function check(expression: Expression, scope: Scope): Node {
  const at = spanOf(expression);
  switch (expression.kind) {
    case "number":
      return constantNumber(expression.text, at);
    case "string":
      return { op: "constant", type: { kind: "enum", values: [expression.value] }, value: 0, at };
    case "boolean":
      return { op: "constant", type: booleanType, value: expression.value, at };
    case "at":
      return temporalLiteral(expression.text, at);
    case "name":
      return nameReference(expression.name, at, scope);
    case "input":
      return scope.input ?? notCompilable(at);
    case "negation":
      return opposite(check(expression.operand, scope), at);
    case "arithmetic":
      return arithmetic(expression, scope);
    case "comparison":
      return comparison(expression.operator, expression.left, expression.right, at, scope);
    case "between": {
      const low = comparison(">=", expression.value, expression.low, at, scope);
      return junction("and", [low, comparison("<=", expression.value, expression.high, at, scope)], at);
    }
    case "in": {
      const value = anyShape(expression.value, scope);
      return isNode(value) ? tests(value, expression.tests, at, scope) : shapeTests(value, expression.tests, at, scope);
    }
    case "and":
    case "or":
      return junction(expression.kind, [check(expression.left, scope), check(expression.right, scope)], at);
    case "if":
      return choice(
        check(expression.condition, scope),
        check(expression.consequence, scope),
        check(expression.alternative, scope),
        at,
      );
    case "quantified":
      return quantifiedItems(expression, scope) ?? quantified(expression, scope);
    case "path": {
      const shape = shapeOf(expression, scope);
      return shape === null ? path(expression.source, expression.name, at, scope) : nodeOf(shape, at);
    }
    case "list":
    case "context":
    case "filter":
    case "for": {
      const shape = shapeOf(expression, scope);
      return shape === null ? notCompilable(at) : nodeOf(shape, at);
    }
    case "call":
      return checkCall(expression, scope);
    case "null":
      return refuse(
        "RULE-NULL",
        at,
        { zh: "规则里没有 null", en: "There is no null in a rule" },
        { zh: '用代码表示“没有”，例如 "none"', en: 'Say "none" as a code of the fact' },
      );
    default:
      return notCompilable(at);
  }
}

function notCompilable(at: Span): never {
  return refuse(
    "RULE-NOT-COMPILABLE",
    at,
    { zh: "这种写法不能编译", en: "This construct cannot be compiled" },
    {
      zh: "可用：算术、比较、in、and/or/not、if、对 members 的汇总、取整、日期",
      en: "Use arithmetic, comparison, in, and/or/not, if, aggregates of members, rounding, dates",
    },
  );
}

function arithmetic(expression: Arithmetic, scope: Scope): Node {
  const at = spanOf(expression);
  const left = check(expression.left, scope);
  if (expression.operator === "**") return power(left, wholeLiteral(expression.right, scope), at);
  const right = check(expression.right, scope);
  switch (expression.operator) {
    case "*":
      return durationProduct(left, right, at) ?? product(left, right, at);
    case "/":
      return durationQuotient(left, right, at) ?? quotient(left, right, at);
    default:
      return temporal(expression.operator, left, right, at) ?? plus(expression.operator, left, right, at);
  }
}

function plus(operator: "+" | "-", left: Node, right: Node, at: Span): Node {
  const months = operator === "+" ? (totalMonths(left, right, at) ?? totalMonths(right, left, at)) : null;
  const op = operator === "+" ? "add" : "subtract";
  const text = operator === "+" ? joined(left, right, at) : undefined;
  return text ?? months ?? durationSum(op, left, right, at) ?? sum(op, left, right, at);
}

function temporal(operator: "+" | "-", left: Node, right: Node, at: Span): Node | null {
  const [a, b] = [left.type.kind, right.type.kind];
  if (a === "date" && b === "duration") return shift(left, right, operator === "+" ? 1 : -1, at);
  if (a === "duration" && b === "date" && operator === "+") return shift(right, left, 1, at);
  if (a === "date" && b === "date" && operator === "-") return between("days-between", right, left, at);
  return null;
}

function comparison(operator: CompareOperator, left: Expression, right: Expression, at: Span, scope: Scope): Node {
  const [a, b] = [anyShape(left, scope), anyShape(right, scope)];
  if (!isNode(a) || !isNode(b)) return equality(operator, a, b, at);
  return compare(operator, areaLiteral(a, b, scope), areaLiteral(b, a, scope), at);
}

/** Lists and contexts are equal or not; they have no order. */
function equality(operator: CompareOperator, left: Shape, right: Shape, at: Span): Node {
  if (operator === "=") return equalShapes(left, right, at);
  return operator === "!="
    ? not(equalShapes(left, right, at), at)
    : compare(operator, nodeOf(left, at), nodeOf(right, at), at);
}

/** Whether a list or context passes one of the tests. */
function shapeTests(value: Shape, list: readonly Expression[], at: Span, scope: Scope): Node {
  const nodes = list.map((test) =>
    test.kind === "comparisonTest"
      ? equality(test.operator, value, anyShape(test.operand, scope), spanOf(test))
      : amongShapes(value, anyShape(test, scope), spanOf(test)),
  );
  return junction("or", nodes, at);
}

/** A string compared with an area is the code of an area. */
function areaLiteral(node: Node, other: Node, scope: Scope): Node {
  const code = literalCode(node);
  if (other.type.kind !== "area" || code === null) return node;
  const position = scope.environment.areas.indexOf(code);
  if (position < 0) return unknownArea(code, node.at ?? { from: 0, to: 0 }, scope);
  return { op: "constant", type: areaType, value: position, at: node.at };
}

function path(source: Expression, name: string, at: Span, scope: Scope): Node {
  const row = source.kind === "name" ? scope.variables.get(source.name) : undefined;
  if (row !== undefined) return factReference(name, row, at, scope);
  if (memberList(source, scope) !== null) {
    return refuse(
      "RULE-NOT-COMPILABLE",
      at,
      { zh: "一列值要汇总才能用", en: "A value of each member must be aggregated" },
      { zh: `例如 sum(members.${name})`, en: `Such as sum(members.${name})` },
    );
  }
  const of = check(source, scope);
  const found = name === "weekday" && of.type.kind === "date" ? weekday(of, at) : part(of, name, at);
  if (found !== null) return found;
  return refuse(
    "RULE-UNKNOWN-NAME",
    at,
    {
      zh: `${kindNames[of.type.kind].zh}没有“${name}”这一部分`,
      en: `${kindNames[of.type.kind].en} has no part "${name}"`,
    },
    {
      zh: "时长有 years、months、days，日期有 year、month、day、weekday",
      en: "Durations have years, months, days; dates have year, month, day, weekday",
    },
  );
}

function unaryTests(cell: UnaryTests, text: string, scope: Scope): Node {
  const at = { from: 0, to: text.length };
  if (cell.kind === "any" || scope.input === null) return { op: "constant", type: booleanType, value: true, at };
  const any = tests(scope.input, cell.tests, at, scope);
  return cell.kind === "noneOf" ? not(any, at) : any;
}

/** Whether a value passes one of the tests; several codes or areas become one look at a set. */
function tests(value: Node, list: readonly Expression[], at: Span, scope: Scope): Node {
  const inner = { ...scope, input: value };
  const items = list.flatMap((test) => (test.kind === "list" ? test.items : [test]));
  const nodes = items.map((test) => oneTest(value, test, inner));
  const positions = nodes.flatMap((node) => (node.op === "one-of" && node.of === value ? node.values : []));
  if (positions.length === nodes.length && nodes.length > 0) {
    return { op: "one-of", of: value, values: [...new Set(positions)].sort((a, b) => a - b), at, type: booleanType };
  }
  return junction("or", nodes, at);
}

function oneTest(value: Node, test: Expression, scope: Scope): Node {
  const at = spanOf(test);
  if (test.kind === "comparisonTest") {
    const operand = check(test.operand, scope);
    return compare(test.operator, value, areaLiteral(operand, value, scope), at);
  }
  if (test.kind === "range") {
    const low = compare(test.lowIncluded ? ">=" : ">", value, check(test.low, scope), at);
    return junction("and", [low, compare(test.highIncluded ? "<=" : "<", value, check(test.high, scope), at)], at);
  }
  const node = areaLiteral(check(test, scope), value, scope);
  if (node.type.kind === "boolean" && value.type.kind !== "boolean") return node;
  if (node.op === "constant" && value.type.kind === "enum") {
    return oneOf(value, [codePosition(node, value)], at);
  }
  if (node.op === "constant" && node.type.kind === "area" && value.type.kind === "area") {
    return { op: "one-of", of: value, values: [Number(node.value)], at, type: booleanType };
  }
  return compare("=", value, node, at);
}
