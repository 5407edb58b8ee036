import { wrong } from "./case-refusal.ts";
import type { CaseAction, CaseState, KeptDeed } from "./case-state.ts";
import { type ClawBackState, clawBackSteps as steps, type WithholdingAction } from "./claw-back-state.ts";
import { clawBackOf, finished, owedFen, withoutTerm } from "./fold-claw-back.ts";
import type { Guide } from "./guide-model.ts";

type OffsetDeed = Extract<KeptDeed, { kind: "agree-offset" | "end-offset" }>;

/** Agrees what later payments withhold, in the place of what was agreed before, or ends it. */
export function applyOffset(state: CaseState, deed: OffsetDeed, { seq, day }: CaseAction): CaseState {
  const clawBack = clawBackOf(state);
  if (deed.kind === "end-offset") {
    const { offset } = clawBack;
    if (!offset || offset.ended !== null) return wrong("没有在执行的抵扣约定", "No agreement on an offset is in force");
    return { ...state, clawBack: { ...clawBack, offset: { ...offset, ended: day } } };
  }
  const owed = owedFen(state) ?? 0;
  const { fen, mostPercent, mostFen = null, payments, from, text } = deed;
  if (fen > owed) wrong(`约定抵扣 ${fen} 分，多于尚欠的 ${owed} 分`, `${fen} fen are agreed; ${owed} fen are owed`);
  // 社会保险经办条例 art. 46: from benefits that come after.
  if (from < day.slice(0, 7)) {
    wrong(
      `从以后的发放中抵扣，最早 ${day.slice(0, 7)}`,
      `It is withheld from later payments: ${day.slice(0, 7)} at the earliest`,
    );
  }
  const offset = { seq, day, text, fen, mostPercent, mostFen, payments, from, ended: null };
  return {
    ...state,
    clocks: fen === owed ? withoutTerm(state.clocks, day) : state.clocks,
    clawBack: { ...clawBack, offset },
  };
}

/** Withheld and not undone, in all or by one agreement. */
export function withheldFen({ withholdings }: ClawBackState, agreement?: number): number {
  return withholdings
    .filter((one) => one.undone === null && (agreement === undefined || one.agreement === agreement))
    .reduce((sum, { fen }) => sum + fen, 0);
}

/** What the agreement in force still lets be withheld: never more than is owed; 0 where there is none. */
export function offsetLeftFen(state: CaseState): number {
  const { clawBack, stage } = state;
  const offset = clawBack?.offset;
  if (!clawBack || !offset || offset.ended !== null || stage !== "decided") return 0;
  return Math.max(0, Math.min(offset.fen - withheldFen(clawBack, offset.seq), owedFen(state) ?? 0));
}

/**
 * A released batch withheld, or the bank sent back payments of which a part was withheld. Both follow from payments: whoever
 * handles the case cannot do them.
 */
export function applyWithholding(guide: Guide, state: CaseState, body: WithholdingAction, day: string): CaseState {
  return body.kind === "withhold" ? withheld(guide, state, body, day) : undone(state, body, day);
}

function withheld(
  guide: Guide,
  state: CaseState,
  { batch, agreement, fen, lines }: Extract<WithholdingAction, { kind: "withhold" }>,
  day: string,
): CaseState {
  const clawBack = clawBackOf(state);
  const left = clawBack.offset?.seq === agreement ? offsetLeftFen(state) : 0;
  if (fen > left)
    wrong(`抵扣 ${fen} 分，约定只剩 ${left} 分`, `${fen} fen are withheld; the agreement leaves ${left} fen`);
  const added = lines.map((line) => ({ batch, ...line, agreement, day, undone: null }));
  const next: CaseState = {
    ...state,
    repaid: state.repaid + fen,
    clawBack: { ...clawBack, withholdings: [...clawBack.withholdings, ...added] },
  };
  return owedFen(next) === 0 ? finished(guide, next, steps.repayment, day) : next;
}

function undone(
  state: CaseState,
  { batch, fen, lines }: Extract<WithholdingAction, { kind: "undo-withholding" }>,
  day: string,
): CaseState {
  const clawBack = clawBackOf(state);
  const back = new Set(lines);
  const withholdings = clawBack.withholdings.map((one) =>
    one.batch === batch && back.has(one.n) && one.undone === null ? { ...one, undone: day } : one,
  );
  const next = { ...state, repaid: state.repaid - fen, clawBack: { ...clawBack, withholdings } };
  return owedFen(next) ? owedAgain(next) : next;
}

/** What was done with is owed again, so that the case is closed no longer and its repayment not finished. */
function owedAgain(state: CaseState): CaseState {
  const { [steps.repayment]: _, ...done } = state.finished;
  const events = state.clocks[steps.repayment];
  const clocks = events
    ? { ...state.clocks, [steps.repayment]: events.filter(({ kind }) => kind !== "finish") }
    : state.clocks;
  return { ...state, finished: done, clocks, stage: state.stage === "closed" ? "decided" : state.stage };
}
