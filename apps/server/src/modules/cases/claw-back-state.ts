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
}

type NoticeMethod = "in-person" | "left" | "post" | "electronic" | "announcement";

export const newClawBack: ClawBackState = { notice: null, statements: [], hearing: null, plan: null, repayments: [] };

/** Steps of the guide of claw-backs that its deeds start and end. */
export const clawBackSteps = {
  notice: "advance-notice",
  statement: "statement",
  hearing: "hearing",
  repayment: "repayment",
} as const;
