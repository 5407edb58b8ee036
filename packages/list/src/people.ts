/**
 * People as columns: what a rulebook's kernels read.
 *
 * Encodings, by the type of the fact: boolean 0/1; enum = position in the fact's `values`; area = position in the
 * rulebook's `areas`; date = days since 1970-01-01; integer, decimal and money = integers scaled by the fact's decimals
 * (money: fen). A fact that is unknown has its bit set in `unknown` and any value in `data`.
 */
export interface Column {
  readonly data: Uint8Array | Uint16Array | Int32Array | Float64Array;
  /** Bit i (little end first) is set where the value of row i is unknown; absent when every value is known. */
  readonly unknown?: Uint8Array;
}

/** A relation as offsets and members: the members of group g are `members[start[g]] .. members[start[g + 1] - 1]`. */
export interface Relation {
  readonly start: Int32Array;
  readonly members: Int32Array;
}

/** A block of people with all members of each of their households. */
export interface People {
  readonly persons: number;
  readonly households: number;
  readonly personColumns: Readonly<Record<string, Column>>;
  readonly householdColumns: Readonly<Record<string, Column>>;
  /** Household of each person. */
  readonly householdOf: Int32Array;
  /** Members of each household; the first is the householder. */
  readonly household: Relation;
}

/** Answers, one array a subject and item: outcome, reason and amount stand at [item][person]. */
export interface Decisions {
  /** 0 not entitled, 1 entitled, 2 cannot be determined. */
  readonly outcome: readonly Uint8Array[];
  /** Position in the item's `reasons`. */
  readonly reason: readonly Uint8Array[];
  /** Fen per the item's period; 0 unless entitled. */
  readonly amount: readonly (Int32Array | Float64Array)[];
}
