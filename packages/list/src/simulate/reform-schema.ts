import * as z from "zod";
import { calendarDateSchema } from "../model/calendar-date.ts";
import { areaCodeSchema, camelSchema, itemCodeSchema, slugSchema, valueCodeSchema } from "../model/code.ts";
import { textSchema, wordsSchema } from "../model/words.ts";

const parameterChangeSchema = z.strictObject({
  parameter: camelSchema,
  area: areaCodeSchema.optional(),
  key: z.array(valueCodeSchema).optional(),
  from: calendarDateSchema.optional(),
  change: z.union([
    z.strictObject({ value: z.union([z.number(), textSchema]) }),
    z.strictObject({ factor: z.number().nonnegative() }),
  ]),
});

const ruleChangeSchema = z.strictObject({
  item: itemCodeSchema,
  conditions: z.record(slugSchema, textSchema.nullable()).optional(),
  define: z.record(camelSchema, textSchema).optional(),
  amount: textSchema.optional(),
  parts: z.record(slugSchema, textSchema).optional(),
  rows: z.record(slugSchema, textSchema).optional(),
});

/** A reform as a file or a request writes it; a whole new item comes from a list, not from here. */
export const reformSchema = z.strictObject({
  code: slugSchema,
  name: wordsSchema,
  parameters: z.array(parameterChangeSchema).optional(),
  items: z
    .array(z.union([z.strictObject({ end: itemCodeSchema }), z.strictObject({ change: ruleChangeSchema })]))
    .optional(),
  date: calendarDateSchema.optional(),
});
