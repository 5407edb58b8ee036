import { toFeelString } from "./format.ts";
import type { FeelValue } from "./values.ts";

const longest = 60;

/** A value as it may stand in a message. */
export function diagnosticText(value: FeelValue): string {
  const text = typeof value === "string" ? JSON.stringify(value.slice(0, longest)) : toFeelString(value);
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}
