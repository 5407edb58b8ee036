import type { RuleError } from "@qingdan/feel/typed";
import type { Finding } from "../finding.ts";
import type { Origin } from "../model/list.ts";
import type { Words } from "../model/words.ts";

/** Codes of findings about rules beside those of single expressions. */
export const ruleFindingCodes = [
  "RULE-AMOUNT-UNIT",
  "RULE-AREA-FACT",
  "RULE-TIMES-PER-YEAR",
  "RULE-TABLE-OVERLAP",
  "RULE-TABLE-AGGREGATION",
  "RULE-REASONS",
  "RULE-INTERACTION",
  "RULE-INTERACTION-CYCLE",
] as const;
export type RuleFindingCode = (typeof ruleFindingCodes)[number];

/** The place of a fault in a rule: in the text at `path`, `offset` characters in. */
export function placeIn(origin: Origin, path: string, offset = 0, text = "") {
  const start = origin.positions[path];
  if (start === undefined) return { file: origin.file, line: origin.line, column: origin.column };
  const before = text.slice(0, offset);
  const lines = before.split("\n");
  const last = lines[lines.length - 1] ?? "";
  return { file: origin.file, line: start[0] + lines.length - 1, column: start[1] + last.length };
}

export function expressionFinding(origin: Origin, path: string, text: string, error: RuleError): Finding {
  const { code, message, hint } = error;
  return { severity: "error", code, ...placeIn(origin, path, error.from, text), message, hint };
}

export function ruleFinding(
  code: RuleFindingCode | RuleError["code"],
  origin: Origin,
  path: string,
  message: Words,
  hint: Words,
): Finding {
  return { severity: "error", code, ...placeIn(origin, path), message, hint };
}
