import { type Calendar, ClockError, instantFor, makeCalendar, windowOn } from "@qingdan/clock";
import type { Guide, LocalHandling, NamedDays } from "./guide-model.ts";

/** Codes by GB/T 2260 grow by pairs (triples for towns): an area holds those that begin with its own. */
export const areaHolds = (area: string, other: string): boolean => other.startsWith(area);

/** What areas say of an item, the narrowest first; `items` are the item and those it refines, nearest first. */
export function handlingOf(all: readonly LocalHandling[], items: readonly string[]): readonly LocalHandling[] {
  return all
    .filter(({ item }) => items.includes(item))
    .toSorted((a, b) => b.area.length - a.area.length || items.indexOf(a.item) - items.indexOf(b.item));
}

/** A guide as it stands in an area: with the narrowest promise made there, and the named days by which cases are decided. */
export function guideIn(guide: Guide, handling: readonly LocalHandling[], area: string): Guide {
  const here = handling.filter((local) => areaHolds(local.area, area));
  const promise = here.find(({ promised }) => promised);
  const decidedBy = here.flatMap(({ namedDays }) => namedDays.filter(({ ends }) => ends === "decision"));
  const promised = promise?.promised && { ...promise.promised, by: { zh: promise.zh, en: promise.en } };
  return {
    ...guide,
    ...(promised && { total: { ...guide.total, promised } }),
    ...(decidedBy.length > 0 && { decidedBy }),
  };
}

/** The instants of named days as packages/clock asks for them. */
const instantsOf = ({ on, namedDay, dayOff, period }: NamedDays) =>
  on.map(({ short, ...day }) => ({ ...day, namedDay, dayOff, period, ...(short && { short }) }));

/** What `ask` gives; null where a year has no arrangement of holidays. Other refusals are faults. */
export function arranged<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch (error) {
    if (error instanceof ClockError && error.code === "CLOCK-NO-CALENDAR") return null;
    throw error;
  }
}

/** The nearest of the named days for what happens on `event`; null where it hangs on holidays that are not arranged. */
export const nextNamedDay = (calendar: Calendar, days: NamedDays, event: string): string | null =>
  arranged(
    () =>
      instantsOf(days)
        .map((instant) => instantFor(calendar, instant, event).due)
        .toSorted()[0] ?? null,
  );

/** What is wrong in a file beside its shape: its area is not the list's, it says nothing, or a day is no day. */
export function handlingFaults(list: string, { item, area, promised, windows, namedDays }: LocalHandling): string[] {
  const at = `${list}/local-handling: ${item} in ${area}`;
  // A folder that is not named by a list's code says nothing of its area.
  const faults = !/^cn(-\d+)?$/.test(list) || areaHolds(list, area) ? [] : [`${at}: the area is not within ${list}`];
  if (!promised && windows.length + namedDays.length === 0)
    faults.push(`${at}: it has neither promise nor window nor day`);
  const calendar = makeCalendar([{ year: 2024, notices: [], holidays: [] }]);
  const note = (code: string, ask: () => unknown) => {
    try {
      ask();
    } catch (error) {
      if (!(error instanceof ClockError)) throw error;
      faults.push(`${at}: ${code}: ${error.message}`);
    }
  };
  for (const window of windows)
    note(window.code, () => windowOn(calendar, { ...window, lastDayOff: "stays" }, "2024-01-01"));
  for (const days of namedDays)
    for (const instant of instantsOf(days))
      note(days.code, () => instantFor(calendar, { ...instant, dayOff: "stays" }, "2024-01-01"));
  return faults;
}
