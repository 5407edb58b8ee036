import { z } from "zod";
import { appealRoutes } from "./model.ts";

const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const slug = z.string().regex(/^[a-z][a-z0-9-]*$/);

/** Where a limit stands: a source of the list, or a law that the list does not cite, by its title. */
const lawReference = z.strictObject({
  source: z.string().optional(),
  title: z.string().optional(),
  article: z.string().optional(),
});

const limit = z.strictObject({
  amount: z.int().min(1),
  unit: z.enum(["working-day", "calendar-day", "month"]),
  law: lawReference,
  /** How well it is known: as the marks of the list. */
  mark: z.string(),
  /** The area whose promise it is, where it is narrower than the guide's. */
  by: words.optional(),
});
export type GuideLimit = z.infer<typeof limit>;

const reasonToStop = z.strictObject({ reason: slug, ...words.shape, law: lawReference });
const reasonToExtend = reasonToStop.extend({ amount: z.int().min(1) });

const limits = {
  statutory: limit.optional(),
  promised: limit.optional(),
  /** Only what a text lists: nothing else stops this clock. */
  pauses: z.array(reasonToStop).default([]),
  extensions: z.array(reasonToExtend).default([]),
};

const step = z.strictObject({
  code: slug,
  ...words.shape,
  owner: words,
  /** `acceptance`, `decision`, or the step before it. */
  starts: slug.default("acceptance"),
  ...limits,
});
export type GuideStep = z.infer<typeof step>;

const appeal = z.strictObject({
  route: z.enum(appealRoutes),
  ...words.shape,
  /** How long after service of the decision it is open; absent: no text closes it. */
  within: limit.optional(),
  settle: limit,
});

/** How an item is handled: its steps, their limits and what comes after the decision. One YAML file of `lists/<list>/guides`. */
export const guideSchema = z.strictObject({
  item: z.string(),
  procedure: z.enum(["assistance", "insurance", "licence", "window"]),
  /** The limits stand by analogy: no text sets them for the item. */
  reference: z.boolean().default(false),
  owner: words,
  /** The whole procedure, from acceptance to decision. */
  total: z.strictObject(limits),
  steps: z.array(step).default([]),
  /** A second person confirms every decision, with the reason; absent: only those that depart from the rules. */
  secondPerson: words.optional(),
  appeals: z.array(appeal).optional(),
  telephone: z.string().optional(),
  note: words.optional(),
});
export type Guide = z.infer<typeof guideSchema> & {
  readonly appeals: readonly z.infer<typeof appeal>[];
  /** Named days of the case's area by which a case is decided. */
  readonly decidedBy?: readonly NamedDays[];
};
export type WrittenGuide = z.infer<typeof guideSchema>;

const local = { code: slug, ...words.shape, law: lawReference, mark: z.string() };

/** A stretch of every year, month-days as `MM-DD`, both included. */
const yearlyWindow = z.strictObject({
  ...local,
  from: z.string(),
  to: z.string(),
  lastDayOff: z.enum(["stays", "later"]),
});

const short = z.enum(["last-day", "skipped"]).optional();
const namedDays = z.strictObject({
  ...local,
  on: z
    .array(
      z.discriminatedUnion("every", [
        z.strictObject({ every: z.literal("year"), day: z.string(), short }),
        z.strictObject({ every: z.literal("month"), day: z.int(), short }),
      ]),
    )
    .min(1),
  namedDay: z.enum(["included", "excluded"]),
  dayOff: z.enum(["stays", "later", "earlier"]),
  period: z.enum(["this", "following"]),
  /** A case is decided by it. */
  ends: z.literal("decision").optional(),
});
/** Days of the year or month by which something of an item is done. */
export type NamedDays = z.infer<typeof namedDays>;

/**
 * What an area says of an item beside the procedure that its guide gives: a limit that it promises, windows, named days.
 * One YAML file of `lists/<list>/local-handling`.
 */
export const localHandlingSchema = z.strictObject({
  item: z.string(),
  /** By GB/T 2260 without trailing zero pairs; the area need not stand among the list's. */
  area: z.string().regex(/^cn(-\d{2}(\d{2}(\d{2}(\d{3})?)?)?)?$/),
  ...words.shape,
  promised: limit.omit({ by: true }).optional(),
  windows: z.array(yearlyWindow).default([]),
  namedDays: z.array(namedDays).default([]),
});
export type LocalHandling = z.infer<typeof localHandlingSchema>;

const branch = z.strictObject({
  item: z.string(),
  /** Items of the bundle whose decision this one waits for. */
  after: z.array(z.string()).default([]),
});

/** A life event (一件事): several items by one form. One YAML file of `lists/<list>/bundles`. */
export const bundleSchema = z.strictObject({
  code: slug,
  ...words.shape,
  branches: z.array(branch).min(2),
  law: lawReference.optional(),
  note: words.optional(),
});
export type Bundle = z.infer<typeof bundleSchema>;
