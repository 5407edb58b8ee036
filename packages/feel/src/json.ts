import { contextOf } from "./context.ts";
import { toFeelString } from "./format.ts";
import { fromDouble, numberToString, parseNumber } from "./numbers.ts";
import { type FeelContext, type FeelList, type FeelNumber, type FeelValue, kindOf } from "./values.ts";

/** Plain data as FEEL values. FEEL values stay as they are; what has no FEEL value (a JavaScript function, `undefined`) is null. */
export function fromJson(value: unknown): FeelValue {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return fromDouble(value);
    case "bigint":
      return parseNumber(value.toString());
    case "object":
      if (value === null) return null;
      if (Array.isArray(value)) return value.map(fromJson);
      if (kindOf(value as FeelValue) !== "context") return value as FeelValue;
      return contextOf(Object.entries(value).map(([name, entry]) => [name, fromJson(entry)]));
    default:
      return null;
  }
}

/** FEEL values as plain data: a number that a JavaScript number cannot hold exactly, a date or a duration is a string. */
export function toJson(value: FeelValue): unknown {
  switch (kindOf(value)) {
    case "null":
    case "boolean":
    case "string":
      return value;
    case "number":
      return typeof value === "number" ? value : numberToString(value as FeelNumber);
    case "list":
      return (value as FeelList).map(toJson);
    case "context":
      return Object.fromEntries(Object.entries(value as FeelContext).map(([name, entry]) => [name, toJson(entry)]));
    default:
      return toFeelString(value);
  }
}
