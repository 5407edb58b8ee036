import { contextOf } from "../context.ts";
import { parseNumber } from "../numbers.ts";
import { parseDate, parseDateTime, parseDuration, parseTime } from "../temporal-parse.ts";
import type { FeelValue } from "../values.ts";
import type { TckValue } from "./read.ts";

/** The FEEL value that a test file writes down. Throws where its text is none of its type: the test file is wrong then. */
export function toFeelValue(value: TckValue): FeelValue {
  switch (value.kind) {
    case "null":
      return null;
    case "list":
      return value.items.map(toFeelValue);
    case "context":
      return contextOf(value.entries.map((entry) => [entry.name, toFeelValue(entry.value)] as const));
    case "value":
      return scalar(value.type, value.text);
  }
}

function scalar(type: string, text: string): FeelValue {
  const value = read(type, text);
  if (value === null) throw new Error(`${JSON.stringify(text)} is not an xsd:${type}`);
  return value;
}

function read(type: string, text: string): FeelValue {
  switch (type) {
    case "string":
      return text;
    case "boolean":
      return text.trim() === "true" || text.trim() === "1";
    case "date":
      return parseDate(text.trim());
    case "time":
      return parseTime(text.trim());
    case "dateTime":
      return parseDateTime(text.trim());
    case "duration":
      return parseDuration(text.trim());
    case "decimal":
    case "double":
    case "integer":
      return parseNumber(text.trim());
    default:
      throw new Error(`The type xsd:${type} is not one of the test files`);
  }
}
