import type { Span } from "../syntax.ts";

/** Why a text is not a rule that can be compiled. */
export const ruleErrorCodes = [
  "RULE-SYNTAX",
  "RULE-TYPE",
  "RULE-UNIT",
  "RULE-UNKNOWN-NAME",
  "RULE-ENUM-CODE",
  "RULE-AREA",
  "RULE-NULL",
  "RULE-NOT-INTEGER-FEN",
  "RULE-RANGE",
  "RULE-DIVISOR",
  "RULE-EMPTY-LIST",
  "RULE-ARGUMENTS",
  "RULE-CYCLE",
  "RULE-NOT-COMPILABLE",
] as const;
export type RuleErrorCode = (typeof ruleErrorCodes)[number];

export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** A refusal with its place in the text, what is wrong and what would be right. */
export interface RuleError extends Span {
  readonly code: RuleErrorCode;
  readonly message: Words;
  readonly hint: Words;
}

export class RuleRefusal extends Error {
  override readonly name = "RuleRefusal";
  readonly details: RuleError;

  constructor(details: RuleError) {
    super(`${details.message.en} (${details.hint.en})`);
    this.details = details;
  }
}

export function refuse(code: RuleErrorCode, at: Span, message: Words, hint: Words): never {
  throw new RuleRefusal({ code, from: at.from, to: at.to, message, hint });
}

/** The known name nearest to a misspelt one, when one is near. */
export function nearest(name: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein distance, given up at `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      current.push(Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + change));
    }
    previous = current;
  }
  return previous[b.length] ?? limit;
}
