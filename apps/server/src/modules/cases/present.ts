import type { LawText, List } from "@qingdan/list";
import type { Words } from "../../problem.ts";
import { type Actor, may, permissionsOf } from "../identity/index.ts";
import {
  appealDue,
  appealOpenUntil,
  type CaseClock,
  clocksOf,
  type DecidedBy,
  decidedBy,
  forecastOf,
} from "./case-clocks.ts";
import { caseResource } from "./case-resource.ts";
import type { CaseView } from "./case-rows.ts";
import type { CaseState, Decision } from "./case-state.ts";
import type { StoredCase } from "./case-store.ts";
import { judgedBy, openDeeds } from "./deeds.ts";
import { seenBody, sightOf } from "./fact-sight.ts";
import { owedFen } from "./fold-claw-back.ts";
import { totalClock } from "./fold-clocks.ts";
import { needsSecondPerson } from "./fold-decision.ts";
import type { Guide, GuideLimit, GuideStep } from "./guide-model.ts";
import type { CaseCard, CasePage, ClockView } from "./model.ts";
import { presentClawBack } from "./present-claw-back.ts";
import { presentFacts } from "./present-facts.ts";
import type { Cases } from "./seams.ts";

export const words = ({ zh, en }: Words): Words => ({ zh, en });

/** The name of an item, also of one that the list has replaced. */
export function itemName(list: List, code: string): Words {
  const item = list.items.get(code) ?? list.replaced.get(code);
  return item ? words(item.name) : { zh: code, en: code };
}

export function presentCard(list: List, view: CaseView, today: string): CaseCard {
  return {
    id: view.id,
    number: view.number,
    seq: view.seq,
    kind: view.kind as CaseCard["kind"],
    list: view.list,
    item: { code: view.item, name: itemName(list, view.item) },
    person: view.person,
    area: view.area,
    office: view.office,
    assignee: view.assignee === null ? null : { id: view.assignee, name: view.assignee_name ?? view.assignee },
    stage: view.stage as CaseCard["stage"],
    channel: view.channel as CaseCard["channel"],
    openedAt: view.opened_at.toISOString(),
    updatedAt: view.updated_at.toISOString(),
    due: view.due,
    clock: clockWord(view, today),
    outcome: view.outcome as CaseCard["outcome"],
    fen: view.fen,
    per: view.per,
    bundle: view.bundle,
  };
}

function clockWord({ due, warn, paused }: CaseView, today: string): CaseCard["clock"] {
  if (paused) return "paused";
  if (due === null) return "none";
  if (due < today) return "breached";
  return warn !== null && warn <= today ? "warning" : "running";
}

/** A law that a guide cites, with the title that the list gives its source. */
export function presentLaw(list: List, law: GuideLimit["law"]): Omit<LawText, "zh" | "en"> {
  const source = law.source === undefined ? undefined : list.sources.get(law.source);
  const title = source?.title ?? law.title ?? law.source ?? "";
  return { source: law.source ?? "", title, article: law.article ?? null, url: source?.url ?? null };
}

/** The whole case as a reader may see it. */
export async function presentCase(cases: Cases, stored: StoredCase, reader: Actor, today: string): Promise<CasePage> {
  const { view, state, guide } = stored;
  const list = await cases.list(view.list);
  const rulebook = await cases.store.rulebook(cases.database, view.rulebook_hash);
  const clocks = clocksOf(guide, state, cases.calendar, today);
  const sight = sightOf(reader, view, rulebook);
  const mayDo = deedsFor(reader, stored);
  const { opening, decision } = state;
  return {
    pinned: {
      list: opening.list,
      rulebookHash: opening.rulebookHash,
      rulebookArea: rulebook.area,
      rulebookDate: rulebook.date,
      guideHash: opening.guideHash,
    },
    mayDo,
    clocks: clocks.map((clock) => presentClock(list, guide, clock)),
    decidedBy: decidedBy(guide, state, cases.calendar).map((bound) => presentDecidedBy(list, state, bound, today)),
    forecast: forecastOf(guide, state, cases.calendar, today),
    nextStep: nextStep(guide, state),
    steps: guide.steps.map((step) => presentStep(step, state)),
    supplement: state.supplement && {
      papers: [...state.supplement.papers],
      text: state.supplement.text,
      at: state.supplement.at,
    },
    joins: state.joins.map(({ office, question, opinion }, at) => ({ join: at + 1, office, question, opinion })),
    proposal: state.proposal && presentDecision(state.proposal),
    decision: decision && presentDecision(decision),
    secondPerson: secondPerson(guide, state),
    delivered: state.delivered,
    appeals: state.appeals.map((appeal, at) => presentAppeal(cases, guide, state, appeal, at)),
    appealUntil: state.delivered ? appealDays(cases, guide, state.delivered.day) : [],
    facts: presentFacts({ list, rulebook, state, view, sight }),
    benefit: state.benefit,
    clawBack: presentClawBack(guide, state, cases.calendar, today),
    rating: state.rating && { grade: state.rating.grade, text: state.rating.text, answer: state.rating.answer },
    journal: stored.actions.map(({ seq, at, by, channel, mandate, evidence, body, line }) => ({
      seq,
      kind: body.kind,
      at,
      logLine: line,
      by,
      channel,
      ...(mandate && { mandate }),
      evidence: [...evidence],
      body: seenBody(shownBody(body), sight),
    })),
    related: opening.clawBack ? [opening.clawBack.of] : [],
    // Last: fields that are written after a spread cost microseconds each.
    ...presentCard(list, view, today),
  };
}

/** Deeds that the stage leaves open and the policies permit. */
function deedsFor(reader: Actor, { view, state }: StoredCase): string[] {
  const permits = permissionsOf(reader, caseResource(view));
  return openDeeds(state).filter((deed) => {
    const by = judgedBy(state, deed);
    return by === undefined ? permits(`case.${deed}`) : may(reader, `case.${deed}`, caseResource(view, by));
  });
}

/** What a line of the journal shows; the facts of an application stand in `facts`. */
function shownBody({ kind, ...body }: StoredCase["actions"][number]["body"]): Record<string, unknown> {
  if (kind !== "open") return body;
  const {
    facts: _,
    origins: __,
    clawBack: ___,
    ...rest
  } = body as {
    facts: unknown;
    origins: unknown;
    clawBack: unknown;
  };
  return rest;
}

function presentClock(list: List, guide: Guide, { code, kind, limit, events, state, extended }: CaseClock): ClockView {
  const step = code === totalClock ? undefined : guide.steps.find((known) => known.code === code);
  const { pauses, extensions } = step ?? guide.total;
  const end = events.find((event) => event.kind === "finish" || event.kind === "cancel");
  const unknown = state === null;
  return {
    code,
    name: step ? words(step) : { zh: "办结", en: "Whole procedure" },
    owner: words(limit.by ?? step?.owner ?? guide.owner),
    kind,
    amount: limit.amount,
    unit: limit.unit,
    extended,
    basis: presentLaw(list, limit.law),
    // A promise is made for the item itself.
    reference: guide.reference && kind === "statutory",
    status: state?.status ?? "running",
    due: state?.due ?? null,
    problem: unknown
      ? {
          zh: "时限跨入尚无放假安排的年份，待公布后推算",
          en: "The limit runs into a year whose holidays are not arranged; it is reckoned when they are",
        }
      : null,
    started: events[0]?.day ?? null,
    ended: end?.day ?? null,
    used: Math.round((state?.used ?? 0) * 1000) / 1000,
    pauses: [...(state?.pauses ?? [])],
    mayPause: pauses.map(({ reason, zh, en }) => ({ reason, name: { zh, en } })),
    mayExtend: extensions.map(({ reason, zh, en, amount }) => ({ reason, name: { zh, en }, amount })),
  };
}

function presentDecidedBy(
  list: List,
  state: CaseState,
  { days, due }: DecidedBy,
  today: string,
): CasePage["decidedBy"][number] {
  const end = state.clocks[totalClock]?.find(({ kind }) => kind === "finish");
  const late = due !== null && (end?.day ?? today) > due;
  return {
    code: days.code,
    name: words(days),
    basis: presentLaw(list, days.law),
    due,
    status: late ? "breached" : end ? "met" : "running",
  };
}

function presentStep(step: GuideStep, state: CaseState): CasePage["steps"][number] {
  const finished = state.finished[step.code];
  const stands = finished ? finished.result : state.clocks[step.code] ? "running" : "waiting";
  return {
    code: step.code,
    name: words(step),
    owner: words(step.owner),
    state: stands,
    finishedOn: finished?.day ?? null,
  };
}

const stageSteps: Readonly<Partial<Record<CaseState["stage"], Words>>> = {
  offered: { zh: "异议期内；无异议即发放", en: "Can be declined or objected to; paid if nobody does" },
  received: { zh: "审查材料，决定是否受理", en: "The papers are looked at; then the case is accepted" },
  supplement: { zh: "等待申请人补齐材料", en: "Waits for the applicant's papers" },
  checking: { zh: "由第二人复核决定", en: "A second person checks the decision" },
};

function nextStep(guide: Guide, state: CaseState): Words | null {
  const running = guide.steps.find(({ code }) => state.clocks[code] && !state.finished[code]);
  if (state.stage === "handling") return running ? words(running) : { zh: "作出决定", en: "The decision" };
  if (state.stage === "decided" && !state.delivered) return { zh: "送达决定", en: "The decision is served" };
  if (owedFen(state)) return { zh: "退回款项", en: "The money is repaid" };
  return stageSteps[state.stage] ?? null;
}

function presentDecision({
  outcome,
  fen,
  per,
  from,
  reason,
  rule,
  agrees,
  text,
  at,
  by,
}: Decision): NonNullable<CasePage["decision"]> {
  return { outcome, fen, per, from, reason, rule, agrees, text, at, by };
}

function secondPerson(guide: Guide, { proposal }: CaseState): CasePage["secondPerson"] {
  if (guide.secondPerson) return { needed: true, why: guide.secondPerson };
  const needed = proposal !== null && needsSecondPerson(guide, proposal);
  return { needed, why: needed ? { zh: "决定与规则结果不同", en: "The decision departs from the rules" } : null };
}

function presentAppeal(
  cases: Cases,
  guide: Guide,
  state: CaseState,
  appeal: CaseState["appeals"][number],
  at: number,
): CasePage["appeals"][number] {
  const rule = guide.appeals.find(({ route }) => route === appeal.route);
  const until = state.delivered && appealOpenUntil(guide, appeal.route, state.delivered.day, cases.calendar);
  return {
    appeal: at + 1,
    route: appeal.route,
    ground: appeal.ground,
    filedOn: appeal.day,
    due: appealDue(guide, appeal, cases.calendar),
    basis: lawWords(rule?.settle),
    outcome: appeal.settled?.outcome ?? null,
    text: appeal.settled?.text ?? null,
    inTime: !until || appeal.day <= until,
  };
}

function lawWords(limit: GuideLimit | undefined): Words {
  const zh = limit
    ? `${limit.law.title ?? limit.law.source ?? ""}${limit.law.article ? `第 ${limit.law.article} 条` : ""}`
    : "";
  const en = limit
    ? `${limit.law.title ?? limit.law.source ?? ""}${limit.law.article ? ` art. ${limit.law.article}` : ""}`
    : "";
  return { zh, en };
}

function appealDays(cases: Cases, guide: Guide, servedOn: string): CasePage["appealUntil"] {
  return guide.appeals.map(({ route, within, settle }) => ({
    route,
    until: appealOpenUntil(guide, route, servedOn, cases.calendar) ?? null,
    basis: lawWords(within ?? settle),
  }));
}
