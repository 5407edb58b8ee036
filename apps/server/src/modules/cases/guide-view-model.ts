import { z } from "zod";
import { appealRoutes, day, lawText, words } from "./model.ts";

const plainLimit = { amount: z.int(), unit: z.enum(["working-day", "calendar-day", "month"]), basis: lawText };
const guideLimit = z.object({
  kind: z.enum(["statutory", "promised"]),
  ...plainLimit,
  mark: z.string(),
  /** The area that promises it, where it is not the guide's own. */
  by: words.nullable(),
});

const saidThere = { code: z.string(), name: words, basis: lawText, mark: z.string() };

/** What an area says of an item: the limit it promises, windows and named days as they stand today. */
const localHandling = z.object({
  area: words.extend({ code: z.string() }),
  /** It holds for the reader, or for the whole list's area. */
  here: z.boolean(),
  promised: guideLimit.nullable(),
  windows: z.array(
    z.object({
      ...saidThere,
      /** null: whether it is open hangs on holidays that are not arranged. */
      opening: z
        .object({
          open: z.boolean(),
          first: day,
          last: day,
          /** The last day as written, where it moved off a day off. */
          unrolled: day.nullable(),
          /** The holidays of the last day's year are not arranged: it may move later. */
          mayMove: z.boolean(),
          /** Open: days left after today. Closed: days until it opens. */
          days: z.int(),
        })
        .nullable(),
    }),
  ),
  /** null: the day hangs on holidays that are not arranged. */
  namedDays: z.array(z.object({ ...saidThere, next: day.nullable() })),
});

/** How an item is handled, for people. */
export const guideView = z.object({
  list: z.string(),
  item: z.object({ code: z.string(), name: words }),
  hash: z.string(),
  procedure: z.enum(["assistance", "insurance", "licence", "window"]),
  /** The limits stand by analogy. */
  reference: z.boolean(),
  owner: words,
  total: z.array(guideLimit),
  steps: z.array(
    z.object({
      code: z.string(),
      name: words,
      owner: words,
      limits: z.array(guideLimit),
    }),
  ),
  /** The narrowest areas first. */
  local: z.array(localHandling),
  executable: z.boolean(),
  secondPerson: words.nullable(),
  /** At most so many questions are asked. */
  questions: z.int(),
  /** What the rule reads, and whose register holds it: no paper is asked for what a register holds. */
  facts: z.array(
    z.object({
      name: z.string(),
      label: words,
      source: words.extend({ code: z.string() }).nullable(),
      privacy: z.enum(["public", "personal", "sensitive"]),
    }),
  ),
  appeals: z.array(
    z.object({
      route: z.enum(appealRoutes),
      name: words,
      within: z.object(plainLimit).nullable(),
      settle: z.object(plainLimit),
    }),
  ),
  telephone: z.string().nullable(),
  note: words.nullable(),
  /** What it comes to for the resident who reads it, by what the registers hold; null for everybody else. */
  own: z
    .object({
      outcome: z.enum(["entitled", "not", "undetermined", "by-hand"]),
      fen: z.int().nullable(),
      per: z.string().nullable(),
      reasons: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })),
      /** Names of the facts that the registers hold: they are not asked for. */
      held: z.array(z.string()),
      registerDate: day,
      /** Where they live, to find the nearest place by. */
      area: z.string().nullable(),
    })
    .nullable(),
});
export type GuideView = z.infer<typeof guideView>;
