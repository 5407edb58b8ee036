import { numberToString } from "./numbers.ts";
import {
  type DaysTimeDuration,
  type FeelContext,
  type FeelDate,
  type FeelDateTime,
  type FeelFunction,
  type FeelList,
  type FeelNumber,
  type FeelRange,
  type FeelTime,
  type FeelValue,
  kindOf,
  type Place,
  type YearsMonthsDuration,
} from "./values.ts";

/** What FEEL's `string()` gives: a string stays itself at the top and is quoted within lists, contexts and ranges. */
export function toFeelString(value: FeelValue): string {
  return typeof value === "string" ? value : inner(value);
}

function inner(value: FeelValue): string {
  switch (kindOf(value)) {
    case "null":
      return "null";
    case "boolean":
      return String(value);
    case "number":
      return numberToString(value as FeelNumber);
    case "string":
      return quote(value as string);
    case "date":
      return formatDay(value as FeelDate);
    case "time":
      return formatClock((value as FeelTime).nanoseconds) + formatPlace(value as FeelTime);
    case "date and time": {
      const at = value as FeelDateTime;
      return `${formatDay(at)}T${formatClock(at.nanoseconds)}${formatPlace(at)}`;
    }
    case "years and months duration":
      return formatMonths((value as YearsMonthsDuration).months);
    case "days and time duration":
      return formatNanoseconds((value as DaysTimeDuration).nanoseconds);
    case "range":
      return formatRange(value as FeelRange);
    case "function":
      return formatFunction(value as FeelFunction);
    case "list":
      return `[${(value as FeelList).map(inner).join(", ")}]`;
    case "context":
      return formatContext(value as FeelContext);
  }
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/gu, "\\$&").replace(/\n/gu, "\\n").replace(/\r/gu, "\\r").replace(/\t/gu, "\\t")}"`;
}

function formatContext(context: FeelContext): string {
  const entries = Object.entries(context).map(([name, value]) => {
    const key = /^[\p{L}_][\p{L}\p{N}_ ]*$/u.test(name) ? name : quote(name);
    return `${key}: ${inner(value)}`;
  });
  return `{${entries.join(", ")}}`;
}

function formatFunction({ parameters }: FeelFunction): string {
  return `function(${parameters === null ? "..." : parameters.map((parameter) => parameter.name).join(", ")})`;
}

function formatRange({ low, high, lowIncluded, highIncluded, operator }: FeelRange): string {
  if (operator !== null) return `(${operator} ${inner(low ?? null)})`;
  if (low === undefined) return `(<${highIncluded ? "=" : ""} ${inner(high ?? null)})`;
  if (high === undefined) return `(>${lowIncluded ? "=" : ""} ${inner(low)})`;
  return `${lowIncluded ? "[" : "("}${inner(low)}..${inner(high)}${highIncluded ? "]" : ")"}`;
}

const two = (value: number) => String(value).padStart(2, "0");

function formatDay({ year, month, day }: { year: number; month: number; day: number }): string {
  return `${year < 0 ? "-" : ""}${String(Math.abs(year)).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

function formatClock(elapsed: number): string {
  const seconds = Math.floor(elapsed / 1e9);
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return clock + formatFraction(elapsed - seconds * 1e9);
}

function formatFraction(part: number): string {
  return part === 0 ? "" : `.${String(part).padStart(9, "0").replace(/0+$/u, "")}`;
}

function formatPlace({ offset, zone }: Place): string {
  if (zone !== null) return `@${zone}`;
  if (offset === null) return "";
  if (offset === 0) return "Z";
  const size = Math.abs(offset);
  const seconds = size % 60 === 0 ? "" : `:${two(size % 60)}`;
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}${seconds}`;
}

function formatMonths(count: number): string {
  const size = Math.abs(count);
  const [years, rest] = [Math.floor(size / 12), size % 12];
  if (size === 0) return "P0M";
  return `${count < 0 ? "-" : ""}P${years > 0 ? `${years}Y` : ""}${rest > 0 ? `${rest}M` : ""}`;
}

function formatNanoseconds(count: bigint): string {
  if (count === 0n) return "PT0S";
  const size = count < 0n ? -count : count;
  const seconds = size / 1_000_000_000n;
  const days = seconds / 86_400n;
  const clock = Number(seconds % 86_400n);
  const part = Number(size % 1_000_000_000n);
  const [hour, minute, second] = [Math.floor(clock / 3600), Math.floor(clock / 60) % 60, clock % 60];
  const time =
    (hour > 0 ? `${hour}H` : "") +
    (minute > 0 ? `${minute}M` : "") +
    (second > 0 || part > 0 ? `${second}${formatFraction(part)}S` : "");
  return `${count < 0n ? "-" : ""}P${days > 0n ? `${days}D` : ""}${time === "" ? "" : `T${time}`}`;
}
