import type { Words } from "./model/words.ts";

/** A place in a file; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Something that a check found: where, what is wrong and what would be right. An error refuses the list. */
export interface Finding extends Place {
  readonly severity: "error" | "warning";
  /** Stable; every code stands in docs/errors.md. */
  readonly code: string;
  readonly message: Words;
  readonly hint: Words;
}

/** The codes of findings about lists. */
export const LIST_FINDINGS = {
  "LIST-FILE-MISSING": "error",
  "LIST-FILE-UNKNOWN": "error",
  "LIST-YAML": "error",
  "LIST-DUPLICATE-KEY": "error",
  "LIST-UNKNOWN-KEY": "error",
  "LIST-MISSING-KEY": "error",
  "LIST-WRONG-TYPE": "error",
  "LIST-WRONG-VALUE": "error",
  "LIST-WRONG-FORM": "error",
  "LIST-OUT-OF-RANGE": "error",
  "LIST-MONEY-DECIMALS": "error",
  "LIST-IMPOSSIBLE-DATE": "error",
  "LIST-PARENT-MISSING": "error",
  "LIST-PARENT-CYCLE": "error",
  "LIST-PARENT-AREA": "error",
  "LIST-DUPLICATE-CODE": "error",
  "LIST-DUPLICATE-VALUE": "error",
  "LIST-CODE-FILE": "error",
  "LIST-NAME-TAKEN": "error",
  "LIST-EMPTY-INTERVAL": "error",
  "LIST-OVERLAP": "error",
  "LIST-SAME-DAY": "error",
  "LIST-SUPERSEDES": "error",
  "LIST-AREA-PARENT": "error",
  "LIST-AREA-VALIDITY": "error",
  "LIST-AREA-OUTSIDE": "error",
  "LIST-UNKNOWN-SOURCE": "error",
  "LIST-UNKNOWN-UNIT": "error",
  "LIST-UNKNOWN-PAYER": "error",
  "LIST-UNKNOWN-AREA": "error",
  "LIST-UNKNOWN-FACT": "error",
  "LIST-UNKNOWN-ITEM": "error",
  "LIST-UNKNOWN-LIFE-STAGE": "error",
  "LIST-UNKNOWN-DOMAIN": "error",
  "LIST-UNKNOWN-CATEGORY": "error",
  "LIST-UNKNOWN-PARAMETER": "error",
  "LIST-REFINES-CYCLE": "error",
  "LIST-SHARES": "error",
  "LIST-FACT-TYPE": "error",
  "LIST-PARAMETER-KEY": "error",
  "LIST-PARAMETER-LABEL": "error",
  "LIST-PARAMETER-WORDS": "warning",
  "LIST-PARAMETER-UNIT": "error",
  "LIST-PARAMETER-VALUE": "error",
  "LIST-RULE-AMOUNT": "error",
  "LIST-TABLE-CELLS": "error",
  "LIST-MARK-SOURCES": "warning",
  "LIST-MARK-DERIVED": "warning",
  "LIST-MARK-RECALLED": "warning",
  "LIST-ITEM-COUNT": "warning",
  "LIST-FORMULA-WRONG": "error",
  "LIST-FORMULA-DISAGREES": "warning",
} as const satisfies Record<string, Finding["severity"]>;
export type ListFindingCode = keyof typeof LIST_FINDINGS;

/** A finding about a list; `message` and `hint` are Chinese and English. */
export function listFinding(
  code: ListFindingCode,
  place: Place,
  message: readonly [zh: string, en: string],
  hint: readonly [zh: string, en: string],
): Finding {
  return {
    severity: LIST_FINDINGS[code],
    code,
    file: place.file,
    line: place.line,
    column: place.column,
    message: { zh: message[0], en: message[1] },
    hint: { zh: hint[0], en: hint[1] },
  };
}
