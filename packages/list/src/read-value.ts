import type * as z from "zod";
import { issueWords } from "./issue-words.ts";
import type { Words } from "./model/words.ts";

/** What is wrong with one part of a value. */
export interface Fault {
  /** Keys from the whole to the part. */
  readonly path: readonly PropertyKey[];
  /** What would be right. */
  readonly words: Words;
}

export type ReadValue<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Reads a value by a schema, or tells all that is wrong with it in both languages. */
export function readValue<T>(schema: z.ZodType<T>, value: unknown): ReadValue<T> {
  const read = schema.safeParse(value, { reportInput: true, error: () => "" });
  if (read.success) return { ok: true, value: read.data };
  return { ok: false, faults: read.error.issues.map((issue) => ({ path: issue.path, words: issueWords(issue) })) };
}

/** Faults in one line: `place.part: what would be right`. */
export function faultLine(faults: readonly Fault[]): Words {
  const line = (language: "zh" | "en") =>
    faults.map(({ path, words }) => [path.join("."), words[language]].filter(Boolean).join(": ")).join("; ");
  return { zh: line("zh"), en: line("en") };
}
