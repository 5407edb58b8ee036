import { form } from "@qingdan/list";
import { z } from "zod";
import { ageGroupCodes, named, point, words } from "./model.ts";
import { threadRun } from "./thread-run-model.ts";

/** What the planning mix asks and answers, as schemas. Money is whole fen, floor m2. */

const fen = z.int().nonnegative();
const fenPerM2 = fen.max(1_000_000_00);

export const planningAims = ["people", "worst-street", "tail", "worst-first", "gini"] as const;
export const deeds = ["extend", "convert", "close", "build"] as const;

const years = z
  .array(
    z.object({ year: z.int().min(2000).max(2100), budgetFen: fen.nullable().describe("null: money does not bind") }),
  )
  .min(1)
  .max(5)
  .refine(
    (all) => all.every(({ year }, n) => n === 0 || year > all[n - 1]!.year),
    form("年份由早到晚", "years in ascending order"),
  );

const peopleOfPlace = z.int().positive().max(1_000_000).nullable().default(null);

const branch = z
  .object({ kind: z.string(), main: z.string(), withinMetres: z.int().min(0).max(20_000) })
  .describe(
    "A place of one kind that the plan makes or changes needs a place of the main kind within some walking metres",
  );

const together = z
  .object({
    atLeast: z.int().min(2).max(4).describe("Kinds under one roof"),
    core: z.array(z.string()).max(4),
    coreAtLeast: z.int().min(0).max(4).describe("Of them so many of the core kinds"),
    floorM2: z.int().min(0).max(20_000).describe("Least floor of the whole building, m2"),
  })
  .describe("A place that the plan builds or converts holds several of the kinds under one roof");

const planningFields = z.object({
  standard: z.string().default("gb-50180-2018"),
  kinds: z.array(z.string()).min(1).max(4),
  area: z.string().describe("Code of a district or street office"),
  years: years.describe("Budgets hold what deeds cost and what all places of these kinds cost to run"),
  carryOver: z.boolean().default(true).describe("Money that a year leaves over is there in the next"),
  newFloorM2: z.int().positive().nullable().default(null).describe("Most floor that the plan may add"),
  floorM2: z.int().min(10).max(20_000).default(500).describe("Floor of a new place where the standard asks for none"),
  m2PerThousand: z.int().positive().nullable().default(null).describe("null: no place is ever full"),
  leastPeople: peopleOfPlace.describe(
    "A place that the plan makes or changes serves at least as many; null: any number",
  ),
  mostPeople: peopleOfPlace.describe("No place serves more; null: any number"),
  branch: branch.nullable().default(null),
  together: together.nullable().default(null),
  costs: z.object({
    buildFenPerM2: fenPerM2.default(600_000),
    convertFenPerM2: fenPerM2.default(200_000),
    extendFenPerM2: fenPerM2.default(400_000),
    yearlyFenPerM2: fenPerM2.default(30_000),
  }),
  mayClose: z.boolean().default(false),
  noneLoses: z.boolean().default(true).describe("Nobody within reach of a place today may be left without one"),
  aim: z
    .enum(planningAims)
    .default("people")
    .describe(
      "Most people served; or of the shares served of each street and kind in the last year: the smallest largest, the mean of the worst-off people's largest, the smallest largest and then the next, or all most alike (least Gini coefficient). Then most people, then least money",
    ),
  tailShare: z
    .number()
    .min(0.01)
    .max(1)
    .optional()
    .describe("For tail: share of people who are the worst off; a tenth unless given"),
  leastShare: z
    .number()
    .min(0.01)
    .max(1)
    .optional()
    .describe(
      "Least share of people served of each kind in the last year; belongs to gini, since all may be alike by few being served",
    ),
  front: z
    .boolean()
    .default(false)
    .describe("The front of money and the aim in place of one plan; not for worst-first, which is no one figure"),
  newSites: z.int().min(0).max(60).default(12).describe("Blocks considered for a new building"),
  seconds: z.int().min(1).max(120).default(20),
});

export const planningBody = planningFields
  .refine(({ leastPeople, mostPeople }) => (leastPeople ?? 0) <= (mostPeople ?? Number.POSITIVE_INFINITY), {
    error: form("“leastPeople”不大于“mostPeople”", "leastPeople is not more than mostPeople"),
    path: ["leastPeople"],
  })
  .refine(({ front, aim }) => !front || aim !== "worst-first", {
    error: form("最优前沿的目标应是一个数，不能是“worst-first”", "the aim of a front is one figure, not worst-first"),
    path: ["aim"],
  })
  .refine(({ kinds, branch }) => !branch || (kinds.includes(branch.kind) && kinds.includes(branch.main)), {
    error: form("“branch”和“main”都在“kinds”之中", "branch and main are two of the kinds"),
    path: ["branch"],
  })
  .refine(({ branch }) => branch?.kind !== branch?.main || !branch, {
    error: form("一类设施的上级应是另一类", "a kind cannot be its own main"),
    path: ["branch", "main"],
  })
  .refine(({ kinds, together }) => !together || together.atLeast <= kinds.length, {
    error: form("“together”要求的类别不多于“kinds”", "together asks for no more kinds than are planned"),
    path: ["together", "atLeast"],
  })
  .refine(({ kinds, together }) => !together || together.core.every((kind) => kinds.includes(kind)), {
    error: form("核心类别都在“kinds”之中", "core kinds are some of the kinds"),
    path: ["together", "core"],
  })
  .refine(({ together }) => !together || together.coreAtLeast <= new Set(together.core).size, {
    error: form("“coreAtLeast”不大于核心类别数", "coreAtLeast is not more than there are core kinds"),
    path: ["together", "coreAtLeast"],
  });

const status = z.enum(["optimal", "feasible", "infeasible", "unknown"]);
const aimed = z.object({
  aim: z.enum(["people", "cost", "worst-street", "tail", "worst-first", "gini"]),
  value: z.number().nullable().describe("People summed over kinds and years, fen, a share, or the Gini coefficient"),
  bound: z.number().nullable(),
  status,
  steps: z
    .array(z.object({ value: z.number().nullable(), bound: z.number().nullable() }))
    .optional()
    .describe("For worst-first: the smallest share, the next smallest and so on, each with its bound"),
});
const reached = z.object({ kind: named, group: z.enum(ageGroupCodes), people: z.int(), served: z.int() });
const deed = z.object({
  site: z.string(),
  name: words,
  street: named,
  point,
  deed: z.enum(deeds),
  kinds: z.array(named).describe("What stands there afterwards"),
  costFen: fen,
  people: z
    .int()
    .describe("People who have no such place within reach today and would have this one, summed over kinds"),
});
const plannedYears = z.array(
  z.object({
    year: z.int(),
    budgetFen: fen.nullable(),
    spentFen: fen,
    deeds: z.array(deed),
    served: z.array(reached),
  }),
);
const mixFront = z
  .object({
    status,
    isWhole: z
      .boolean()
      .describe("Proved: there is no other plan of which the aim cannot be bettered without more money"),
    points: z.array(
      z.object({
        costFen: fen.describe("Over all years, running costs included"),
        value: z.number().describe("Of the aim"),
        bound: z.number().describe("No plan of so much money betters it"),
        gap: z.number(),
        status,
        isCheapest: z.boolean().describe("Proved: no cheaper plan has this value"),
        kept: z.int(),
        years: plannedYears,
      }),
    ),
  })
  .describe("Plans of money and the aim, cheapest first; the last one stands as the run's plan");
const planningPlan = z.object({
  status,
  value: z.number().nullable(),
  bound: z.number().nullable(),
  gap: z.number().nullable(),
  seconds: z.number(),
  aims: z.array(aimed),
  considered: z.object({
    blocks: z.int(),
    today: z.int(),
    vacant: z.int(),
    fresh: z.int(),
    freshOf: z.int(),
    floorUnknown: z
      .int()
      .describe("Places of today whose floor is not known: their running costs are not counted, they stay"),
    vacantFloorUnknown: z.int().describe("Vacant premises that are left out, because their floor is not known"),
  }),
  kept: z.int().describe("Places of today that the plan leaves as they are"),
  today: z.array(reached).describe("Within reach today, full or not"),
  years: plannedYears,
  front: mixFront.optional(),
  unserved: z.array(
    z.object({ kind: named, people: z.int(), byReason: z.array(z.object({ why: z.string(), people: z.int() })) }),
  ),
});
export const planningRun = threadRun.extend({
  request: planningBody,
  kinds: z.array(named),
  area: named,
  plan: planningPlan.nullable(),
});

export type PlanningBody = z.infer<typeof planningBody>;
export type PlanningRun = z.infer<typeof planningRun>;
export type PlanningPlan = z.infer<typeof planningPlan>;
