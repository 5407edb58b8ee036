import { toInteger } from "../numbers.ts";
import { blowUp, matchAll, type Regex, regex, test, textOf } from "../regex/index.ts";
import type { Run } from "../run.ts";
import type { CallSite, FeelList, FeelNumber, FeelValue } from "../values.ts";
import { type Builtin, define, signature, signatureWithRun } from "./define.ts";

const limit = "regular expression";

/** DMN 1.5, table 68: string functions. Positions and lengths count characters, not UTF-16 units. */
export const strings: readonly Builtin[] = [
  define(
    "substring",
    signature(
      "string: string, start position: number, length?: number?",
      (string: string, start: FeelNumber, length: FeelNumber | null) =>
        substring(string, toInteger(start), length === null ? null : toInteger(length)),
    ),
  ),
  define(
    "string length",
    signature("string: string", (string: string) => Array.from(string).length),
  ),
  define(
    "upper case",
    signature("string: string", (string: string) => string.toUpperCase()),
  ),
  define(
    "lower case",
    signature("string: string", (string: string) => string.toLowerCase()),
  ),
  define(
    "substring before",
    signature("string: string, match: string", (string: string, match: string) => {
      const at = string.indexOf(match);
      return at < 0 ? "" : string.slice(0, at);
    }),
  ),
  define(
    "substring after",
    signature("string: string, match: string", (string: string, match: string) => {
      const at = string.indexOf(match);
      return at < 0 ? "" : string.slice(at + match.length);
    }),
  ),
  define(
    "contains",
    signature("string: string, match: string", (string: string, match: string) => string.includes(match)),
  ),
  define(
    "starts with",
    signature("string: string, match: string", (string: string, match: string) => string.startsWith(match)),
  ),
  define(
    "ends with",
    signature("string: string, match: string", (string: string, match: string) => string.endsWith(match)),
  ),
  define(
    "string join",
    signature("list: list, delimiter?: string?", (list: FeelList, delimiter: string | null) =>
      join(list, delimiter ?? ""),
    ),
  ),
  define(
    "matches",
    signatureWithRun(
      "input: string, pattern: string, flags?: string?",
      (run, site) => (input: string, pattern: string, flags: string | null) => {
        const expression = regex(pattern, flags ?? "");
        if (expression === null) return undefined;
        return within(test(expression, input), run, site);
      },
    ),
  ),
  define(
    "replace",
    signatureWithRun(
      "input: string, pattern: string, replacement: string, flags?: string?",
      (run, site) => (input: string, pattern: string, replacement: string, flags: string | null) => {
        const expression = regex(pattern, flags ?? "");
        return expression === null ? undefined : replace(input, expression, replacement, run, site);
      },
    ),
  ),
  define(
    "split",
    signatureWithRun("string: string, delimiter: string", (run, site) => (string: string, delimiter: string) => {
      const expression = regex(delimiter, "");
      return expression === null ? undefined : split(string, expression, run, site);
    }),
  ),
];

/** 1 is the first character, -1 the last; null when the start lies outside the string. */
function substring(string: string, start: number, length: number | null): string | undefined {
  const characters = Array.from(string);
  const from = start < 0 ? characters.length + start : start - 1;
  if (start === 0 || from < 0 || from > characters.length || (length !== null && length < 0)) return undefined;
  return characters.slice(from, length === null ? undefined : from + length).join("");
}

function join(list: FeelList, delimiter: string): string | undefined {
  const texts = list.filter((item) => item !== null);
  return texts.every((item) => typeof item === "string") ? texts.join(delimiter) : undefined;
}

function within<T extends FeelValue>(result: T | typeof blowUp, run: Run, site: CallSite): T | null {
  return result === blowUp ? run.error("TOO_MUCH_WORK", site, [limit, "64000000"]) : result;
}

/** `$1` to the groups there are, `$0` the whole, `\$` and `\\` themselves; all literal under the flag q. */
function replace(
  input: string,
  expression: Regex,
  replacement: string,
  run: Run,
  site: CallSite,
): FeelValue | undefined {
  const parts = expression.flags.literal ? [replacement] : replacementParts(replacement, expression.groups);
  if (parts === null) return undefined;
  const found = matchAll(expression, input);
  if (found === blowUp) return within(found, run, site);
  let [text, at] = ["", 0];
  for (const match of found.matches) {
    const [from, to] = match[0] as readonly [number, number];
    text += textOf(found.points, at, from);
    for (const part of parts) {
      const group = typeof part === "number" ? match[part] : undefined;
      if (typeof part === "string") text += part;
      else if (group !== undefined) text += textOf(found.points, ...group);
    }
    at = to;
  }
  return text + textOf(found.points, at, found.points.length);
}

/** Texts and group numbers; null for a lone `$` or `\`. Of several digits, as many count as there are groups for. */
function replacementParts(replacement: string, groups: number): (string | number)[] | null {
  const parts: (string | number)[] = [];
  for (const [part] of replacement.matchAll(/[^$\\]+|\$\d+|\\[$\\]|[$\\]/gu)) {
    if (part.startsWith("$") && part.length > 1) {
      let digits = part.slice(1);
      while (digits.length > 1 && Number(digits) > groups) digits = digits.slice(0, -1);
      parts.push(Number(digits), part.slice(1 + digits.length));
    } else if (part.startsWith("\\") && part.length > 1) {
      parts.push(part.slice(1));
    } else if (part === "$" || part === "\\") {
      return null;
    } else {
      parts.push(part);
    }
  }
  return parts;
}

function split(string: string, expression: Regex, run: Run, site: CallSite): FeelValue {
  const found = matchAll(expression, string);
  if (found === blowUp) return within(found, run, site);
  const pieces: string[] = [];
  let at = 0;
  for (const match of found.matches) {
    const [from, to] = match[0] as readonly [number, number];
    if (to === 0 || (from === to && to === found.points.length)) continue;
    pieces.push(textOf(found.points, at, from));
    at = to;
  }
  return [...pieces, textOf(found.points, at, found.points.length)];
}
