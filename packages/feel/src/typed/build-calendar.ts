import { monthNames, weekdayNames } from "../calendar-names.ts";
import type { Span } from "../syntax.ts";
import { between, date, noSuchDay, part, partNode, shift } from "./build-date.ts";
import { durationOf } from "./build-duration.ts";
import { modulo, sum, wholeNumber } from "./build-number.ts";
import { dayNumber } from "./calendar.ts";
import type { Node } from "./node.ts";
import { refuse } from "./refusal.ts";
import { dateType, type EnumType, type NumberType, numberType } from "./type.ts";

const whole = (value: number, at: Span): Node => ({
  op: "constant",
  type: numberType(null, 0, value, value),
  value,
  at,
});
const day = (value: number, at: Span): Node => ({ op: "constant", type: dateType, value, at });

/** Days of a month that every year has. */
const leastDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const baseYear = 2000;

/** `date(year, month, day)` of numbers that are proved to name a day: months and then days after 1 January 2000. */
export function dateOfParts(year: Node, month: Node, dayOfMonth: Node, at: Span): Node {
  const [y, m, d] = [year, month, dayOfMonth].map((node) => withinScale(node, at)) as [
    NumberType,
    NumberType,
    NumberType,
  ];
  if (m.min < 1 || m.max > 12) return refusePart(month, at, { zh: "月份", en: "The month" }, 1, 12);
  const last = Math.min(...leastDays.slice(m.min - 1, m.max));
  if (d.min < 1 || d.max > last) return refusePart(dayOfMonth, at, { zh: "日", en: "The day" }, 1, last);
  if (y.min < 1 || y.max > 9_999) return refusePart(year, at, { zh: "年份", en: "The year" }, 1, 9_999);
  const years = sum("subtract", plain(year), whole(baseYear, at), at);
  const scaled: Node = {
    op: "multiply",
    left: years,
    right: whole(12, at),
    at,
    type: numberType(null, 0, (y.min - baseYear) * 12, (y.max - baseYear) * 12),
  };
  const months = sum("add", scaled, sum("subtract", plain(month), whole(1, at), at), at);
  const first = shift(day(dayNumber(baseYear, 1, 1), at), durationOf("months", months, at), 1, at);
  const rest = sum("subtract", plain(dayOfMonth), whole(1, at), at);
  return d.max === 1 ? first : shift(first, durationOf("days", rest, at), 1, at);
}

function withinScale(node: Node, at: Span): NumberType {
  const type = wholeNumber(node, node.at ?? at);
  return type.scale === 0 ? type : noSuchDay(at);
}

function plain(node: Node): Node {
  return { ...node, type: { ...(node.type as NumberType), unit: null } } as Node;
}

function refusePart(node: Node, at: Span, which: { zh: string; en: string }, from: number, to: number): never {
  return refuse(
    "RULE-RANGE",
    node.at ?? at,
    { zh: `${which.zh}可能不存在`, en: `${which.en} may not exist` },
    {
      zh: `应一定在 ${from} 至 ${to} 之间；月底写成下月首日减 @"P1D"`,
      en: `It should surely lie between ${from} and ${to}; the end of a month is the first of the next - @"P1D"`,
    },
  );
}

/** 1970-01-05, a Monday. */
const someMonday = 4;
const codes = (values: readonly string[]): EnumType => ({ kind: "enum", values });

/** Days since a Monday, 0 to 6. */
function sinceMonday(of: Node, at: Span): Node & { op: "modulo" } {
  const length = between("days-between", day(someMonday, at), of, at);
  if (length.type.kind !== "duration") throw new Error("Days between dates are a duration");
  const count = partNode("days", length, length.type.min, length.type.max, at);
  return modulo(count, whole(7, at), at) as Node & { op: "modulo" };
}

/** `day of week(d)`: a code from "Monday" to "Sunday". */
export function dayOfWeek(of: Node, at: Span): Node {
  return { ...sinceMonday(date(of, at), at), type: codes(weekdayNames), name: "day of week" };
}

/** `d.weekday`: 1 on Monday, 7 on Sunday. */
export function weekday(of: Node, at: Span): Node {
  return sum("add", sinceMonday(of, at), whole(1, at), at);
}

/** `month of year(d)`: a code from "January" to "December". */
export function monthOfYear(of: Node, at: Span): Node {
  const month = part(date(of, at), "month", at) as Node;
  return { op: "subtract", left: month, right: whole(1, at), at, type: codes(monthNames), name: "month of year" };
}

/** `day of year(d)`: 1 on 1 January. */
export function dayOfYear(of: Node, at: Span): Node {
  const year = part(date(of, at), "year", at) as Node;
  const first = dateOfParts(year, whole(1, at), whole(1, at), at);
  const length = between("days-between", first, of, at);
  return sum("add", partNode("days", length, 0, 365, at), whole(1, at), at);
}
