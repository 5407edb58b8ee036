import * as z from "zod";
import { areaCodeSchema, itemCodeSchema, slugSchema } from "../model/code.ts";
import { markSchema, statementShape } from "../model/mark.ts";
import { sourceSchema } from "../model/source.ts";
import { noteSchema, wordsSchema } from "../model/words.ts";

/** How a value is held against its target; `all` = everyone who is entitled (应保尽保), a coverage of 100 %. */
const comparisonSchema = z.enum(["at-least", "above", "at-most", "below", "about", "all"]);
export type Comparison = z.infer<typeof comparisonSchema>;

const yearSchema = z.int().min(1949).max(2100);
const periodSchema = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2]))?$/);

/** A target of a plan for an area; it also holds for the areas below, unless one nearer to them has its own. */
export const targetSchema = z.strictObject({
  plan: slugSchema,
  /** Number of the indicator in the plan's table. */
  number: z.int().min(1).optional(),
  area: areaCodeSchema,
  comparison: comparisonSchema,
  /** In the unit of the indicator; not with `all`. */
  value: z.number().optional(),
  year: yearSchema,
  /** Counted from 0 over the plan (five-year total). */
  cumulative: z.boolean().optional(),
  /** Only with `about`: share of the target on each side that still counts as met. */
  tolerance: z.number().positive().max(1).optional(),
  /** 约束性 or 预期性; a target outside a plan's table has neither. */
  nature: z.strictObject({ kind: z.enum(["binding", "expected"]), mark: markSchema }).optional(),
  /** The published value of the base year, for this area alone. */
  base: z
    .strictObject({ year: yearSchema, value: z.number(), ...statementShape, note: noteSchema.optional() })
    .optional(),
  ...statementShape,
  note: noteSchema.optional(),
});
export type Target = z.infer<typeof targetSchema>;

/** A figure that was published for an area, to be shown beside what is computed. */
const publishedSchema = z.strictObject({
  area: areaCodeSchema,
  period: periodSchema,
  value: z.number(),
  ...statementShape,
  note: noteSchema.optional(),
});
export type Published = z.infer<typeof publishedSchema>;

/** Where the values come from. */
const originSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("statistics") }),
  /** Of those entitled to these items, the share that receives; the items that refine them count too. */
  z.strictObject({ kind: z.literal("run"), items: z.array(itemCodeSchema).min(1) }),
  /** Of the residents, the share within so many minutes on foot of a place of each sort; a sort is kinds of facility of which one is enough. */
  z.strictObject({
    kind: z.literal("reach"),
    minutes: z.number().positive(),
    kinds: z.array(z.array(slugSchema).min(1)).min(1),
  }),
  z.strictObject({ kind: z.literal("survey") }),
]);

const partSchema = z.strictObject({ ...wordsSchema.shape, people: z.boolean().optional() });

const shape = {
  code: slugSchema,
  name: wordsSchema,
  /** What is counted and what is not. */
  definition: wordsSchema,
  domain: slugSchema,
  unit: wordsSchema,
  decimals: z.int().min(0).max(4),
  /** `ratio` = numerator / denominator x per; `count` adds up over areas; `stated` is given for each area and adds up over none. */
  form: z.enum(["ratio", "count", "stated"]),
  numerator: partSchema.optional(),
  denominator: partSchema.optional(),
  per: z.number().positive().optional(),
  direction: z.enum(["up", "down"]),
  period: z.enum(["year", "month"]),
  /** The smallest areas that it is kept for. */
  lowest: z.enum(["nation", "province", "city", "county", "town"]),
  by: z.array(z.enum(["area", "settlement", "hukou", "age", "sex", "disability"])),
  lead: z.array(slugSchema).min(1),
  origin: originSchema,
  /** `wilson`: the numerator is a count out of the denominator and comes from a sample or may be read as one. */
  interval: z.enum(["wilson", "none"]),
  /** Cells that tell of fewer people than this are suppressed; needs a numerator or denominator of people. */
  smallest: z.int().min(2).optional(),
  items: z.array(itemCodeSchema).optional(),
  targets: z.array(targetSchema),
  published: z.array(publishedSchema).optional(),
  ...statementShape,
  note: noteSchema.optional(),
};

/** An indicator as it is written where it is defined. */
export const indicatorSchema = z.strictObject(shape);
export type Indicator = z.infer<typeof indicatorSchema>;

/** What a child list adds to an indicator of its parent: targets and published figures of its own area, other lead units. */
const additionSchema = z.strictObject({
  adds: slugSchema,
  lead: z.array(slugSchema).min(1).optional(),
  targets: z.array(targetSchema).optional(),
  published: z.array(publishedSchema).optional(),
});
export type IndicatorAddition = z.infer<typeof additionSchema>;

export const indicatorEntrySchema = z.union([additionSchema, indicatorSchema]);
export type IndicatorEntry = z.infer<typeof indicatorEntrySchema>;

/** A plan that sets targets. */
export const planSchema = z.strictObject({
  code: slugSchema,
  name: wordsSchema,
  area: areaCodeSchema,
  /** Years of base and target. */
  base: yearSchema,
  until: yearSchema,
  /** How many indicators its table has. */
  indicators: z.int().min(1).optional(),
  ...statementShape,
  note: noteSchema.optional(),
});
export type Plan = z.infer<typeof planSchema>;

const weightSchema = z.number().min(0);

/** An index: tree, weights and method are data. */
export const indexSchema = z.strictObject({
  code: slugSchema,
  name: wordsSchema,
  /** What it says and what it does not. */
  definition: wordsSchema,
  /** The level of the areas that are compared. */
  units: z.enum(["province", "city", "county", "town"]),
  /** The indicator whose denominator counts the residents that an area weighs. */
  people: slugSchema,
  groups: z
    .array(
      z.strictObject({
        domain: slugSchema,
        weight: weightSchema,
        indicators: z
          .array(
            z.strictObject({
              indicator: slugSchema,
              weight: weightSchema,
              /** Value that scores 0 and value that scores 100, fixed over all years. */
              worst: z.number(),
              best: z.number(),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
  aggregate: z.enum(["arithmetic", "geometric"]),
  /** Share of the weights that must be there for a score. */
  present: z.number().gt(0).max(1),
  /** Of the rank intervals: each weight moves by up to +-spread of itself, in so many draws from this seed. */
  uncertainty: z.strictObject({
    spread: z.number().gt(0).max(1),
    draws: z.int().min(20).max(10_000),
    seed: z.int(),
    /** What else could have been chosen, and is drawn beside the weights when the index is put to the test. */
    choices: z
      .strictObject({
        aggregate: z
          .array(z.enum(["arithmetic", "geometric", "harmonic"]))
          .min(2)
          .optional(),
        normalise: z
          .array(z.enum(["goalposts", "min-max", "percentile-rank"]))
          .min(2)
          .optional(),
        /** Whether each domain may be left out. */
        dropDomain: z.literal(true).optional(),
      })
      .optional(),
  }),
  ...statementShape,
  note: noteSchema.optional(),
});
export type IndexDefinition = z.infer<typeof indexSchema>;

/** A rule that raises an alarm. */
export const warningSchema = z.strictObject({
  code: slugSchema,
  name: wordsSchema,
  indicator: slugSchema,
  detector: z.discriminatedUnion("kind", [
    /** EARS on the monthly count: C1, C2 or C3 with a baseline of so many months. */
    z.strictObject({
      kind: z.literal("ears"),
      method: z.enum(["C1", "C2", "C3"]),
      baseline: z.int().min(3),
      /** One-sided chance of a false alarm a month. */
      alpha: z.number().gt(0).lt(0.5),
      minimumDeviation: z.number().min(0),
    }),
    z.strictObject({ kind: z.literal("cusum"), slack: z.number().positive(), threshold: z.number().positive() }),
    /** Farrington on the monthly count: the same season of so many past years, so many months on each side of it. */
    z.strictObject({
      kind: z.literal("farrington"),
      years: z.int().min(3).max(10),
      window: z.int().min(0).max(5),
      /** Chance of a false alarm a month, two-sided. */
      alpha: z.number().gt(0).lt(0.5),
    }),
    /** Poisson GLR on the monthly count: likelihood ratio of a rise over the season, which has so many waves a year. */
    z.strictObject({
      kind: z.literal("glr"),
      threshold: z.number().positive(),
      harmonics: z.int().min(1).max(3),
    }),
    /** An area's share is worse than the average of all by more than three standard deviations (99.8 %). */
    z.strictObject({ kind: z.literal("funnel") }),
    /** An area's yearly value is worse than the median of all by more than so many robust standard deviations. */
    z.strictObject({ kind: z.literal("modified-z"), limit: z.number().positive() }),
  ]),
  /** Alarms a year and area that the rule may cost on history; whether it keeps to them is told. */
  budget: z.number().min(0).optional(),
  /** Only tried: its cost on history is told, and it raises no alarm. */
  trial: z.literal(true).optional(),
  /** Days within which somebody has to answer. */
  days: z.int().min(1),
  ...statementShape,
  note: noteSchema.optional(),
});
export type WarningRule = z.infer<typeof warningSchema>;

/** The kinds of files in the folder `indicators` of a list; every other name is a list of indicators. */
export const CATALOGUE_FILES = {
  sources: sourceSchema,
  plans: planSchema,
  indexes: indexSchema,
  warnings: warningSchema,
  indicators: indicatorEntrySchema,
} as const;
export type CatalogueKind = keyof typeof CATALOGUE_FILES;
