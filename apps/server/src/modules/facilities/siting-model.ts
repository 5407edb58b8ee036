import { form } from "@qingdan/list";
import { z } from "zod";
import { ageGroupCodes, named, point, words } from "./model.ts";
import { threadRun } from "./thread-run-model.ts";

/** Siting: the best places for new facilities of one kind. Distances are walking metres on streets. */

export const sitingModels = ["cover", "median", "center", "tail", "worst-first", "gini", "front"] as const;
const fenPerM2 = z.int().positive().max(1_000_000_00);
const frontCosts = z
  .object({
    budgetFen: z.int().positive().max(1_000_000_000_00).describe("Most money that a plan of the front may cost"),
    floorM2: z.int().min(10).max(20_000).default(500).describe("Floor of a new place where the standard asks for none"),
    buildFenPerM2: fenPerM2.default(600_000),
    convertFenPerM2: fenPerM2.default(200_000),
  })
  .describe("For front: money in place of the number of places; a block is built in, vacant premises are converted");

const sitingFields = z.object({
  standard: z.string().default("gb-50180-2018"),
  kind: z.string(),
  model: z
    .enum(sitingModels)
    .default("cover")
    .describe(
      "Most people newly covered, least walking in all, shortest longest way; shortest ways of the worst-off share, the worst off first, ways most alike between streets (blocks within one); or the front of number (or, with costs, money), coverage and the worst-off",
    ),
  tailShare: z
    .number()
    .min(0.01)
    .max(1)
    .optional()
    .describe("Share of people who are the worst off; a tenth unless given"),
  meanAtMost: z.int().min(1).max(20_000).optional().describe("For gini: most metres that the mean way may be"),
  sites: z.int().min(1).max(50).default(5),
  area: z.string().optional().describe("Code of a district or street office; the whole city unless given"),
  costs: frontCosts.optional(),
  candidates: z
    .enum(["vacant", "blocks", "both"])
    .default("blocks")
    .describe("Vacant public premises, any block, or both"),
  seconds: z.int().min(1).max(120).default(20),
});
export const sitingBody = sitingFields.refine(({ model, costs }) => !costs || model === "front", {
  error: form("只有最优前沿才用“costs”", "only the front takes costs"),
  path: ["costs"],
});

const gain = z.object({
  requirement: z.string(),
  label: words,
  clause: z.string(),
  group: z.enum(ageGroupCodes),
  street: named,
  people: z.int(),
});
const status = z.enum(["optimal", "feasible", "infeasible", "unknown"]);
const frontPoint = z.object({
  count: z.int().describe("How many new places"),
  costFen: z.int().nullable().optional().describe("What they cost; null: the front counts places"),
  covered: z.int().describe("People within the limit, those of today included"),
  tail: z.number().describe("Mean metres of the worst-off share"),
  bound: z.int().describe("Most people that so many places, or so much money, can cover with the worst-off no farther"),
  gap: z.number(),
  status,
  seconds: z.number(),
  sites: z.array(z.object({ code: z.string(), name: words, street: named, point })),
});
const sitingPlan = z.object({
  status,
  value: z.number().nullable().describe("People newly covered, person-metres, metres, or a Gini coefficient, by model"),
  bound: z.number().nullable().describe("Holds for the candidates that were considered"),
  gap: z.number().nullable(),
  seconds: z.number(),
  clients: z.int(),
  candidates: z.object({ considered: z.int(), of: z.int() }),
  index: z.object({ before: z.number().nullable(), after: z.number().nullable() }),
  covered: z.object({ before: z.int(), after: z.int(), of: z.int() }),
  sites: z.array(
    z.object({
      code: z.string(),
      name: words,
      street: named,
      point,
      clauses: z.array(z.string()),
      gains: z.array(gain),
      people: z.int(),
      runnerUp: z.object({ name: words, loses: z.int() }).nullable(),
    }),
  ),
  front: z
    .array(frontPoint)
    .optional()
    .describe(
      "Plans of which neither number (or money) nor coverage nor the worst-off can be bettered without loss of another",
    ),
  uncovered: z.object({
    people: z.int(),
    byReason: z.array(z.object({ why: z.string(), blocks: z.int(), people: z.int() })),
    largest: z
      .array(
        z.object({
          block: named,
          street: named,
          people: z.int(),
          why: z.string(),
          metres: z.int().nullable().describe("To the nearest place after the plan; null: none can be reached"),
          candidateMetres: z.int().nullable().describe("To the candidate that comes nearest to covering it"),
        }),
      )
      .optional()
      .describe("What keeps each block from being covered: the 100 with most people; absent in runs from before"),
  }),
});
export const sitingRun = threadRun.extend({
  request: sitingBody,
  kind: named,
  area: named.nullable(),
  plan: sitingPlan.nullable(),
});

export type SitingBody = z.infer<typeof sitingBody>;
export type SitingRun = z.infer<typeof sitingRun>;
export type SitingPlan = z.infer<typeof sitingPlan>;
