import { MeasureError } from "../errors.ts";
import { type Calibration, calibrate, type Distance, rake } from "../survey/calibrate.ts";
import { type PreparedDesign, prepareDesign } from "../survey/design.ts";
import type { EstimateOptions } from "../survey/estimate.ts";
import { completeNumbersOf, type MeasureTable, namesOf, type ResultTable } from "./measure-table.ts";
import { readRequest } from "./read-request.ts";
import { domainOf, estimatorOf, pointOf, sameValue } from "./survey-estimators.ts";
import {
  type AssociationReport,
  associateColumns,
  type RegressionReport,
  regressColumns,
  relationTables,
} from "./survey-relations.ts";
import { errorOver, makeReplicates, type ReplicateDesigns } from "./survey-replicates.ts";
import { type AskedEstimate, type SurveyRequest, surveyRequest } from "./survey-request.ts";
import { type SizeReport, sizeOf, sizeTable } from "./survey-sizes.ts";
import { compareVisits, type VisitReport, visitTable } from "./survey-visits.ts";

/** One estimate of one group. A withheld one has neither value nor interval. */
export interface SurveyEstimate {
  readonly name: string;
  /** The group, when the estimate is by groups. */
  readonly group: string | null;
  readonly estimate: number | null;
  /** Null where the method has none (a quantile has an interval only). */
  readonly se: number | null;
  /** From the replicates, where they were asked for; a quantile has one from the bootstrap only. */
  readonly replicateSe: number | null;
  /** Code of the refusal where the replicates give no standard error. */
  readonly replicateRefused: string | null;
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
  /** All places first, then each group; null where no visits were asked about. */
  readonly visits: readonly VisitReport[] | null;
  readonly associations: readonly AssociationReport[];
  readonly regressions: readonly RegressionReport[];
  readonly sizes: readonly SizeReport[];
}

/** Estimates from the rows of a survey, as its design asks. */
export function measureSurvey(table: MeasureTable, given: unknown): SurveyReport {
  const asked = readRequest(surveyRequest, given, "design");
  const visits = asked.visits ? compareVisits(table, asked.visits, asked.level) : null;
  const sizes = asked.sizes.map((size) => sizeOf(size, asked.level));
  const common = { rows: table.rows, level: asked.level, visits, sizes };
  // Visits and sizes alone need no design.
  if ([asked.estimates, asked.associations, asked.regressions].every(({ length }) => length === 0))
    return { ...common, weights: null, estimates: [], associations: [], regressions: [] };
  const drawn = readDesign(table, asked);
  const mended = mendWeights(table, drawn, asked);
  const design = mended?.design ?? drawn;
  const replicates = asked.replicates
    ? makeReplicates(drawn, asked.replicates, (one) => mendWeights(table, one, asked)?.design ?? one)
    : undefined;
  return {
    ...common,
    weights: mended && {
      rounds: mended.rounds,
      leastFactor: mended.leastFactor,
      greatestFactor: mended.greatestFactor,
    },
    estimates: asked.estimates.flatMap((one) => estimateGroups(table, design, one, { all: asked, replicates })),
    associations: asked.associations.map((one) => associateColumns(table, design, one)),
    regressions: asked.regressions.map((one) => regressColumns(table, design, one, asked.level)),
  };
}

function readDesign(table: MeasureTable, asked: SurveyRequest): PreparedDesign {
  const { weights, strata, clusters, populationSizes, lonely } = asked;
  return prepareDesign(
    {
      ...(weights === undefined ? {} : { weights: completeNumbersOf(table, weights) }),
      ...(strata === undefined ? {} : { strata: namesOf(table, strata) }),
      ...(clusters === undefined ? {} : { clusters: clusters.map((name) => namesOf(table, name)) }),
      ...(populationSizes === undefined
        ? {}
        : { populationSizes: populationSizes.map((name) => completeNumbersOf(table, name)) }),
      ...(lonely === undefined ? {} : { lonely }),
    },
    table.rows,
  );
}

/** The report as sheets: the estimates; the visits. */
export function surveyTables(report: SurveyReport): ResultTable[] {
  const { estimates, visits } = report;
  const columns = [
    "name",
    "group",
    "estimate",
    "se",
    "replicateSe",
    "replicateRefused",
    "low",
    "high",
    "df",
    "rows",
    "missing",
    "deff",
    "withheld",
  ] as const;
  const estimated = { name: "estimates", columns, rows: estimates.map((one) => columns.map((column) => one[column])) };
  return [
    ...(estimates.length > 0 ? [estimated] : []),
    ...(visits ? [visitTable(visits)] : []),
    ...relationTables(report.associations, report.regressions),
    ...(report.sizes.length > 0 ? [sizeTable(report.sizes)] : []),
  ];
}

function mendWeights(table: MeasureTable, design: PreparedDesign, asked: SurveyRequest): Calibration | null {
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

interface Asking {
  readonly all: SurveyRequest;
  readonly replicates: ReplicateDesigns | undefined;
}

function estimateGroups(
  table: MeasureTable,
  design: PreparedDesign,
  asked: AskedEstimate,
  asking: Asking,
): SurveyEstimate[] {
  const inside = domainOf(table, asked.where);
  if (asked.by === undefined)
    return [estimateOne(table, design, asked, { ...asking, group: null, ...(inside ? { domain: inside } : {}) })];
  const cells = namesOf(table, asked.by);
  const names = [...new Set(cells.filter((_, i) => inside?.[i] ?? true))];
  return names.map((group) => {
    const domain = cells.map((cell, i) => cell === group && (inside?.[i] ?? true));
    return estimateOne(table, design, asked, { ...asking, group, domain });
  });
}

interface Scope extends EstimateOptions, Asking {
  readonly group: string | null;
}

function estimateOne(table: MeasureTable, design: PreparedDesign, asked: AskedEstimate, scope: Scope): SurveyEstimate {
  const { all, group, domain, replicates } = scope;
  const options = domain ? { domain } : {};
  const { name, found, limits, deff } = estimatorOf(table, design, asked, options, all.level);
  const relative = found.standardError === null ? 0 : Math.abs(found.standardError / found.estimate);
  const few = all.withhold && found.rows < all.withhold.rows;
  const withheld = few ? "rows" : all.withhold && relative > all.withhold.relativeError ? "relative-error" : null;
  const shown = (value: number | null) => (withheld ? null : value);
  const isSteep = replicates?.kind === "jackknife" && "quantile" in asked;
  const second =
    replicates && !isSteep ? errorOver(replicates, (one) => pointOf(table, one, asked, options)) : undefined;
  return {
    name: asked.name ?? name,
    group,
    estimate: shown(found.estimate),
    se: shown(found.standardError),
    replicateSe: shown(second?.se ?? null),
    replicateRefused: isSteep ? "MEASURE-UNDEFINED" : (second?.refused ?? null),
    low: shown(limits?.low ?? null),
    high: shown(limits?.high ?? null),
    df: found.df,
    rows: found.rows,
    missing: found.missing,
    deff: shown(deff),
    withheld,
  };
}
