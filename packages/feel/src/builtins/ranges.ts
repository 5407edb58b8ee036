import { compare } from "../equality.ts";
import { FeelSyntaxError } from "../errors.ts";
import { parseNumber } from "../numbers.ts";
import { parseExpression } from "../parse.ts";
import type { Expression } from "../syntax.ts";
import { parseDate, parseDateTime, parseDuration, parseTemporal, parseTime } from "../temporal-parse.ts";
import { type FeelRange, type FeelValue, isRange, kindOf, range } from "../values.ts";
import { type Builtin, define, signature } from "./define.ts";

/** An end of a range or a point, as something that can be put in order. */
interface End {
  readonly value: FeelValue;
  readonly included: boolean;
}

interface Bounds {
  readonly low: End;
  readonly high: End;
}

/** Undefined when the two cannot be compared. */
type Relation = (left: Bounds, right: Bounds, order: typeof ordering) => boolean | undefined;

function bounds(value: FeelValue): Bounds {
  if (!isRange(value)) return { low: { value, included: true }, high: { value, included: true } };
  return {
    low: { value: value.low ?? null, included: value.lowIncluded },
    high: { value: value.high ?? null, included: value.highIncluded },
  };
}

function ordering(left: End, right: End): number | undefined {
  return compare(left.value, right.value) ?? undefined;
}

/** Whether `left` ends before `right` begins. */
const before: Relation = (left, right, order) => {
  const gap = order(left.high, right.low);
  return gap === undefined ? undefined : gap < 0 || (gap === 0 && !(left.high.included && right.low.included));
};

const meets: Relation = (left, right, order) => {
  const gap = order(left.high, right.low);
  return gap === undefined ? undefined : gap === 0 && left.high.included && right.low.included;
};

const overlaps: Relation = (left, right, order) => {
  const [first, second] = [before(left, right, order), before(right, left, order)];
  return first === undefined || second === undefined ? undefined : !first && !second;
};

/** -1, 0 or 1 as the range `left` begins before, with or after `right`. */
function lowOrder(left: Bounds, right: Bounds, order: typeof ordering): number | undefined {
  const gap = order(left.low, right.low);
  if (gap === undefined || gap !== 0) return gap;
  return Number(right.low.included) - Number(left.low.included);
}

function highOrder(left: Bounds, right: Bounds, order: typeof ordering): number | undefined {
  const gap = order(left.high, right.high);
  if (gap === undefined || gap !== 0) return gap;
  return Number(left.high.included) - Number(right.high.included);
}

function both(
  left: Bounds,
  right: Bounds,
  order: typeof ordering,
  holds: (low: number, high: number) => boolean,
): boolean | undefined {
  const [low, high] = [lowOrder(left, right, order), highOrder(left, right, order)];
  return low === undefined || high === undefined ? undefined : holds(low, high);
}

const includes: Relation = (left, right, order) => both(left, right, order, (low, high) => low <= 0 && high >= 0);
const finishes: Relation = (left, right, order) => both(left, right, order, (low, high) => low >= 0 && high === 0);
const starts: Relation = (left, right, order) => both(left, right, order, (low, high) => low === 0 && high <= 0);
const coincides: Relation = (left, right, order) => both(left, right, order, (low, high) => low === 0 && high === 0);

const overlapsBefore: Relation = (left, right, order) => {
  const meeting = overlaps(left, right, order);
  const placed = both(left, right, order, (low, high) => low < 0 && high <= 0);
  return meeting === undefined || placed === undefined ? undefined : meeting && placed;
};

const overlapsAfter: Relation = (left, right, order) => {
  const meeting = overlaps(left, right, order);
  const placed = both(left, right, order, (low, high) => low > 0 && high >= 0);
  return meeting === undefined || placed === undefined ? undefined : meeting && placed;
};

const swapped =
  (relation: Relation): Relation =>
  (left, right, order) =>
    relation(right, left, order);

type Shape = "point" | "range";

function relate(name: string, relation: Relation, pairs: readonly (readonly [Shape, Shape])[]): Builtin {
  const signatures = pairs.map(([left, right]) => {
    const names = left === right ? [`${left}1`, `${right}2`] : [left, right];
    return signature(`${names[0]}: any, ${names[1]}: any`, (a: FeelValue, b: FeelValue) =>
      apply(relation, a, b, pairs),
    );
  });
  return define(name, ...signatures);
}

function apply(
  relation: Relation,
  left: FeelValue,
  right: FeelValue,
  pairs: readonly (readonly [Shape, Shape])[],
): FeelValue | undefined {
  const shapes = [shapeOf(left), shapeOf(right)];
  if (left === null || right === null || !pairs.some(([a, b]) => a === shapes[0] && b === shapes[1])) return undefined;
  return relation(bounds(left), bounds(right), ordering);
}

function shapeOf(value: FeelValue): Shape {
  return isRange(value) ? "range" : "point";
}

const allPairs = [
  ["point", "point"],
  ["point", "range"],
  ["range", "point"],
  ["range", "range"],
] as const;

/** DMN 1.5, table 78: relations of points and ranges, after Allen. */
export const ranges: readonly Builtin[] = [
  relate("before", before, allPairs),
  relate("after", swapped(before), allPairs),
  relate("meets", meets, [["range", "range"]]),
  relate("met by", swapped(meets), [["range", "range"]]),
  relate("overlaps", overlaps, [["range", "range"]]),
  relate("overlaps before", overlapsBefore, [["range", "range"]]),
  relate("overlaps after", overlapsAfter, [["range", "range"]]),
  relate("finishes", finishes, [
    ["point", "range"],
    ["range", "range"],
  ]),
  relate("finished by", swapped(finishes), [
    ["range", "point"],
    ["range", "range"],
  ]),
  relate("includes", includes, [
    ["range", "point"],
    ["range", "range"],
  ]),
  relate("during", swapped(includes), [
    ["point", "range"],
    ["range", "range"],
  ]),
  relate("starts", starts, [
    ["point", "range"],
    ["range", "range"],
  ]),
  relate("started by", swapped(starts), [
    ["range", "point"],
    ["range", "range"],
  ]),
  relate("coincides", coincides, [
    ["point", "point"],
    ["range", "range"],
  ]),
  define(
    "range",
    signature("from: string", (from: string) => parseRange(from) ?? undefined),
  ),
];

/** A range written with literals, both ends given and in order (DMN 1.5, table 66). */
function parseRange(text: string): FeelRange | null {
  const node = parsed(text);
  if (node?.kind !== "range") return null;
  const [low, high] = [literal(node.low), literal(node.high)];
  if (low === null || high === null || kindOf(low) !== kindOf(high)) return null;
  const order = compare(low, high);
  return order === null || order > 0 ? null : range(low, high, node.lowIncluded, node.highIncluded);
}

function parsed(text: string): Expression | null {
  try {
    return parseExpression(text);
  } catch (error) {
    if (error instanceof FeelSyntaxError) return null;
    throw error;
  }
}

const readers: Readonly<Record<string, (text: string) => FeelValue>> = {
  date: parseDate,
  time: parseTime,
  "date and time": parseDateTime,
  duration: parseDuration,
};

function literal(node: Expression): FeelValue {
  switch (node.kind) {
    case "number":
      return parseNumber(node.text);
    case "string":
      return node.value;
    case "at":
      return parseTemporal(node.text);
    case "call": {
      const reader = node.callee.kind === "name" ? readers[node.callee.name] : undefined;
      const [argument] = node.arguments.kind === "positional" ? node.arguments.values : [];
      return reader !== undefined && argument?.kind === "string" ? reader(argument.value) : null;
    }
    default:
      return null;
  }
}
