import * as z from "zod";
import { slugSchema } from "./code.ts";
import { statementShape } from "./mark.ts";
import { yuanSchema } from "./money.ts";
import { noteSchema, textSchema } from "./words.ts";

const payerLevelSchema = z.enum(["central", "province", "city", "county", "town", "unit", "person"]);
export type PayerLevel = z.infer<typeof payerLevelSchema>;

const percentSchema = z.number().min(0).max(100).multipleOf(0.01);

/** One share of a ratio: a payer, or a split of its own, and its percentage of the whole. */
export type Share = { payer: PayerLevel; percent: number } | { split: Split; percent: number };
/** How a payment is divided between payers. */
export type Split =
  | { kind: "all"; payer: PayerLevel }
  | { kind: "fund"; fund: string }
  | { kind: "ratio"; shares: Share[] }
  | { kind: "ratio-by-tier"; payer: PayerLevel; percentByTier: Record<1 | 2 | 3 | 4 | 5, number>; rest: Split }
  | { kind: "fixed"; payer: PayerLevel; amount: number; per: "household" | "person"; rest: Split }
  | { kind: "unstated"; among?: PayerLevel[]; method?: "by-affiliation" | "by-factor" | "by-item" };

const splitSchema: z.ZodType<Split> = z.lazy(() =>
  z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("all"), payer: payerLevelSchema }),
    z.strictObject({ kind: z.literal("fund"), fund: slugSchema }),
    z.strictObject({ kind: z.literal("ratio"), shares: z.array(shareSchema).min(2) }),
    z.strictObject({
      kind: z.literal("ratio-by-tier"),
      payer: payerLevelSchema,
      percentByTier: z.strictObject({
        1: percentSchema,
        2: percentSchema,
        3: percentSchema,
        4: percentSchema,
        5: percentSchema,
      }),
      rest: splitSchema,
    }),
    z.strictObject({
      kind: z.literal("fixed"),
      payer: payerLevelSchema,
      amount: yuanSchema.positive(),
      per: z.enum(["household", "person"]),
      rest: splitSchema,
    }),
    z.strictObject({
      kind: z.literal("unstated"),
      among: z.array(payerLevelSchema).min(1).optional(),
      method: z.enum(["by-affiliation", "by-factor", "by-item"]).optional(),
    }),
  ]),
);

const shareSchema: z.ZodType<Share> = z.union([
  z.strictObject({ payer: payerLevelSchema, percent: percentSchema }),
  z.strictObject({ split: splitSchema, percent: percentSchema }),
]);

/** A payer split with a name, used by items. */
export const payerSchema = z.strictObject({
  code: slugSchema,
  zh: textSchema,
  en: textSchema,
  split: splitSchema,
  ...statementShape,
  note: noteSchema.optional(),
});
export type Payer = z.infer<typeof payerSchema>;
