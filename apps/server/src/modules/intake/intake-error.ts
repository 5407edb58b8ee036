/** Words for people: Chinese first, English complete. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** Why a snapshot or an import as a whole is refused. Rows that are wrong are quarantined instead (see quarantine-reasons.ts). */
export type IntakeErrorCode =
  | "snapshot-missing"
  | "snapshot-manifest"
  | "snapshot-fact-missing"
  | "snapshot-area-unknown"
  | "snapshot-households-apart"
  | "import-source-missing"
  | "import-column-missing"
  | "target-not-snapshot";

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
