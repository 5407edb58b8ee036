import { z } from "zod";

/** A signed note, as its makers and verifiers exchange it. */
export const keyView = z.object({ origin: z.string(), key: z.string() });

export const proofFile = z.object({
  format: z.literal("qingdan-proof@1"),
  line: z.object({
    kind: z.string(),
    subject: z.string(),
    body: z.unknown(),
    at: z.iso.datetime(),
    by: z.string(),
  }),
  salt: z.string(),
  proof: z.string(),
  key: z.string(),
});

export const linesQuery = z.object({
  subject: z.string().regex(/^(case|person|account):[\w-]{1,80}$/),
  after: z.coerce.number().int().min(0).default(0),
  size: z.coerce.number().int().min(1).max(200).default(50),
});
export const linesPage = z.object({
  lines: z.array(
    z.object({
      id: z.int(),
      kind: z.string(),
      at: z.iso.datetime(),
      by: z.string().nullable(),
      body: z.unknown(),
      /** Place in the tree; null until it is sealed. */
      leaf: z.int().nullable(),
      erased: z.boolean(),
    }),
  ),
  next: z.int().nullable(),
});
export type LinesPage = z.infer<typeof linesPage>;

export const consistencyQuery = z.object({
  older: z.coerce.number().int().min(0),
  newer: z.coerce.number().int().min(0),
});
export const consistencyView = z.object({ older: z.int(), newer: z.int(), proof: z.array(z.string()) });

export const eraseRequest = z.strictObject({ reason: z.string().trim().min(1).max(500) });
