import type { Span } from "../syntax.ts";
import type { ArithmeticNode, CompareOperator, ConstantNode, Node, RoundingMode } from "./node.ts";
import { refuse } from "./refusal.ts";
import { booleanType, type NumberType, numberType, type RatioType, type Scaled } from "./type.ts";
import { commonUnit, divideUnits, multiplyUnits, type Unit } from "./unit.ts";

const one: Scaled = { scale: 0, min: 1, max: 1 };

/** Bounds that could leave the integers a double holds exactly are refused, so every result is exact. */
export function bounded(scaled: Scaled, at: Span): Scaled {
  if (Number.isSafeInteger(scaled.min) && Number.isSafeInteger(scaled.max) && scaled.scale <= 15) return scaled;
  return refuse(
    "RULE-RANGE",
    at,
    { zh: "数值可能超出能精确表示的范围", en: "The number may leave the range in which it is exact" },
    { zh: "缩小事实的取值范围，或先取整", en: "Narrow the ranges of the facts, or round earlier" },
  );
}

export function constantNumber(text: string, at: Span): ConstantNode {
  const match = /^(-?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  const decimals = (match?.[3] ?? "").replace(/0+$/, "");
  const shift = Number(match?.[4] ?? 0) - decimals.length;
  const digits = Number(`${match?.[1] ?? ""}${match?.[2] ?? ""}${decimals}`);
  const value = shift > 0 ? digits * 10 ** shift : digits;
  const scale = shift < 0 ? -shift : 0;
  bounded({ scale, min: value, max: value }, at);
  return { op: "constant", type: numberType(null, scale, value, value), value: value + 0, at };
}

function rescale(scaled: Scaled, scale: number): Scaled {
  const factor = 10 ** (scale - scaled.scale);
  return { scale, min: scaled.min * factor, max: scaled.max * factor };
}

function productOf(a: Scaled, b: Scaled): Scaled {
  const ends = [a.min * b.min, a.min * b.max, a.max * b.min, a.max * b.max];
  return { scale: a.scale + b.scale, min: Math.min(...ends) + 0, max: Math.max(...ends) + 0 };
}

function sumOf(a: Scaled, b: Scaled, sign: 1 | -1, at: Span): Scaled {
  const scale = Math.max(a.scale, b.scale);
  const left = bounded(rescale(a, scale), at);
  const right = bounded(rescale(b, scale), at);
  const [low, high] = sign === 1 ? [right.min, right.max] : [-right.max, -right.min];
  return { scale, min: left.min + low, max: left.max + high };
}

const scaledOf = (type: NumberType): Scaled => ({ scale: type.scale, min: type.min, max: type.max });

export function ratioParts(type: NumberType | RatioType): { num: Scaled; den: Scaled } {
  return type.kind === "ratio" ? { num: type.num, den: type.den } : { num: scaledOf(type), den: one };
}

export function numeric(node: Node, at: Span = node.at ?? { from: 0, to: 0 }): NumberType | RatioType {
  if (node.type.kind === "number" || node.type.kind === "ratio") return node.type;
  return refuse(
    "RULE-TYPE",
    at,
    {
      zh: `这里需要数，而不是${kindNames[node.type.kind].zh}`,
      en: `A number is needed here, not ${kindNames[node.type.kind].en}`,
    },
    { zh: "改用数值事实或参数", en: "Use a numeric fact or parameter" },
  );
}

export const kindNames: Record<Node["type"]["kind"], { zh: string; en: string }> = {
  boolean: { zh: "是非值", en: "a boolean" },
  number: { zh: "数", en: "a number" },
  ratio: { zh: "商", en: "a quotient" },
  date: { zh: "日期", en: "a date" },
  duration: { zh: "时长", en: "a duration" },
  enum: { zh: "代码", en: "a code" },
  area: { zh: "地区", en: "an area" },
};

/** A number that is no quotient: quotients must be rounded before they are kept. */
export function wholeNumber(node: Node, at: Span = node.at ?? { from: 0, to: 0 }): NumberType {
  const type = numeric(node, at);
  if (type.kind === "number") return type;
  return refuse(
    "RULE-TYPE",
    at,
    { zh: "商要先取整才能用在这里", en: "A quotient must be rounded before it is used here" },
    {
      zh: "写明取整方式，例如 round half up(x, 2) 或 floor(x)",
      en: "Say how it rounds, as in round half up(x, 2) or floor(x)",
    },
  );
}

export function sharedUnit(left: Unit, right: Unit, at: Span): Unit {
  const unit = commonUnit(left, right);
  if (unit !== undefined) return unit;
  return refuse(
    "RULE-UNIT",
    at,
    { zh: `单位不同：${left} 与 ${right}`, en: `Different units: ${left} and ${right}` },
    {
      zh: `两边都应为 ${left} 或都应为 ${right}；先乘或除以带单位的参数来换算`,
      en: `Both sides should be ${left} or both ${right}; convert with a parameter that carries the unit`,
    },
  );
}

export function sum(op: "add" | "subtract", left: Node, right: Node, at: Span): Node {
  const a = numeric(left);
  const b = numeric(right);
  const unit = sharedUnit(a.unit, b.unit, at);
  const sign = op === "add" ? 1 : -1;
  if (a.kind === "number" && b.kind === "number") {
    return arithmetic(op, left, right, at, { kind: "number", unit, ...bounded(sumOf(a, b, sign, at), at) });
  }
  const [p, q] = [ratioParts(a), ratioParts(b)];
  const num = bounded(sumOf(bounded(productOf(p.num, q.den), at), bounded(productOf(q.num, p.den), at), sign, at), at);
  return arithmetic(op, left, right, at, { kind: "ratio", unit, num, den: bounded(productOf(p.den, q.den), at) });
}

export function product(left: Node, right: Node, at: Span): Node {
  const a = numeric(left);
  const b = numeric(right);
  const unit = multiplyUnits(a.unit, b.unit);
  if (a.kind === "number" && b.kind === "number") {
    return arithmetic("multiply", left, right, at, { kind: "number", unit, ...bounded(productOf(a, b), at) });
  }
  const [p, q] = [ratioParts(a), ratioParts(b)];
  const num = bounded(productOf(p.num, q.num), at);
  return arithmetic("multiply", left, right, at, {
    kind: "ratio",
    unit,
    num,
    den: bounded(productOf(p.den, q.den), at),
  });
}

export function quotient(left: Node, right: Node, at: Span): Node {
  const a = numeric(left);
  const b = numeric(right);
  const [p, q] = [ratioParts(a), ratioParts(b)];
  if (q.num.max < 0) return quotient(negation(left, at), negation(right, at), at);
  if (q.num.min <= 0) {
    refuse(
      "RULE-DIVISOR",
      right.at ?? at,
      { zh: "除数可能为零", en: "The divisor may be zero" },
      {
        zh: "除以一定大于零的数，例如 count(members) 或 max(x, 1)",
        en: "Divide by what is surely positive, such as count(members) or max(x, 1)",
      },
    );
  }
  const num = bounded(productOf(p.num, q.den), at);
  const den = bounded(productOf(p.den, q.num), at);
  return arithmetic("divide", left, right, at, { kind: "ratio", unit: divideUnits(a.unit, b.unit), num, den });
}

/** Most factors that a power is written out to. */
const mostFactors = 10;

/** `x ** 3` as a product; `x ** -1` as a quotient, whose divisor must not be zero. */
export function power(base: Node, exponent: number | null, at: Span): Node {
  if (exponent === null || !Number.isInteger(exponent) || Math.abs(exponent) > mostFactors) {
    return refuse(
      "RULE-NOT-COMPILABLE",
      at,
      { zh: "幂的指数应写成整数", en: "The exponent is a whole number that is written out" },
      {
        zh: `-${mostFactors} 至 ${mostFactors}，例如 x ** 2`,
        en: `From -${mostFactors} to ${mostFactors}, such as x ** 2`,
      },
    );
  }
  const one = constantNumber("1", at);
  numeric(base);
  if (exponent === 0) return one;
  let found = base;
  for (let factor = 1; factor < Math.abs(exponent); factor += 1) found = product(found, base, at);
  return exponent < 0 ? quotient(one, found, at) : found;
}

/** `even(x)`, `odd(x)`: false of a number that is not whole. */
export function hasRest(of: Node, rest: 0 | 1, at: Span): Node {
  return compareNumbers("=", modulo(of, constantNumber("2", at), at), constantNumber(String(rest), at), at);
}

function arithmetic(
  op: ArithmeticNode["op"],
  left: Node,
  right: Node,
  at: Span,
  type: NumberType | RatioType,
): ArithmeticNode {
  return { op, type, left, right, at };
}

export function negation(of: Node, at: Span): Node {
  const type = numeric(of);
  const flip = (s: Scaled): Scaled => ({ scale: s.scale, min: -s.max + 0, max: -s.min + 0 });
  if (of.op === "constant" && type.kind === "number") {
    return { ...of, type: { ...type, ...flip(type) }, value: -Number(of.value) + 0, at };
  }
  if (type.kind === "number") return { op: "negate", of, at, type: { ...type, ...flip(type) } };
  return { op: "negate", of, at, type: { ...type, num: flip(type.num) } };
}

export function absolute(of: Node, at: Span): Node {
  const type = wholeNumber(of);
  const max = Math.max(Math.abs(type.min), Math.abs(type.max));
  const min = type.min > 0 ? type.min : type.max < 0 ? -type.max : 0;
  return { op: "absolute", of, at, type: { ...type, min, max } };
}

export function extreme(op: "least" | "greatest", items: readonly Node[], at: Span): Node {
  let unit: Unit = null;
  let scale = 0;
  for (const item of items) {
    const type = wholeNumber(item);
    unit = sharedUnit(unit, type.unit, item.at ?? at);
    scale = Math.max(scale, type.scale);
  }
  const ranges = items.map((item) => bounded(rescale(wholeNumber(item), scale), at));
  const pick = op === "least" ? Math.min : Math.max;
  const min = pick(...ranges.map((range) => range.min));
  const max = pick(...ranges.map((range) => range.max));
  return { op, items, at, type: numberType(unit, scale, min, max) };
}

export function modulo(left: Node, right: Node, at: Span): Node {
  const a = wholeNumber(left);
  const b = wholeNumber(right);
  const unit = sharedUnit(a.unit, b.unit, at);
  // The sign is the divisor's.
  if (b.max < 0) return negation(modulo(negation(left, at), negation(right, at), at), at);
  if (b.min <= 0) {
    refuse(
      "RULE-DIVISOR",
      right.at ?? at,
      { zh: "除数可能为零", en: "The divisor may be zero" },
      { zh: "除数要一定大于零", en: "The divisor must surely be positive" },
    );
  }
  const scale = Math.max(a.scale, b.scale);
  bounded(rescale(a, scale), at);
  const range = bounded(rescale(b, scale), at);
  return { op: "modulo", left, right, at, type: numberType(unit, scale, 0, range.max - 1) };
}

/** The powers of ten by which numerator and denominator are multiplied so that their quotient is the rounded integer. */
export function roundingFactors(num: Scaled, den: Scaled, digits: number): { num: number; den: number } {
  const power = digits - num.scale + den.scale;
  return power >= 0 ? { num: 10 ** power, den: 1 } : { num: 1, den: 10 ** -power };
}

export function rounding(mode: RoundingMode, digits: number, of: Node, at: Span): Node {
  const type = numeric(of);
  const { num, den } = ratioParts(type);
  const factors = roundingFactors(num, den, digits);
  const above = bounded({ scale: 0, min: num.min * factors.num * 2, max: num.max * factors.num * 2 }, at);
  const below = bounded({ scale: 0, min: den.min * factors.den, max: den.max * factors.den * 2 }, at);
  bounded({ scale: 0, min: above.min - below.max, max: above.max + below.max }, at);
  const ends = [above.min / 2, above.max / 2].flatMap((end) => [end / below.min, end / (below.max / 2)]);
  const unscale = digits < 0 ? 10 ** -digits : 1;
  const min = Math.floor(Math.min(...ends)) * unscale;
  const max = Math.ceil(Math.max(...ends)) * unscale;
  const range = bounded({ scale: Math.max(0, digits), min, max }, at);
  return { op: "round", mode, digits, of, at, type: { kind: "number", unit: type.unit, ...range } };
}

/** Comparison of two numbers, exact also between quotients (cross-multiplied). */
export function compareNumbers(operator: CompareOperator, left: Node, right: Node, at: Span): Node {
  const a = numeric(left);
  const b = numeric(right);
  sharedUnit(a.unit, b.unit, at);
  const [p, q] = [ratioParts(a), ratioParts(b)];
  const x = bounded(productOf(p.num, q.den), at);
  const y = bounded(productOf(q.num, p.den), at);
  const scale = Math.max(x.scale, y.scale);
  bounded(rescale(x, scale), at);
  bounded(rescale(y, scale), at);
  return { op: "compare", operator, left, right, at, type: booleanType };
}
