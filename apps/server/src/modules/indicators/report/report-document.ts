import type { ReportLanguage } from "./template.ts";

/** A piece of text of a report; a figure carries the number of its note. */
export interface ReportInline {
  readonly text: string;
  readonly note?: number;
}

/** Lines over periods, or bars by area, of one unit; the table with the same figures follows it. */
export interface ReportChart {
  readonly kind: "chart";
  readonly form: "line" | "bar";
  readonly caption: string;
  readonly unit: string;
  readonly categories: readonly string[];
  /** One value a category; null is a gap. */
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  /** Of bars: the values as they are written. */
  readonly labels: readonly string[];
  readonly axis: { readonly low: number; readonly high: number; readonly ticks: readonly number[] };
  /** For those who do not see it. */
  readonly told: string;
}

/** A block of a report, ready to be set. */
export type ReportBlock =
  | ReportChart
  | { readonly kind: "heading"; readonly level: 1 | 2 | 3; readonly text: readonly ReportInline[] }
  | { readonly kind: "paragraph"; readonly text: readonly ReportInline[] }
  | { readonly kind: "list"; readonly items: readonly (readonly ReportInline[])[] }
  | {
      readonly kind: "table";
      readonly caption: string;
      readonly header: readonly string[];
      /** The first cell of a row is its name, the others stand to the right unless `plain`. */
      readonly rows: readonly (readonly string[])[];
      /** Where the figures come from. */
      readonly source: string;
      /** All cells are words. */
      readonly plain: boolean;
    }
  | { readonly kind: "page" }
  | { readonly kind: "contents" };

/** A report with all its numbers, as plain data: every format is written from it, so all say the same. */
export interface ReportDocument {
  readonly title: string;
  readonly language: ReportLanguage;
  /** Stands at the foot of every page: snapshot and list version. */
  readonly footer: string;
  readonly blocks: readonly ReportBlock[];
  /** Figures that are bound in text or tables. */
  readonly figures: number;
}
