import type { z } from "zod";
import { MeasureError } from "../errors.ts";

/** Reads a request (a design, a method, a rule) that somebody wrote as JSON. Refuses it with the place and reason of every fault. */
export function readRequest<T>(schema: z.ZodType<T>, given: unknown, name: string): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "."}: ${message}`).join("; ");
  throw new MeasureError("MEASURE-REQUEST", {
    zh: `${name} 写法有误：${faults}`,
    en: `${name} is not as it must be: ${faults}`,
  });
}
