import { refuse, wrong } from "./case-refusal.ts";
import type { ActionBody, CaseAction, CaseState } from "./case-state.ts";
import { afterDecision, startedAfter, untilDecision } from "./fold-clocks.ts";
import type { Guide } from "./guide-model.ts";

type Late = Extract<
  ActionBody,
  {
    kind:
      | "deliver"
      | "appeal"
      | "settle-appeal"
      | "rate"
      | "answer-rating"
      | "decline"
      | "object"
      | "release"
      | "benefit";
  }
>;

/** Deeds around and after the decision: service, appeals, ratings, offers, changes of the benefit, repayment. */
export function applyAfterDecision(guide: Guide, state: CaseState, deed: Late, action: CaseAction): CaseState {
  const { day, at, by } = action;
  switch (deed.kind) {
    case "deliver":
      return delivered(guide, state, deed, day);
    case "appeal": {
      if (state.appeals.some((appeal) => appeal.settled === null))
        wrong("已有一件救济在办", "An appeal is under way already");
      return { ...state, appeals: [...state.appeals, { route: deed.route, ground: deed.ground, day, settled: null }] };
    }
    case "settle-appeal":
      return settled(guide, state, deed, action);
    case "rate":
      if (state.rating) wrong("一事一评，已经评过", "One matter is rated once");
      return { ...state, rating: { grade: deed.grade, text: deed.text || null, day, answer: null } };
    case "answer-rating":
      if (!state.rating || state.rating.grade > 2 || state.rating.answer !== null)
        return wrong("没有待整改的差评", "No bad rating waits for an answer");
      return { ...state, rating: { ...state.rating, answer: deed.text } };
    case "decline":
      return { ...state, stage: "declined" };
    case "object":
      // Whoever objects is heard by a person (个人信息保护法 art. 24).
      return { ...state, stage: "received", objection: { text: deed.text, day } };
    case "release": {
      const { offer } = state.opening;
      if (offer && day <= offer.until)
        wrong(`异议期到 ${offer.until} 为止`, `It can be objected to until ${offer.until}`);
      const decision = { ...deed.ruled, outcome: "grant" as const, text: null, agrees: true, at, day, by };
      return afterDecision(guide, { ...state, decision }, day);
    }
    case "benefit":
      return changed(state, deed);
  }
}

function delivered(guide: Guide, state: CaseState, deed: Extract<Late, { kind: "deliver" }>, today: string): CaseState {
  if (state.delivered) wrong("决定已经送达", "The decision has been served");
  const decidedOn = state.decision?.day ?? today;
  if (deed.day < decidedOn || deed.day > today) {
    wrong(`送达日应在 ${decidedOn} 至 ${today} 之间`, `The day of service lies between ${decidedOn} and ${today}`);
  }
  const finish = { kind: "finish" as const, day: deed.day };
  const notice = state.clocks.notice;
  const clocks =
    notice && notice.at(-1)?.kind !== "finish" ? { ...state.clocks, notice: [...notice, finish] } : state.clocks;
  return {
    ...state,
    // What is reckoned from service begins with it.
    clocks: startedAfter(guide, clocks, "notice", deed.day),
    delivered: { method: deed.method, day: deed.day },
  };
}

function settled(
  guide: Guide,
  state: CaseState,
  deed: Extract<Late, { kind: "settle-appeal" }>,
  { day, by }: CaseAction,
): CaseState {
  const appeal = state.appeals[deed.appeal - 1];
  if (!appeal || appeal.settled) return wrong(`没有待处理的救济 ${deed.appeal}`, `No appeal ${deed.appeal} waits`);
  if ((deed.outcome === "handed-over") !== (appeal.route === "administrative-review")) {
    return wrong(
      "行政复议由复议机关决定，本机关只移交",
      "The review body decides an administrative review; here it is handed over",
    );
  }
  if (by.id === state.decision?.by.id) {
    return refuse(
      "CASE-SECOND-PERSON",
      "作出决定的人不得处理对它的救济",
      "Who decided does not settle the appeal against it",
    );
  }
  const appeals = state.appeals.map((known, at) =>
    at === deed.appeal - 1 ? { ...known, settled: { outcome: deed.outcome, text: deed.text, day, by } } : known,
  );
  const reopened = deed.outcome === "changed" || deed.outcome === "revoked";
  return reopened
    ? {
        ...state,
        appeals,
        stage: "handling",
        decision: null,
        proposal: null,
        delivered: null,
        benefit: null,
        amounts: [],
        clocks: untilDecision(guide, state.clocks),
        clawBack: state.clawBack && { ...state.clawBack, plan: null, offset: null },
      }
    : { ...state, appeals };
}

function changed(state: CaseState, deed: Extract<Late, { kind: "benefit" }>): CaseState {
  const { benefit } = state;
  if (!benefit) return wrong("没有待遇可变更", "There is no benefit to change");
  if (benefit.state === "stopped") return wrong("待遇已停发", "The benefit was stopped");
  if (deed.change === "resume" && benefit.state !== "suspended")
    return wrong("待遇没有暂停", "The benefit is not suspended");
  if (deed.change === "reduce" && (deed.fen === undefined || deed.fen >= (benefit.fen ?? 0))) {
    return wrong("减发后的金额应小于现额", "A reduced amount is below the present one");
  }
  const next = { suspend: "suspended", resume: "running", stop: "stopped", reduce: "reduced" } as const;
  const fen = deed.change === "stop" ? 0 : deed.change === "reduce" ? (deed.fen ?? 0) : null;
  const amounts = fen === null ? state.amounts : [...state.amounts, { from: deed.from, fen }];
  return {
    ...state,
    amounts: amounts.toSorted((a, b) => (a.from < b.from ? -1 : 1)),
    benefit: { state: next[deed.change], from: deed.from, fen: deed.fen ?? benefit.fen },
  };
}
