import * as z from "zod";
import { form } from "./form.ts";

const PATTERN = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text `YYYY-MM-DD` names a day of the Gregorian calendar. */
export function isCalendarDate(text: string): boolean {
  if (!PATTERN.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** A day, written `YYYY-MM-DD`: texts in this form compare in the order of time. */
export const calendarDateSchema = z
  .string()
  .regex(PATTERN, form("日期写作 2025-07-01", "a date is written 2025-07-01"))
  .refine((text) => !PATTERN.test(text) || isCalendarDate(text), { params: { finding: "LIST-IMPOSSIBLE-DATE" } });
