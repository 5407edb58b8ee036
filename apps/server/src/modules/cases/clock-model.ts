import { z } from "zod";

/** Limits of steps as they are shown, as schemas. */

const day = z.iso.date();
const words = z.object({ zh: z.string(), en: z.string() });

export const lawText = z.object({
  source: z.string(),
  title: z.string(),
  article: z.string().nullable(),
  url: z.string().nullable(),
});

const due = z.object({ due: day, unrolled: day.optional(), paused: z.int() });

/** One limit of one step. Statutory and promised stand side by side; the shorter one binds. */
export const clockView = z.object({
  code: z.string(),
  name: words,
  owner: words,
  kind: z.enum(["statutory", "promised"]),
  amount: z.int(),
  unit: z.enum(["working-day", "calendar-day", "month"]),
  /** Days added by an extension. */
  extended: z.int(),
  basis: lawText.nullable(),
  /** The limit stands by analogy: no text sets one for this item. */
  reference: z.boolean(),
  status: z.enum(["not-started", "running", "warning", "paused", "met", "breached", "void"]),
  /** null before the start, and where the limit runs into a year whose holidays are not arranged: `problem` says so. */
  due: due.nullable(),
  problem: words.nullable(),
  started: day.nullable(),
  ended: day.nullable(),
  /** Share of the limit used. */
  used: z.number(),
  pauses: z.array(z.object({ from: day, to: day, reason: z.string() })),
  mayPause: z.array(z.object({ reason: z.string(), name: words })),
  mayExtend: z.array(z.object({ reason: z.string(), name: words, amount: z.int() })),
});
export type ClockView = z.infer<typeof clockView>;

export const countedDays = z.object({
  clock: z.string(),
  days: z.array(
    z.object({
      day,
      kind: z.enum(["weekday", "weekend", "holiday", "make-up"]),
      holiday: z.string().optional(),
      paused: z.boolean(),
      number: z.int().optional(),
    }),
  ),
});
