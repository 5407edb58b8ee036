import { z } from "zod";
import { MeasureError } from "../errors.ts";
import { type Calibration, calibrate, type Distance, rake } from "../survey/calibrate.ts";
import { type PreparedDesign, prepareDesign } from "../survey/design.ts";
import {
  type Answers,
  type Estimate,
  type EstimateOptions,
  estimateMean,
  estimateRatio,
  estimateTotal,
  interval,
} from "../survey/estimate.ts";
import { estimateProportion, type ProportionMethod } from "../survey/proportion.ts";
import { estimateQuantile } from "../survey/quantile.ts";
import {
  type Cell,
  cellsOf,
  completeNumbersOf,
  type MeasureTable,
  namesOf,
  numbersOf,
  type ResultTable,
} from "./measure-table.ts";
import { readRequest } from "./read-request.ts";

const column = z.string().min(1);
const scalar = z.union([z.string(), z.number()]);
const distance = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("linear") }),
  z.strictObject({ kind: z.literal("raking") }),
  z.strictObject({ kind: z.literal("logit"), least: z.number(), greatest: z.number() }),
]);
const about = { name: z.string().optional(), by: column.optional(), where: z.record(column, scalar).optional() };

const request = z.strictObject({
  weights: column.optional(),
  strata: column.optional(),
  clusters: z.array(column).min(1).optional(),
  populationSizes: z.array(column).min(1).optional(),
  lonely: z.enum(["refuse", "remove", "certainty", "adjust", "average"]).optional(),
  calibrate: z
    .strictObject({
      distance: distance.optional(),
      controls: z
        .array(
          z.union([
            z.strictObject({ total: z.number() }),
            z.strictObject({ column, total: z.number() }),
            z.strictObject({ column, equals: scalar, total: z.number() }),
          ]),
        )
        .min(1),
    })
    .optional(),
  rake: z
    .array(z.strictObject({ column, totals: z.record(z.string(), z.number()) }))
    .min(1)
    .optional(),
  level: z.number().gt(0).lt(1).default(0.95),
  /** An estimate on fewer rows, or of a greater relative standard error, is withheld. */
  withhold: z
    .strictObject({ rows: z.int().min(1).default(30), relativeError: z.number().gt(0).default(0.3) })
    .optional(),
  estimates: z
    .array(
      z.union([
        z.strictObject({ mean: column, ...about }),
        z.strictObject({ total: column, ...about }),
        z.strictObject({ ratio: z.tuple([column, column]), ...about }),
        z.strictObject({
          share: z.strictObject({ column, equals: scalar }),
          method: z.enum(["logit", "beta", "likelihood", "arcsine"]).default("logit"),
          ...about,
        }),
        z.strictObject({ quantile: column, at: z.number().gt(0).lt(1), ...about }),
      ]),
    )
    .min(1),
});

/** What is asked of the rows of a survey: its design, how its weights are mended, what is estimated. Columns are named. */
export type SurveyRequest = z.input<typeof request>;
type ReadRequest = z.output<typeof request>;
type Asked = ReadRequest["estimates"][number];

/** One estimate of one group. A withheld one has neither value nor interval. */
export interface SurveyEstimate {
  readonly name: string;
  /** The group, when the estimate is by groups. */
  readonly group: string | null;
  readonly estimate: number | null;
  /** Null where the method has none (a quantile has an interval only). */
  readonly se: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly df: number | null;
  readonly rows: number;
  readonly missing: number;
  readonly deff: number | null;
  readonly withheld: "rows" | "relative-error" | null;
}

export interface SurveyReport {
  readonly rows: number;
  readonly level: number;
  /** How far weights moved; null where they were not mended. */
  readonly weights: { readonly rounds: number; readonly leastFactor: number; readonly greatestFactor: number } | null;
  readonly estimates: readonly SurveyEstimate[];
}

/** Estimates from the rows of a survey, as its design asks. */
export function measureSurvey(table: MeasureTable, given: unknown): SurveyReport {
  const asked = readRequest(request, given, "design");
  const numbers = (names: readonly string[] | undefined) => names?.map((name) => completeNumbersOf(table, name));
  const labels = (names: readonly string[] | undefined) => names?.map((name) => namesOf(table, name));
  const { weights, strata, clusters, populationSizes, lonely } = asked;
  const drawn = prepareDesign(
    {
      ...(weights === undefined ? {} : { weights: completeNumbersOf(table, weights) }),
      ...(strata === undefined ? {} : { strata: namesOf(table, strata) }),
      ...(clusters === undefined ? {} : { clusters: labels(clusters)! }),
      ...(populationSizes === undefined ? {} : { populationSizes: numbers(populationSizes)! }),
      ...(lonely === undefined ? {} : { lonely }),
    },
    table.rows,
  );
  const mended = mendWeights(table, drawn, asked);
  const design = mended?.design ?? drawn;
  return {
    rows: table.rows,
    level: asked.level,
    weights: mended && {
      rounds: mended.rounds,
      leastFactor: mended.leastFactor,
      greatestFactor: mended.greatestFactor,
    },
    estimates: asked.estimates.flatMap((one) => estimateGroups(table, design, one, asked)),
  };
}

/** The report as one sheet. */
export function surveyTables({ estimates }: SurveyReport): ResultTable[] {
  const columns = [
    "name",
    "group",
    "estimate",
    "se",
    "low",
    "high",
    "df",
    "rows",
    "missing",
    "deff",
    "withheld",
  ] as const;
  return [{ name: "estimates", columns, rows: estimates.map((one) => columns.map((column) => one[column])) }];
}

function mendWeights(table: MeasureTable, design: PreparedDesign, asked: ReadRequest): Calibration | null {
  if (asked.calibrate && asked.rake) {
    throw new MeasureError("MEASURE-REQUEST", {
      zh: "calibrate 与 rake 只能取一种",
      en: "calibrate and rake cannot both be asked: margins can be controls too",
    });
  }
  if (asked.rake) {
    const margins = asked.rake.map(({ column, totals }) => ({ name: column, groups: namesOf(table, column), totals }));
    return rake(design, margins);
  }
  if (!asked.calibrate) return null;
  const { controls, distance: how } = asked.calibrate;
  const read = controls.map((control) => {
    const { total } = control;
    if (!("column" in control)) return { name: "rows", values: new Float64Array(table.rows).fill(1), total };
    if (!("equals" in control))
      return { name: control.column, values: completeNumbersOf(table, control.column), total };
    const { column, equals } = control;
    const values = namesOf(table, column).map((cell) => Number(sameValue(cell, equals)));
    return { name: `${column} = ${equals}`, values, total };
  });
  return calibrate(design, read, how ? { distance: how as Distance } : {});
}

function estimateGroups(table: MeasureTable, design: PreparedDesign, asked: Asked, all: ReadRequest): SurveyEstimate[] {
  const inside = domainOf(table, asked.where);
  if (asked.by === undefined)
    return [estimateOne(table, design, asked, { all, group: null, ...(inside ? { domain: inside } : {}) })];
  const cells = namesOf(table, asked.by);
  const names = [...new Set(cells.filter((_, i) => inside?.[i] ?? true))];
  return names.map((group) => {
    const domain = cells.map((cell, i) => cell === group && (inside?.[i] ?? true));
    return estimateOne(table, design, asked, { all, group, domain });
  });
}

interface Scope extends EstimateOptions {
  readonly all: ReadRequest;
  readonly group: string | null;
}

function estimateOne(table: MeasureTable, design: PreparedDesign, asked: Asked, scope: Scope): SurveyEstimate {
  const { all, group, domain } = scope;
  const options = domain ? { domain } : {};
  const { name, found, limits, deff } = estimatorOf(table, design, asked, options, all.level);
  const relative = found.standardError === null ? 0 : Math.abs(found.standardError / found.estimate);
  const few = all.withhold && found.rows < all.withhold.rows;
  const withheld = few ? "rows" : all.withhold && relative > all.withhold.relativeError ? "relative-error" : null;
  const shown = (value: number | null) => (withheld ? null : value);
  return {
    name: asked.name ?? name,
    group,
    estimate: shown(found.estimate),
    se: shown(found.standardError),
    low: shown(limits?.low ?? null),
    high: shown(limits?.high ?? null),
    df: found.df,
    rows: found.rows,
    missing: found.missing,
    deff: shown(deff),
    withheld,
  };
}

interface Found {
  readonly name: string;
  readonly found: Omit<Estimate, "standardError" | "df"> & {
    readonly standardError: number | null;
    readonly df: number | null;
  };
  /** Null where no interval can be had: no degrees of freedom. */
  readonly limits: { readonly low: number; readonly high: number } | null;
  readonly deff: number | null;
}

function estimatorOf(
  table: MeasureTable,
  design: PreparedDesign,
  asked: Asked,
  options: EstimateOptions,
  level: number,
): Found {
  if ("share" in asked) return estimateShare(table, design, asked, options, level);
  if ("quantile" in asked) return estimateAt(table, design, asked, options, level);
  if ("ratio" in asked) {
    const [top, bottom] = asked.ratio;
    const found = estimateRatio(design, numbersOf(table, top), numbersOf(table, bottom), options);
    return { name: `ratio ${top} / ${bottom}`, found, limits: limitsOf(found, level), deff: null };
  }
  const isMean = "mean" in asked;
  const column = isMean ? asked.mean : asked.total;
  const found = (isMean ? estimateMean : estimateTotal)(design, numbersOf(table, column), options);
  const deff = Number.isFinite(found.designEffect) ? found.designEffect : null;
  return { name: `${isMean ? "mean" : "total"} ${column}`, found, limits: limitsOf(found, level), deff };
}

function estimateShare(
  table: MeasureTable,
  design: PreparedDesign,
  { share, method }: Extract<Asked, { share: unknown }> & { readonly method: ProportionMethod },
  options: EstimateOptions,
  level: number,
): Found {
  const answers: Answers = cellsOf(table, share.column).map((cell) =>
    isEmpty(cell) ? null : Number(sameValue(cell, share.equals)),
  );
  const found = estimateProportion(design, answers, { ...options, method, level });
  return { name: `share ${share.column} = ${share.equals}`, found, limits: found, deff: null };
}

function estimateAt(
  table: MeasureTable,
  design: PreparedDesign,
  { quantile, at }: Extract<Asked, { quantile: unknown }>,
  { domain }: EstimateOptions,
  level: number,
): Found {
  const numbers = numbersOf(table, quantile);
  const answers = numbers.map((value, i) => ((domain?.[i] ?? true) ? value : Number.NaN));
  const { estimate, ...limits } = estimateQuantile(design, answers, at, level);
  const inside = Array.from(numbers.keys()).filter((i) => (domain?.[i] ?? true) && design.weights[i]! > 0);
  const missing = inside.filter((i) => Number.isNaN(numbers[i]!)).length;
  const found = { estimate, standardError: null, df: null, rows: inside.length - missing, missing };
  return { name: `quantile ${at} ${quantile}`, found, limits, deff: null };
}

function limitsOf(found: Estimate, level: number) {
  return found.df > 0 ? interval(found, level) : null;
}

function domainOf(
  table: MeasureTable,
  where: Readonly<Record<string, string | number>> | undefined,
): boolean[] | undefined {
  if (!where) return undefined;
  const tests = Object.entries(where).map(([name, value]) => ({ cells: cellsOf(table, name), value }));
  return Array.from({ length: table.rows }, (_, i) => tests.every(({ cells, value }) => sameValue(cells[i]!, value)));
}

const isEmpty = (cell: Cell) => cell === null || cell === "" || cell === "NA";

/** `0` of a design meets the text `0` or `0.0` of a CSV file. */
function sameValue(cell: Cell, value: string | number): boolean {
  if (isEmpty(cell)) return false;
  return typeof value === "number" ? Number(cell) === value : String(cell).trim() === value;
}
