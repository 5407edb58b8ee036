import * as z from "zod";
import { calendarDateSchema } from "./calendar-date.ts";
import { areaCodeSchema, camelSchema, valueCodeSchema } from "./code.ts";
import { measureSchema } from "./fact.ts";
import { statementShape } from "./mark.ts";
import { statusSchema } from "./status.ts";
import { noteSchema, textSchema, wordsSchema } from "./words.ts";

const parameterTypeSchema = z.enum(["money", "integer", "decimal", "ratio", "date"]);
export type ParameterType = z.infer<typeof parameterTypeSchema>;

/** A published value as it is written: money in yuan, a ratio as 0.3, null where the source has no value. */
const writtenValueSchema = z.strictObject({
  area: areaCodeSchema,
  key: z.array(valueCodeSchema).optional(),
  from: calendarDateSchema,
  until: calendarDateSchema.optional(),
  value: z.union([z.number(), z.string(), z.null()]),
  status: statusSchema.optional(),
  knownFrom: calendarDateSchema.optional(),
  supersedes: textSchema.optional(),
  document: textSchema.optional(),
  article: textSchema.optional(),
  ...statementShape,
  checked: calendarDateSchema.optional(),
  note: noteSchema.optional(),
});
export type WrittenValue = z.infer<typeof writtenValueSchema>;

/** `labels` are the words of its codes; not needed where an enumerated fact has all of them. */
const writtenKeySchema = z.strictObject({
  name: camelSchema,
  values: z.array(valueCodeSchema).min(1),
  labels: z.record(valueCodeSchema, wordsSchema).optional(),
});

/** A number with a history. A child list repeats the code and gives only values. */
export const writtenParameterSchema = z.strictObject({
  code: camelSchema,
  zh: textSchema.optional(),
  en: textSchema.optional(),
  type: parameterTypeSchema.optional(),
  unit: measureSchema.optional(),
  keys: z.array(writtenKeySchema).optional(),
  formula: textSchema.optional(),
  rounding: noteSchema.optional(),
  note: noteSchema.optional(),
  values: z.array(writtenValueSchema),
});
export type WrittenParameter = z.infer<typeof writtenParameterSchema>;
