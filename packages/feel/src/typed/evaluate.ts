import { decidedEarly } from "./bounds.ts";
import { ratioParts, roundingFactors } from "./build-number.ts";
import { addMonths, civilDate, monthsBetween } from "./calendar.ts";
import type {
  AggregateNode,
  CompareNode,
  CompareOperator,
  FactNode,
  IfNode,
  LookupNode,
  Node,
  PartNode,
  RoundingMode,
  RoundNode,
} from "./node.ts";
import type { NumberType, RatioType, Type } from "./type.ts";

/** Booleans, scaled integers, days, months, positions; undefined is unknown. */
export type Value = boolean | number | undefined;

/** One household as a rule sees it. Row 0 is the subject, rows 1, 2, ... are the members that the loops stand at. */
export interface Situation {
  /** Value of a fact; `member` is a member's position, or -1 for the subject (and for household facts). */
  readonly fact: (name: string, entity: "person" | "household", member: number) => Value;
  readonly members: number;
}

interface Quotient {
  readonly num: number;
  readonly den: number;
}

/** The value of a typed rule for one subject, with the same meaning and the same unknowns as the kernels. */
export function evaluate(node: Node, situation: Situation, rows: readonly number[] = [-1]): Value {
  switch (node.op) {
    case "constant":
      return node.value;
    case "fact":
      return factValue(node, situation, rows);
    case "moment":
      return node.value;
    case "parameter":
      return undefined;
    case "lookup":
      return lookupValue(node, situation, rows);
    case "map": {
      const position = keyPosition(node.keys, 0, situation, rows);
      return position === undefined ? undefined : node.values[Number(position)];
    }
    case "within":
    case "one-of": {
      const of = evaluate(node.of, situation, rows);
      return of === undefined ? undefined : node.values.includes(Number(of));
    }
    case "compare":
      return compareValue(node, situation, rows) ?? decidedValue(node, situation, rows);
    case "and":
    case "or":
      return junctionValue(node.op, node.items, situation, rows);
    case "not": {
      const of = evaluate(node.of, situation, rows);
      return of === undefined ? undefined : !of;
    }
    case "if":
      return ifValue(node, situation, rows);
    case "otherwise":
      return evaluate(node.of, situation, rows) ?? node.value;
    case "aggregate":
      return aggregateValue(node, situation, rows);
    default:
      return arithmeticValue(node, situation, rows);
  }
}

function factValue(node: FactNode, situation: Situation, rows: readonly number[]): Value {
  return situation.fact(node.fact, node.entity, node.entity === "household" ? -1 : (rows[node.row] ?? -1));
}

/** Length of a key's dimension in the values of a lookup, and the position that stands for zero. */
export function keyDimension(type: Type): { size: number; first: number } {
  if (type.kind === "boolean") return { size: 2, first: 0 };
  if (type.kind === "enum") return { size: type.values.length, first: 0 };
  if (type.kind === "number") return { size: type.max - type.min + 1, first: type.min };
  throw new Error(`A ${type.kind} is no key`);
}

/** Position in the values of a lookup: unknown when a key or the area is. */
export function lookupPosition(node: LookupNode, situation: Situation, rows: readonly number[] = [-1]): Value {
  let position = 0;
  if (node.area !== null) {
    const area = evaluate(node.area, situation, rows);
    if (area === undefined) return undefined;
    position = Number(area);
  }
  return keyPosition(node.keys, position, situation, rows);
}

function keyPosition(keys: readonly Node[], start: number, situation: Situation, rows: readonly number[]): Value {
  let position = start;
  for (const key of keys) {
    const value = evaluate(key, situation, rows);
    if (value === undefined) return undefined;
    const { size, first } = keyDimension(key.type);
    position = position * size + (Number(value) - first);
  }
  return position;
}

function lookupValue(node: LookupNode, situation: Situation, rows: readonly number[]): Value {
  const position = lookupPosition(node, situation, rows);
  return position === undefined ? undefined : (node.values[Number(position)] ?? undefined);
}

function junctionValue(op: "and" | "or", items: readonly Node[], situation: Situation, rows: readonly number[]): Value {
  const deciding = op === "or";
  let unknown = false;
  for (const item of items) {
    const value = evaluate(item, situation, rows);
    if (value === deciding) return deciding;
    if (value === undefined) unknown = true;
  }
  return unknown ? undefined : !deciding;
}

/** With an unknown condition, a boolean both branches agree on is known; a number is not. */
function ifValue(node: IfNode, situation: Situation, rows: readonly number[]): Value {
  const when = evaluate(node.when, situation, rows);
  const branch = (of: Node): Value => {
    const value = evaluate(of, situation, rows);
    return typeof value === "number" ? align(value, scaleOf(of.type), scaleOf(node.type)) : value;
  };
  if (when !== undefined) return branch(when ? node.yes : node.no);
  if (node.type.kind !== "boolean") return undefined;
  const value = branch(node.yes);
  return value === branch(node.no) ? value : undefined;
}

function aggregateValue(node: AggregateNode, situation: Situation, rows: readonly number[]): Value {
  const deciding = node.kind === "some";
  let unknown = false;
  let total = 0;
  for (let member = 0; member < situation.members; member += 1) {
    const inner = [...rows];
    inner[node.loop] = member;
    const where = node.where === null ? true : evaluate(node.where, situation, inner);
    if (where === false) continue;
    const value = node.value === null ? undefined : evaluate(node.value, situation, inner);
    if (node.kind === "some" || node.kind === "every") {
      if (where === true && value === deciding) return deciding;
      if (value !== !deciding) unknown = true;
    } else if (where === undefined || (node.value !== null && value === undefined)) unknown = true;
    else if (node.kind === "count") total += 1;
    else if (node.kind === "sum") total += Number(value);
    else total = member === 0 ? Number(value) : extremeOf(node.kind === "min", [total, Number(value)]);
  }
  if (unknown) return undefined;
  return node.kind === "some" || node.kind === "every" ? !deciding : total;
}

const extremeOf = (least: boolean, values: readonly number[]) => (least ? Math.min(...values) : Math.max(...values));

export function align(value: number, from: number, to: number): number {
  return from === to ? value : value * 10 ** (to - from);
}

export function scaleOf(type: Type): number {
  return type.kind === "number" ? type.scale : 0;
}

/** Although facts are unknown, a comparison is known when it comes out alike whatever they are. */
function decidedValue(node: CompareNode, situation: Situation, rows: readonly number[]): Value {
  const decided = decidedEarly(node);
  if (decided === null) return undefined;
  if (decided.possible !== null && evaluate(decided.possible, situation, rows) === false) return false;
  return decided.certain !== null && evaluate(decided.certain, situation, rows) === true ? true : undefined;
}

function compareValue({ operator, left, right }: CompareNode, situation: Situation, rows: readonly number[]): Value {
  if (left.type.kind !== "number" && left.type.kind !== "ratio") {
    const [a, b] = [evaluate(left, situation, rows), evaluate(right, situation, rows)];
    return a === undefined || b === undefined ? undefined : holds(operator, Number(a), Number(b));
  }
  const [a, b] = [quotientOf(left, situation, rows), quotientOf(right, situation, rows)];
  if (a === undefined || b === undefined) return undefined;
  const { leftScale, rightScale, scale } = crossScales(left.type, right.type as NumberType | RatioType);
  return holds(operator, align(a.num * b.den, leftScale, scale), align(b.num * a.den, rightScale, scale));
}

/** Scales of the two cross products of a comparison and the one they are aligned to. */
export function crossScales(left: NumberType | RatioType, right: NumberType | RatioType) {
  const [p, q] = [ratioParts(left), ratioParts(right)];
  const leftScale = p.num.scale + q.den.scale;
  const rightScale = q.num.scale + p.den.scale;
  return { leftScale, rightScale, scale: Math.max(leftScale, rightScale) };
}

export function holds(operator: CompareOperator, a: number, b: number): boolean {
  switch (operator) {
    case "=":
      return a === b;
    case "!=":
      return a !== b;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
  }
}

/** A number or quotient as numerator and denominator, in the scales of its type. */
export function quotientOf(node: Node, situation: Situation, rows: readonly number[] = [-1]): Quotient | undefined {
  if (node.type.kind !== "ratio") {
    const value = evaluate(node, situation, rows);
    return value === undefined ? undefined : { num: Number(value), den: 1 };
  }
  if (node.op === "negate") {
    const of = quotientOf(node.of, situation, rows);
    return of === undefined ? undefined : { num: -of.num, den: of.den };
  }
  if (node.op !== "add" && node.op !== "subtract" && node.op !== "multiply" && node.op !== "divide") {
    throw new Error(`${node.op} gives no quotient`);
  }
  const [a, b] = [quotientOf(node.left, situation, rows), quotientOf(node.right, situation, rows)];
  if (a === undefined || b === undefined) return undefined;
  if (node.op === "multiply") return { num: a.num * b.num, den: a.den * b.den };
  if (node.op === "divide") return { num: a.num * b.den, den: a.den * b.num };
  const types = [node.left.type, node.right.type] as [NumberType | RatioType, NumberType | RatioType];
  const { leftScale, rightScale, scale } = crossScales(types[0], types[1]);
  const [x, y] = [align(a.num * b.den, leftScale, scale), align(b.num * a.den, rightScale, scale)];
  return { num: node.op === "add" ? x + y : x - y, den: a.den * b.den };
}

function arithmeticValue(node: Node, situation: Situation, rows: readonly number[]): Value {
  if (node.op === "round") return roundValue(node, situation, rows);
  const scale = scaleOf(node.type);
  const value = (of: Node): number | undefined => {
    const found = evaluate(of, situation, rows);
    return found === undefined ? undefined : Number(found);
  };
  const aligned = (of: Node): number | undefined => {
    const found = value(of);
    return found === undefined ? undefined : align(found, scaleOf(of.type), scale);
  };
  const both = (
    read: (of: Node) => number | undefined,
    a: Node,
    b: Node,
    combine: (a: number, b: number) => number,
  ) => {
    const [x, y] = [read(a), read(b)];
    return x === undefined || y === undefined ? undefined : combine(x, y);
  };
  switch (node.op) {
    case "add":
      return both(aligned, node.left, node.right, (a, b) => a + b);
    case "subtract":
      return both(aligned, node.left, node.right, (a, b) => a - b);
    case "multiply":
      return both(value, node.left, node.right, (a, b) => a * b + 0);
    case "modulo":
      return both(aligned, node.left, node.right, (a, b) => a - b * Math.floor(a / b));
    case "negate":
    case "absolute": {
      const of = value(node.of);
      if (of === undefined) return undefined;
      return node.op === "negate" ? -of + 0 : Math.abs(of);
    }
    case "least":
    case "greatest": {
      const values = node.items.map(aligned).filter((item) => item !== undefined);
      return values.length < node.items.length ? undefined : extremeOf(node.op === "least", values);
    }
    case "months-between":
      return both(value, node.from, node.to, monthsBetween);
    case "days-between":
      return both(value, node.from, node.to, (from, to) => to - from);
    case "shift": {
      const months = node.by.type.kind === "duration" && node.by.type.of === "months";
      return both(value, node.of, node.by, (day, by) =>
        months ? addMonths(day, by * node.sign) : day + by * node.sign,
      );
    }
    case "part": {
      const of = value(node.of);
      return of === undefined ? undefined : partOf(node.part, of);
    }
    default:
      throw new Error(`${node.op} is no arithmetic`);
  }
}

export function partOf(part: PartNode["part"], value: number): number {
  switch (part) {
    case "years":
      return Math.trunc(value / 12) + 0;
    case "months":
      return (value % 12) + 0;
    case "total-months":
    case "days":
      return value;
    default:
      return civilDate(value)[part];
  }
}

function roundValue(node: RoundNode, situation: Situation, rows: readonly number[]): Value {
  const of = quotientOf(node.of, situation, rows);
  if (of === undefined) return undefined;
  const { num, den } = ratioParts(node.of.type as NumberType | RatioType);
  const factors = roundingFactors(num, den, node.digits);
  const rounded = roundQuotient(node.mode, of.num * factors.num, of.den * factors.den);
  return node.digits < 0 ? rounded * 10 ** -node.digits : rounded;
}

/** Rounds num / den (den positive, both below 2^53) to an integer, exactly: a double's quotient never passes an integer. */
export function roundQuotient(mode: RoundingMode, num: number, den: number): number {
  const size = Math.abs(num);
  const sign = num < 0 ? -1 : 1;
  switch (mode) {
    case "floor":
      return Math.floor(num / den) + 0;
    case "ceiling":
      return Math.ceil(num / den) + 0;
    case "up":
      return sign * Math.ceil(size / den) + 0;
    case "down":
      return sign * Math.floor(size / den) + 0;
    case "half up":
      return sign * Math.floor((2 * size + den) / (2 * den)) + 0;
    case "half down":
      return sign * Math.ceil((2 * size - den) / (2 * den)) + 0;
    case "half even": {
      const down = Math.floor(num / den);
      const rest = 2 * (num - down * den) - den;
      return (rest > 0 || (rest === 0 && down % 2 !== 0) ? down + 1 : down) + 0;
    }
  }
}
