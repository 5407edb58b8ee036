import {
  type Calendar,
  ClockError,
  type ClockEvent,
  type ClockState,
  clockState,
  dueDate,
  forecastDay,
  type Pause,
  warningDay,
} from "@qingdan/clock";
import type { CaseState } from "./case-state.ts";
import { instalmentsOf } from "./fold-claw-back.ts";
import { stepClock, totalClock } from "./fold-clocks.ts";
import type { Guide, GuideLimit } from "./guide-model.ts";

/** One limit of one step of a case, with what happened to it. */
export interface CaseClock {
  readonly code: string;
  readonly kind: "statutory" | "promised";
  readonly limit: GuideLimit;
  readonly events: readonly ClockEvent[];
  /** null: the limit runs into a year whose holidays are not arranged yet. */
  readonly state: ClockState | null;
  readonly extended: number;
}

const kinds = ["statutory", "promised"] as const;

/** Every limit of a case on a day. */
export function clocksOf(guide: Guide, state: CaseState, calendar: Calendar, today: string): readonly CaseClock[] {
  const codes = [totalClock, ...guide.steps.map(({ code }) => code)];
  return codes.flatMap((code) => {
    const events = state.clocks[code] ?? [];
    return kinds.flatMap((kind) => {
      const limit = (code === totalClock ? guide.total : guide.steps.find((step) => step.code === code))?.[kind];
      const clock = stepClock(guide, code, kind);
      if (!limit || !clock) return [];
      const extended = extendedBy(guide, code, events);
      return [
        { code, kind, limit, events, extended, state: arranged(() => clockState(calendar, clock, events, today)) },
      ];
    });
  });
}

/** What `ask` gives; null where a year has no arrangement of holidays. Other refusals are faults of the journal. */
function arranged<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch (error) {
    if (error instanceof ClockError && error.code === "CLOCK-NO-CALENDAR") return null;
    throw error;
  }
}

function extendedBy(guide: Guide, code: string, events: readonly ClockEvent[]): number {
  const extension = events.find((event) => event.kind === "extend");
  if (extension?.kind !== "extend") return 0;
  const step = code === totalClock ? guide.total : guide.steps.find((known) => known.code === code);
  return step?.extensions.find(({ reason }) => reason === extension.reason)?.amount ?? 0;
}

/** What lists of cases show of the clocks. It holds whatever day it is read on: only events change it. */
export interface NextDue {
  /** The nearest binding limit of a running clock. */
  readonly due: string | null;
  /** The first day of its warning. */
  readonly warn: string | null;
  /** The clock over the whole procedure stands still. */
  readonly paused: boolean;
  /** A limit runs into a year whose holidays are not arranged. */
  readonly withoutDue: boolean;
}

export function nextDue(guide: Guide, state: CaseState, calendar: Calendar): NextDue {
  let withoutDue = false;
  const dues: { due: string; warn: string }[] = [];
  const note = (ask: () => { due: string; warn: string }) => {
    const found = arranged(ask);
    if (found) dues.push(found);
    else withoutDue = true;
  };
  for (const [code, events] of Object.entries(state.clocks)) {
    const running = runningFrom(events);
    if (!running) continue;
    for (const kind of kinds) {
      const clock = stepClock(guide, code, kind);
      if (!clock) continue;
      const limit = { amount: clock.amount + extendedBy(guide, code, events), unit: clock.unit, ...running };
      note(() => ({ due: dueDate(calendar, limit).due, warn: warningDay(calendar, limit) }));
    }
  }
  // An instalment is late on the day after its own: no text rolls it.
  const instalment = instalmentsOf(state).find(({ fen, paidFen }) => paidFen < fen);
  if (instalment) dues.push({ due: instalment.due, warn: instalment.due });
  for (const appeal of state.appeals) {
    const rule = guide.appeals.find(({ route }) => route === appeal.route);
    if (appeal.settled || !rule) continue;
    const limit = { from: appeal.day, amount: rule.settle.amount, unit: rule.settle.unit };
    note(() => ({ due: dueDate(calendar, limit).due, warn: warningDay(calendar, limit) }));
  }
  const first = dues.toSorted((a, b) => (a.due < b.due ? -1 : 1))[0];
  const paused = state.clocks[totalClock]?.at(-1)?.kind === "pause";
  return { due: first?.due ?? null, warn: first?.warn ?? null, paused, withoutDue };
}

/** From when a clock runs and which days it stood; undefined for one that has ended or stands still now. */
function runningFrom(events: readonly ClockEvent[]): { from: string; pauses: Pause[] } | undefined {
  const [start] = events;
  const last = events.at(-1);
  if (!start || last?.kind === "pause" || last?.kind === "finish" || last?.kind === "cancel") return undefined;
  const pauses: Pause[] = [];
  let open: { day: string; reason: string } | undefined;
  for (const event of events) {
    if (event.kind === "pause") open = event;
    if (event.kind !== "resume" || !open) continue;
    // The day of resuming counts again, as in packages/clock.
    if (event.day > open.day) pauses.push({ from: open.day, to: dayBefore(event.day), reason: open.reason });
    open = undefined;
  }
  return { from: start.day, pauses };
}

const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

/** The day of the decision when every step still open is used to its last day; null before acceptance and after decision. */
export function forecastOf(guide: Guide, state: CaseState, calendar: Calendar, today: string): string | null {
  if (state.acceptedOn === null || state.decision !== null || !["handling", "checking"].includes(state.stage))
    return null;
  // Whether a claw-back is heard hangs on the person.
  if (state.clawBack) return nextDue(guide, state, calendar).due;
  const open = guide.steps.filter(({ code, starts }) => !state.finished[code] && starts !== "decision");
  const limits = open.flatMap(({ promised, statutory }) => promised ?? statutory ?? []);
  if (limits.length === 0) return nextDue(guide, state, calendar).due;
  return arranged(() => forecastDay(calendar, today, limits));
}

/** The day by which an appeal is settled; null where its year is not arranged or the guide knows no such way. */
export function appealDue(guide: Guide, appeal: CaseState["appeals"][number], calendar: Calendar): string | null {
  const settle = guide.appeals.find(({ route }) => route === appeal.route)?.settle;
  if (!settle) return null;
  return arranged(() => dueDate(calendar, { from: appeal.day, amount: settle.amount, unit: settle.unit }).due);
}

/** Until when an appeal is open: `within` from the day of service; undefined where no text closes it. */
export function appealOpenUntil(
  guide: Guide,
  route: string,
  servedOn: string,
  calendar: Calendar,
): string | null | undefined {
  const within = guide.appeals.find((appeal) => appeal.route === route)?.within;
  return within && arranged(() => dueDate(calendar, { from: servedOn, amount: within.amount, unit: within.unit }).due);
}
