import { z } from "zod";

const words = z.object({ zh: z.string(), en: z.string() });
const fen = z.int().min(0);
const code = z.string().min(1).max(120);
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** Why a payment comes back, as banks say it. */
export const returnReasons = [
  "no-account",
  "name-differs",
  "closed",
  "dormant",
  "identity-expired",
  "card-replaced",
] as const;

/** Why a case that pays is not in a batch. */
export const leftOutReasons = ["no-payee", "period-unknown", "paid-already", "suspended", "not-yet"] as const;

export const payeeRequest = z.strictObject({
  person: code,
  name: z.string().trim().min(1).max(140),
  account: z.string().regex(/^\d{8,34}$/),
});
export const batchRequest = z.strictObject({ list: code, item: code, month, area: code.optional() });
export const resultsRequest = z.strictObject({
  results: z
    .array(
      z.discriminatedUnion("result", [
        z.strictObject({ n: z.int().min(1), result: z.literal("paid") }),
        z.strictObject({ n: z.int().min(1), result: z.literal("returned"), reason: z.enum(returnReasons) }),
      ]),
    )
    .min(1)
    .max(10_000),
});

export const batchCard = z.object({
  id: z.string(),
  list: z.string(),
  item: z.object({ code: z.string(), name: words }),
  area: z.string(),
  month,
  /** prepared → released → settled; settled when the bank has answered for every line. */
  state: z.enum(["prepared", "released", "settled"]),
  lines: z.int(),
  fen,
  preparedBy: z.string(),
  preparedAt: z.iso.datetime(),
  releasedBy: z.string().nullable(),
  releasedAt: z.iso.datetime().nullable(),
});

const share = z.object({ payer: z.string(), area: z.string(), fen, lines: z.int() });

export const batchPage = batchCard.extend({
  /** By payer level and area; they sum to the batch to the fen. */
  shares: z.array(share),
  results: z.object({
    paid: z.int(),
    paidFen: fen,
    returned: z.int(),
    returnedFen: fen,
    waiting: z.int(),
    waitingFen: fen,
  }),
  returns: z.array(z.object({ reason: z.enum(returnReasons), lines: z.int(), fen })),
  leftOut: z.array(z.object({ reason: z.enum(leftOutReasons), cases: z.int() })),
  reconciles: z.boolean(),
});
export type BatchPage = z.infer<typeof batchPage>;

export const batchesQuery = z.object({
  area: z.string().optional(),
  after: z.string().max(200).optional(),
  size: z.coerce.number().int().min(1).max(100).default(20),
});
export const batchesPage = z.object({ batches: z.array(batchCard), after: z.string().nullable() });

export const linesQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  size: z.coerce.number().int().min(1).max(500).default(100),
  state: z.enum(["waiting", "paid", "returned"]).optional(),
});
export const linesPage = z.object({
  lines: z.array(
    z.object({
      n: z.int(),
      case: z.string(),
      person: z.string(),
      month,
      fen,
      name: z.string(),
      /** The first four and last four digits. */
      account: z.string(),
      state: z.enum(["waiting", "paid", "returned"]),
      reason: z.string().nullable(),
      again: z.object({ batch: z.string(), n: z.int() }).nullable(),
    }),
  ),
  after: z.int().nullable(),
});

export const reconciliation = z.object({
  batches: z.int(),
  /** What the batches say they hold, what their lines, shares and results sum to. */
  batchFen: fen,
  lineFen: fen,
  shareFen: fen,
  paidFen: fen,
  returnedFen: fen,
  waitingFen: fen,
  paidAgainFen: fen,
  reconciles: z.boolean(),
});
export type Reconciliation = z.infer<typeof reconciliation>;

export const ownPayments = z.object({
  payments: z.array(
    z.object({
      case: z.string(),
      item: words,
      month,
      fen,
      state: z.enum(["prepared", "waiting", "paid", "returned"]),
      reason: z.string().nullable(),
    }),
  ),
});
