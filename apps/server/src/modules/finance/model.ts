import { form } from "@qingdan/list";
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
export type ReturnReason = (typeof returnReasons)[number];

/** Why a case that pays is not in a batch. */
export const leftOutReasons = ["no-payee", "period-unknown", "paid-already", "suspended", "not-yet"] as const;

/** A name as an account bears it: no character that XML 1.0, and so the bank file, cannot hold, nor a control character. */
const accountName = z
  .string()
  .trim()
  .min(1)
  .max(140)
  .regex(/^[^\p{Cc}\p{Cs}\uFFFE\uFFFF]*$/u, form("不含控制字符", "holds no control characters"));

const accountNumber = z.string().regex(/^\d{8,34}$/);

export const payeeRequest = z.strictObject({ person: code, name: accountName, account: accountNumber });

/** The account that an area pays from. */
export const payerRequest = z.strictObject({
  name: accountName,
  account: accountNumber,
  /** Of the bank that keeps it; ISO 20022 says NOTPROVIDED where there is none, which looks like a BIC. */
  bank: z
    .string()
    .regex(
      /^(?!NOTPROVIDED$)(\d{12}|[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?)$/,
      form("十二位的支付系统行号，或“BIC”", "is a CNAPS number of 12 digits, or a BIC"),
    ),
});
/** Where finance officers hold their roles: GB/T 2260 and the nation. */
export const payerArea = z.object({ area: z.string().regex(/^cn(-\d{2,12})?$/) });
export const payersQuery = z.object({
  area: z.string().optional(),
  after: z.string().max(200).default(""),
  size: z.coerce.number().int().min(1).max(100).default(20),
});
export const payerCard = z.object({
  area: z.string(),
  name: z.string(),
  account: z.string(),
  bank: z.string(),
  /** Made up for a demonstration. */
  synthetic: z.boolean(),
  at: z.iso.datetime(),
  /** Name of the account of who wrote it down; of a made-up one nobody. */
  by: z.string().nullable(),
});
export const payersPage = z.object({ payers: z.array(payerCard), after: z.string().nullable() });
/** An account that one finance officer asked to use, and what another one answered. */
export const accountChange = z.object({
  id: z.string(),
  kind: z.enum(["payee", "payer"]),
  /** The person who is paid, or the area that pays. */
  of: z.string(),
  area: z.string(),
  name: z.string(),
  account: z.string(),
  bank: z.string().nullable(),
  /** The account that is paid to until now. */
  before: z.object({ name: z.string(), account: z.string() }).nullable(),
  askedBy: z.string(),
  /** Account of who asked: another one confirms. */
  askedById: z.string(),
  askedAt: z.iso.datetime(),
  answer: z.enum(["confirmed", "refused"]).nullable(),
  answeredBy: z.string().nullable(),
});
export type AccountChangeView = z.infer<typeof accountChange>;
export const accountChanges = z.object({ changes: z.array(accountChange), after: z.string().nullable() });
/** Whose cases pay and who has no account yet. */
export const missingQuery = z.object({
  list: code,
  item: code,
  area: code.optional(),
  after: z.string().max(64).default(""),
  size: z.coerce.number().int().min(1).max(100).default(20),
});
export const missingPage = z.object({
  cases: z.array(z.object({ id: z.string(), number: z.string(), person: z.string(), area: z.string() })),
  after: z.string().nullable(),
});
export const batchRequest = z.strictObject({ list: code, item: code, month, area: code.optional() });
/** Why a batch that is not released is given up. */
export const discardRequest = z.strictObject({ reason: z.string().trim().min(1).max(1000) });
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
  /** prepared → released → settled, or prepared → discarded; settled when the bank has answered for every line. */
  state: z.enum(["prepared", "released", "settled", "discarded"]),
  lines: z.int(),
  fen,
  /** Names of the accounts. */
  preparedBy: z.string(),
  /** Account of who prepared it: another one releases. */
  preparedById: z.string(),
  preparedAt: z.iso.datetime(),
  releasedBy: z.string().nullable(),
  releasedAt: z.iso.datetime().nullable(),
  /** Who gave it up before it was released and why; sent back by another one than who prepared it. */
  discarded: z.object({ by: z.string(), at: z.iso.datetime(), reason: z.string(), sentBack: z.boolean() }).nullable(),
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
    /** Lines that were withheld whole and never went to the bank. */
    withheld: z.int(),
  }),
  /** Kept back of the payments for claims (抵扣): set aside while prepared, withheld once released. */
  withheldFen: fen,
  /** Of lines that the bank sent back: owed again. */
  undoneFen: fen,
  /** What goes to accounts: `fen` less what is withheld. */
  bankFen: fen,
  returns: z.array(z.object({ reason: z.enum(returnReasons), lines: z.int(), fen })),
  leftOut: z.array(z.object({ reason: z.enum(leftOutReasons), cases: z.int() })),
  reconciles: z.boolean(),
  /** What it is paid from, once it is released. */
  payer: z.object({ name: z.string(), account: z.string(), bank: z.string() }).nullable(),
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
  state: z.enum(["waiting", "paid", "returned", "withheld"]).optional(),
});
/** What a payment withholds for a claim: `clawBack` is the claim's case. */
const withholding = z.object({
  clawBack: z.string(),
  number: z.string(),
  fen,
  /** Still owed of the claim; null where no decision stands. */
  owedFen: fen.nullable(),
});

export const linesPage = z.object({
  lines: z.array(
    z.object({
      n: z.int(),
      case: z.string(),
      person: z.string(),
      month,
      fen,
      withholdings: z.array(withholding),
      name: z.string(),
      /** The first four and last four digits. */
      account: z.string(),
      state: z.enum(["waiting", "paid", "returned", "withheld", "discarded"]),
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
  withheldFen: fen,
  undoneFen: fen,
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
      /** What is kept back of it for claims; undone where the payment was returned. */
      withholdings: z.array(withholding),
      state: z.enum(["prepared", "waiting", "paid", "returned", "withheld"]),
      reason: z.string().nullable(),
    }),
  ),
});

const grounds = ["decision-changed", "facts-corrected", "run"] as const;
const holder = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/);
const correction = z.strictObject({
  of: holder,
  fact: z.string().regex(/^[a-zA-Z][A-Za-z0-9]{0,80}$/),
  value: z.union([z.boolean(), z.number(), z.string().max(400)]),
});

/** What claims money back. `decision-changed`: what the case itself pays now is held against what was paid. */
const claim = {
  case: code,
  text: z.string().trim().min(1).max(4000),
  /** The first month that may have been paid wrongly; absent: the first that was paid. */
  from: month.optional(),
};
export const clawBackRequest = z.discriminatedUnion("ground", [
  z.strictObject({ ground: z.literal("decision-changed"), ...claim }),
  z.strictObject({
    ground: z.literal("facts-corrected"),
    ...claim,
    from: month,
    corrections: z.array(correction).min(1).max(50),
  }),
  z.strictObject({ ground: z.literal("run"), ...claim, from: month }),
]);
export type ClawBackRequest = z.infer<typeof clawBackRequest>;

const wrongLine = z.object({ batch: z.string(), n: z.int(), month, paidFen: fen, dueFen: fen, fen });
export const clawBackPreview = z.object({
  ground: z.enum(grounds),
  lines: z.array(wrongLine),
  fen,
  /** What the rules answer on the facts as they are claimed to be; null where the case's own decision is the measure. */
  rule: z
    .object({ outcome: z.enum(["entitled", "not", "undetermined"]), fen: fen.nullable(), reason: words })
    .nullable(),
  /** By payer, to whom the money goes back; they sum to `fen`. */
  shares: z.array(z.object({ payer: z.string(), area: z.string(), fen })),
});
export type ClawBackPreview = z.infer<typeof clawBackPreview>;

export const clawBackCard = z.object({
  id: z.string(),
  number: z.string(),
  of: z.string(),
  ground: z.enum(grounds),
  item: z.object({ code: z.string(), name: words }),
  area: z.string(),
  person: z.string(),
  stage: z.string(),
  due: z.iso.date().nullable(),
  claimedFen: fen,
  /** null before the decision. */
  decidedFen: fen.nullable(),
  repaidFen: fen,
});

const clawBackFigures = z.object({
  cases: z.int(),
  claimedFen: fen,
  /** What the lines and the shares of the claims sum to. */
  lineFen: fen,
  shareFen: fen,
  openFen: fen,
  /** Claims that were given up, and what decisions left out of claims. */
  droppedFen: fen,
  decidedFen: fen,
  /** With what was withheld. */
  repaidFen: fen,
  /** Really withheld: by released batches, less what the bank's returns undid. */
  withheldFen: fen,
  owedFen: fen,
  /** Repaid beyond what a later decision left. */
  refundFen: fen,
  reconciles: z.boolean(),
});
export type ClawBackFigures = z.infer<typeof clawBackFigures>;

export const clawBacksPage = z.object({
  figures: clawBackFigures,
  /** Money that came back, by the payer it goes to; they sum to `repaidFen`. */
  returned: z.array(z.object({ payer: z.string(), area: z.string(), claimedFen: fen, returnedFen: fen })),
  clawBacks: z.array(clawBackCard),
  after: z.string().nullable(),
});

/** What a case was paid, what it pays now, and what was claimed back of it. */
export const paidOfCase = z.object({
  months: z.array(
    z.object({
      month,
      /** With what is withheld of it. */
      paidFen: fen,
      withheldFen: fen,
      dueFen: fen,
      claimedFen: fen,
      state: z.enum(["prepared", "waiting", "paid"]),
    }),
  ),
  paidFen: fen,
  /** Paid beyond what the case pays now, and not claimed back yet. */
  overpaidFen: fen,
  clawBacks: z.array(z.object({ id: z.string(), number: z.string(), stage: z.string(), fen })),
});
