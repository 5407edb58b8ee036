import { z } from "zod";

/** What the comparison API takes and answers, as schemas. */

const words = z.object({ zh: z.string(), en: z.string() });
const side = z
  .string()
  .max(80)
  .describe(
    "A list, `cn-31`, or a published version of it, `cn-31@2026.1`; `cn-31@folder` is the list as installed, `cn-31@proposal:ID` as a proposal would make it",
  );

export const compareQuery = z.object({
  left: side,
  right: side,
  leftArea: z.string().max(20).optional().describe("Whose values in force are compared; default: the list's area"),
  rightArea: z.string().max(20).optional(),
  date: z.iso.date().optional().describe("Default: the day of the newest run"),
});

export const comparePageQuery = compareQuery.extend({
  only: z.enum(["all", "different", "executable"]).default("all").describe("Which matches"),
  page: z.coerce.number().int().min(1).default(1),
  size: z.coerce.number().int().min(1).max(100).default(20),
});

const comparedItem = z.object({ code: z.string(), list: z.string(), name: words, executable: z.boolean() });
const comparedSide = z.object({ list: z.string(), name: words, area: z.string(), date: z.iso.date() });

export const comparisonPage = z.object({
  left: comparedSide,
  right: comparedSide,
  total: z.int(),
  page: z.int(),
  size: z.int(),
  different: z.int().describe("Matches that say something differently"),
  matches: z.array(
    z.object({
      by: z.enum(["code", "refines", "name"]),
      left: z.array(comparedItem),
      right: z.array(comparedItem),
      differences: z.array(
        z.object({
          element: z.string(),
          code: z.string().nullable(),
          left: words.nullable(),
          right: words.nullable(),
          words: words.describe("One sentence"),
          marks: z.array(z.string().nullable()),
          distance: z.number().nullable(),
        }),
      ),
    }),
  ),
  onlyLeft: z.array(comparedItem),
  onlyRight: z.array(comparedItem),
});

export type CompareQuery = z.infer<typeof compareQuery>;
export type ComparePageQuery = z.infer<typeof comparePageQuery>;
export type ComparisonPage = z.infer<typeof comparisonPage>;
