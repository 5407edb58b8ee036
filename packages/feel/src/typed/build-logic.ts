import type { Span } from "../syntax.ts";
import { bounded, compareNumbers, kindNames, sharedUnit, wholeNumber } from "./build-number.ts";
import { compareTexts, isOfCodes, isText, oneOf } from "./build-text.ts";
import type { CompareOperator, Node } from "./node.ts";
import { nearest, refuse } from "./refusal.ts";
import { booleanType, type EnumType, type Type } from "./type.ts";

export function booleanNode(node: Node): Node {
  if (node.type.kind === "boolean") return node;
  return refuse(
    "RULE-TYPE",
    node.at ?? { from: 0, to: 0 },
    {
      zh: `这里需要是非值，而不是${kindNames[node.type.kind].zh}`,
      en: `A condition is needed here, not ${kindNames[node.type.kind].en}`,
    },
    { zh: '写成比较，例如 x >= 60 或 x = "a"', en: 'Write a comparison, such as x >= 60 or x = "a"' },
  );
}

export function junction(op: "and" | "or", items: readonly Node[], at: Span): Node {
  const flat = items.flatMap((item) => (item.op === op ? item.items : [booleanNode(item)]));
  const only = flat[0];
  if (flat.length === 1 && only !== undefined) return only;
  return { op, items: flat, at, type: booleanType };
}

export function not(of: Node, at: Span): Node {
  const inner = booleanNode(of);
  return inner.op === "not" ? inner.of : { op: "not", of: inner, at, type: booleanType };
}

const isOrder = (operator: CompareOperator) => operator !== "=" && operator !== "!=";

/** A comparison of two values of one type. */
export function compare(operator: CompareOperator, left: Node, right: Node, at: Span): Node {
  const kinds: readonly Type["kind"][] = [left.type.kind, right.type.kind];
  if (kinds.every((kind) => kind === "number" || kind === "ratio")) return compareNumbers(operator, left, right, at);
  if (kinds[0] !== kinds[1]) return differentTypes(left, right, at);
  switch (left.type.kind) {
    case "enum":
      return compareCodes(operator, left, right, at);
    case "boolean":
      if (isOrder(operator)) return noOrder(left, at);
      return compareBooleans(operator, left, right, at);
    case "area":
      if (isOrder(operator)) return noOrder(left, at);
      return { op: "compare", operator, left, right, at, type: booleanType };
    case "duration":
      if (right.type.kind === "duration" && right.type.of !== left.type.of) return differentTypes(left, right, at);
      return { op: "compare", operator, left, right, at, type: booleanType };
    default:
      return { op: "compare", operator, left, right, at, type: booleanType };
  }
}

function compareBooleans(operator: CompareOperator, left: Node, right: Node, at: Span): Node {
  const constant = right.op === "constant" ? right : left.op === "constant" ? left : null;
  if (constant === null) return { op: "compare", operator, left, right, at, type: booleanType };
  const other = constant === right ? left : right;
  return (constant.value === true) === (operator === "=") ? other : not(other, at);
}

function compareCodes(operator: CompareOperator, left: Node, right: Node, at: Span): Node {
  if (isOrder(operator)) {
    // The codes of a fact may mean ranks, which their letters do not know.
    const ofFact = [left, right].find((side) => !isText(side));
    if (ofFact) return noOrder(ofFact, at);
  }
  if (isOrder(operator) || (left.op === "constant" && right.op === "constant")) {
    return compareTexts(operator, left, right, at);
  }
  const [literal, other] = right.op === "constant" ? [right, left] : [left, right];
  if (literal.op === "constant") {
    const test = oneOf(other, [codePosition(literal, other)], at);
    return operator === "=" ? test : not(test, at);
  }
  const [a, b] = [left.type as EnumType, right.type as EnumType];
  if (a.values.length !== b.values.length || a.values.some((value, index) => value !== b.values[index])) {
    if (isOfCodes(left) || isOfCodes(right)) return compareTexts(operator, left, right, at);
    return refuse(
      "RULE-TYPE",
      at,
      { zh: "两个代码事实的取值不同，不能比较", en: "These facts have different codes and cannot be compared" },
      { zh: "分别与代码比较", en: "Compare each with a code" },
    );
  }
  return { op: "compare", operator, left, right, at, type: booleanType };
}

/** Position of a literal's code among the codes of another node, or of its code among the areas. */
export function codePosition(literal: Node, other: Node): number {
  const code = literalCode(literal);
  if (other.type.kind !== "enum" || code === null)
    return differentTypes(other, literal, literal.at ?? { from: 0, to: 0 });
  const position = other.type.values.indexOf(code);
  if (position >= 0) return position;
  const near = nearest(code, other.type.values);
  const name = other.op === "fact" ? other.fact : other.op;
  return refuse(
    "RULE-ENUM-CODE",
    literal.at ?? { from: 0, to: 0 },
    { zh: `“${code}”不是 ${name} 的取值`, en: `"${code}" is no value of ${name}` },
    near === null
      ? { zh: `取值：${other.type.values.join("、")}`, en: `One of ${other.type.values.join(", ")}` }
      : { zh: `是否指“${near}”？`, en: `Did you mean "${near}"?` },
  );
}

/** The code of a string literal. */
export function literalCode(node: Node): string | null {
  if (node.op !== "constant" || node.type.kind !== "enum" || typeof node.value !== "number") return null;
  return node.type.values[node.value] ?? null;
}

function differentTypes(left: Node, right: Node, at: Span): never {
  const [a, b] = [kindNames[left.type.kind], kindNames[right.type.kind]];
  return refuse(
    "RULE-TYPE",
    at,
    { zh: `${a.zh}与${b.zh}不能比较`, en: `${a.en} cannot be compared with ${b.en}` },
    { zh: `两边都应为${a.zh}`, en: `Both sides should be ${a.en}` },
  );
}

function noOrder(node: Node, at: Span): never {
  return refuse(
    "RULE-TYPE",
    at,
    {
      zh: `${kindNames[node.type.kind].zh}没有大小`,
      en: `Which is greater cannot be asked of ${kindNames[node.type.kind].en}`,
    },
    node.type.kind === "enum"
      ? {
          zh: "用 = 或 in (...);要逐字比较代码的文字时写 string(...)",
          en: "Use = or in (...); to compare the letters of codes, write string(...)",
        }
      : { zh: "用 = 或 in (...)", en: "Use = or in (...)" },
  );
}

/** Both branches of an `if` in one type. */
export function choice(when: Node, then: Node, other: Node, at: Span): Node {
  const condition = booleanNode(when);
  const node = (type: Type, a = then, b = other): Node => ({ op: "if", when: condition, yes: a, no: b, at, type });
  const kinds = [then.type.kind, other.type.kind];
  if (kinds.every((kind) => kind === "number" || kind === "ratio")) {
    const a = wholeNumber(then);
    const b = wholeNumber(other);
    const unit = sharedUnit(a.unit, b.unit, at);
    const scale = Math.max(a.scale, b.scale);
    const ends = [a, b].flatMap((type) => [type.min, type.max].map((end) => end * 10 ** (scale - type.scale)));
    const range = bounded({ scale, min: Math.min(...ends), max: Math.max(...ends) }, at);
    return node({ kind: "number", unit, ...range });
  }
  if (then.type.kind === "enum" && other.type.kind === "enum") {
    // The codes of a fact keep their positions; those of literals and of functions of texts follow.
    const [first, second] =
      then.op === "constant" || then.op === "map" ? [other.type, then.type] : [then.type, other.type];
    const values = [...new Set([...first.values, ...second.values])];
    const type: EnumType = { kind: "enum", values };
    return node(type, recode(then, type), recode(other, type));
  }
  if (kinds[0] !== kinds[1]) return differentTypes(then, other, at);
  if (then.type.kind === "duration" && other.type.kind === "duration") {
    if (then.type.of !== other.type.of) return differentTypes(then, other, at);
    const [min, max] = [Math.min(then.type.min, other.type.min), Math.max(then.type.max, other.type.max)];
    return node({ ...then.type, min, max });
  }
  return node(then.type);
}

/** The same codes as positions in a longer list. */
function recode(node: Node, type: EnumType): Node {
  if (node.type.kind !== "enum" || node.type.values.every((value, index) => type.values[index] === value)) {
    return { ...node, type } as Node;
  }
  const code = literalCode(node);
  if (code !== null) return { ...node, type, value: type.values.indexOf(code) } as Node;
  if (node.op === "map") {
    const own = node.type.values;
    return { ...node, type, values: node.values.map((value) => type.values.indexOf(own[value] ?? "")) };
  }
  return refuse(
    "RULE-NOT-COMPILABLE",
    node.at ?? { from: 0, to: 0 },
    { zh: "两支的代码来自不同的事实", en: "The branches are codes of different facts" },
    { zh: "把事实写在第一支，另一支写代码", en: "Put the fact in the first branch and a code in the other" },
  );
}
