import * as z from "zod";

/** Where a text or a number stands; a draft never counts, what is announced counts from its date. */
export const statusSchema = z.enum(["announced", "in-force", "superseded", "draft"]);
export type Status = z.infer<typeof statusSchema>;
