import { z } from "zod";

const code = z.string().min(1).max(120);
const words = z.object({ zh: z.string(), en: z.string() });

export const unreachableReasons = ["no-account", "has-case"] as const;

export const campaignRequest = z.strictObject({
  run: code,
  item: code,
  /** Calendar days in which people can decline or object. */
  objectionDays: z.int().min(1).max(90).default(15),
  /** One in so many is looked at by a person before it is paid; 0 is none. */
  sample: z.int().min(0).max(10_000).default(50),
});

export const campaignPage = z.object({
  id: z.string(),
  run: z.string(),
  list: z.string(),
  item: z.object({ code: z.string(), name: words }),
  area: z.string(),
  objectionUntil: z.iso.date(),
  sample: z.int(),
  madeBy: z.string(),
  madeAt: z.iso.datetime(),
  /** offering → objection → released: the last once nobody is left in the objection period. */
  state: z.enum(["offering", "objection", "released"]),
  /** Everybody whom the run found: offered + sampled + unreachable. */
  found: z.int(),
  offered: z.int(),
  sampled: z.int(),
  unreachable: z.array(z.object({ reason: z.enum(unreachableReasons), persons: z.int() })),
  fen: z.int(),
  /** Of those offered or sampled, where their cases stand now; they sum to `offered + sampled`. */
  cases: z.array(z.object({ stage: z.string(), cases: z.int() })),
  released: z.int(),
  counted: z.boolean(),
});
export type CampaignPage = z.infer<typeof campaignPage>;

export const unreachablePage = z.object({
  persons: z.array(z.object({ person: z.string(), reason: z.enum(unreachableReasons) })),
  after: z.string().nullable(),
});
