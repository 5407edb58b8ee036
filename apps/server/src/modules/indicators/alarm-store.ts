import { type AlarmState, nextAlarmStates } from "@qingdan/measure";
import { Problem } from "../../problem.ts";
import type { Database } from "../../store/database.ts";
import type { Alarm } from "./raise-alarms.ts";

export interface AlarmEvent {
  readonly state: AlarmState;
  readonly note: string;
  readonly by: string;
  readonly at: Date;
}

export interface StoredAlarm extends Alarm {
  readonly at: Date;
  /** The last event's; open without one. */
  readonly state: AlarmState;
  readonly events: readonly AlarmEvent[];
}

/** Writes down alarms that are not known yet; those that are stay as they are. */
export async function recordAlarms(database: Database, alarms: readonly Alarm[], at: Date): Promise<void> {
  if (alarms.length === 0) return;
  await database
    .insertInto("indicator_alarm")
    .values(alarms.map((alarm) => ({ ...alarm, at })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Newest period first. */
export async function allAlarms(database: Database): Promise<StoredAlarm[]> {
  const alarms = await database
    .selectFrom("indicator_alarm")
    .selectAll()
    .orderBy("period", "desc")
    .orderBy("id")
    .execute();
  const events = await database.selectFrom("indicator_alarm_event").selectAll().orderBy("id").execute();
  const byAlarm = new Map<string, AlarmEvent[]>();
  for (const { alarm, state, note, by, at } of events) {
    byAlarm.set(alarm, [...(byAlarm.get(alarm) ?? []), { state: state as AlarmState, note, by, at }]);
  }
  return alarms.map((alarm) => {
    const own = byAlarm.get(alarm.id) ?? [];
    return { ...alarm, events: own, state: own.at(-1)?.state ?? "open" };
  });
}

/**
 * Judges an alarm.
 * @throws Problem `COCKPIT-ALARM-UNKNOWN`, `COCKPIT-STATE-CLOSED`
 */
export async function judgeAlarm(database: Database, id: string, event: AlarmEvent): Promise<StoredAlarm> {
  const found = (await allAlarms(database)).find((alarm) => alarm.id === id);
  if (!found) throw new Problem("COCKPIT-ALARM-UNKNOWN", { zh: `没有预警 ${id}`, en: `There is no alarm ${id}` });
  if (!nextAlarmStates[found.state].includes(event.state)) {
    throw new Problem("COCKPIT-STATE-CLOSED", {
      zh: `现为 ${found.state}，只能改为 ${nextAlarmStates[found.state].join("、")}`,
      en: `It is ${found.state} and can become ${nextAlarmStates[found.state].join(" or ")}`,
    });
  }
  await database
    .insertInto("indicator_alarm_event")
    .values({ alarm: id, ...event })
    .execute();
  return { ...found, state: event.state, events: [...found.events, event] };
}
