import type { Call, Span } from "../syntax.ts";
import { addMonths, civilDate, dayNumber, parseDay } from "./calendar.ts";
import type { BetweenNode, Node, PartNode } from "./node.ts";
import { refuse } from "./refusal.ts";
import { type DurationType, dateType, daysType, firstDay, lastDay, monthsType, numberType } from "./type.ts";

/** `@"2024-07-01"`, `@"P3Y6M"`, `@"P30D"` */
export function temporalLiteral(text: string, at: Span): Node {
  const day = parseDay(text);
  if (day !== null) return dateConstant(day, at);
  const match = /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/.exec(text);
  const [, sign, years, months, days] = match ?? [];
  const calendar = years !== undefined || months !== undefined;
  if (match === null || calendar === (days !== undefined)) {
    return refuse(
      "RULE-TYPE",
      at,
      {
        zh: `“${text}”不是日期,也不是整月、整日的时长`,
        en: `"${text}" is neither a date nor a duration of whole months or days`,
      },
      { zh: '例如 @"2024-07-01"、@"P3Y"、@"P30D"', en: 'Such as @"2024-07-01", @"P3Y", @"P30D"' },
    );
  }
  const length = (calendar ? Number(years ?? 0) * 12 + Number(months ?? 0) : Number(days)) * (sign === "-" ? -1 : 1);
  const type: DurationType = { kind: "duration", of: calendar ? "months" : "days", min: length, max: length };
  return { op: "constant", type, value: length + 0, at };
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
  const type = op === "months-between" ? monthsType : daysType;
  return { op, from: date(from, at), to: date(to, at), at, type };
}

export function shift(of: Node, by: Node, sign: 1 | -1, at: Span): Node {
  if (of.op === "constant" && by.op === "constant" && by.type.kind === "duration") {
    const length = Number(by.value) * sign;
    const start = Number(of.value);
    return dateConstant(by.type.of === "months" ? addMonths(start, length) : start + length, at);
  }
  return { op: "shift", of, by, sign, at, type: dateType };
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
  if (name === "year") return partNode("year", of, 1800, 2199, at);
  if (name === "month") return partNode("month", of, 1, 12, at);
  return name === "day" ? partNode("day", of, 1, 31, at) : null;
}

function partNode(name: PartNode["part"], of: Node, min: number, max: number, at: Span): PartNode {
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

/** `date("2024-07-01")` and `date(2024, 7, 1)` of literals. */
export function dateCall(args: readonly Node[], text: string | null, call: Call): Node {
  const at = { from: call.from, to: call.to };
  const day = text === null ? null : parseDay(text);
  if (day !== null) return dateConstant(day, at);
  const [year, month, dayOfMonth] = args.map((arg) =>
    arg.op === "constant" && arg.type.kind === "number" ? Number(arg.value) : null,
  );
  if (year != null && month != null && dayOfMonth != null) {
    const number = dayNumber(year, month, dayOfMonth);
    const civil = civilDate(number);
    if (civil.year === year && civil.month === month && civil.day === dayOfMonth) return dateConstant(number, at);
  }
  return refuse(
    "RULE-TYPE",
    at,
    { zh: "date() 里应是一个确定的日期", en: "date() takes one certain day" },
    { zh: '例如 date("2024-07-01") 或 date(2024, 7, 1)', en: 'Such as date("2024-07-01") or date(2024, 7, 1)' },
  );
}
