import {
  type Calendar,
  type ClockEvent,
  type ClockState,
  clockState,
  dayNumber,
  dayText,
  dueDate,
  forecastDay,
  type Pause,
  warningDay,
  warningShare,
} from "@qingdan/clock";
import type { CaseState } from "./case-state.ts";
import { instalmentsOf } from "./fold-claw-back.ts";
import { stepClock, totalClock } from "./fold-clocks.ts";
import type { Guide, GuideLimit, NamedDays } from "./guide-model.ts";
import { arranged, nextNamedDay } from "./local-handling.ts";

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
  const note = (ask: () => { due: string; warn: string } | null) => {
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
  if (runs(state)) {
    for (const { due, from } of decidedBy(guide, state, calendar))
      note(() => (due === null ? null : { due, warn: lastFifth(from, due) }));
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

/** Named days by which a case is decided. They stand still with no clock. */
export interface DecidedBy {
  readonly days: NamedDays;
  readonly from: string;
  /** null: it hangs on holidays that are not arranged. */
  readonly due: string | null;
}

/** The named days that bind an accepted case; none before acceptance and once it is void. */
export function decidedBy(guide: Guide, state: CaseState, calendar: Calendar): readonly DecidedBy[] {
  const from = state.acceptedOn;
  if (from === null || state.clocks[totalClock]?.at(-1)?.kind === "cancel") return [];
  return (guide.decidedBy ?? []).map((days) => ({ days, from, due: nextNamedDay(calendar, days, from) }));
}

/** The whole procedure goes on, whether or not its clock stands still. */
function runs(state: CaseState): boolean {
  const last = state.clocks[totalClock]?.at(-1)?.kind;
  return last !== undefined && last !== "finish" && last !== "cancel";
}

const lastFifth = (from: string, due: string): string => {
  const start = dayNumber(from);
  return dayText(start + Math.ceil((dayNumber(due) - start) * warningShare));
};

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
