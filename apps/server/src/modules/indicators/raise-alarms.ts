import { createHash } from "node:crypto";
import type { WarningRule } from "@qingdan/list/indicators";
import { type Cockpit, type Figure, figureAt, newestYear } from "./cockpit.ts";
import { acrossAreas, comparesAreas, type Shown, watchMonths } from "./watch-rule.ts";

/** Something that a rule found. */
export interface Alarm {
  /** Same rule, area and period: same alarm. */
  readonly id: string;
  readonly rule: string;
  readonly indicator: string;
  readonly area: string;
  readonly period: string;
  readonly value: number;
  /** What the rule would still have let pass; the average for a funnel. */
  readonly limit: number | null;
}

/** Months that are watched; those before are history. */
export const WATCHED = 12;

/** All alarms of the newest twelve months or the newest year; rules on trial raise none. */
export function raiseAlarms(cockpit: Cockpit): Alarm[] {
  return [...cockpit.catalogue.warnings.values()]
    .filter(({ trial }) => !trial)
    .flatMap((rule) => (comparesAreas(rule.detector) ? alarmsOfYear(cockpit, rule) : alarmsOfMonths(cockpit, rule)));
}

export const alarmId = (rule: string, area: string, period: string): string =>
  createHash("sha256").update(`${rule} ${area} ${period}`).digest("hex").slice(0, 16);

/** The areas that a rule watches: those directly below the first. */
export const watchedAreas = ({ tree }: Cockpit): number[] =>
  (tree.areas[0]?.children ?? []).filter((area) => !tree.areas[area]!.rest);

/** What the watched areas show in a year; null is missing or withheld. */
export const shownIn = (cockpit: Cockpit, code: string, year: number): (Shown | null)[] =>
  watchedAreas(cockpit).map((area) => shown(figureAt(cockpit, code, area, year)));

const shown = ({ value, numerator, denominator }: Figure): Shown | null =>
  value === null ? null : { value, numerator, denominator };

function alarmsOfYear(cockpit: Cockpit, { code, indicator, detector }: WarningRule): Alarm[] {
  const year = newestYear(cockpit, indicator, 0, cockpit.years.at(-1)!);
  const total = figureAt(cockpit, indicator, 0, year);
  const average = total.numerator !== null && total.denominator ? total.numerator / total.denominator : null;
  if (detector.kind === "funnel" && (average === null || average > 1)) return [];
  const areas = shownIn(cockpit, indicator, year);
  const alarms = acrossAreas(detector, cockpit.indicators.get(indicator)!.direction, average)(areas);
  const period = String(year);
  return watchedAreas(cockpit).flatMap((at, i) => {
    if (!alarms[i]) return [];
    const area = cockpit.tree.areas[at]!.code;
    const limit = detector.kind === "funnel" && average !== null ? average * 100 : null;
    return [{ id: alarmId(code, area, period), rule: code, indicator, area, period, value: areas[i]!.value, limit }];
  });
}

function alarmsOfMonths(cockpit: Cockpit, rule: WarningRule): Alarm[] {
  return watchedAreas(cockpit).flatMap((at) => {
    const series = monthsOf(cockpit, rule.indicator, at);
    if (!series || series.values.length <= WATCHED) return [];
    const from = series.values.length - WATCHED;
    const area = cockpit.tree.areas[at]!.code;
    // A sum that stays above its threshold rings once, when it gets there.
    return watchMonths(rule.detector, series.values, from)
      .filter(({ alarm }, i, watched) => alarm && watched[i - 1]?.alarm !== true)
      .map(({ at: month, upper }) => {
        const period = monthName(cockpit.years[0]!, series.start + month);
        return {
          id: alarmId(rule.code, area, period),
          rule: rule.code,
          indicator: rule.indicator,
          area,
          period,
          value: series.values[month]!,
          limit: upper,
        };
      });
  });
}

/** The longest run of months without a gap that ends at the newest month. */
export function monthsOf(
  cockpit: Cockpit,
  indicator: string,
  area: number,
): { readonly values: Float64Array; readonly start: number } | undefined {
  const all = cockpit.table.months(indicator, area);
  let end = all.length;
  while (end > 0 && Number.isNaN(all[end - 1]!)) end--;
  let start = end;
  while (start > 0 && !Number.isNaN(all[start - 1]!)) start--;
  return end === start ? undefined : { values: all.slice(start, end), start };
}

const monthName = (firstYear: number, month: number): string =>
  `${firstYear + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
