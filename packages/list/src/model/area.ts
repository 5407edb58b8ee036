import * as z from "zod";
import { calendarDateSchema } from "./calendar-date.ts";
import { areaCodeSchema } from "./code.ts";
import { noteSchema, textSchema } from "./words.ts";

const areaLevelSchema = z.enum(["nation", "province", "city", "county", "town"]);
export type AreaLevel = z.infer<typeof areaLevelSchema>;

/** A node of the tree of areas, from `from` (included) until `until` (not included). */
export const areaSchema = z.strictObject({
  code: areaCodeSchema,
  parent: areaCodeSchema.optional(),
  zh: textSchema,
  en: textSchema,
  level: areaLevelSchema,
  kind: z.enum(["urban", "county"]).optional(),
  payerTier: z.int().min(1).max(5).optional(),
  from: calendarDateSchema.optional(),
  until: calendarDateSchema.optional(),
  note: noteSchema.optional(),
});
export type Area = z.infer<typeof areaSchema>;
