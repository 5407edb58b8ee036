import type { Finding } from "../finding.ts";

/** What a finding is about, in the order in which a report shows them. */
export const checkKinds = [
  "form",
  "reference",
  "date",
  "rule",
  "table",
  "unit",
  "floor",
  "interaction",
  "basis",
  "parameter",
  "responsibility",
  "mark",
] as const;
export type CheckKind = (typeof checkKinds)[number];

/** A finding with what it is about. */
export interface ReportedFinding extends Finding {
  readonly kind: CheckKind;
  /** Code of the item that it is about. */
  readonly item?: string;
  /** Code of the parameter that it is about. */
  readonly parameter?: string;
}

export interface CheckRequest {
  /** The day for which values, names, bases and items in force are judged, `YYYY-MM-DD`. */
  readonly date: string;
  /** What was found in what stands beside the list: its indicators. */
  readonly beside?: readonly Finding[];
}

/** Everything that the checks of a list find on a day; plain JSON. */
export interface CheckReport {
  /** Code of the list; null when not even its header can be read. */
  readonly list: string | null;
  readonly date: string;
  readonly errors: number;
  readonly warnings: number;
  readonly kinds: readonly { readonly kind: CheckKind; readonly errors: number; readonly warnings: number }[];
  /** In the order of files, lines and columns. */
  readonly findings: readonly ReportedFinding[];
  readonly items: number;
  readonly executable: number;
}

/** Whether a list may be published: it was read whole, and no finding is an error. */
export function mayPublish(report: CheckReport): boolean {
  return report.list !== null && report.errors === 0;
}
