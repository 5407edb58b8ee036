import { ClockError, countDays, dueDate, type LimitUnit, makeCalendar } from "@qingdan/clock";
import { day, Refusal, UsageError, type Verb } from "../verb.ts";

const units: Readonly<Record<string, LimitUnit>> = {
  days: "working-day",
  "calendar-days": "calendar-day",
  months: "month",
};

/** `D1..D2`, both included; several are separated by commas. */
function readPauses(text: string | undefined) {
  return (text?.split(",") ?? []).map((range) => {
    const [, from = "", to = ""] = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(range) ?? [];
    if (from === "") throw new UsageError({ zh: "--pause 应为 D1..D2", en: "--pause takes D1..D2" });
    return { from, to, reason: "pause" };
  });
}

export const clockDue: Verb = {
  usage: "--from YYYY-MM-DD (--days N | --calendar-days N | --months N) [--calendar cn] [--pause D1..D2,...]",
  options: {
    from: { type: "string" },
    days: { type: "string" },
    "calendar-days": { type: "string" },
    months: { type: "string" },
    calendar: { type: "string" },
    pause: { type: "string" },
  },
  async run(context, values) {
    const [name, ...more] = Object.keys(units).filter((unit) => values[unit] !== undefined);
    const amount = Number(values[name ?? ""]);
    if (name === undefined || more.length > 0 || !Number.isInteger(amount) || amount < 1) {
      throw new UsageError({
        zh: "给出 --days、--calendar-days、--months 之一，为正整数",
        en: "Give one of --days, --calendar-days, --months, a whole number above 0",
      });
    }
    if ((values.calendar ?? "cn") !== "cn")
      throw new UsageError({ zh: "--calendar 现有 cn", en: "--calendar knows cn" });
    const unit = units[name] as LimitUnit;
    const limit = { from: day(values, "from"), amount, unit, pauses: readPauses(values.pause as string | undefined) };
    try {
      const calendar = makeCalendar();
      const due = dueDate(calendar, limit);
      const counted = countDays(calendar, limit);
      const working = counted.filter(({ number }) => number !== undefined).map(({ day }) => day);
      context.answer({ ...due, unit, working, days: counted }, () =>
        [
          due.due,
          ...counted.map(
            ({ day, kind, holiday, paused, number }) =>
              `${number === undefined ? "   ·" : String(number).padStart(4)} ${day} ${kind}${holiday ? ` ${holiday}` : ""}${paused ? " (pause)" : ""}`,
          ),
        ].join("\n"),
      );
      return 0;
    } catch (error) {
      if (error instanceof ClockError) throw new Refusal(error.code, error.words);
      throw error;
    }
  },
};
