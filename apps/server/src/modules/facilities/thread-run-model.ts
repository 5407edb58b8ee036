import { z } from "zod";
import { inputs, words } from "./model.ts";

/** What every run has that works in a thread of its own; each sort of run adds its request and its plan. */
export const threadRun = z.object({
  id: z.string(),
  inputs,
  state: z.enum(["waiting", "running", "done", "stopped", "failed"]),
  phase: z.enum(["waiting", "reading", "walking", "solving", "explaining", "ended"]),
  progress: z
    .object({ value: z.number().nullable(), bound: z.number().nullable() })
    .nullable()
    .describe("The best plan so far and its bound, while it solves"),
  elapsed: z.number().describe("Seconds"),
  startedAt: z.iso.datetime(),
  problem: words.nullable(),
});
