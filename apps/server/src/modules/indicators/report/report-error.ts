import type { Words } from "../../../problem.ts";

/** Why a report is not made; stable, each stands in docs/errors.md. */
export type ReportErrorCode =
  | "REPORT-SNAPSHOT"
  | "REPORT-TEMPLATE"
  | "REPORT-UNBOUND"
  | "REPORT-MISSING"
  | "REPORT-FAILED"
  | "REPORT-CHART"
  | "REPORT-CLAIM"
  | "REPORT-AREA";

/** A refusal to make a report: all `places` (lines, names of figures) that are wrong, what is wrong, what would be right. */
export class ReportError extends Error {
  override readonly name = "ReportError";
  readonly code: ReportErrorCode;
  readonly places: readonly string[];
  readonly words: Words;
  readonly hint: Words;

  constructor(code: ReportErrorCode, places: readonly string[], told: { readonly words: Words; readonly hint: Words }) {
    const all = places.join("; ");
    super(`${code}: ${told.words.en}: ${all}`);
    this.code = code;
    this.places = places;
    this.words = { zh: `${told.words.zh}：${places.join("；")}`, en: `${told.words.en}: ${all}` };
    this.hint = told.hint;
  }
}
