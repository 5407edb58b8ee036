import { refuse } from "../errors.ts";
import { medianOf } from "../numeric/moments.ts";

/** Where an alarm is in its life: somebody has to look; it was real; it was not; what made it was put right. */
export type AlarmState = "open" | "confirmed" | "false" | "fixed";

/** One thing that was done with an alarm. */
export interface AlarmStep {
  readonly to: AlarmState;
  /** Who did it. */
  readonly by: string;
  readonly at: Date;
  /** Needed to close: why it was false, what was put right. */
  readonly reason?: string;
}

/** An alarm of one rule on one series (an indicator of an area). Its state is that of its last step. */
export interface Alarm {
  readonly rule: string;
  readonly series: string;
  /** First and last period that sounded it. */
  readonly first: number;
  readonly last: number;
  readonly opened: Date;
  readonly steps: readonly AlarmStep[];
}

/** From which state an alarm may go to which. What was closed wrongly is opened again, and both steps stay. */
export const nextAlarmStates: Readonly<Record<AlarmState, readonly AlarmState[]>> = {
  open: ["confirmed", "false"],
  confirmed: ["fixed", "false"],
  false: ["open"],
  fixed: ["open"],
};

export function alarmState({ steps }: Alarm): AlarmState {
  return steps.at(-1)?.to ?? "open";
}

/** The alarm after a step. Refuses a step that its state does not allow, one before the last, and closing without a reason. */
export function advanceAlarm(alarm: Alarm, step: AlarmStep): Alarm {
  const state = alarmState(alarm);
  if (!nextAlarmStates[state].includes(step.to)) {
    const allowed = nextAlarmStates[state].join(", ");
    refuse(
      "MEASURE-ALARM",
      `预警处于 ${state}，下一步只能是 ${allowed}`,
      `the alarm is ${state}: next it can be ${allowed}`,
    );
  }
  if (step.at < (alarm.steps.at(-1)?.at ?? alarm.opened))
    refuse("MEASURE-ALARM", "处置时间早于上一步", "a step cannot come before the one before it");
  if (step.to !== "confirmed" && !step.reason?.trim())
    refuse("MEASURE-ALARM", `改为 ${step.to} 须写明理由`, `${step.to} needs a reason`);
  return { ...alarm, steps: [...alarm.steps, step] };
}

/**
 * The alarms after a look at a series: a sounding period lengthens the alarm that is open or confirmed for the same rule and series, or opens a new
 * one. A look at periods that were seen already changes nothing.
 */
export function raiseAlarms(
  alarms: readonly Alarm[],
  sounded: { readonly rule: string; readonly series: string; readonly periods: readonly number[]; readonly at: Date },
): Alarm[] {
  const { rule, series, periods, at } = sounded;
  const result = [...alarms];
  for (const period of periods.toSorted((a, b) => a - b)) {
    const own = (alarm: Alarm) => alarm.rule === rule && alarm.series === series;
    if (result.some((alarm) => own(alarm) && period >= alarm.first && period <= alarm.last)) continue;
    const running = result.findIndex((alarm) => own(alarm) && period > alarm.last && !isClosed(alarm));
    if (running < 0) result.push({ rule, series, first: period, last: period, opened: at, steps: [] });
    else result[running] = { ...result[running]!, last: period };
  }
  return result;
}

function isClosed(alarm: Alarm): boolean {
  const state = alarmState(alarm);
  return state === "false" || state === "fixed";
}

/** What became of the alarms of one rule. */
export interface RuleRecord {
  readonly rule: string;
  readonly alarms: number;
  readonly open: number;
  readonly confirmed: number;
  readonly false: number;
  readonly fixed: number;
  /** Of the alarms judged, the share that was real; null before the first was judged. */
  readonly precision: number | null;
  /** Middle number of days from opening to closing; null before the first was closed. */
  readonly medianDays: number | null;
}

/** The record of every rule that ever sounded, by name. */
export function ruleRecords(alarms: readonly Alarm[]): RuleRecord[] {
  const rules = [...new Set(alarms.map(({ rule }) => rule))].toSorted();
  return rules.map((rule) => {
    const own = alarms.filter((alarm) => alarm.rule === rule);
    const count = (state: AlarmState) => own.filter((alarm) => alarmState(alarm) === state).length;
    const real = count("confirmed") + count("fixed");
    const judged = real + count("false");
    const days = own
      .filter(isClosed)
      .map(({ opened, steps }) => (steps.at(-1)!.at.valueOf() - opened.valueOf()) / 86_400_000);
    return {
      rule,
      alarms: own.length,
      open: count("open"),
      confirmed: count("confirmed"),
      false: count("false"),
      fixed: count("fixed"),
      precision: judged === 0 ? null : real / judged,
      medianDays: days.length === 0 ? null : medianOf(days),
    };
  });
}
