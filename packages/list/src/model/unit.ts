import * as z from "zod";
import { calendarDateSchema } from "./calendar-date.ts";
import { areaCodeSchema, slugSchema } from "./code.ts";
import { textSchema } from "./words.ts";

/** A lead unit with the names it bore. */
export const unitSchema = z.strictObject({
  code: slugSchema,
  level: z.enum(["nation", "province", "city", "county"]),
  area: areaCodeSchema,
  names: z
    .array(
      z.strictObject({
        zh: textSchema,
        en: textSchema,
        from: calendarDateSchema.optional(),
        until: calendarDateSchema.optional(),
      }),
    )
    .min(1),
});
export type Unit = z.infer<typeof unitSchema>;
