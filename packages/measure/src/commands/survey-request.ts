import { z } from "zod";
import { replicateRequest } from "./survey-replicates.ts";
import { visitRequest } from "./survey-visits.ts";

const column = z.string().min(1);
const scalar = z.union([z.string(), z.number()]);
const share = z.number().gt(0).lt(1);
const distance = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("linear") }),
  z.strictObject({ kind: z.literal("raking") }),
  z.strictObject({ kind: z.literal("logit"), least: z.number(), greatest: z.number() }),
]);
const about = { name: z.string().optional(), by: column.optional(), where: z.record(column, scalar).optional() };

const design = z.strictObject({
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
  /** A second standard error of every estimate, from replicate weights. */
  replicates: replicateRequest.optional(),
  /** What offices reported against what mystery visits found. */
  visits: visitRequest.optional(),
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
    .default([]),
  /** Whether two answers go together: Rao and Scott's test. */
  associations: z
    .array(z.strictObject({ rows: column, columns: column, where: z.record(column, scalar).optional() }))
    .default([]),
  /** A linear regression on columns of numbers, or on whether a column has a value. */
  regressions: z
    .array(
      z.strictObject({
        outcome: column,
        on: z.array(z.union([column, z.strictObject({ column, equals: scalar })])).min(1),
        where: z.record(column, scalar).optional(),
      }),
    )
    .default([]),
  /** How many rows a survey to come needs so that a share is known within a margin; without failures, how many visits. */
  sizes: z
    .array(
      z.union([
        z.strictObject({
          share,
          margin: share,
          designEffect: z.number().gt(0).optional(),
          population: z.int().min(1).optional(),
          response: z.number().gt(0).max(1).optional(),
        }),
        z.strictObject({ failureRate: share }),
      ]),
    )
    .default([]),
});
/** What is asked of the rows of a survey: its design, how its weights are mended, what is estimated. Columns are named. */
export const surveyRequest = design.refine(
  ({ estimates, visits, associations, regressions, sizes }) =>
    visits !== undefined || [estimates, associations, regressions, sizes].some(({ length }) => length > 0),
  {
    path: ["estimates"],
    message: "at least one of estimates, visits, associations, regressions and sizes must be asked for",
  },
);

export type SurveyRequest = z.output<typeof surveyRequest>;
/** One estimate that is asked for. */
export type AskedEstimate = SurveyRequest["estimates"][number];
