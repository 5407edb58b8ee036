import type { Call, Span } from "../syntax.ts";
import { addMonths, civilDate, dayNumber, parseDay } from "./calendar.ts";
import type { BetweenNode, Node, PartNode } from "./node.ts";
import { refuse } from "./refusal.ts";
import { type DurationType, dateType, daysType, firstDay, lastDay, monthsType, numberType } from "./type.ts";

/** `@"2024-07-01"`, `@"P3Y6M"`, `@"P30D"` */
export function temporalLiteral(text: string, at: Span): Node {
  const day = parseDay(text);
  if (day !== null) return dateConstant(day, at);
  const length = lengthIn(text);
  if (length === null) {
    return refuse(
      "RULE-TYPE",
      at,
      {
        zh: `“${text}”不是日期，也不是整月、整日的时长`,
        en: `"${text}" is neither a date nor a duration of whole months or days`,
      },
      { zh: '例如 @"2024-07-01"、@"P3Y"、@"P30D"', en: 'Such as @"2024-07-01", @"P3Y", @"P30D"' },
    );
  }
  const type = durationType(length.of, length.count, length.count, at);
  return { op: "constant", type, value: type.min, at };
}

const durationText = /^(-?)P(?!$)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** A duration of whole months, or of whole days however they are written: `PT48H` is two days. */
function lengthIn(text: string): { readonly of: DurationType["of"]; readonly count: number } | null {
  const match = durationText.exec(text);
  if (match === null) return null;
  const [years, months, days, hours, minutes, seconds] = match.slice(2).map((part) => part && Number(part));
  const sign = match[1] === "-" ? -1 : 1;
  const [calendar, clock] = [
    [years, months],
    [days, hours, minutes, seconds],
  ].map((parts) => parts.some((part) => part !== undefined));
  if (calendar === clock) return null;
  if (calendar) return { of: "months", count: sign * (Number(years ?? 0) * 12 + Number(months ?? 0)) };
  const rest = Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return rest % 86_400 === 0 ? { of: "days", count: sign * (Number(days ?? 0) + rest / 86_400) } : null;
}

/** Longest duration, in months or days: two of them compare as 32-bit integers. */
const longest = 2 ** 30 - 1;

export function durationType(of: DurationType["of"], min: number, max: number, at: Span): DurationType {
  if (min >= -longest && max <= longest) return { kind: "duration", of, min: min + 0, max: max + 0 };
  return refuse(
    "RULE-RANGE",
    at,
    { zh: `时长可能超过 ${longest} 个月或日`, en: `The duration may exceed ${longest} months or days` },
    { zh: "改短时长，或缩小因数的取值范围", en: "Shorten it, or narrow the range of the factor" },
  );
}

export function dateConstant(day: number, at: Span): Node {
  if (day >= firstDay && day <= lastDay) return { op: "constant", type: dateType, value: day, at };
  return refuse(
    "RULE-RANGE",
    at,
    { zh: "日期应在 1800 至 2199 年之间", en: "Dates should lie between 1800 and 2199" },
    { zh: "改日期", en: "Change the date" },
  );
}

export function date(node: Node, at: Span): Node {
  if (node.type.kind === "date") return node;
  return refuse(
    "RULE-TYPE",
    node.at ?? at,
    { zh: "这里需要日期", en: "A date is needed here" },
    { zh: '例如 birthDate、asOf 或 @"2024-07-01"', en: 'Such as birthDate, asOf or @"2024-07-01"' },
  );
}

export function between(op: BetweenNode["op"], from: Node, to: Node, at: Span): Node {
  return { op, from: date(from, at), to: date(to, at), at, type: betweenType(op, from, to, at) };
}

/** Moved dates may leave the years that facts may hold, and then lie further apart. */
function betweenType(op: BetweenNode["op"], from: Node, to: Node, at: Span): DurationType {
  if (!isMoved(from) && !isMoved(to)) return op === "months-between" ? monthsType : daysType;
  const [a, b] = [daysOf(from), daysOf(to)];
  const [min, max] = [b.min - a.max, b.max - a.min];
  if (op === "days-between") return durationType("days", min, max, at);
  return durationType("months", monthsIn(min), monthsIn(max), at);
}

/** As many months as so many days can be, away from zero. */
const monthsIn = (days: number) => Math.sign(days) * (Math.ceil(Math.abs(days) / 28) + 1);

function isMoved(node: Node): boolean {
  return node.op === "shift" || (node.op === "if" && (isMoved(node.yes) || isMoved(node.no)));
}

/** The days a date can be. */
function daysOf(node: Node): { readonly min: number; readonly max: number } {
  if (node.op === "constant") return { min: Number(node.value), max: Number(node.value) };
  if (node.op === "if") {
    const [a, b] = [daysOf(node.yes), daysOf(node.no)];
    return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
  }
  if (node.op !== "shift" || node.by.type.kind !== "duration") return { min: firstDay, max: lastDay };
  const of = daysOf(node.of);
  const { of: kind, min, max } = node.by.type;
  const ends = [min * node.sign, max * node.sign].map((end) => end * (kind === "months" ? 31 : 1));
  return { min: of.min + Math.min(0, ...ends), max: of.max + Math.max(0, ...ends) };
}

/** 0001-01-01 and 9999-12-31: the calendar of every way of answering holds between them. */
const calendarStart = dayNumber(1, 1, 1);
const calendarEnd = dayNumber(9_999, 12, 31);

export function shift(of: Node, by: Node, sign: 1 | -1, at: Span): Node {
  if (of.op === "constant" && by.op === "constant" && by.type.kind === "duration") {
    const length = Number(by.value) * sign;
    const start = Number(of.value);
    return dateConstant(by.type.of === "months" ? addMonths(start, length) : start + length, at);
  }
  const moved: Node = { op: "shift", of, by, sign, at, type: dateType };
  const { min, max } = daysOf(moved);
  if (min >= calendarStart && max <= calendarEnd) return moved;
  return refuse(
    "RULE-RANGE",
    at,
    { zh: "移动后的日期可能不在公元 1 至 9999 年之间", en: "The moved date may leave the years 1 to 9999" },
    { zh: "缩小时长的取值范围", en: "Narrow the range of the duration" },
  );
}

/** `.years`, `.months`, `.days` of a duration, `.year`, `.month`, `.day` of a date; null when the name is no part. */
export function part(of: Node, name: string, at: Span): Node | null {
  if (of.type.kind === "duration") {
    const { min, max } = of.type;
    if (of.type.of === "days") return name === "days" ? partNode("days", of, min, max, at) : null;
    if (name === "years") return partNode("years", of, Math.trunc(min / 12), Math.trunc(max / 12), at);
    return name === "months" ? partNode("months", of, min < 0 ? -11 : 0, 11, at) : null;
  }
  if (of.type.kind !== "date") return null;
  if (name === "year") {
    const days = isMoved(of) ? daysOf(of) : { min: firstDay, max: lastDay };
    return partNode("year", of, civilDate(days.min).year, civilDate(days.max).year, at);
  }
  if (name === "month") return partNode("month", of, 1, 12, at);
  return name === "day" ? partNode("day", of, 1, 31, at) : null;
}

export function partNode(name: PartNode["part"], of: Node, min: number, max: number, at: Span): PartNode {
  return { op: "part", part: name, of, at, type: numberType(null, 0, min, max) };
}

/** `years * 12 + months` of one duration is its whole length in months: one number in place of three steps. */
export function totalMonths(left: Node, right: Node, at: Span): Node | null {
  if (right.op !== "part" || right.part !== "months" || left.op !== "multiply") return null;
  const [years, twelve] = left.left.op === "constant" ? [left.right, left.left] : [left.left, left.right];
  if (years.op !== "part" || years.part !== "years" || twelve.op !== "constant" || twelve.value !== 12) return null;
  if (years.of.type.kind !== "duration" || !sameNode(years.of, right.of)) return null;
  return { ...partNode("total-months", right.of, years.of.type.min, years.of.type.max, at) };
}

function sameNode(a: Node, b: Node): boolean {
  const plain = (node: Node) => JSON.stringify(node, (key, value: unknown) => (key === "at" ? undefined : value));
  return plain(a) === plain(b);
}

/** `date("2024-07-01")`, `date(2024, 7, 1)` of literals, and `date(d)` of a date; undefined when it is none of these. */
export function dateCall(args: readonly Node[], text: string | null, call: Call): Node | undefined {
  const at = { from: call.from, to: call.to };
  const day = text === null ? null : parseDay(text);
  if (day !== null) return dateConstant(day, at);
  const [only] = args;
  if (args.length === 1 && only?.type.kind === "date") return only;
  const [year, month, dayOfMonth] = args.map((arg) =>
    arg.op === "constant" && arg.type.kind === "number" ? Number(arg.value) : null,
  );
  if (year != null && month != null && dayOfMonth != null) {
    const number = dayNumber(year, month, dayOfMonth);
    const civil = civilDate(number);
    if (civil.year === year && civil.month === month && civil.day === dayOfMonth) return dateConstant(number, at);
  }
  const isNumbers = args.length === 3 && args.every(({ type }) => type.kind === "number");
  const known = args.every(({ op }) => op === "constant");
  return isNumbers && !known ? undefined : noSuchDay(at);
}

export function noSuchDay(at: Span): never {
  return refuse(
    "RULE-TYPE",
    at,
    { zh: "date() 里应是一个确定的日期", en: "date() takes one certain day" },
    {
      zh: '例如 date("2024-07-01")、date(2024, 7, 1) 或 date(birthDate.year, 9, 1)',
      en: 'Such as date("2024-07-01"), date(2024, 7, 1) or date(birthDate.year, 9, 1)',
    },
  );
}
