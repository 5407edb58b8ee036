import type { CaseState } from "./case-state.ts";
import type { DeedKind, Stage } from "./model.ts";

const whileOpen = ["note", "dispute", "correct", "keep", "terminate"] as const;
const aroundTheDesk = ["assign", "transfer"] as const;

/** What each stage allows. */
const openIn: Readonly<Record<Stage, readonly DeedKind[]>> = {
  offered: ["decline", "object", "release", "note"],
  received: ["accept", "refuse-acceptance", "request-supplement", "withdraw", ...aroundTheDesk, ...whileOpen],
  supplement: ["supply", "withdraw", ...aroundTheDesk, ...whileOpen],
  handling: [
    "join",
    "opinion",
    "finish-step",
    "pause",
    "resume",
    "extend",
    "propose",
    "decide",
    "withdraw",
    ...aroundTheDesk,
    ...whileOpen,
  ],
  checking: [
    "decide",
    "return",
    "opinion",
    "pause",
    "resume",
    "extend",
    "withdraw",
    ...aroundTheDesk,
    "note",
    "terminate",
  ],
  decided: [
    "deliver",
    "finish-step",
    "appeal",
    "settle-appeal",
    "rate",
    "answer-rating",
    "benefit",
    "repay",
    "assign",
    "note",
    "close",
  ],
  "not-accepted": ["appeal", "settle-appeal", "rate", "answer-rating", "note"],
  withdrawn: ["rate", "answer-rating", "note"],
  terminated: ["appeal", "settle-appeal", "rate", "answer-rating", "note"],
  declined: ["note"],
  closed: ["rate", "answer-rating", "benefit", "appeal", "settle-appeal", "note"],
};

export function deedIsOpen(state: CaseState, deed: DeedKind): boolean {
  return openDeeds(state).includes(deed);
}

/** What the stage, and what has happened before, leave open. */
export function openDeeds(state: CaseState): readonly DeedKind[] {
  const isClawBack = state.opening.case === "claw-back";
  const pending = state.appeals.some((appeal) => appeal.settled === null);
  return openIn[state.stage].filter((deed) => {
    if (deed === "repay") return isClawBack && state.repaid < (state.decision?.fen ?? 0);
    if (deed === "benefit") return state.benefit !== null && state.benefit.state !== "stopped";
    if (deed === "deliver") return state.delivered === null;
    if (deed === "appeal") return !pending;
    if (deed === "settle-appeal") return pending;
    if (deed === "rate") return state.rating === null;
    if (deed === "answer-rating")
      return state.rating !== null && state.rating.grade <= 2 && state.rating.answer === null;
    if (deed === "close") return !pending;
    return true;
  });
}

/** Whose deed another one confirms or overturns: identity lets nobody judge their own. */
export function judgedBy(state: CaseState, deed: DeedKind): string | undefined {
  if (deed === "decide" || deed === "return") return state.proposal?.by.id;
  return deed === "settle-appeal" ? state.decision?.by.id : undefined;
}
