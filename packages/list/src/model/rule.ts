import * as z from "zod";
import { camelSchema, slugSchema } from "./code.ts";
import { textSchema } from "./words.ts";

/** A FEEL expression; a bare number or boolean is one too. */
const feelSchema = z.union([textSchema, z.number(), z.boolean()]);

/** The law behind a statement. */
export const basisSchema = z.strictObject({
  source: z.string(),
  article: textSchema.optional(),
  zh: textSchema.optional(),
  en: textSchema.optional(),
});
export type Basis = z.infer<typeof basisSchema>;

const basesSchema = z.union([basisSchema, z.array(basisSchema).min(1)]);

const conditionSchema = z.strictObject({
  code: slugSchema,
  test: feelSchema,
  zh: textSchema,
  en: textSchema,
  basis: basesSchema.optional(),
});

const partSchema = z.strictObject({
  code: slugSchema,
  zh: textSchema,
  en: textSchema,
  amount: feelSchema,
  split: slugSchema.optional(),
  basis: basesSchema.optional(),
});

const tableSchema = z.strictObject({
  hitPolicy: z.enum(["U", "A", "P", "F", "C"]),
  aggregation: z.enum(["SUM", "MIN", "MAX", "COUNT"]).optional(),
  inputs: z.array(z.strictObject({ expression: feelSchema, zh: textSchema, en: textSchema })).min(1),
  rules: z
    .array(
      z.strictObject({
        when: z.array(feelSchema),
        amount: feelSchema,
        code: slugSchema,
        zh: textSchema,
        en: textSchema,
        basis: basesSchema.optional(),
      }),
    )
    .min(1),
});

const frequencyPerSchema = z.enum([
  "day",
  "week",
  "month",
  "quarter",
  "half-year",
  "year",
  "two-years",
  "three-years",
  "semester",
  "pregnancy",
  "birth",
  "event",
  "once",
]);

const timesSchema = z.strictObject({
  times: z.int().positive(),
  per: frequencyPerSchema,
  zh: textSchema.optional(),
  en: textSchema.optional(),
});
/** How often a service is owed. */
export type Times = z.infer<typeof timesSchema>;

/** What makes an item executable: who is asked about, under which conditions, and how much is owed. */
export const writtenRuleSchema = z.strictObject({
  subject: z.enum(["person", "household"]),
  area: camelSchema,
  per: z.enum(["month", "year", "semester", "school-day", "day", "once", "none"]),
  timesPerYear: feelSchema.optional(),
  conditions: z.array(conditionSchema),
  define: z.record(camelSchema, feelSchema).optional(),
  amount: feelSchema.optional(),
  parts: z.array(partSchema).min(1).optional(),
  table: tableSchema.optional(),
  frequency: z.union([timesSchema, z.array(timesSchema).min(1)]).optional(),
});
export type WrittenRule = z.infer<typeof writtenRuleSchema>;
