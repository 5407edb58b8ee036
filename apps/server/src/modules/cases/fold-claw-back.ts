import { refuse, wrong } from "./case-refusal.ts";
import type { ActionBody, CaseAction, CaseState } from "./case-state.ts";
import { type ClawBackState, clawBackSteps as steps } from "./claw-back-state.ts";
import { startedAfter } from "./fold-clocks.ts";
import type { Guide } from "./guide-model.ts";

type ClawBackDeed = Extract<
  ActionBody,
  { kind: "give-notice" | "state-defence" | "call-hearing" | "hold-hearing" | "plan-repayment" | "repay" }
>;

/** Deeds of a claw-back: the person is told and heard before anything is decided, and repays after. */
export function applyClawBack(guide: Guide, state: CaseState, deed: ClawBackDeed, action: CaseAction): CaseState {
  const { day } = action;
  const clawBack = clawBackOf(state);
  switch (deed.kind) {
    case "give-notice":
      return noticed(guide, state, deed, day);
    case "state-defence": {
      const { text, hearing } = deed;
      if (!clawBack.notice) wrong("先送达事先告知书", "The notice in advance comes first");
      const heard = { ...clawBack, statements: [...clawBack.statements, { text, hearing, day }] };
      const asks = hearing && !clawBack.statements.some((known) => known.hearing);
      // Only who asks for a hearing opens its clock.
      return asks
        ? { ...finished(guide, state, steps.statement, day), clawBack: heard }
        : { ...state, clawBack: heard };
    }
    case "call-hearing": {
      if (!asksToBeHeard(clawBack)) wrong("当事人没有要求听证", "The person has not asked for a hearing");
      if (clawBack.hearing?.record) wrong("听证已经举行", "The hearing was held");
      const { on, place } = deed;
      return { ...state, clawBack: { ...clawBack, hearing: { on, place, calledOn: day, record: null } } };
    }
    case "hold-hearing": {
      const { hearing } = clawBack;
      if (!hearing || hearing.record) return wrong("没有待举行的听证", "No hearing has been called");
      if (day < hearing.on) wrong(`听证定于 ${hearing.on}`, `The hearing is on ${hearing.on}`);
      if (action.by.id === state.openedBy.id) {
        refuse(
          "CASE-SECOND-PERSON",
          "提出追缴的人不主持听证（行政许可法第 48 条）",
          "Who brings the claim does not preside (行政许可法 art. 48)",
        );
      }
      const record = { attended: deed.attended, text: deed.text, day };
      return {
        ...finished(guide, state, steps.hearing, day),
        clawBack: { ...clawBack, hearing: { ...hearing, record } },
      };
    }
    case "plan-repayment":
      return planned(state, deed, day);
    case "repay":
      return repaid(guide, state, deed, day);
  }
}

export function clawBackOf({ clawBack }: CaseState): ClawBackState {
  return clawBack ?? wrong("只用于追缴办件", "It is for claw-back cases only");
}

export const asksToBeHeard = ({ statements }: ClawBackState): boolean => statements.some(({ hearing }) => hearing);

/** What is still owed by a decision; null before it. */
export function owedFen({ decision, repaid }: CaseState): number | null {
  return decision?.outcome === "repay" ? Math.max(0, (decision.fen ?? 0) - repaid) : null;
}

function noticed(
  guide: Guide,
  state: CaseState,
  { text, method, day }: Extract<ClawBackDeed, { kind: "give-notice" }>,
  today: string,
): CaseState {
  if (day < state.openedOn || day > today)
    wrong(
      `告知书送达日应在 ${state.openedOn} 至 ${today} 之间`,
      `The notice was served between ${state.openedOn} and ${today}`,
    );
  const clawBack = { ...clawBackOf(state), notice: { text, method, day } };
  // A notice that is given again, with other facts, opens the time for a statement again.
  const { [steps.statement]: _, ...clocks } = state.clocks;
  return { ...finished(guide, { ...state, clocks }, steps.notice, day), clawBack };
}

/** A step is done, and what follows it begins. */
export function finished(guide: Guide, state: CaseState, step: string, day: string): CaseState {
  const events = state.clocks[step] ?? [];
  const ended = events.some(({ kind }) => kind === "finish" || kind === "cancel");
  const clocks = events.length === 0 || ended ? state.clocks : withFinish(state.clocks, step, day);
  return {
    ...state,
    finished: { ...state.finished, [step]: { day, result: "done" } },
    clocks: startedAfter(guide, clocks, step, day),
  };
}

const withFinish = (clocks: CaseState["clocks"], step: string, day: string): CaseState["clocks"] => ({
  ...clocks,
  [step]: [...(clocks[step] ?? []), { kind: "finish", day }],
});

function planned(
  state: CaseState,
  { instalments, text }: Extract<ClawBackDeed, { kind: "plan-repayment" }>,
  day: string,
): CaseState {
  const owed = owedFen(state) ?? 0;
  const sum = instalments.reduce((total, { fen }) => total + fen, 0);
  if (sum !== owed) {
    wrong(
      `各期合计 ${sum} 分，应等于尚欠的 ${owed} 分`,
      `The instalments sum to ${sum} fen; what is owed is ${owed} fen`,
    );
  }
  const late = instalments.find(({ due }, at) => due <= (instalments[at - 1]?.due ?? day));
  if (late)
    wrong("各期日期应在今天之后并依次递增", "The days of the instalments come after today, each after the last");
  return {
    ...state,
    clocks: withoutTerm(state.clocks, day),
    clawBack: { ...clawBackOf(state), plan: { text, day, instalments, before: state.repaid } },
  };
}

/** What is agreed takes the place of the general term of repayment. */
export function withoutTerm(clocks: CaseState["clocks"], day: string): CaseState["clocks"] {
  const events = clocks[steps.repayment] ?? [];
  const open = events.length > 0 && !events.some(({ kind }) => kind === "finish" || kind === "cancel");
  return open ? { ...clocks, [steps.repayment]: [...events, { kind: "cancel", day }] } : clocks;
}

function repaid(
  guide: Guide,
  state: CaseState,
  { fen, method }: Extract<ClawBackDeed, { kind: "repay" }>,
  day: string,
): CaseState {
  const owed = owedFen(state) ?? 0;
  if (fen > owed) wrong(`退回多于应退：尚欠 ${owed} 分`, `More is repaid than is owed: ${owed} fen`);
  const clawBack = clawBackOf(state);
  const next: CaseState = {
    ...state,
    repaid: state.repaid + fen,
    clawBack: { ...clawBack, repayments: [...clawBack.repayments, { day, fen, method }] },
  };
  return fen === owed ? finished(guide, next, steps.repayment, day) : next;
}

/** Nobody is made to repay who was not told what is held against them, or asked to be heard and was not. */
export function heardBeforeDecision(state: CaseState): void {
  if (state.opening.case !== "claw-back") return;
  const clawBack = clawBackOf(state);
  if (!clawBack.notice) wrong("先送达事先告知书", "The notice in advance comes first");
  if (asksToBeHeard(clawBack) && !clawBack.hearing?.record)
    wrong("当事人要求听证，先举行听证", "The person asked for a hearing; it comes first");
}

/** The instalments with what was paid on each, earliest first. */
export function instalmentsOf(state: CaseState): readonly { due: string; fen: number; paidFen: number }[] {
  const plan = state.clawBack?.plan;
  let left = state.repaid - (plan?.before ?? 0);
  return (plan?.instalments ?? []).map(({ due, fen }) => {
    const paidFen = Math.max(0, Math.min(fen, left));
    left -= paidFen;
    return { due, fen, paidFen };
  });
}
