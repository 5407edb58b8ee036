import type { Finding, Place } from "../finding.ts";

/** The codes of findings about indicators, beside those of lists. */
export const INDICATOR_FINDINGS = {
  "INDICATOR-DUPLICATE": "error",
  "INDICATOR-UNKNOWN": "error",
  "INDICATOR-UNKNOWN-PLAN": "error",
  "INDICATOR-FORM": "error",
  "INDICATOR-SUPPRESSION": "error",
  "INDICATOR-TARGET-VALUE": "error",
  "INDICATOR-TARGET-YEARS": "error",
  "INDICATOR-TARGET-DIRECTION": "error",
  "INDICATOR-TARGET-TWICE": "error",
  "INDICATOR-CUMULATIVE": "error",
  "INDICATOR-PLAN-COUNT": "warning",
  "INDICATOR-GOALPOSTS": "error",
  "INDICATOR-WEIGHTS": "error",
  "INDICATOR-DETECTOR": "error",
} as const satisfies Record<string, Finding["severity"]>;
export type IndicatorFindingCode = keyof typeof INDICATOR_FINDINGS;

/** A finding about indicators; `message` and `hint` are Chinese and English. */
export function indicatorFinding(
  code: IndicatorFindingCode,
  { file, line, column }: Place,
  message: readonly [zh: string, en: string],
  hint: readonly [zh: string, en: string],
): Finding {
  return {
    severity: INDICATOR_FINDINGS[code],
    code,
    file,
    line,
    column,
    message: { zh: message[0], en: message[1] },
    hint: { zh: hint[0], en: hint[1] },
  };
}
