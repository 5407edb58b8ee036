import { createHash } from "node:crypto";
import type { WarningRule } from "@qingdan/list/indicators";
import {
  cusum,
  type DetectorRecord,
  ears,
  evaluateDetector,
  MeasureError,
  standingOfShare,
  type Watch,
} from "@qingdan/measure";
import type { Words } from "../../problem.ts";
import { type Cockpit, figureAt, newestYear } from "./cockpit.ts";

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

/** What a rule costs, measured on the history of each area; or why it cannot be told. */
export interface RuleRecord {
  readonly rule: string;
  readonly areas: number;
  readonly alarmsPerYear: number | null;
  readonly medianDelay: number | null;
  readonly missed: number | null;
  readonly reason: Words | null;
}

/** Months that are watched; those before are history. */
const WATCHED = 12;

/** All alarms of the newest twelve months or the newest year. */
export function raiseAlarms(cockpit: Cockpit): Alarm[] {
  return [...cockpit.catalogue.warnings.values()].flatMap((rule) =>
    rule.detector.kind === "funnel" ? funnelAlarms(cockpit, rule) : seriesAlarms(cockpit, rule),
  );
}

export const alarmId = (rule: string, area: string, period: string): string =>
  createHash("sha256").update(`${rule} ${area} ${period}`).digest("hex").slice(0, 16);

/** Areas directly below the first whose share is worse than the average of all beyond three standard deviations. */
function funnelAlarms(cockpit: Cockpit, { code, indicator }: WarningRule): Alarm[] {
  const { areas } = cockpit.tree;
  const worse = cockpit.indicators.get(indicator)!.direction === "up" ? "low-3" : "high-3";
  const year = newestYear(cockpit, indicator, 0, cockpit.years.at(-1)!);
  const total = figureAt(cockpit, indicator, 0, year);
  if (total.numerator === null || !total.denominator) return [];
  const average = total.numerator / total.denominator;
  return (areas[0]?.children ?? []).flatMap((area) => {
    const { rest, code: name } = areas[area]!;
    const { numerator, denominator, value } = figureAt(cockpit, indicator, area, year);
    if (rest || numerator === null || !denominator || value === null || numerator > denominator) return [];
    if (standingOfShare(numerator, denominator, average) !== worse) return [];
    const period = String(year);
    return [
      { id: alarmId(code, name, period), rule: code, indicator, area: name, period, value, limit: average * 100 },
    ];
  });
}

function seriesAlarms(cockpit: Cockpit, rule: WarningRule): Alarm[] {
  const { areas } = cockpit.tree;
  return (areas[0]?.children ?? []).flatMap((area) => {
    const series = monthsOf(cockpit, rule.indicator, area);
    if (!series || series.values.length <= WATCHED) return [];
    const from = series.values.length - WATCHED;
    // A sum that stays above its threshold rings once, when it gets there.
    return watch(rule, series.values, from)
      .filter(({ alarm }, i, watched) => alarm && watched[i - 1]?.alarm !== true)
      .map(({ at, upper }) => {
        const period = monthName(cockpit.years[0]!, series.start + at);
        const name = areas[area]!.code;
        return {
          id: alarmId(rule.code, name, period),
          rule: rule.code,
          indicator: rule.indicator,
          area: name,
          period,
          value: series.values[at]!,
          limit: upper,
        };
      });
  });
}

/** The longest run of months without a gap that ends at the newest month. */
function monthsOf(cockpit: Cockpit, indicator: string, area: number) {
  const all = cockpit.table.months(indicator, area);
  let end = all.length;
  while (end > 0 && Number.isNaN(all[end - 1]!)) end--;
  let start = end;
  while (start > 0 && !Number.isNaN(all[start - 1]!)) start--;
  return end === start ? undefined : { values: all.slice(start, end), start };
}

/** Runs the rule's detector; a history that is too short watches nothing. */
function watch({ detector }: WarningRule, values: Float64Array, from: number): readonly Watch[] {
  try {
    if (detector.kind === "ears") {
      const { method, baseline, alpha, minimumDeviation } = detector;
      return ears(values, { method, baseline, alpha, minimumDeviation, from });
    }
    if (detector.kind === "cusum") {
      return cusum(values, { slack: detector.slack, threshold: detector.threshold, from });
    }
    return [];
  } catch (error) {
    if (error instanceof MeasureError && error.code === "MEASURE-HISTORY") return [];
    throw error;
  }
}

/** Months of history that a rule needs before it may be judged. */
const HISTORY = 24;

/** How often each rule rings on history, and how late on a rise by half of the mean that lasts six months. */
export function recordRules(cockpit: Cockpit): readonly RuleRecord[] {
  const records = recorded.get(cockpit) ?? computeRecords(cockpit);
  recorded.set(cockpit, records);
  return records;
}

const recorded = new WeakMap<Cockpit, readonly RuleRecord[]>();

function computeRecords(cockpit: Cockpit): RuleRecord[] {
  return [...cockpit.catalogue.warnings.values()].map((rule) => {
    const none = { alarmsPerYear: null, medianDelay: null, missed: null };
    if (rule.detector.kind === "funnel") {
      const reason = {
        zh: "横向比较:无差异时每个地区约有 0.1% 的可能误报",
        en: "A comparison across areas: without any difference about 0.1 % of areas ring",
      };
      return { rule: rule.code, areas: cockpit.tree.areas[0]?.children.length ?? 0, ...none, reason };
    }
    const records = (cockpit.tree.areas[0]?.children ?? []).flatMap((area) => {
      const series = monthsOf(cockpit, rule.indicator, area);
      return series && series.values.length >= HISTORY + WATCHED ? [recordOf(rule, series.values)] : [];
    });
    if (records.length === 0) {
      const reason = { zh: "历史不足三年,无法评估", en: "Less than three years of history: not judged" };
      return { rule: rule.code, areas: 0, ...none, reason };
    }
    const mean = (pick: (record: DetectorRecord) => number) =>
      records.reduce((sum, record) => sum + pick(record), 0) / records.length;
    const delays = records
      .flatMap(({ medianDelay }) => (medianDelay === null ? [] : [medianDelay]))
      .toSorted((a, b) => a - b);
    return {
      rule: rule.code,
      areas: records.length,
      alarmsPerYear: mean(({ alarmsPerYear }) => alarmsPerYear),
      medianDelay: delays[Math.floor(delays.length / 2)] ?? null,
      missed: mean(({ missed }) => missed),
      reason: null,
    };
  });
}

function recordOf(rule: WarningRule, values: Float64Array): DetectorRecord {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const options = { from: HISTORY, perYear: 12, shift: mean / 2, horizon: 6, every: 6 };
  return evaluateDetector((series, from) => watch(rule, series, from), values, options);
}

const monthName = (firstYear: number, month: number): string =>
  `${firstYear + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
