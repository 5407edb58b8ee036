import { calendarYears, dayNumber, dayText, dueDate, makeCalendar } from "@qingdan/clock";

/** A million deadlines of the kinds in use, from every day of the arranged years, every tenth with a pause. */
export async function run(): Promise<Record<string, number>> {
  const calendar = makeCalendar();
  const [first, last] = [calendarYears[0]?.year ?? 0, calendarYears.at(-1)?.year ?? 0];
  const [from, until] = [dayNumber(`${first}-01-01`), dayNumber(`${last - 1}-01-01`)];
  const days = Array.from({ length: until - from }, (_, at) => dayText(from + at));
  const amounts = [1, 3, 5, 10, 15, 20, 30, 45, 60];
  const limits = Array.from({ length: 1_000_000 }, (_, at) => {
    const day = days[(at * 7919) % days.length] ?? "";
    const unit = at % 10 < 7 ? ("working-day" as const) : at % 10 < 9 ? ("calendar-day" as const) : ("month" as const);
    const amount = unit === "month" ? 6 : (amounts[at % amounts.length] ?? 1);
    const pauses = at % 10 === 0 ? [{ from: day, to: dayText(dayNumber(day) + 4), reason: "hearing" }] : [];
    return { from: day, amount, unit, pauses };
  });
  const cpu = process.cpuUsage();
  const start = performance.now();
  let check = 0;
  for (const limit of limits) check += dueDate(calendar, limit).due.length;
  const seconds = (performance.now() - start) / 1000;
  const { user } = process.cpuUsage(cpu);
  if (check !== limits.length * 10) throw new Error("A deadline is no day");
  return {
    deadlinesPerSecond: Math.round(limits.length / seconds),
    deadlinesPerCpuSecond: Math.round(limits.length / (user / 1e6)),
    seconds: Math.round(seconds * 1000) / 1000,
  };
}
