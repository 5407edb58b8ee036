import type { SnapshotFact } from "./fact-column.ts";

/** What a reader of blocks asks for. */
export interface BlockRequest {
  /** Facts to read; derived, text and identifier facts among them are passed over. */
  readonly facts: readonly SnapshotFact[];
  /** Area codes in the order in which the reader numbers them (a rulebook's `areas`). */
  readonly areas: readonly string[];
}

export interface BlockOptions {
  /** At most so many persons a block, unless one household alone has more. Default 65536. */
  readonly personsPerBlock?: number;
  /** Arrays on shared memory, to be read by workers without a copy. */
  readonly shared?: boolean;
  /** Only these parts (positions in `manifest.files.persons`), in this order; so that workers can share out the parts. */
  readonly parts?: readonly number[];
  readonly signal?: AbortSignal;
}
