import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Alarm, type AlarmState, advanceAlarm, alarmState, raiseAlarms, ruleRecords } from "./alarm.ts";
import { ears } from "./ears.ts";
import { chooseWithinBudget } from "./evaluate.ts";

const day = (n: number) => new Date(Date.UTC(2026, 0, n));
const sound = (alarms: readonly Alarm[], periods: number[], at = 1, series = "hotline@310101") =>
  raiseAlarms(alarms, { rule: "ears-c2", series, periods, at: day(at) });
const step = (to: AlarmState, at: number, reason = "checked on site") => ({ to, by: "wang", at: day(at), reason });

describe("the life of an alarm", () => {
  it("opens once while it lasts, and again after it was closed", () => {
    let alarms = sound([], [7, 8]);
    alarms = sound(alarms, [8, 9], 2);
    expect(alarms).toMatchObject([{ first: 7, last: 9, opened: day(1) }]);
    alarms = sound(alarms, [9], 3, "hotline@310104");
    expect(alarms).toHaveLength(2);
    const closed = [advanceAlarm(alarms[0]!, step("false", 4))];
    expect(sound(closed, [8], 5)).toEqual(closed);
    expect(sound(closed, [12], 5).map(alarmState)).toEqual(["false", "open"]);
  });
  it("confirmed, fixed, opened again: every step stays", () => {
    const first = sound([], [1])[0]!;
    const alarm = [step("confirmed", 2), step("fixed", 6), step("open", 7)].reduce(advanceAlarm, first);
    expect(alarmState(alarm)).toBe("open");
    expect(alarm.steps.map(({ to }) => to)).toEqual(["confirmed", "fixed", "open"]);
  });
  it("no sequence of steps leads from open to fixed without being confirmed", () => {
    const states = fc.array(fc.constantFrom<AlarmState>("open", "confirmed", "false", "fixed"), { maxLength: 12 });
    fc.assert(
      fc.property(states, (wished) => {
        let alarm = sound([], [1])[0]!;
        for (const [i, to] of wished.entries()) {
          try {
            alarm = advanceAlarm(alarm, step(to, i + 2));
          } catch (error) {
            expect(error).toMatchObject({ code: "MEASURE-ALARM" });
          }
        }
        const path = ["open", ...alarm.steps.map(({ to }) => to)];
        for (const [i, to] of path.entries()) if (to === "fixed") expect(path[i - 1]).toBe("confirmed");
      }),
    );
  });
  it("a rule's record: precision of what was judged, middle days to close", () => {
    let alarms = [1, 3, 5, 7].flatMap((period, i) => sound([], [period], 1, `s${i}`));
    alarms = [
      advanceAlarm(advanceAlarm(alarms[0]!, step("confirmed", 2)), step("fixed", 11)),
      advanceAlarm(alarms[1]!, step("false", 3)),
      advanceAlarm(alarms[2]!, step("confirmed", 3)),
      alarms[3]!,
    ];
    expect(ruleRecords(alarms)).toEqual([
      { rule: "ears-c2", alarms: 4, open: 1, confirmed: 1, false: 1, fixed: 1, precision: 2 / 3, medianDays: 6 },
    ]);
    expect(ruleRecords(sound([], [1]))[0]).toMatchObject({ precision: null, medianDays: null });
  });
  it.each([
    ["fixed straight from open", step("fixed", 2)],
    ["a step before the opening", step("confirmed", 0)],
    ["closing without a reason", step("false", 2, " ")],
  ])("refuses %s", (_, wrong) => {
    expect(() => advanceAlarm(sound([], [1])[0]!, wrong)).toThrow(expect.objectContaining({ code: "MEASURE-ALARM" }));
  });
});

describe("a budget of false alarms", () => {
  // A week of 12, 9, 15, ... with a spike of its own every tenth week.
  const history = Array.from({ length: 200 }, (_, i) => 10 + ((i * 7) % 5) + (i % 10 === 9 ? 6 : 0));
  const candidates = [0.2, 0.05, 0.0001].map((alpha) => ({
    name: `alpha ${alpha}`,
    detector: (values: Float64Array, from: number) => ears(values, { method: "C1", from, alpha }),
  }));
  const options = { from: 20, perYear: 52, shift: 8, horizon: 4, every: 5 };
  it("takes the most sensitive setting that history affords, and reports what each costs", () => {
    const { chosen, records } = chooseWithinBudget(candidates, history, { ...options, budget: 6 });
    const kept = records.find(({ name }) => name === chosen)!;
    expect(kept.alarmsPerYear).toBeLessThanOrEqual(6);
    for (const record of records.slice(0, records.indexOf(kept))) expect(record.alarmsPerYear).toBeGreaterThan(6);
    for (let i = 1; i < records.length; i++) {
      expect(records[i]!.alarmsPerYear).toBeLessThanOrEqual(records[i - 1]!.alarmsPerYear);
      expect(records[i]!.missed).toBeGreaterThanOrEqual(records[i - 1]!.missed);
    }
    expect(chooseWithinBudget(candidates.slice(0, 1), history, { ...options, budget: 0 }).chosen).toBeNull();
    expect(() => chooseWithinBudget(candidates, history, { ...options, budget: -1 })).toThrow(
      expect.objectContaining({ code: "MEASURE-PARAMETER" }),
    );
  });
});
