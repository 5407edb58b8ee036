/** How a report's language is named. */
export type ReportLanguage = "zh" | "en";

/** A number bound into the text. */
export interface Binding {
  readonly kind: "value" | "change" | "rose" | "fell";
  readonly code: string;
  /** As written: `2024`, `2024-Q1`, `-1` for the year before the report's; the report's own when absent. */
  readonly period?: string;
  /** Another area than the report's. */
  readonly area?: string;
  /** The period compared with; of change, rose and fell. */
  readonly since?: string;
  /** The words of a claim: 提高, rose by. */
  readonly words?: string;
}

/** A piece of text of a template: plain, a word about the report itself, or a bound number. */
export type TemplateInline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "about"; readonly what: "area" | "period" | "list" | "snapshot" }
  | { readonly kind: "binding"; readonly binding: Binding; readonly written: string };

/** A table of figures: of one area, indicators by periods; of several areas, areas by indicators in one period. */
export interface TableRequest {
  readonly caption: readonly TemplateInline[];
  /** Codes, or beginnings of codes that end in `*`. */
  readonly indicators: readonly string[];
  readonly areas: "self" | "children" | "all";
  /** First and last period as written; the same for one. */
  readonly periods: readonly [string, string];
  /** Whether a figure that is missing or withheld is shown as such, or stops the build. */
  readonly missing: "refuse" | "show";
}

/** A block of a template with the line it stands on. */
export type TemplateBlock = { readonly line: number } & (
  | { readonly kind: "heading"; readonly level: 1 | 2 | 3; readonly text: readonly TemplateInline[] }
  | { readonly kind: "paragraph"; readonly text: readonly TemplateInline[] }
  | { readonly kind: "list"; readonly items: readonly (readonly TemplateInline[])[] }
  /** A chart stands above the table of its figures. */
  | { readonly kind: "table" | "chart"; readonly table: TableRequest }
  | { readonly kind: "page" }
  | { readonly kind: "contents" }
  | { readonly kind: "notes" }
);

/** A report before its numbers. */
export interface Template {
  readonly blocks: readonly TemplateBlock[];
}
