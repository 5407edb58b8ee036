import * as z from "zod";
import { camelSchema, slugSchema, valueCodeSchema } from "./code.ts";
import { form } from "./form.ts";
import { noteSchema, textSchema } from "./words.ts";

const factTypeSchema = z.enum(["boolean", "integer", "decimal", "money", "date", "enum", "area", "text", "id"]);
export type FactType = z.infer<typeof factTypeSchema>;

/** `CNY/month`, `hour/week`, `1`: a unit or a quotient of units. */
export const measureSchema = z
  .string()
  .regex(
    /^(1|CNY|year|month|week|day|hour|m2|count)(\/(year|month|week|day|hour|m2|count))*$/,
    form("单位或单位的商，如 CNY/month", "a unit or a quotient of units, as CNY/month"),
  );

/** One value of an enum fact; its position among its fellows is how it is held in columns. */
const factValueSchema = z.strictObject({ code: valueCodeSchema, zh: textSchema, en: textSchema });

/** Where `when` (FEEL over other facts) is true, an unknown fact has this value: it need not be asked. */
const impliedSchema = z.strictObject({ when: textSchema, value: z.union([z.boolean(), z.number(), textSchema]) });

/** A typed attribute of a person or of a household. */
export const factSchema = z.strictObject({
  name: camelSchema,
  entity: z.enum(["person", "household"]),
  type: factTypeSchema,
  decimals: z.int().min(1).max(4).optional(),
  values: z.array(factValueSchema).min(1).optional(),
  unit: measureSchema.optional(),
  range: z.strictObject({ min: z.number(), max: z.number() }).optional(),
  zh: textSchema,
  en: textSchema,
  question: z
    .strictObject({ zh: textSchema, en: textSchema, helpZh: textSchema.optional(), helpEn: textSchema.optional() })
    .optional(),
  situation: z.strictObject({ zh: textSchema, en: textSchema }).optional(),
  sourceUnit: slugSchema.optional(),
  privacy: z.enum(["public", "personal", "sensitive"]).optional(),
  formula: textSchema.optional(),
  implied: z.array(impliedSchema).min(1).optional(),
  note: noteSchema.optional(),
});
export type Fact = z.infer<typeof factSchema>;
