import type { SnapshotFact } from "./fact-column.ts";
import type { SourceTable } from "./import-source.ts";
import type { QuarantineReason } from "./quarantine-reasons.ts";

export interface ImportOptions {
  /** The fact dictionary: every fact that is not derived must be a column of its table. */
  readonly facts: readonly SnapshotFact[];
  /** Areas by code with their validity (half-open). */
  readonly areas: readonly { readonly code: string; readonly from?: string; readonly until?: string }[];
  readonly onProgress?: (step: { readonly done: number; readonly of: number; readonly what: string }) => void;
  readonly signal?: AbortSignal;
}

export interface TableCounts {
  readonly rows: number;
  readonly accepted: number;
  readonly quarantined: number;
}

/** What became of the rows: in each table `rows = accepted + quarantined`. */
export interface ImportResult {
  readonly accepted: number;
  readonly quarantined: number;
  /** Rows by reason; a row with several faults stands under each. */
  readonly byReason: Readonly<Partial<Record<QuarantineReason, number>>>;
  readonly tables: Readonly<Record<SourceTable, TableCounts>>;
  /** Columns that are no facts of the dictionary and were left out, as `table.column`. */
  readonly unknownColumns: readonly string[];
}
