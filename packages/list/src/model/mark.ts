import * as z from "zod";

/**
 * How a statement of fact was read: V at the source, V2 in two sources, V法 in the law behind it, V地 in a local
 * forwarding, P partly, D derived by arithmetic, R recalled and not verified.
 */
export const markSchema = z.enum(["V", "V2", "V法", "V地", "P", "D", "R"]);
export type Mark = z.infer<typeof markSchema>;

/** The keys of every statement of fact: its mark, and the codes of the sources it was read in. */
export const statementShape = { mark: markSchema, source: z.array(z.string()) };
