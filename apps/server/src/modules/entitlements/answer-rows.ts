/** Rows of answers.parquet and findings.parquet as columns, growing item by item. */
export interface AnswerRows {
  readonly item: number;
  readonly count: number;
  /** Identifier in the snapshot. */
  readonly person: Int32Array;
  readonly district: Int32Array;
  readonly outcome: Int32Array;
  readonly reason: Int32Array;
  /** Fen due per period. */
  readonly amount: Int32Array;
}

export interface FindingRows extends AnswerRows {
  readonly finding: Int32Array;
  /** Fen received per period; -1: nothing. */
  readonly received: Int32Array;
}
