import { type Calendar, ClockError, dueDate, type LimitUnit } from "@qingdan/clock";
import { wrong } from "./case-refusal.ts";
import type { CaseState } from "./case-state.ts";
import { clawBackSteps } from "./claw-back-state.ts";
import { asksToBeHeard, owedFen } from "./fold-claw-back.ts";
import { stepClock } from "./fold-clocks.ts";
import type { Guide } from "./guide-model.ts";
import type { CaseDeed } from "./model.ts";

/** A hearing is told at least so many working days ahead (行政处罚法 art. 64, 行政许可法 art. 48). */
const hearingAhead = 7;

interface Standing {
  readonly calendar: Calendar;
  readonly guide: Guide;
  readonly state: CaseState;
  readonly today: string;
}

/** Guards of a claw-back that the calendar decides. @throws {Problem} CASE-DEED-WRONG */
export function checkClawBackDays({ calendar, guide, state, today }: Standing, deed: CaseDeed): void {
  if (state.opening.case !== "claw-back") return;
  if (deed.kind === "call-hearing") {
    const first = lastDay(calendar, today, { amount: hearingAhead, unit: "working-day" }) ?? notArranged();
    if (deed.on < first)
      wrong(
        `听证应提前 7 个工作日通知，最早 ${first}`,
        `A hearing is told 7 working days ahead: ${first} at the earliest`,
      );
  }
  if (deed.kind === "propose" || deed.kind === "decide") {
    if (!state.clawBack?.notice || state.clawBack.statements.length > 0) return;
    const until = statementUntil(guide, state, calendar) ?? notArranged();
    if (today <= until) wrong(`陈述申辩期到 ${until} 为止`, `The person can state their case until ${until}`);
  }
}

/** The last day on which a statement is waited for; null before the notice, and where its year has no calendar. */
export function statementUntil(guide: Guide, { clawBack }: CaseState, calendar: Calendar): string | null {
  const limit = stepClock(guide, clawBackSteps.statement);
  return clawBack?.notice && limit ? lastDay(calendar, clawBack.notice.day, limit) : null;
}

/** null: the term runs into a year whose holidays are not arranged. */
function lastDay(
  calendar: Calendar,
  from: string,
  { amount, unit }: { readonly amount: number; readonly unit: LimitUnit },
): string | null {
  try {
    return dueDate(calendar, { from, amount, unit }).due;
  } catch (error) {
    if (error instanceof ClockError && error.code === "CLOCK-NO-CALENDAR") return null;
    throw error;
  }
}

function notArranged(): never {
  return wrong(
    "期限跨入尚无放假安排的年份，公布后再办",
    "The term runs into a year whose holidays are not arranged; act once they are",
  );
}

/** What else a claw-back leaves open, beyond its stage. */
export function clawBackDeedIsOpen(state: CaseState, deed: CaseDeed["kind"]): boolean {
  const { clawBack } = state;
  if (!clawBack) return false;
  const owed = owedFen(state) ?? 0;
  switch (deed) {
    case "state-defence":
      return clawBack.notice !== null;
    case "call-hearing":
      return asksToBeHeard(clawBack) && !clawBack.hearing?.record;
    case "hold-hearing":
      return clawBack.hearing !== null && clawBack.hearing.record === null;
    case "plan-repayment":
    case "agree-offset":
    case "repay":
      return owed > 0;
    case "end-offset":
      return clawBack.offset !== null && clawBack.offset.ended === null;
    default:
      return true;
  }
}
