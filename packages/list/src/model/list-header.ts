import * as z from "zod";
import { calendarDateSchema } from "./calendar-date.ts";
import { areaCodeSchema, slugSchema } from "./code.ts";
import { statementShape } from "./mark.ts";
import { statusSchema } from "./status.ts";
import { noteSchema, textSchema, wordsSchema } from "./words.ts";

/** A version of the text of a list; numbers change while the text stands. */
const listVersionSchema = z.strictObject({
  version: textSchema,
  from: calendarDateSchema,
  until: calendarDateSchema.optional(),
  status: statusSchema,
  document: textSchema.optional(),
  items: z.int().positive().optional(),
  ...statementShape,
  note: noteSchema.optional(),
});

const domainSchema = z.strictObject({
  code: slugSchema,
  zh: textSchema,
  en: textSchema,
  categories: z.array(z.strictObject({ code: slugSchema, number: z.int().positive(), zh: textSchema, en: textSchema })),
});
export type Domain = z.infer<typeof domainSchema>;

/** The file `list.yaml`: what the list is. */
export const listHeaderSchema = z.strictObject({
  code: areaCodeSchema,
  area: areaCodeSchema,
  parent: textSchema.optional(),
  name: wordsSchema,
  versions: z.array(listVersionSchema).min(1),
  domains: z.array(domainSchema).optional(),
  note: noteSchema.optional(),
});
export type ListHeader = z.infer<typeof listHeaderSchema>;
