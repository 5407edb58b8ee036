import * as z from "zod";
import { calendarDateSchema } from "./calendar-date.ts";
import { camelSchema, itemCodeSchema, slugSchema } from "./code.ts";
import { markSchema, statementShape } from "./mark.ts";
import { basisSchema, writtenRuleSchema } from "./rule.ts";
import { statusSchema } from "./status.ts";
import { noteSchema, textSchema, wordsSchema } from "./words.ts";

const statementSchema = z.strictObject({
  zh: textSchema,
  en: textSchema,
  ...statementShape,
  note: noteSchema.optional(),
});

const relationSchema = z.enum(["same", "above", "wider", "split", "merged"]);

/**
 * A way to apply: at the counter, handed to the village committee, web, app, terminal, by post, staff come to the
 * home, without application, deducted at the point of service, passed on by the hotline.
 */
const channelSchema = z.enum([
  "counter",
  "village",
  "web",
  "app",
  "kiosk",
  "post",
  "visit",
  "auto",
  "point",
  "hotline",
]);

const guideSchema = z.strictObject({
  channels: z.array(channelSchema).optional(),
  receivingUnit: wordsSchema.optional(),
  firstMonth: z
    .enum(["application-month", "eligible-month", "month-after-decision", "month-after-age", "event-date"])
    .optional(),
  visits: z.int().min(0).optional(),
  mark: markSchema.optional(),
  source: z.array(z.string()).optional(),
  note: noteSchema.optional(),
});

/** One entry of the list as it is written: the five elements, the basis, the guide and, if executable, the rule. */
export const writtenItemSchema = z.strictObject({
  code: itemCodeSchema,
  name: wordsSchema,
  domain: slugSchema,
  category: slugSchema,
  refines: z.array(z.strictObject({ item: itemCodeSchema, relation: relationSchema })).optional(),
  lifeStages: z.array(slugSchema).min(1),
  status: statusSchema,
  effective: z.strictObject({ from: calendarDateSchema, until: calendarDateSchema.optional() }),
  aliases: z.array(textSchema).optional(),
  object: statementSchema,
  content: statementSchema,
  /** Parameters whose numbers the entry states beside those that its rule reads. */
  parameters: z.array(camelSchema).min(1).optional(),
  standard: statementSchema.extend({ kind: z.enum(["amount", "quantity", "frequency", "reference"]) }),
  payer: statementSchema.extend({ split: slugSchema }),
  lead: z.strictObject({ units: z.array(slugSchema).min(1), ...statementShape, note: noteSchema.optional() }),
  basis: z.array(basisSchema),
  guide: guideSchema.optional(),
  interactions: z
    .array(
      z.strictObject({
        item: itemCodeSchema,
        kind: z.enum(["together", "exclusive", "higher", "offset"]),
        ...statementShape,
        note: noteSchema.optional(),
      }),
    )
    .optional(),
  places: z
    .array(
      z.strictObject({
        kind: wordsSchema,
        minutes: z.int().positive().optional(),
        mode: z.enum(["walk", "drive"]).optional(),
      }),
    )
    .optional(),
  notes: z.array(statementSchema).optional(),
  rule: writtenRuleSchema.optional(),
});
export type WrittenItem = z.infer<typeof writtenItemSchema>;
