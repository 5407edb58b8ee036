/** A refusal of the clock: a stable code and what is wrong, in both languages. */
export class ClockError extends Error {
  readonly code:
    | "CLOCK-NO-CALENDAR"
    | "CLOCK-AMOUNT"
    | "CLOCK-PAUSE"
    | "CLOCK-EXTENSION"
    | "CLOCK-EVENT"
    | "CLOCK-MONTH-DAY"
    | "CLOCK-INSTANT";
  readonly words: { readonly zh: string; readonly en: string };

  constructor(code: ClockError["code"], words: { readonly zh: string; readonly en: string }) {
    super(words.en);
    this.name = "ClockError";
    this.code = code;
    this.words = words;
  }
}
