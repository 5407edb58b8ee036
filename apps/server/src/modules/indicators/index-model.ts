import { z } from "zod";
import { named, paging, provenance, words } from "./model.ts";

/** What the index of equal services and its audit answer, as schemas. */

export const indexQuery = z.object({ year: z.coerce.number().int().optional(), ...paging });
const indexYear = z.object({
  year: z.int(),
  level: z.number().nullable(),
  equality: z.number().nullable().describe("1 - Gini"),
  adjusted: z.number().nullable().describe("Level x (1 - Atkinson)"),
});
const spread = z.object({ low: z.number(), high: z.number() }).nullable();
export const indexPage = z.object({
  index: named.extend({ definition: words, mark: z.string(), note: words.nullable() }),
  year: z.int(),
  hash: z.string().describe("SHA-256 over tree, weights, method and every cell that went in"),
  level: z.number().nullable(),
  equality: z.object({ oneMinusGini: z.number(), theilT: z.number(), variation: z.number() }).nullable(),
  adjusted: z.number().nullable(),
  intervals: z
    .object({ level: spread, equality: spread, adjusted: spread })
    .describe("5th and 95th percentile over the draws of weights"),
  reason: words.nullable(),
  years: z.array(indexYear),
  groups: z.array(
    named.extend({
      weight: z.number(),
      indicators: z.array(named.extend({ weight: z.number(), worst: z.number(), best: z.number() })),
    }),
  ),
  method: z.object({ aggregate: z.string(), present: z.number(), spread: z.number(), draws: z.int(), seed: z.int() }),
  notices: z.array(z.object({ code: z.string(), node: named.nullable(), units: z.int() })),
  total: z.int(),
  page: z.int(),
  size: z.int(),
  units: z.array(
    z.object({
      area: named,
      people: z.number().nullable(),
      score: z.number().nullable(),
      groups: z.array(z.number().nullable()),
      rank: z.object({ rank: z.number(), low: z.number(), high: z.number() }).nullable(),
    }),
  ),
  provenance,
});

const share = z.tuple([z.number(), z.number()]).describe("5th and 95th percentile over bootstrap resamples");
export const indexAudit = z.object({
  index: named,
  year: z.int(),
  hash: z.string(),
  reason: words.nullable(),
  draws: z.int(),
  samples: z.int(),
  seed: z.int(),
  meanRankShift: z.number().nullable(),
  choices: z.array(
    z.object({
      name: z.enum(["missing", "treat", "normalise", "aggregate", "schemes", "weights", "drop"]),
      options: z.int(),
      optionsThatMatter: z.int(),
      first: z.number(),
      firstInterval: share,
      total: z.number(),
      totalInterval: share,
    }),
  ),
  domains: z.array(
    named.extend({
      meanRankShift: z.number().nullable().describe("Of the ranks, when the domain is left out"),
      alpha: z.number().nullable().describe("Cronbach's alpha of its indicators"),
      effectiveWeight: z.number(),
      correlation: z.number().nullable().describe("With the index"),
      indicators: z.array(named.extend({ effectiveWeight: z.number(), correlation: z.number().nullable() })),
    }),
  ),
  total: z.int(),
  page: z.int(),
  size: z.int(),
  units: z.array(
    z.object({
      area: named,
      rank: z.number(),
      median: z.number(),
      low: z.number(),
      high: z.number(),
      ranked: z.int().describe("Draws in which the area had a score"),
      classes: z.array(z.number()).describe("Share of draws in each fifth of the ranks, the best first"),
    }),
  ),
});

export type IndexPage = z.infer<typeof indexPage>;
export type IndexAuditPage = z.infer<typeof indexAudit>;
