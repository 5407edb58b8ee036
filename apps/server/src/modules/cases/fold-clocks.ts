import type { ClockEvent, StepClock } from "@qingdan/clock";
import { refuse, wrong } from "./case-refusal.ts";
import type { CaseState } from "./case-state.ts";
import type { Guide, GuideStep } from "./guide-model.ts";

/** The name of the clock over the whole procedure. */
export const totalClock = "total";

/** The clocks that acceptance opens; the day of acceptance does not count itself. */
export function accepted(guide: Guide, state: CaseState, day: string): CaseState {
  return {
    ...state,
    acceptedOn: day,
    clocks: startedAfter(guide, { [totalClock]: [{ kind: "start", day }] }, "acceptance", day),
  };
}

export function startedAfter(
  guide: Guide,
  clocks: CaseState["clocks"],
  event: string,
  day: string,
): CaseState["clocks"] {
  const started = guide.steps.filter((step) => step.starts === event && !clocks[step.code]);
  return { ...clocks, ...Object.fromEntries(started.map(({ code }) => [code, [{ kind: "start" as const, day }]])) };
}

/** The clocks without those that the decision and its service opened: another decision opens them again. */
export function untilDecision(guide: Guide, clocks: CaseState["clocks"]): CaseState["clocks"] {
  const after = new Set(["decision"]);
  for (const { code, starts } of guide.steps) if (after.has(starts)) after.add(code);
  return Object.fromEntries(Object.entries(clocks).filter(([code]) => !after.has(code)));
}

export function allEnded(state: CaseState, kind: "finish" | "cancel", day: string): CaseState["clocks"] {
  const ended = (events: readonly ClockEvent[]) =>
    events.some((event) => event.kind === "finish" || event.kind === "cancel") ? events : [...events, { kind, day }];
  return Object.fromEntries(Object.entries(state.clocks).map(([code, events]) => [code, ended(events)]));
}

/** The clock of a step as packages/clock knows it; the shorter of its two limits does not matter to its events. */
export function stepClock(guide: Guide, code: string, kind: "statutory" | "promised" = "statutory"): StepClock | null {
  const step: Pick<GuideStep, "statutory" | "promised" | "pauses" | "extensions"> | undefined =
    code === totalClock ? guide.total : guide.steps.find((known) => known.code === code);
  const limit = step?.[kind];
  if (!step || !limit) return null;
  return {
    step: code,
    owner: guide.owner.en,
    basis: limit.law.article ?? "",
    amount: limit.amount,
    unit: limit.unit,
    pauses: step.pauses.map(({ reason }) => reason),
    extensions: step.extensions.map(({ reason, amount }) => ({ reason, amount })),
  };
}

export function withClockEvent(
  guide: Guide,
  state: CaseState,
  code: string,
  event: {
    readonly day: string;
    readonly kind: "pause" | "resume" | "extend";
    readonly reason?: string;
    readonly approver?: string;
  },
): CaseState["clocks"] {
  const step = code === totalClock ? guide.total : guide.steps.find((known) => known.code === code);
  const events = state.clocks[code];
  if (!step || !events) return refuse("CASE-CLOCK-UNKNOWN", `没有正在走的时钟 ${code}`, `No clock ${code} runs`);
  const { kind, day } = event;
  const last = events.at(-1);
  const paused = last?.kind === "pause";
  const ended = last?.kind === "finish" || last?.kind === "cancel";
  if (ended) return wrong("时钟已经停止", "The clock has ended");
  if (kind === "resume") {
    return paused
      ? { ...state.clocks, [code]: [...events, { kind, day }] }
      : wrong("时钟没有停", "The clock is not paused");
  }
  const reason = event.reason ?? "";
  if (kind === "pause") {
    if (paused) return wrong("时钟已在停", "The clock is paused already");
    if (!step.pauses.some((listed) => listed.reason === reason)) {
      const listed = step.pauses.map((pause) => pause.reason).join(", ");
      return wrong(
        `“${reason}”不是本时限所列的停钟理由(${listed || "无"})`,
        `The text lists no pause for ${reason}; it lists ${listed || "none"}`,
      );
    }
    return { ...state.clocks, [code]: [...events, { kind, day, reason }] };
  }
  if (!step.extensions.some((listed) => listed.reason === reason)) {
    const listed = step.extensions.map((extension) => extension.reason).join(", ");
    return wrong(
      `“${reason}”不是所列的延长理由(${listed || "无"})`,
      `The text lists no extension for ${reason}; it lists ${listed || "none"}`,
    );
  }
  if (events.some((known) => known.kind === "extend")) return wrong("已延长过一次", "It has been extended once");
  return { ...state.clocks, [code]: [...events, { kind, day, reason, approver: event.approver ?? "" }] };
}

/** The whole procedure's clock stops; clocks that a decision opens begin. */
export function afterDecision(guide: Guide, state: CaseState, day: string): CaseState {
  const clocks = startedAfter(guide, allEnded(state, "finish", day), "decision", day);
  const { decision } = state;
  const grants = decision?.outcome === "grant" && decision.from !== null;
  const benefit = grants ? { state: "running" as const, from: decision.from ?? day, fen: decision.fen } : null;
  const amounts = benefit && benefit.fen !== null ? [{ from: benefit.from, fen: benefit.fen }] : [];
  return { ...state, stage: "decided", clocks, benefit, amounts };
}
