import * as z from "zod";
import { calendarDateSchema } from "./calendar-date.ts";
import { areaCodeSchema, itemCodeSchema } from "./code.ts";
import { textSchema } from "./words.ts";

const factSchema = z.union([z.string(), z.number(), z.boolean()]);

const factsSchema = z.strictObject({
  persons: z.record(z.string(), z.record(z.string(), factSchema)),
  households: z.record(z.string(), z.object({ members: z.array(z.string()) }).catchall(factSchema)),
  subject: z.string(),
});

const expectedSchema = z.strictObject({
  /** `absent`: the item is not in force on the day. */
  outcome: z.enum(["not", "entitled", "undetermined", "absent"]),
  /** Fen per period. */
  fen: z.int().nonnegative().optional(),
  per: z.string().optional(),
  /** Code of a condition, of a table row, or a common reason such as `parameter-missing`. */
  reason: z.string().optional(),
});
export type GoldenAnswer = z.infer<typeof expectedSchema>;

/** A person or household worked by hand from published facts, beside the list whose rules must agree. */
export const goldenCaseSchema = z.strictObject({
  name: textSchema,
  area: areaCodeSchema,
  date: calendarDateSchema,
  knownOn: calendarDateSchema.optional(),
  facts: factsSchema,
  expect: z.record(itemCodeSchema, expectedSchema),
  /** The published fact and the arithmetic. */
  why: textSchema,
  source: z.array(z.string()),
});
export type GoldenCase = z.infer<typeof goldenCaseSchema>;
