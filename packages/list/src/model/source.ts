import * as z from "zod";
import { calendarDateSchema } from "./calendar-date.ts";
import { valueCodeSchema } from "./code.ts";
import { form } from "./form.ts";
import { markSchema } from "./mark.ts";
import { noteSchema, textSchema } from "./words.ts";

/** A document or page that facts were read in. */
export const sourceSchema = z.strictObject({
  code: valueCodeSchema,
  title: textSchema,
  kind: z.enum(["law", "regulation", "notice", "page", "list"]),
  document: textSchema.optional(),
  issuer: textSchema.optional(),
  date: calendarDateSchema.optional(),
  url: z.url(form("完整的网址", "a complete web address")).optional(),
  mark: markSchema.optional(),
  /** The first day on which the document is no longer in force. */
  until: calendarDateSchema.optional(),
  /** Code of the document that took its place. */
  replacedBy: valueCodeSchema.optional(),
  note: noteSchema.optional(),
});
export type Source = z.infer<typeof sourceSchema>;
