import { z } from "zod";
import { cusum } from "../detect/cusum.ts";
import { ears } from "../detect/ears.ts";
import {
  type Candidate,
  chooseWithinBudget,
  type Detector,
  type DetectorRecord,
  evaluateDetector,
} from "../detect/evaluate.ts";
import { farrington } from "../detect/farrington.ts";
import { FUNNEL_LEVELS, type FunnelStanding, shareFunnel, standingOfCount, standingOfShare } from "../detect/funnel.ts";
import { glrPoisson, seasonalExpected } from "../detect/glr.ts";
import { modifiedZ } from "../detect/modified-z.ts";
import { MeasureError } from "../errors.ts";
import { completeNumbersOf, type MeasureTable, namesOf, type ResultTable } from "./measure-table.ts";
import { readRequest } from "./read-request.ts";

const alpha = z.number().gt(0).lt(1);
const rule = z.discriminatedUnion("method", [
  z.strictObject({
    method: z.literal("ears"),
    variant: z.enum(["C1", "C2", "C3"]),
    alpha: alpha.optional(),
    baseline: z.int().optional(),
    minimumDeviation: z.number().optional(),
    around: z.enum(["mean", "count"]).optional(),
  }),
  z.strictObject({
    method: z.literal("cusum"),
    transform: z.enum(["standard", "rossi"]).optional(),
    slack: z.number().min(0).optional(),
    threshold: z.number().gt(0).optional(),
    expected: z.number().gt(0).optional(),
  }),
  z.strictObject({
    method: z.literal("farrington"),
    frequency: z.int().min(1),
    years: z.int().min(1).optional(),
    window: z.int().min(0).optional(),
    seasons: z.strictObject({ count: z.int().min(2), skip: z.int().min(0) }).optional(),
    /** Column of the first day of each period: a year back is then the same day, not so many periods. */
    dates: z.string().optional(),
    alpha: alpha.optional(),
    /** No bound unless so many cases fell in so many last periods. */
    enough: z.strictObject({ cases: z.number().min(0), periods: z.int().min(1) }).optional(),
    trendLevel: z.number().min(0).max(1).optional(),
    threshold: z.enum(["two-thirds", "plug-in"]).optional(),
  }),
  z.strictObject({
    method: z.literal("glr"),
    threshold: z.number().gt(0).optional(),
    /** Periods a year: the expected counts come from the season of all periods before `from`. */
    frequency: z.int().min(2),
    harmonics: z.int().min(1).optional(),
  }),
  z.strictObject({ method: z.literal("modified-z"), limit: z.number().gt(0).default(3.5) }),
  /** Counts of units (areas, offices) out of the column `of`, against the share of all together. */
  z.strictObject({ method: z.literal("funnel"), of: z.string().min(1) }),
  /** Counts of units against the column of counts that are expected of them (at the rate of all, say). */
  z.strictObject({ method: z.literal("ratio-funnel"), expected: z.string().min(1) }),
]);

const trial = z.strictObject({
  perYear: z.number().gt(0),
  shift: z.number().gt(0),
  horizon: z.int().min(1),
  every: z.int().min(1),
  /** Alarms a year that the rule may cost. */
  budget: z.number().min(0).optional(),
  /** Other settings of the rule, most sensitive first; the budget chooses between them. */
  settings: z.array(z.record(z.string(), z.unknown())).min(1).optional(),
});

const request = z.strictObject({
  value: z.string().min(1),
  /** Column that names the periods, in order; their numbers from 1 when absent. */
  period: z.string().min(1).optional(),
  /** First and last watched period by name (or number from 1); from the first that the rule can watch to the end when absent. */
  from: z.union([z.string(), z.int().min(1)]).optional(),
  to: z.union([z.string(), z.int().min(1)]).optional(),
  rule,
  trial: trial.optional(),
});

type Rule = z.output<typeof rule>;

/** One watched period. */
export interface Watched {
  readonly period: string;
  readonly value: number;
  /** Least value that would be (about) an alarm; null where the rule has no bound. */
  readonly upper: number | null;
  /** Of a funnel: the share, or observed over expected, in per cent. */
  readonly statistic: number | null;
  /** Of a funnel: beyond two or three standard deviations of the share of all; three is an alarm. */
  readonly standing?: FunnelStanding;
  readonly alarm: boolean;
}

export interface DetectReport {
  readonly method: string;
  readonly watched: readonly Watched[];
  readonly alarms: number;
  /** Alarms a year on history, delay and misses on injected shifts; null unless a trial was asked. */
  readonly trial: (DetectorRecord & { readonly withinBudget: boolean | null }) | null;
  /** The setting that the budget chose and what every setting costs; null unless settings were given. */
  readonly settings: ReturnType<typeof chooseWithinBudget> | null;
}

/** Watches a column of counts in time. */
export function measureDetect(table: MeasureTable, given: unknown): DetectReport {
  const asked = readRequest(request, given, "rule");
  const values = completeNumbersOf(table, asked.value);
  const periods =
    asked.period === undefined ? Array.from(values, (_, i) => String(i + 1)) : namesOf(table, asked.period);
  if (asked.rule.method === "modified-z") return watchAcross(asked.rule.limit, values, periods);
  if (asked.rule.method === "funnel") return watchFunnel(values, completeNumbersOf(table, asked.rule.of), periods);
  if (asked.rule.method === "ratio-funnel")
    return watchRatios(values, completeNumbersOf(table, asked.rule.expected), periods);
  const rule = withDates(table, asked.rule);
  const to = asked.to === undefined ? values.length : placeOf(table, periods, asked.to) + 1;
  const from = asked.from === undefined ? firstWatched(rule, values, to) : placeOf(table, periods, asked.from);
  const found = watch(rule, values, from, to);
  const watched = found.map(({ at, upper, statistic, alarm }) => ({
    period: periods[at]!,
    value: values[at]!,
    upper: upper ?? null,
    statistic: statistic ?? null,
    alarm,
  }));
  const alarms = watched.filter(({ alarm }) => alarm).length;
  return { method: asked.rule.method, watched, alarms, ...putOnTrial({ ...asked, rule }, values, from) };
}

/** The report as one sheet. */
export function detectTables({ watched }: DetectReport): ResultTable[] {
  const rows = watched.map(({ period, value, upper, statistic, standing, alarm }) => [
    period,
    value,
    upper,
    statistic,
    standing ?? null,
    alarm ? 1 : 0,
  ]);
  return [{ name: "watched", columns: ["period", "value", "upper", "statistic", "standing", "alarm"], rows }];
}

type Watching = Exclude<Rule, { method: "modified-z" | "funnel" | "ratio-funnel" }>;
/** A rule whose column of dates was read. */
type Dated =
  | Exclude<Watching, { method: "farrington" }>
  | (Omit<Extract<Watching, { method: "farrington" }>, "dates"> & { readonly dates?: readonly string[] });

function withDates(table: MeasureTable, asked: Watching): Dated {
  if (asked.method !== "farrington") return asked;
  const { dates, ...rest } = asked;
  return dates === undefined ? rest : { ...rest, dates: namesOf(table, dates) };
}

interface Sighting {
  readonly at: number;
  readonly upper?: number | null;
  readonly statistic?: number;
  readonly alarm: boolean;
}

function watch(asked: Dated, values: Float64Array, from: number, to: number): readonly Sighting[] {
  const { method, ...options } = asked;
  // An option that is absent is not an option that is undefined.
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  switch (asked.method) {
    case "ears":
      return ears(values, { ...given, method: asked.variant, from, to });
    case "cusum":
      return cusum(values, { ...given, from, to });
    case "farrington":
      return farrington(values, { ...given, frequency: asked.frequency, from, to });
    case "glr": {
      const { frequency, harmonics = 1, threshold = 5 } = asked;
      return glrPoisson(values, {
        from,
        to,
        threshold,
        expected: seasonalExpected(values, { from, to, frequency, harmonics }),
      });
    }
  }
}

function watchAcross(limit: number, values: Float64Array, periods: readonly string[]): DetectReport {
  const z = modifiedZ(values);
  const watched = periods.map((period, i) => ({
    period,
    value: values[i]!,
    upper: null,
    statistic: z[i]!,
    alarm: Math.abs(z[i]!) > limit,
  }));
  return { method: "modified-z", watched, ...countAlarms(watched) };
}

/** Counts out of so many, unit by unit, against the share of all; `upper` is the count at the outer limit. */
function watchFunnel(counts: Float64Array, of: Float64Array, units: readonly string[]): DetectReport {
  const sum = (numbers: Float64Array) => numbers.reduce((total, number) => total + number, 0);
  const average = sum(counts) / sum(of);
  const watched = units.map((period, i) => {
    const [value, whole] = [counts[i]!, of[i]!];
    const standing = standingOfShare(value, whole, average);
    const upper = shareFunnel(average, whole, FUNNEL_LEVELS.three).high * whole;
    return { period, value, upper, statistic: (value / whole) * 100, standing, alarm: isOuter(standing) };
  });
  return { method: "funnel", watched, ...countAlarms(watched) };
}

/** Counts, unit by unit, against those expected of them, by exact limits below ten and Byar's from there. */
function watchRatios(counts: Float64Array, expected: Float64Array, units: readonly string[]): DetectReport {
  const low = expected.findIndex((count) => !(count > 0));
  if (low >= 0)
    throw new MeasureError("MEASURE-SIGN", {
      zh: `第 ${low + 2} 行的期望数应大于零`,
      en: `row ${low + 2}: the expected count must be above 0`,
    });
  const watched = units.map((period, i) => {
    const standing = standingOfCount(counts[i]!, expected[i]!);
    const statistic = (counts[i]! / expected[i]!) * 100;
    return { period, value: counts[i]!, upper: null, statistic, standing, alarm: isOuter(standing) };
  });
  return { method: "ratio-funnel", watched, ...countAlarms(watched) };
}

const isOuter = (standing: FunnelStanding) => standing === "high-3" || standing === "low-3";

const countAlarms = (watched: readonly Watched[]) => ({
  alarms: watched.filter(({ alarm }) => alarm).length,
  trial: null,
  settings: null,
});

/** The first period that the rule has history enough for. */
function firstWatched(asked: Dated, values: Float64Array, to: number): number {
  for (let from = 0; from < to; from++) {
    try {
      watch(asked, values, from, from + 1);
      return from;
    } catch (error) {
      if (!(error instanceof MeasureError && error.code === "MEASURE-HISTORY")) throw error;
    }
  }
  throw new MeasureError("MEASURE-HISTORY", {
    zh: "历史不足以使用该规则",
    en: "the rule needs more history than the series has",
  });
}

function putOnTrial(
  { rule: own, trial: asked }: { readonly rule: Dated; readonly trial?: z.output<typeof trial> | undefined },
  values: Float64Array,
  from: number,
): Pick<DetectReport, "trial" | "settings"> {
  if (!asked) return { trial: null, settings: null };
  const { budget, settings, ...injected } = asked;
  const options = { ...injected, from };
  const detectorOf =
    (one: Dated): Detector =>
    (series, start) =>
      watch(one, series, start, series.length);
  const record = evaluateDetector(detectorOf(own), values, options);
  const candidates = settings?.map((setting): Candidate => {
    const { dates, ...plain } = own as Dated & { readonly dates?: readonly string[] };
    const read = readRequest(rule, { ...plain, ...setting }, "settings");
    if (read.method !== own.method)
      throw new MeasureError("MEASURE-REQUEST", {
        zh: "settings 不能改 method",
        en: "settings cannot change the method",
      });
    return { name: JSON.stringify(setting), detector: detectorOf({ ...read, ...(dates ? { dates } : {}) } as Dated) };
  });
  return {
    trial: { ...record, withinBudget: budget === undefined ? null : record.alarmsPerYear <= budget },
    settings: candidates ? chooseWithinBudget(candidates, values, { ...options, budget: budget ?? 0 }) : null,
  };
}

function placeOf(table: MeasureTable, periods: readonly string[], wanted: string | number): number {
  const at = periods.indexOf(String(wanted));
  if (at >= 0) return at;
  const [first, last] = [periods[0], periods.at(-1)];
  throw new MeasureError("MEASURE-PARAMETER", {
    zh: `${table.name} 中没有时期 ${wanted}(自 ${first} 至 ${last})`,
    en: `${table.name} has no period ${wanted} (it runs from ${first} to ${last})`,
  });
}
