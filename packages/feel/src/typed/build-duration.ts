import type { Span } from "../syntax.ts";
import { durationType, partNode } from "./build-date.ts";
import { bounded, kindNames, negation, product, quotient, rounding, wholeNumber } from "./build-number.ts";
import type { Node } from "./node.ts";
import { refuse } from "./refusal.ts";
import type { DurationType } from "./type.ts";

/** `@"P1Y" + @"P6M"`, `@"P30D" - @"P1D"`: durations of one kind; undefined when neither side is a duration. */
export function durationSum(op: "add" | "subtract", left: Node, right: Node, at: Span): Node | undefined {
  const [a, b] = [left.type, right.type];
  if (a.kind !== "duration" && b.kind !== "duration") return undefined;
  if (a.kind !== "duration" || b.kind !== "duration" || a.of !== b.of) return differentKinds(left, right, at);
  const [low, high] = op === "add" ? [b.min, b.max] : [-b.max, -b.min];
  return { op, left, right, at, type: durationType(a.of, a.min + low, a.max + high, at) };
}

function differentKinds(left: Node, right: Node, at: Span): never {
  const [a, b] = [left, right].map(({ type }) =>
    type.kind === "duration" && type.of === "months"
      ? { zh: "按月计的时长", en: "a duration in months" }
      : type.kind === "duration"
        ? { zh: "按日计的时长", en: "a duration in days" }
        : kindNames[type.kind],
  );
  return refuse(
    "RULE-TYPE",
    at,
    { zh: `${a?.zh}与${b?.zh}不能相加减`, en: `${a?.en} and ${b?.en} cannot be added or subtracted` },
    {
      zh: '两边都应按月计(@"P1Y6M"),或都按日计(@"P30D");日期加减各种时长都可以',
      en: 'Both should be in months (@"P1Y6M") or both in days (@"P30D"); a date takes either',
    },
  );
}

/** A duration times a number; months are cut to whole ones, days must stay whole. Undefined when neither is a duration. */
export function durationProduct(left: Node, right: Node, at: Span): Node | undefined {
  const [of, by] = left.type.kind === "duration" ? [left, right] : [right, left];
  if (of.type.kind !== "duration") return undefined;
  const factor = wholeNumber(by, by.at ?? at);
  checkUnit(factor.unit, of, by.at ?? at);
  if (factor.scale > 0) return ofWhole(of, at, (number) => product(number, withoutUnit(by), at));
  const { of: kind, min, max } = of.type;
  const ends = [min * factor.min, min * factor.max, max * factor.min, max * factor.max];
  return {
    op: "multiply",
    left: of,
    right: by,
    at,
    type: durationType(kind, Math.min(...ends), Math.max(...ends), at),
  };
}

/** A duration by a number, cut to whole months; two durations of one kind give a number. Undefined when `left` is none. */
export function durationQuotient(left: Node, right: Node, at: Span): Node | undefined {
  if (left.type.kind !== "duration") return undefined;
  if (right.type.kind === "duration") {
    if (right.type.of !== left.type.of) return differentKinds(left, right, at);
    return quotient(lengthOf(left, at), lengthOf(right, at), at);
  }
  return ofWhole(left, at, (number) => quotient(number, right, at));
}

/** What is reckoned with the length of a duration in months, cut to whole months again. */
function ofWhole(of: Node, at: Span, reckon: (length: Node) => Node): Node {
  if (of.type.kind === "duration" && of.type.of === "months") {
    const { type, ...node } = rounding("down", 0, reckon(lengthOf(of, at)), at);
    if (type.kind === "number") return { ...node, type: durationType("months", type.min, type.max, at) } as Node;
  }
  return refuse(
    "RULE-TYPE",
    at,
    { zh: "按日计的时长乘除之后可能不是整日", en: "A duration in days may not be whole days after this" },
    {
      zh: "用整数去乘，或先取天数再算:(x).days / 2",
      en: "Multiply by a whole number, or divide the number of days: (x).days / 2",
    },
  );
}

/** The length of a duration as a plain number of months or days. */
function lengthOf(of: Node, at: Span): Node {
  if (of.type.kind !== "duration") throw new Error(`${of.op} is no duration`);
  const { of: kind, min, max } = of.type;
  return partNode(kind === "months" ? "total-months" : "days", of, min, max, at);
}

const unitsOfLength: ReadonlyMap<string, { readonly of: DurationType["of"]; readonly length: number }> = new Map([
  ["day", { of: "days", length: 1 }],
  ["week", { of: "days", length: 7 }],
  ["month", { of: "months", length: 1 }],
  ["year", { of: "months", length: 12 }],
]);

/** A plain number multiplies any duration; months multiply one month and years one year. */
function checkUnit(unit: string | null, of: Node, at: Span): void {
  const own = unitsOfLength.get(unit ?? "");
  const fits = own !== undefined && of.op === "constant" && of.type.kind === "duration" && of.type.of === own.of;
  if (unit === null || unit === "1" || (fits && of.value === own.length)) return;
  refuse(
    "RULE-UNIT",
    at,
    { zh: `时长不能乘以单位为 ${unit} 的数`, en: `A duration cannot be multiplied by a number in ${unit}` },
    {
      zh: '乘以没有单位的数；月数乘 @"P1M"，年数乘 @"P1Y"，日数乘 @"P1D"',
      en: 'Multiply by a plain number; months by @"P1M", years by @"P1Y", days by @"P1D"',
    },
  );
}

function withoutUnit(node: Node): Node {
  return node.type.kind === "number" ? ({ ...node, type: { ...node.type, unit: null } } as Node) : node;
}

/** The opposite or the size of a duration; undefined when it is none. */
export function durationSign(op: "negate" | "absolute", of: Node, at: Span): Node | undefined {
  if (of.type.kind !== "duration") return undefined;
  const { of: kind, min, max } = of.type;
  if (op === "negate") return { op, of, at, type: durationType(kind, -max, -min, at) };
  const least = min > 0 ? min : max < 0 ? -max : 0;
  return { op, of, at, type: durationType(kind, least, Math.max(Math.abs(min), Math.abs(max)), at) };
}

/** Months or days counted by a whole number, as a duration. */
export function durationOf(kind: DurationType["of"], count: Node, at: Span): Node {
  const unit: Node = { op: "constant", type: { kind: "duration", of: kind, min: 1, max: 1 }, value: 1, at };
  const { min, max } = bounded(wholeNumber(count), at);
  return { op: "multiply", left: unit, right: count, at, type: durationType(kind, min, max, at) };
}

/** `-x` of a number or a duration. */
export function opposite(of: Node, at: Span): Node {
  return durationSign("negate", of, at) ?? negation(of, at);
}
