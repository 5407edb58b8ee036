import type { Finding, Place } from "../finding.ts";
import type { CheckKind, ReportedFinding } from "./report-model.ts";

/** The codes of findings that only a report tells, with what they are about; those of lists and rules stand elsewhere. */
export const REPORT_FINDINGS = {
  "RULE-UNREACHABLE": ["error", "rule"],
  "TABLE-GAP": ["warning", "table"],
  "TABLE-ROW-UNREACHABLE": ["error", "table"],
  "TABLE-LARGE": ["warning", "table"],
  "FLOOR-ITEM-MISSING": ["error", "floor"],
  "FLOOR-OBJECT-NARROWER": ["warning", "floor"],
  "FLOOR-AMOUNT-LOWER": ["error", "floor"],
  "FLOOR-EXCESS-UNDECLARED": ["warning", "floor"],
  "FLOOR-EXCESS-UNAPPROVED": ["warning", "floor"],
  "FLOOR-NOT-COMPARED": ["warning", "floor"],
  "INTERACTION-CONTRADICTS": ["error", "interaction"],
  "INTERACTION-ABSENT": ["warning", "interaction"],
  "BASIS-MISSING": ["warning", "basis"],
  "BASIS-UNLINKED": ["warning", "basis"],
  "BASIS-EXPIRED": ["warning", "basis"],
  "PARAMETER-EXPIRED": ["warning", "parameter"],
  "PARAMETER-MISSING": ["warning", "parameter"],
  "PARAMETER-UNCHECKED": ["warning", "parameter"],
  "PARAMETER-OVERTAKEN": ["warning", "parameter"],
  "PARAMETER-UNUSED": ["warning", "parameter"],
  "RESPONSIBILITY-NONE": ["warning", "responsibility"],
  "RESPONSIBILITY-SHARED": ["warning", "responsibility"],
  "RESPONSIBILITY-DISTANT": ["warning", "responsibility"],
} as const satisfies Record<string, readonly [Finding["severity"], CheckKind]>;
export type ReportFindingCode = keyof typeof REPORT_FINDINGS;

/** A finding of a report; `message` and `hint` are Chinese and English. */
export function reportFinding(
  code: ReportFindingCode,
  place: Place,
  message: readonly [zh: string, en: string],
  hint: readonly [zh: string, en: string],
  about: Pick<ReportedFinding, "item" | "parameter"> = {},
): ReportedFinding {
  const [severity, kind] = REPORT_FINDINGS[code];
  return {
    severity,
    kind,
    code,
    file: place.file,
    line: place.line,
    column: place.column,
    message: { zh: message[0], en: message[1] },
    hint: { zh: hint[0], en: hint[1] },
    ...about,
  };
}

const KINDS_OF_CODES: readonly (readonly [RegExp, CheckKind])[] = [
  [/^LIST-(UNKNOWN-(?!KEY)|PARENT-MISSING)|^INDICATOR-UNKNOWN/, "reference"],
  [/^LIST-(EMPTY-INTERVAL|OVERLAP|SAME-DAY|SUPERSEDES|IMPOSSIBLE-DATE|AREA-VALIDITY)|^RULE-DATE/, "date"],
  [/^LIST-MARK/, "mark"],
  [/^LIST-PARAMETER-UNIT|^RULE-(AMOUNT-)?UNIT|^RULE-NOT-INTEGER-FEN/, "unit"],
  [/^LIST-(PARAMETER|FORMULA|MONEY)/, "parameter"],
  [/^LIST-TABLE|^RULE-TABLE/, "table"],
  [/^LIST-REFINES/, "floor"],
  [/^RULE-INTERACTION/, "interaction"],
  [/^RULE|^LIST-RULE/, "rule"],
];

/** What a finding of a list or of a rule is about. */
export function kindOfCode(code: string): CheckKind {
  return KINDS_OF_CODES.find(([pattern]) => pattern.test(code))?.[1] ?? "form";
}
