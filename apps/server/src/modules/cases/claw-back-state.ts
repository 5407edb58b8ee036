import type { ClawBackGround, ClawBackLine } from "./claw-back-model.ts";

/** What is claimed back: pinned when the case is opened. */
export interface ClawBackClaim {
  /** The case that paid. */
  readonly of: string;
  /** The sum of the lines. */
  readonly fen: number;
  readonly ground: ClawBackGround;
  readonly text: string;
  readonly lines: readonly ClawBackLine[];
}

/** How far a claw-back has come. */
export interface ClawBackState {
  readonly notice: { readonly text: string; readonly method: NoticeMethod; readonly day: string } | null;
  readonly statements: readonly { readonly text: string; readonly hearing: boolean; readonly day: string }[];
  readonly hearing: {
    readonly on: string;
    readonly place: string;
    readonly calledOn: string;
    readonly record: { readonly attended: boolean; readonly text: string; readonly day: string } | null;
  } | null;
  readonly plan: {
    readonly text: string;
    readonly day: string;
    readonly instalments: readonly { readonly due: string; readonly fen: number }[];
    /** What had been repaid when it was agreed. */
    readonly before: number;
  } | null;
  readonly repayments: readonly {
    readonly day: string;
    readonly fen: number;
    readonly method: "cash" | "offset" | "instalment";
  }[];
  /** null before one was agreed, and after a decision that overturned the one that it served. */
  readonly offset: OffsetAgreement | null;
  readonly withholdings: readonly Withholding[];
}

/** What the person agreed to have withheld from later payments, and its limits. */
export interface OffsetAgreement {
  /** Its place in the journal, by which withholdings name it. */
  readonly seq: number;
  readonly day: string;
  readonly text: string;
  /** At most in all. */
  readonly fen: number;
  /** At most out of each payment. */
  readonly mostPercent: number;
  readonly mostFen: number | null;
  readonly payments: "same-item" | "any-item";
  /** `YYYY-MM`: payments for this month and later. */
  readonly from: string;
  readonly ended: string | null;
}

/** A part of one payment that a released batch kept back. */
export interface Withheld {
  readonly n: number;
  /** The case that is paid. */
  readonly case: string;
  readonly month: string;
  readonly fen: number;
}

export interface Withholding extends Withheld {
  readonly batch: string;
  /** `seq` of the agreement. */
  readonly agreement: number;
  readonly day: string;
  /** The day on which the bank's return of the payment undid it. */
  readonly undone: string | null;
}

/** What payments write into the journal of a claw-back: nobody asks for it as a deed. */
export type WithholdingAction =
  | {
      readonly kind: "withhold";
      readonly batch: string;
      readonly agreement: number;
      /** The sum of the lines. */
      readonly fen: number;
      readonly lines: readonly Withheld[];
    }
  | {
      readonly kind: "undo-withholding";
      readonly batch: string;
      readonly fen: number;
      /** Lines of the batch that the bank sent back. */
      readonly lines: readonly number[];
    };

type NoticeMethod = "in-person" | "left" | "post" | "electronic" | "announcement";

export const newClawBack: ClawBackState = {
  notice: null,
  statements: [],
  hearing: null,
  plan: null,
  repayments: [],
  offset: null,
  withholdings: [],
};

/** Steps of the guide of claw-backs that its deeds start and end. */
export const clawBackSteps = {
  notice: "advance-notice",
  statement: "statement",
  hearing: "hearing",
  repayment: "repayment",
} as const;
