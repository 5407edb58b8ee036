import type { Indicator, WarningRule } from "@qingdan/list/indicators";
import { type DetectorRecord, evaluateAcross, evaluateDetector } from "@qingdan/measure";
import type { Words } from "../../problem.ts";
import type { Cockpit } from "./cockpit.ts";
import { monthsOf, shownIn, WATCHED, watchedAreas } from "./raise-alarms.ts";
import { acrossAreas, comparesAreas, historyOf, type Shown, watchMonths } from "./watch-rule.ts";

/** What a rule costs, measured on the history of the areas; or why it cannot be told. */
export interface RuleRecord {
  readonly rule: string;
  readonly areas: number;
  /** Of one area. */
  readonly alarmsPerYear: number | null;
  /** Whether the alarms on history keep to the rule's budget; null without either. */
  readonly withinBudget: boolean | null;
  /** Periods (months, years) until an injected fault rings, the middle of those that do. */
  readonly medianDelay: number | null;
  /** Share of injected faults that do not ring. */
  readonly missed: number | null;
  readonly reason: Words | null;
}

/**
 * How often each rule rings on history, and how late on an injected fault: on months a rise by half of the mean that lasts six of them; between areas
 * a value that is worse by a fifth for three years.
 */
export function recordRules(cockpit: Cockpit): readonly RuleRecord[] {
  const records =
    recorded.get(cockpit) ?? [...cockpit.catalogue.warnings.values()].map((rule) => recordOf(cockpit, rule));
  recorded.set(cockpit, records);
  return records;
}

const recorded = new WeakMap<Cockpit, readonly RuleRecord[]>();

function recordOf(cockpit: Cockpit, rule: WarningRule): RuleRecord {
  const records = comparesAreas(rule.detector) ? recordOfYears(cockpit, rule) : recordsOfMonths(cockpit, rule);
  if (records.length === 0) {
    const reason = { zh: "历史太短，无法评估", en: "Too little history: not judged" };
    const none = { alarmsPerYear: null, withinBudget: null, medianDelay: null, missed: null };
    return { rule: rule.code, areas: 0, ...none, reason };
  }
  const mean = (pick: (record: DetectorRecord) => number) =>
    records.reduce((sum, record) => sum + pick(record), 0) / records.length;
  const delays = records
    .flatMap(({ medianDelay }) => (medianDelay === null ? [] : [medianDelay]))
    .toSorted((a, b) => a - b);
  const alarmsPerYear = mean((record) => record.alarmsPerYear);
  return {
    rule: rule.code,
    areas: comparesAreas(rule.detector) ? watchedAreas(cockpit).length : records.length,
    alarmsPerYear,
    withinBudget: rule.budget === undefined ? null : alarmsPerYear <= rule.budget,
    medianDelay: delays[Math.floor(delays.length / 2)] ?? null,
    missed: mean(({ missed }) => missed),
    reason: null,
  };
}

/** One record an area that has a year to be watched after the history that the rule needs. */
function recordsOfMonths(cockpit: Cockpit, { indicator, detector }: WarningRule): DetectorRecord[] {
  const from = historyOf(detector);
  return watchedAreas(cockpit).flatMap((area) => {
    const series = monthsOf(cockpit, indicator, area);
    if (!series || series.values.length < from + WATCHED) return [];
    const { values } = series;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const options = { from, perYear: 12, shift: mean / 2, horizon: 6, every: 6 };
    return [evaluateDetector((months, start) => watchMonths(detector, months, start), values, options)];
  });
}

/** Years that an injected fault between areas lasts. */
const LASTS = 3;

/** One record over all areas and the years in which any of them shows something. */
function recordOfYears(cockpit: Cockpit, { indicator, detector }: WarningRule): DetectorRecord[] {
  const { direction, form } = cockpit.indicators.get(indicator)!;
  const history = cockpit.years
    .map((year) => shownIn(cockpit, indicator, year))
    .filter((areas) => areas.some((area) => area !== null));
  if (history.length < LASTS) return [];
  const rule = acrossAreas(detector, direction);
  return [evaluateAcross(rule, history, { perYear: 1, horizon: LASTS, worsen: worsenBy(direction, form) })];
}

/** A fifth less where more is better, a fifth more where less is; a share stays a share. */
function worsenBy(direction: Indicator["direction"], form: Indicator["form"]): (shown: Shown) => Shown {
  const factor = direction === "up" ? 0.8 : 1.2;
  return ({ value, numerator, denominator }) => {
    const most = form === "ratio" && denominator !== null ? denominator : Number.POSITIVE_INFINITY;
    return {
      value: value * factor,
      numerator: numerator === null ? null : Math.min(most, Math.round(numerator * factor)),
      denominator,
    };
  };
}
