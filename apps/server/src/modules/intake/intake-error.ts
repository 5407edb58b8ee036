/** Words for people: Chinese first, English complete. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** Why a snapshot or an import as a whole is refused; stable, each stands in docs/errors.md. Wrong rows are quarantined instead. */
export const intakeErrorCodes = [
  "SNAPSHOT-MISSING",
  "SNAPSHOT-MANIFEST",
  "SNAPSHOT-FACT-MISSING",
  "SNAPSHOT-AREA-UNKNOWN",
  "SNAPSHOT-HOUSEHOLDS-APART",
  "SNAPSHOT-TARGET",
  "IMPORT-SOURCE-MISSING",
  "IMPORT-COLUMN-MISSING",
] as const;

export type IntakeErrorCode = (typeof intakeErrorCodes)[number];

/** A refusal: `message` is English, `words` both languages, `hint` says what would be right. */
export class IntakeError extends Error {
  override readonly name = "IntakeError";
  readonly code: IntakeErrorCode;
  readonly place: string;
  readonly words: Words;
  readonly hint: Words;

  constructor(refusal: { code: IntakeErrorCode; place: string; words: Words; hint: Words }) {
    super(`${refusal.code}: ${refusal.place}: ${refusal.words.en} ${refusal.hint.en}`);
    this.code = refusal.code;
    this.place = refusal.place;
    this.words = refusal.words;
    this.hint = refusal.hint;
  }
}
