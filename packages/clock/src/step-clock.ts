import type { Calendar } from "./calendar.ts";
import { workingDaysBetween } from "./calendar.ts";
import { type Day, dayNumber } from "./day.ts";
import { type Due, dueDate, type LimitUnit, type Pause } from "./due-date.ts";
import { ClockError } from "./errors.ts";

/** A clock hangs on a step: who owes it, on what text, within what limit, and what that text lets stop or lengthen it. */
export interface StepClock {
  readonly step: string;
  readonly owner: string;
  readonly basis: string;
  readonly amount: number;
  readonly unit: LimitUnit;
  /** Reasons that the text lists for standing still; no other reason stops this clock. */
  readonly pauses: readonly string[];
  /** Reasons that the text lists for an extension, with what it adds. */
  readonly extensions: readonly { readonly reason: string; readonly amount: number }[];
}

export type ClockEvent =
  | { readonly kind: "start"; readonly day: Day }
  | { readonly kind: "pause"; readonly day: Day; readonly reason: string }
  | { readonly kind: "resume"; readonly day: Day }
  | { readonly kind: "extend"; readonly day: Day; readonly reason: string; readonly approver: string }
  | { readonly kind: "finish"; readonly day: Day }
  | { readonly kind: "cancel"; readonly day: Day };

export type ClockStatus = "not-started" | "running" | "warning" | "paused" | "met" | "breached" | "void";

export interface ClockState {
  readonly status: ClockStatus;
  readonly due?: Due;
  /** Share of the limit used, 0 to 1 and beyond when late. */
  readonly used: number;
  readonly pauses: readonly Pause[];
}

/** A clock warns when this share of its limit is used. */
export const warningShare = 0.8;

const refuse = (event: ClockEvent, zh: string, en: string): never => {
  throw new ClockError("CLOCK-EVENT", { zh: `${event.day} ${zh}`, en: `${event.day}: ${en}` });
};

interface Folded {
  readonly start?: Day;
  readonly end?: { readonly kind: "finish" | "cancel"; readonly day: Day };
  readonly open?: { readonly day: Day; readonly reason: string };
  readonly pauses: readonly Pause[];
  readonly added: number;
}

const dayBefore = (day: Day): Day => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

const fold = (clock: StepClock, state: Folded, event: ClockEvent): Folded => {
  if (state.end) return refuse(event, "时钟已经停止", "the clock has ended");
  if (event.kind === "start") {
    return state.start
      ? refuse(event, "时钟已经开始", "the clock has started already")
      : { ...state, start: event.day };
  }
  if (!state.start) return refuse(event, "时钟还没有开始", "the clock has not started");
  switch (event.kind) {
    case "pause":
      if (!clock.pauses.includes(event.reason)) {
        return refuse(
          event,
          `“${event.reason}”不是本时限所列的停钟理由`,
          `the text lists no pause for ${event.reason}`,
        );
      }
      return state.open ? refuse(event, "时钟已在停", "the clock is paused already") : { ...state, open: event };
    case "resume": {
      if (!state.open) return refuse(event, "时钟没有停", "the clock is not paused");
      // The day of resuming counts again; a pause that resumes on its own day stops nothing.
      const pause = { from: state.open.day, to: dayBefore(event.day), reason: state.open.reason };
      const { open: _, ...rest } = state;
      return { ...rest, pauses: pause.to < pause.from ? state.pauses : [...state.pauses, pause] };
    }
    case "extend": {
      const extension = clock.extensions.find(({ reason }) => reason === event.reason);
      if (!extension || state.added > 0) {
        throw new ClockError("CLOCK-EXTENSION", {
          zh: extension ? "已延长过一次" : `“${event.reason}”不是所列的延长理由`,
          en: extension ? "It has been extended once" : `The text lists no extension for ${event.reason}`,
        });
      }
      return { ...state, added: extension.amount };
    }
    case "finish":
    case "cancel":
      return { ...state, end: { kind: event.kind, day: event.day } };
  }
};

const shareUsed = (
  calendar: Calendar,
  clock: StepClock,
  state: Folded & { start: Day },
  today: Day,
  total: number,
): number => {
  const [from, until] = [dayNumber(state.start) + 1, dayNumber(today) + 1];
  const count = (a: number, b: number) =>
    clock.unit === "working-day" ? workingDaysBetween(calendar, a, b) : Math.max(0, b - a);
  const stopped = state.pauses.reduce(
    (sum, pause) => sum + count(Math.max(from, dayNumber(pause.from)), Math.min(until, dayNumber(pause.to) + 1)),
    0,
  );
  return (count(from, until) - stopped) / total;
};

/** The state of a clock on a day, as a fold over what happened. While paused its due day moves with today. */
export const clockState = (
  calendar: Calendar,
  clock: StepClock,
  events: readonly ClockEvent[],
  today: Day,
): ClockState => {
  const state = events.reduce<Folded>((folded, event) => fold(clock, folded, event), { pauses: [], added: 0 });
  const { start } = state;
  if (!start) return { status: "not-started", used: 0, pauses: [] };
  const pauses =
    state.open && state.open.day <= today
      ? [...state.pauses, { from: state.open.day, to: today, reason: state.open.reason }]
      : state.pauses;
  const due = dueDate(calendar, { from: start, amount: clock.amount + state.added, unit: clock.unit, pauses });
  const at = state.end?.day ?? today;
  const total =
    clock.unit === "month"
      ? dayNumber(
          dueDate(calendar, { from: start, amount: clock.amount + state.added, unit: clock.unit, rolls: false }).due,
        ) - dayNumber(start)
      : clock.amount + state.added;
  const used = shareUsed(calendar, clock, { ...state, start, pauses }, at, total);
  const status = ((): ClockStatus => {
    if (state.end?.kind === "cancel") return "void";
    if (at > due.due) return "breached";
    if (state.end) return "met";
    if (state.open) return "paused";
    return used >= warningShare ? "warning" : "running";
  })();
  return { status, due, used, pauses };
};
