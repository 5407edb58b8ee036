import type { CaseState } from "./case-state.ts";
import { clawBackDeedIsOpen } from "./claw-back-checks.ts";
import { clawBackDeeds } from "./claw-back-model.ts";
import { owedFen } from "./fold-claw-back.ts";
import type { DeedKind, Stage } from "./model.ts";

const whileOpen = ["note", "dispute", "correct", "keep", "terminate"] as const;
const aroundTheDesk = ["assign", "transfer"] as const;
const deedsOfClawBacks: ReadonlySet<string> = new Set(["repay", ...clawBackDeeds.map(({ shape }) => shape.kind.value)]);

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
    "give-notice",
    "state-defence",
    "call-hearing",
    "hold-hearing",
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
    "plan-repayment",
    "agree-offset",
    "end-offset",
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
  const pending = state.appeals.some((appeal) => appeal.settled === null);
  return openIn[state.stage].filter((deed) => {
    if (deedsOfClawBacks.has(deed)) return clawBackDeedIsOpen(state, deed);
    if (deed === "benefit") return state.benefit !== null && state.benefit.state !== "stopped";
    if (deed === "deliver") return state.delivered === null;
    if (deed === "appeal") return !pending;
    if (deed === "settle-appeal") return pending;
    if (deed === "rate") return state.rating === null;
    if (deed === "answer-rating")
      return state.rating !== null && state.rating.grade <= 2 && state.rating.answer === null;
    if (deed === "close") return !pending && !owedFen(state);
    // A claim of the organ's own: there is no applicant to withdraw it.
    if (deed === "withdraw") return state.clawBack === null;
    // The steps of a claw-back are done by its own deeds: nobody ticks off that the person was heard.
    if (deed === "finish-step") return state.clawBack === null;
    return true;
  });
}

/** Whose deed another one confirms or overturns: identity lets nobody judge their own. */
export function judgedBy(state: CaseState, deed: DeedKind): string | undefined {
  if (deed === "decide" || deed === "return") return state.proposal?.by.id;
  if (deed === "hold-hearing") return state.openedBy.id;
  return deed === "settle-appeal" ? state.decision?.by.id : undefined;
}
