import * as z from "zod";
import { slugSchema } from "./code.ts";
import { textSchema } from "./words.ts";

/** A part of life that items are looked for by. */
export const lifeStageSchema = z.strictObject({ code: slugSchema, zh: textSchema, en: textSchema });
export type LifeStage = z.infer<typeof lifeStageSchema>;
