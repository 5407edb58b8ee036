import * as z from "zod";
import { form } from "./form.ts";

/** A text that is not blank. */
export const textSchema = z.string().regex(/\S/, form("不是空白的文字", "a text that is not blank"));

/** A text for people: Chinese first, English complete. */
export const wordsSchema = z.strictObject({ zh: textSchema, en: textSchema });
export type Words = z.infer<typeof wordsSchema>;

/** A remark: words, or one line for those who keep the list. */
export const noteSchema = z.union([textSchema, wordsSchema]);
