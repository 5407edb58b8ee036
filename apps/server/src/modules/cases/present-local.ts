import { type Calendar, shanghaiDay, windowOn } from "@qingdan/clock";
import type { List } from "@qingdan/list";
import type { GuideLimit, LocalHandling, NamedDays } from "./guide-model.ts";
import type { GuideView } from "./guide-view-model.ts";
import { areaHolds, arranged, nextNamedDay } from "./local-handling.ts";
import { presentLaw, words } from "./present.ts";
import type { Cases } from "./seams.ts";

type LocalView = GuideView["local"][number];

/** What areas say of an item, as it stands today: those that hold the reader's area, and those within the list's. */
export function presentLocal(cases: Cases, list: List, item: string, area: string): LocalView[] {
  const today = shanghaiDay(cases.now());
  return cases.guides
    .local(list, item)
    .filter((local) => areaHolds(local.area, area) || areaHolds(list.area, local.area))
    .map((local) => ({
      area: { code: local.area, ...words(local) },
      here: areaHolds(local.area, area),
      promised: local.promised ? presentLimit(list, "promised", local.promised) : null,
      windows: local.windows.map((window) => presentWindow(cases.calendar, list, window, today)),
      namedDays: local.namedDays.map((days) => ({
        ...said(list, days),
        next: nextNamedDay(cases.calendar, days, today),
      })),
    }));
}

/** A limit with the text that it stands in. */
export function presentLimit(
  list: List,
  kind: "statutory" | "promised",
  { amount, unit, law, mark, by }: GuideLimit,
): GuideView["total"][number] {
  return { kind, amount, unit, basis: presentLaw(list, law), mark, by: by ? words(by) : null };
}

const said = (list: List, stands: Pick<NamedDays, "code" | "zh" | "en" | "law" | "mark">) => ({
  code: stands.code,
  name: words(stands),
  basis: presentLaw(list, stands.law),
  mark: stands.mark,
});

function presentWindow(
  calendar: Calendar,
  list: List,
  window: LocalHandling["windows"][number],
  today: string,
): LocalView["windows"][number] {
  const state = arranged(() => windowOn(calendar, window, today));
  if (!state) return { ...said(list, window), opening: null };
  const { first, last, unrolled, mayMove } = state.opening;
  const days = state.open ? state.daysLeft : state.opensIn;
  const opening = { open: state.open, first, last, unrolled: unrolled ?? null, mayMove: mayMove ?? false, days };
  return { ...said(list, window), opening };
}
