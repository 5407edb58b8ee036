import type { ClockEvent } from "@qingdan/clock";
import type { FactsFile } from "@qingdan/list";
import type { ClawBackClaim, ClawBackState, WithholdingAction } from "./claw-back-state.ts";
import type { CaseDeed, CaseKind, Channel, Evidence, Mandate, Stage } from "./model.ts";

/** Who did it, as the journal keeps it. */
export interface Doer {
  readonly id: string;
  readonly kind: "resident" | "staff" | "system";
  readonly name: string;
}

/** What opens a case. Everything pinned here stays for its life. */
export interface Opening {
  readonly kind: "open";
  readonly case: CaseKind;
  readonly list: string;
  readonly item: string;
  readonly area: string;
  readonly office: string | null;
  readonly person: string;
  readonly rulebookHash: string;
  readonly guideHash: string;
  readonly facts: FactsFile;
  /** Where facts come from that the applicant did not say: `"<of> <fact>"` → register. */
  readonly origins: Readonly<Record<string, string>>;
  /** Papers that were handed in: ids of uploads. */
  readonly uploads: readonly string[];
  readonly bundle: string | null;
  /** Of a grant without application: the day until which it can be objected to, and what is offered. */
  readonly offer: {
    readonly campaign: string;
    readonly until: string;
    readonly fen: number;
    readonly per: string;
    readonly reason: NonNullable<Ruled["reason"]>;
    /** First day paid for. */
    readonly from: string;
    /** Drawn for review: a person decides before anything is paid. */
    readonly sampled: boolean;
  } | null;
  /** Of a claw-back: what is claimed back, of which case. */
  readonly clawBack: ClawBackClaim | null;
}

/** What a decision says, as the journal keeps it beside the deed. */
export interface Ruled {
  /** What the rules answered at that moment; null where the item has no rule. */
  readonly rule: "entitled" | "not" | "undetermined" | null;
  readonly reason: { readonly code: string; readonly zh: string; readonly en: string } | null;
  readonly fen: number | null;
  /** Fen of each part, for items whose parts have payers of their own. */
  readonly parts: readonly number[] | null;
  readonly per: string | null;
  /** First day that is paid for. */
  readonly from: string | null;
}

type Kept<D> = D extends { kind: "propose" | "decide" | "release" }
  ? D & { readonly ruled: Ruled }
  : D extends { kind: "accept" }
    ? D & { readonly facts?: FactsFile; readonly origins?: Opening["origins"] }
    : D;

/** A deed as the journal keeps it: decisions with what the rules answered, an accepted offer with its facts. */
export type KeptDeed = Kept<CaseDeed>;
export type ActionBody = Opening | KeptDeed | WithholdingAction;

/** One line of a case's journal. */
export interface CaseAction {
  readonly seq: number;
  readonly at: string;
  /** The day in Shanghai, which the clocks count. */
  readonly day: string;
  readonly by: Doer;
  readonly channel: Channel;
  readonly mandate?: Mandate;
  readonly evidence: readonly Evidence[];
  readonly body: ActionBody;
}

export interface Decision extends Ruled {
  readonly outcome: "grant" | "reject" | "repay";
  readonly text: string | null;
  /** Whether it says what the rules say. */
  readonly agrees: boolean;
  readonly at: string;
  readonly day: string;
  readonly by: Doer;
}

export interface FactValue {
  readonly value: string | number | boolean;
  /** `applicant`, or the register, or `correction`. */
  readonly origin: string;
  readonly at: string;
  readonly why: string | null;
}

export interface Appeal {
  readonly route: "re-examination" | "complaint" | "administrative-review";
  readonly ground: string;
  readonly day: string;
  readonly settled: { readonly outcome: string; readonly text: string; readonly day: string; readonly by: Doer } | null;
}

export interface Join {
  readonly office: string;
  readonly question: string;
  readonly opinion: { readonly agrees: boolean; readonly text: string; readonly by: Doer } | null;
}

/** The state of a case: a fold over its actions and nothing else. */
export interface CaseState {
  readonly seq: number;
  readonly stage: Stage;
  readonly opening: Opening;
  readonly openedAt: string;
  readonly openedOn: string;
  readonly openedBy: Doer;
  readonly updatedAt: string;
  readonly channel: Channel;
  readonly mandate: Mandate | null;
  readonly office: string | null;
  readonly assignee: { readonly id: string; readonly name: string } | null;
  readonly acceptedOn: string | null;
  readonly supplement: {
    readonly papers: readonly string[];
    readonly text: string;
    readonly at: string;
    readonly day: string;
  } | null;
  /** Steps that are finished, by code. */
  readonly finished: Readonly<Record<string, { readonly day: string; readonly result: "done" | "objection" }>>;
  /** Events of each clock, by code. */
  readonly clocks: Readonly<Record<string, readonly ClockEvent[]>>;
  readonly joins: readonly Join[];
  readonly proposal: Decision | null;
  readonly decision: Decision | null;
  readonly delivered: { readonly method: string; readonly day: string } | null;
  readonly appeals: readonly Appeal[];
  readonly facts: FactsFile;
  /** Every value of a fact that was ever changed, by `"<of> <fact>"`, oldest first. */
  readonly history: Readonly<Record<string, readonly FactValue[]>>;
  readonly disputes: Readonly<Record<string, { readonly value: string | number | boolean; readonly text: string }>>;
  readonly objection: { readonly text: string; readonly day: string } | null;
  readonly benefit: {
    readonly state: "running" | "suspended" | "stopped" | "reduced";
    readonly from: string;
    readonly fen: number | null;
  } | null;
  /** What is paid from which day on, in the order of days; 0 is stopped. */
  readonly amounts: readonly { readonly from: string; readonly fen: number }[];
  readonly repaid: number;
  /** Of a claw-back alone. */
  readonly clawBack: ClawBackState | null;
  readonly rating: {
    readonly grade: number;
    readonly text: string | null;
    readonly day: string;
    readonly answer: string | null;
  } | null;
}
