import type { ClockEvent } from "@qingdan/clock";
import { refuse, wrong } from "./case-refusal.ts";
import type { ActionBody, CaseAction, CaseState, KeptDeed, Opening } from "./case-state.ts";
import { newClawBack } from "./claw-back-state.ts";
import { deedIsOpen } from "./deeds.ts";
import { applyAfterDecision } from "./fold-after-decision.ts";
import { applyClawBack, heardBeforeDecision } from "./fold-claw-back.ts";
import { accepted, allEnded, startedAfter, withClockEvent } from "./fold-clocks.ts";
import { decide, decided, secondPersonNeeded } from "./fold-decision.ts";
import { applyFactDeed } from "./fold-facts.ts";
import { applyOffset, applyWithholding } from "./fold-offset.ts";
import type { Guide } from "./guide-model.ts";

/**
 * The state of a case after one more action. The same function guards what people ask for and replays what is stored.
 *
 * @throws {Problem} CASE-DEED-CLOSED, CASE-DEED-WRONG, CASE-SECOND-PERSON, CASE-REASON-MISSING
 */
export function foldAction(guide: Guide, state: CaseState | undefined, action: CaseAction): CaseState {
  const { body } = action;
  if (body.kind === "open") {
    if (state !== undefined) return refuse("CASE-DEED-CLOSED", "办件已经开立", "The case is open already");
    return opened(guide, action, body);
  }
  if (state === undefined) throw new Error(`The journal begins with ${body.kind}, not with an opening`);
  if (body.kind === "withhold" || body.kind === "undo-withholding") {
    return { ...applyWithholding(guide, state, body, action.day), seq: action.seq, updatedAt: action.at };
  }
  if (!deedIsOpen(state, body.kind)) {
    refuse(
      "CASE-DEED-CLOSED",
      `办件处于“${state.stage}”，不能“${body.kind}”`,
      `The case is ${state.stage}; ${body.kind} is not open`,
    );
  }
  return { ...applied(guide, state, action, body), seq: action.seq, updatedAt: action.at };
}

/** Folds a whole journal. */
export function foldCase(guide: Guide, actions: readonly CaseAction[]): CaseState {
  const state = actions.reduce<CaseState | undefined>((folded, action) => foldAction(guide, folded, action), undefined);
  if (state === undefined) throw new Error("A case has at least the action that opened it");
  return state;
}

function opened(guide: Guide, action: CaseAction, opening: Opening): CaseState {
  const state: CaseState = {
    seq: action.seq,
    stage: firstStage(opening),
    opening,
    openedAt: action.at,
    openedOn: action.day,
    openedBy: action.by,
    updatedAt: action.at,
    channel: action.channel,
    mandate: action.mandate ?? null,
    office: opening.office,
    assignee: null,
    acceptedOn: null,
    supplement: null,
    finished: {},
    clocks: {},
    joins: [],
    proposal: null,
    decision: null,
    delivered: null,
    appeals: [],
    facts: opening.facts,
    history: {},
    disputes: {},
    objection: null,
    benefit: null,
    amounts: [],
    repaid: 0,
    clawBack: opening.case === "claw-back" ? newClawBack : null,
    rating: null,
  };
  return opening.case === "claw-back" ? accepted(guide, state, action.day) : state;
}

/** A grant drawn for review is looked at by a person before anything is paid. */
function firstStage(opening: Opening): CaseState["stage"] {
  if (opening.case === "claw-back") return "handling";
  return opening.case === "auto-grant" && !opening.offer?.sampled ? "offered" : "received";
}

/** An offer that a person takes over brings the facts from the registers. */
function withFacts(state: CaseState, { facts, origins }: Extract<ActionBody, { kind: "accept" }>): CaseState {
  if (!facts) return state;
  return { ...state, facts, opening: { ...state.opening, origins: origins ?? {} } };
}

function applied(guide: Guide, state: CaseState, action: CaseAction, deed: KeptDeed): CaseState {
  const { day, at, by } = action;
  switch (deed.kind) {
    case "accept":
      return accepted(guide, withFacts({ ...state, stage: "handling" }, deed), day);
    case "refuse-acceptance":
      return { ...state, stage: "not-accepted" };
    case "request-supplement":
      return { ...state, stage: "supplement", supplement: { papers: deed.papers, text: deed.text, at, day } };
    case "assign":
      return { ...state, assignee: { id: deed.to, name: deed.name } };
    case "transfer":
      return { ...state, office: deed.office, assignee: null };
    case "join":
      return { ...state, joins: [...state.joins, { office: deed.office, question: deed.question, opinion: null }] };
    case "opinion":
      return { ...state, joins: withOpinion(state, deed, by) };
    case "finish-step":
      return finishStep(guide, state, deed, day);
    case "pause":
    case "resume":
    case "extend":
      return { ...state, clocks: withClockEvent(guide, state, deed.clock, { ...deed, day }) };
    case "propose":
      heardBeforeDecision(state);
      return { ...state, stage: "checking", proposal: decided(state, deed, action) };
    case "return":
      if (state.proposal?.by.id === by.id) secondPersonNeeded();
      return { ...state, stage: "handling", proposal: null };
    case "decide":
      heardBeforeDecision(state);
      return decide(guide, state, action, decided(state, deed, action));
    case "withdraw":
    case "terminate":
      return {
        ...state,
        stage: deed.kind === "withdraw" ? "withdrawn" : "terminated",
        clocks: allEnded(state, "cancel", day),
      };
    case "close":
      return { ...state, stage: "closed" };
    case "note":
      return state;
    case "supply":
    case "dispute":
    case "correct":
    case "keep":
      return applyFactDeed(state, deed, action);
    case "give-notice":
    case "state-defence":
    case "call-hearing":
    case "hold-hearing":
    case "plan-repayment":
    case "repay":
      return applyClawBack(guide, state, deed, action);
    case "agree-offset":
    case "end-offset":
      return applyOffset(state, deed, action);
    default:
      return applyAfterDecision(guide, state, deed, action);
  }
}

function withOpinion(
  state: CaseState,
  deed: { readonly join: number; readonly agrees: boolean; readonly text: string },
  by: CaseAction["by"],
): CaseState["joins"] {
  const asked = state.joins[deed.join - 1];
  if (!asked || asked.opinion)
    wrong(`没有待答复的会办 ${deed.join}`, `No joint request ${deed.join} waits for an opinion`);
  const opinion = { agrees: deed.agrees, text: deed.text, by };
  return state.joins.map((join, at) => (at === deed.join - 1 ? { ...join, opinion } : join));
}

function finishStep(
  guide: Guide,
  state: CaseState,
  deed: { readonly step: string; readonly result: "done" | "objection" },
  day: string,
): CaseState {
  const { step } = deed;
  const events = state.clocks[step];
  if (!guide.steps.some(({ code }) => code === step) || !events)
    return wrong(`步骤 ${step} 还没有开始`, `The step ${step} has not begun`);
  if (state.finished[step]) return wrong(`步骤 ${step} 已办完`, `The step ${step} is done`);
  const resumed: readonly ClockEvent[] =
    events.at(-1)?.kind === "pause" ? [...events, { kind: "resume", day }] : events;
  const clocks = { ...state.clocks, [step]: [...resumed, { kind: "finish" as const, day }] };
  return {
    ...state,
    finished: { ...state.finished, [step]: { day, result: deed.result } },
    clocks: startedAfter(guide, clocks, step, day),
  };
}
