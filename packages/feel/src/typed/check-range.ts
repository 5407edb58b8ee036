import type { Expression, Span } from "../syntax.ts";
import { compare, junction, not } from "./build-logic.ts";
import type { Scope } from "./environment.ts";
import type { CompareOperator, Node } from "./node.ts";
import { refuse } from "./refusal.ts";
import { booleanType } from "./type.ts";

interface End {
  readonly value: Node;
  readonly included: boolean;
}

/** A range written out, or a point: a range from itself to itself. */
interface Bounds {
  readonly low: End;
  readonly high: End;
}

type Relation = (left: Bounds, right: Bounds, at: Span) => Node;
type Shape = "point" | "range";

/** The end compared with another; where they are equal, `included` says whether that counts. */
function ends(less: "<" | ">", left: End, right: End, equalCounts: boolean, at: Span): Node {
  const operator: CompareOperator = equalCounts ? `${less}=` : less;
  return compare(operator, left.value, right.value, at);
}

function equal(left: End, right: End, at: Span): Node {
  const same = compare("=", left.value, right.value, at);
  return left.included === right.included ? same : { op: "constant", type: booleanType, value: false, at };
}

const both = (items: readonly Node[], at: Span) => junction("and", items, at);

const before: Relation = (left, right, at) =>
  ends("<", left.high, right.low, !(left.high.included && right.low.included), at);

const meets: Relation = (left, right, at) =>
  left.high.included && right.low.included
    ? equal(left.high, right.low, at)
    : { op: "constant", type: booleanType, value: false, at };

/** Whether `left` begins no later than `right`; with `strictly`, earlier. */
const beginsBefore = (left: Bounds, right: Bounds, strictly: boolean, at: Span) =>
  ends(
    "<",
    left.low,
    right.low,
    strictly ? left.low.included && !right.low.included : left.low.included || !right.low.included,
    at,
  );

/** Whether `left` ends no earlier than `right`; with `strictly`, later. */
const endsAfter = (left: Bounds, right: Bounds, strictly: boolean, at: Span) =>
  ends(
    ">",
    left.high,
    right.high,
    strictly ? left.high.included && !right.high.included : left.high.included || !right.high.included,
    at,
  );

const overlaps: Relation = (left, right, at) =>
  both([not(before(left, right, at), at), not(before(right, left, at), at)], at);
const overlapsBefore: Relation = (left, right, at) =>
  both([overlaps(left, right, at), beginsBefore(left, right, true, at), endsAfter(right, left, false, at)], at);
const overlapsAfter: Relation = (left, right, at) =>
  both([overlaps(left, right, at), beginsBefore(right, left, true, at), endsAfter(left, right, false, at)], at);
const includes: Relation = (left, right, at) =>
  both([beginsBefore(left, right, false, at), endsAfter(left, right, false, at)], at);
const starts: Relation = (left, right, at) =>
  both([equal(left.low, right.low, at), endsAfter(right, left, false, at)], at);
const finishes: Relation = (left, right, at) =>
  both([beginsBefore(right, left, false, at), equal(left.high, right.high, at)], at);
const coincides: Relation = (left, right, at) =>
  both([equal(left.low, right.low, at), equal(left.high, right.high, at)], at);

const swapped =
  (relation: Relation): Relation =>
  (left, right, at) =>
    relation(right, left, at);

interface RangeFunction {
  readonly relation: Relation;
  readonly shapes: readonly (readonly [Shape, Shape])[];
}

const ranges: RangeFunction["shapes"] = [["range", "range"]];
const pointIn: RangeFunction["shapes"] = [["point", "range"], ...ranges];
const rangeOver: RangeFunction["shapes"] = [["range", "point"], ...ranges];
const same: RangeFunction["shapes"] = [["point", "point"], ...ranges];
const any: RangeFunction["shapes"] = [["point", "point"], ["point", "range"], ...rangeOver];

/** DMN 1.5, table 78, over ranges that are written out: relations of points and ranges, after Allen. */
export const rangeFunctions: ReadonlyMap<string, RangeFunction> = new Map([
  ["before", { relation: before, shapes: any }],
  ["after", { relation: swapped(before), shapes: any }],
  ["meets", { relation: meets, shapes: ranges }],
  ["met by", { relation: swapped(meets), shapes: ranges }],
  ["overlaps", { relation: overlaps, shapes: ranges }],
  ["overlaps before", { relation: overlapsBefore, shapes: ranges }],
  ["overlaps after", { relation: overlapsAfter, shapes: ranges }],
  ["finishes", { relation: finishes, shapes: pointIn }],
  ["finished by", { relation: swapped(finishes), shapes: rangeOver }],
  ["includes", { relation: includes, shapes: rangeOver }],
  ["during", { relation: swapped(includes), shapes: pointIn }],
  ["starts", { relation: starts, shapes: pointIn }],
  ["started by", { relation: swapped(starts), shapes: rangeOver }],
  ["coincides", { relation: coincides, shapes: same }],
]);

/** A relation of two points or ranges; both must be of the kinds the function takes. */
export function rangeCall(name: string, args: readonly Expression[], at: Span, scope: Scope): Node {
  const wanted = rangeFunctions.get(name);
  const [left, right] = args;
  if (wanted === undefined || left === undefined || right === undefined || args.length > 2) return wrong(name, at);
  const shapes = [left, right].map((arg): Shape => (arg.kind === "range" ? "range" : "point"));
  if (!wanted.shapes.some(([a, b]) => a === shapes[0] && b === shapes[1])) return wrong(name, at);
  return wanted.relation(boundsOf(left, scope), boundsOf(right, scope), at);
}

function boundsOf(expression: Expression, scope: Scope): Bounds {
  if (expression.kind === "range") {
    const { low, high, lowIncluded, highIncluded } = expression;
    return {
      low: { value: scope.check(low, scope), included: lowIncluded },
      high: { value: scope.check(high, scope), included: highIncluded },
    };
  }
  const point = { value: scope.check(expression, scope), included: true };
  return { low: point, high: point };
}

function wrong(name: string, at: Span): never {
  const shapes = rangeFunctions.get(name)?.shapes ?? [];
  const written = shapes.map(
    (pair) => `${name}(${pair.map((shape) => (shape === "range" ? "[a..b]" : "x")).join(", ")})`,
  );
  return refuse(
    "RULE-ARGUMENTS",
    at,
    { zh: `${name} 的参数是写出来的区间或点`, en: `${name} takes ranges that are written out, or points` },
    { zh: `写成 ${written.join(" 或 ")}`, en: `Write ${written.join(" or ")}` },
  );
}
