import { refuse, wrong } from "./case-refusal.ts";
import type { ActionBody, CaseAction, CaseState, Decision } from "./case-state.ts";
import { afterDecision } from "./fold-clocks.ts";
import type { Guide } from "./guide-model.ts";

type Deciding = Extract<ActionBody, { kind: "propose" | "decide" }>;

export function decided(state: CaseState, deed: Deciding, { at, day, by }: CaseAction): Decision {
  const { outcome, ruled } = deed;
  // Who confirms says what was proposed, and need not say it again.
  const proposal = deed.kind === "decide" && state.proposal?.outcome === outcome ? state.proposal : null;
  const text = deed.text ?? proposal?.text ?? null;
  const isClawBack = state.opening.case === "claw-back";
  if ((outcome === "repay") !== isClawBack)
    wrong("“退回”只用于追缴办件", "Repay is the outcome of claw-back cases only");
  const expected = { entitled: "grant", not: "reject", undetermined: null } as const;
  const agrees = isClawBack || (ruled.rule !== null && expected[ruled.rule] === outcome);
  if (!agrees && text === null) {
    refuse(
      "CASE-REASON-MISSING",
      "决定与规则结果不同或没有规则，须写明理由",
      "A decision that departs from the rules, or has none, needs its reason in words",
    );
  }
  const fen =
    outcome === "grant"
      ? (deed.fen ?? proposal?.fen ?? ruled.fen)
      : outcome === "repay"
        ? (deed.fen ?? proposal?.fen ?? state.opening.clawBack?.fen ?? null)
        : null;
  if (outcome === "grant" && agrees && fen !== ruled.fen && text === null) {
    refuse(
      "CASE-REASON-MISSING",
      "金额与规则结果不同，须写明理由",
      "An amount that departs from the rules needs its reason in words",
    );
  }
  if (outcome === "repay" && (fen ?? 0) > (state.opening.clawBack?.fen ?? 0))
    wrong("不得多于所提追缴的金额", "Not more than was claimed is decided to be repaid");
  if (outcome === "repay" && fen !== state.opening.clawBack?.fen && text === null) {
    refuse(
      "CASE-REASON-MISSING",
      "金额与所提追缴不同，须写明理由",
      "An amount that departs from the claim needs its reason in words",
    );
  }
  return {
    ...ruled,
    // By the rules where they tell it: a month after the decision is that of the decision, not of the proposal.
    from: deed.from ?? ruled.from ?? proposal?.from ?? null,
    fen,
    outcome,
    text,
    agrees: agrees && (outcome !== "grant" || fen === ruled.fen),
    at,
    day,
    by,
  };
}

/** A second person confirms where the guide says so, and whenever the decision departs from the rules. */
export function needsSecondPerson(guide: Guide, decision: Pick<Decision, "agrees">): boolean {
  return guide.secondPerson !== undefined || !decision.agrees;
}

export function secondPersonNeeded(): never {
  return refuse(
    "CASE-SECOND-PERSON",
    "须先由一人提出、再由另一人复核",
    "One person proposes, and another one confirms",
  );
}

export function decide(guide: Guide, state: CaseState, action: CaseAction, decision: Decision): CaseState {
  const { proposal } = state;
  if (needsSecondPerson(guide, decision) && (proposal === null || proposal.by.id === action.by.id))
    secondPersonNeeded();
  if (proposal && (proposal.outcome !== decision.outcome || proposal.fen !== decision.fen)) {
    wrong("复核人要么确认所提决定，要么退回", "Who checks either confirms what was proposed or sends it back");
  }
  return afterDecision(guide, { ...state, decision }, action.day);
}
