import type { ColumnType, Generated } from "kysely";

/** The tables of payments. */
export interface FinanceTables {
  /** Where somebody is paid: checked when it is written, not when it is paid. */
  readonly payee: {
    readonly person: string;
    readonly name: string;
    readonly account: string;
    /** Made up for a demonstration. */
    readonly synthetic: boolean;
    readonly at: Date;
  };
  /** The account that an area pays from. */
  readonly payer_account: {
    readonly area: string;
    readonly name: string;
    readonly account: string;
    readonly bank: string;
    /** Made up for a demonstration. */
    readonly synthetic: boolean;
    readonly at: Date;
    /** Account of who wrote it down. */
    readonly by: string;
  };
  /** Accounts that somebody asked to pay to or from, and what a second person answered. */
  readonly account_change: {
    readonly id: string;
    /** `payee` or `payer`. */
    readonly kind: string;
    /** The person, or the area. */
    readonly of: string;
    readonly area: string;
    readonly name: string;
    readonly account: string;
    readonly bank: string | null;
    readonly asked_by: string;
    readonly asked_at: Date;
    /** `confirmed` or `refused`; null while it waits. */
    readonly answer: string | null;
    readonly answered_by: string | null;
    readonly answered_at: Date | null;
  };
  readonly payment_batch: {
    readonly id: string;
    readonly list: string;
    readonly item: string;
    readonly area: string;
    /** `YYYY-MM`. */
    readonly month: string;
    readonly prepared_by: string;
    readonly prepared_at: Date;
    readonly released_by: string | null;
    readonly released_at: Date | null;
    readonly lines: number;
    readonly fen: number;
    /** Why cases that pay are not in it: `{reason: cases}`. */
    readonly left_out: ColumnType<unknown, string, string>;
    /** What it is paid from, as it was when it was released: of every released batch, but those of before there were payers' accounts. */
    readonly payer_name: string | null;
    readonly payer_account: string | null;
    readonly payer_bank: string | null;
    /** Given up before it was released: kept, and its months can be paid by another. */
    readonly discarded: Generated<boolean>;
    readonly discarded_by: string | null;
    readonly discarded_at: Date | null;
    readonly discard_reason: string | null;
  };
  /** One payment to one account for one month of one case. */
  readonly payment_line: {
    readonly batch: string;
    readonly n: number;
    readonly case_id: string;
    readonly person: string;
    readonly month: string;
    readonly fen: number;
    readonly name: string;
    readonly account: string;
    /** The line that came back and is paid again by this one. */
    readonly again_batch: string | null;
    readonly again_n: number | null;
    /** As its batch is. */
    readonly discarded: Generated<boolean>;
  };
  readonly payment_share: {
    readonly batch: string;
    readonly n: number;
    readonly payer: string;
    readonly area: string;
    readonly fen: number;
  };
  /**
   * What a line withholds for a claim: set aside while its batch is prepared, withheld once it is released, undone where the bank
   * sends the line back, nothing where the batch is discarded. Only ever added to.
   */
  readonly payment_withholding: {
    readonly batch: string;
    readonly n: number;
    readonly claw_back: string;
    /** `seq` of the agreement in the claim's journal. */
    readonly agreement: number;
    readonly fen: number;
  };
  /** What the bank said of a line, or that it was withheld whole and never went there. Only ever added to. */
  readonly payment_result: {
    readonly id: Generated<number>;
    readonly batch: string;
    readonly n: number;
    readonly result: string;
    readonly reason: string | null;
    readonly at: Date;
    readonly by: string;
  };
  /** A claim for money that was paid and not owed; its course is the case of the same id. Only ever added to. */
  readonly claw_back: {
    readonly case_id: string;
    readonly of_case: string;
    readonly ground: string;
    readonly area: string;
    readonly fen: number;
    readonly at: Date;
    readonly by: string;
  };
  /** One payment of a claim: what would have been due, and what is claimed. */
  readonly claw_back_line: {
    readonly claw_back: string;
    readonly batch: string;
    readonly n: number;
    readonly due_fen: number;
    readonly fen: number;
  };
  /** To whom the money of a claim goes back. */
  readonly claw_back_share: {
    readonly claw_back: string;
    readonly payer: string;
    readonly area: string;
    readonly fen: number;
  };
}
