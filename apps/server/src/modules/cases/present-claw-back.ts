import type { Calendar } from "@qingdan/clock";
import type { CaseState } from "./case-state.ts";
import { statementUntil } from "./claw-back-checks.ts";
import type { ClawBackView } from "./claw-back-model.ts";
import { instalmentsOf, owedFen } from "./fold-claw-back.ts";
import { offsetLeftFen, withheldFen } from "./fold-offset.ts";
import type { Guide } from "./guide-model.ts";

/** What is claimed back and how far that has come; null for other cases. */
export function presentClawBack(
  guide: Guide,
  state: CaseState,
  calendar: Calendar,
  today: string,
): ClawBackView | null {
  const { clawBack, opening, decision } = state;
  const claim = opening.clawBack;
  if (!clawBack || !claim) return null;
  const { plan, notice } = clawBack;
  const instalments = instalmentsOf(state).map((one) => ({
    ...one,
    state: one.paidFen === one.fen ? ("paid" as const) : one.due < today ? ("late" as const) : ("due" as const),
  }));
  return {
    of: claim.of,
    ground: claim.ground,
    text: claim.text,
    claimedFen: claim.fen,
    lines: [...claim.lines],
    notice: notice && { ...notice, until: statementUntil(guide, state, calendar) },
    statements: [...clawBack.statements],
    hearing: clawBack.hearing,
    plan: plan && { text: plan.text, day: plan.day, instalments },
    repayments: [...clawBack.repayments],
    offset: presentOffset(state),
    withholdings: clawBack.withholdings.map(({ agreement: _, ...withheld }) => withheld),
    withheldFen: withheldFen(clawBack),
    repaidFen: state.repaid,
    owedFen: owedFen(state),
    refundFen: decision?.outcome === "repay" ? Math.max(0, state.repaid - (decision.fen ?? 0)) : 0,
  };
}

function presentOffset(state: CaseState): ClawBackView["offset"] {
  const { clawBack } = state;
  if (!clawBack?.offset) return null;
  const { seq, ...agreed } = clawBack.offset;
  return { ...agreed, withheldFen: withheldFen(clawBack, seq), leftFen: offsetLeftFen(state) };
}
