/** Stable codes of every refusal of this package. */
export type MeasureCode =
  | "MEASURE-EMPTY"
  | "MEASURE-LENGTH"
  | "MEASURE-MISSING"
  | "MEASURE-WEIGHT"
  | "MEASURE-SIGN"
  | "MEASURE-MEAN"
  | "MEASURE-PARAMETER"
  | "MEASURE-GROUP"
  | "MEASURE-TREE"
  | "MEASURE-CONSTANT"
  | "MEASURE-INCONSISTENT"
  | "MEASURE-NOT-CONVERGED"
  | "MEASURE-SINGULAR"
  | "MEASURE-LONELY-PSU"
  | "MEASURE-FPC"
  | "MEASURE-HISTORY"
  | "MEASURE-UNDEFINED"
  | "MEASURE-FILE"
  | "MEASURE-COLUMN"
  | "MEASURE-CELL"
  | "MEASURE-REQUEST"
  | "MEASURE-INFEASIBLE"
  | "MEASURE-ALARM";

/** A refusal to measure: a stable code and, in both languages, what is wrong and what would be right. */
export class MeasureError extends Error {
  readonly code: MeasureCode;
  readonly words: { readonly zh: string; readonly en: string };

  constructor(code: MeasureCode, words: { readonly zh: string; readonly en: string }) {
    super(words.en);
    this.name = "MeasureError";
    this.code = code;
    this.words = words;
  }
}

/** Throws a {@link MeasureError}; never returns. */
export function refuse(code: MeasureCode, zh: string, en: string): never {
  throw new MeasureError(code, { zh, en });
}
