import { z } from "zod";

const day = z.iso.date();
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const fen = z.int().min(0);
const text = z.string().trim().min(1).max(4000);

export const serviceMethods = ["in-person", "left", "post", "electronic", "announcement"] as const;

/** Why money was paid that was not owed. */
export const clawBackGrounds = [
  /** The decision was changed, revoked or its benefit stopped or reduced: the case itself pays less than was paid. */
  "decision-changed",
  /** Facts turn out otherwise; the rules are asked again with what is right. */
  "facts-corrected",
  /** The registers of the newest run say otherwise; the rules are asked again with what they hold. */
  "run",
] as const;
export type ClawBackGround = (typeof clawBackGrounds)[number];

/** From which payments of the person an offset is withheld: those of the item that was overpaid, or every one. */
export const offsetPayments = ["same-item", "any-item"] as const;

const instalment = z.strictObject({ due: day, fen: fen.min(1) });

/** Deeds of claw-back cases alone, between their opening and their decision, and the plan after it. */
export const clawBackDeeds = [
  /** 事先告知: what is held against the person, why and on which text, before anything is decided. */
  z.strictObject({ kind: z.literal("give-notice"), text, method: z.enum(serviceMethods), day }),
  /** 陈述申辩: what the person says to it, and whether they ask to be heard. */
  z.strictObject({ kind: z.literal("state-defence"), text, hearing: z.boolean() }),
  z.strictObject({ kind: z.literal("call-hearing"), on: day, place: z.string().trim().min(1).max(200) }),
  /** The record of the hearing, on which the decision rests. */
  z.strictObject({ kind: z.literal("hold-hearing"), attended: z.boolean(), text }),
  z.strictObject({ kind: z.literal("plan-repayment"), instalments: z.array(instalment).min(1).max(120), text }),
  /** 约定抵扣 (社会保险经办条例 art. 46): payment batches withhold it from the person's later payments, within its limits. */
  z.strictObject({
    kind: z.literal("agree-offset"),
    /** At most in all, from this agreement on. */
    fen: fen.min(1),
    /** At most this share of each payment; 100 lets a whole payment be withheld. */
    mostPercent: z.int().min(1).max(100),
    /** At most so much out of each payment; absent: the share alone limits it. */
    mostFen: fen.min(1).optional(),
    payments: z.enum(offsetPayments),
    /** Payments for this month and later. */
    from: month,
    text,
  }),
  z.strictObject({ kind: z.literal("end-offset"), text }),
] as const;

/** One payment that was too much. */
export const clawBackLine = z.object({
  batch: z.string(),
  n: z.int(),
  month,
  paidFen: fen,
  /** What would have been due. */
  dueFen: fen,
  fen,
});
export type ClawBackLine = z.infer<typeof clawBackLine>;

export const clawBackView = z.object({
  /** The case that paid. */
  of: z.string(),
  ground: z.enum(clawBackGrounds),
  text: z.string(),
  claimedFen: fen,
  lines: z.array(clawBackLine),
  notice: z.object({ text: z.string(), method: z.enum(serviceMethods), day, until: day.nullable() }).nullable(),
  statements: z.array(z.object({ text: z.string(), hearing: z.boolean(), day })),
  hearing: z
    .object({
      on: day,
      place: z.string(),
      calledOn: day,
      record: z.object({ attended: z.boolean(), text: z.string(), day }).nullable(),
    })
    .nullable(),
  plan: z
    .object({
      text: z.string(),
      day,
      instalments: z.array(z.object({ due: day, fen, paidFen: fen, state: z.enum(["paid", "due", "late"]) })),
    })
    .nullable(),
  repayments: z.array(z.object({ day, fen, method: z.enum(["cash", "offset", "instalment"]) })),
  /** What payment batches withhold by agreement. */
  offset: z
    .object({
      day,
      text: z.string(),
      fen,
      mostPercent: z.int(),
      mostFen: fen.nullable(),
      payments: z.enum(offsetPayments),
      from: month,
      ended: day.nullable(),
      /** Withheld by this agreement and not undone. */
      withheldFen: fen,
      /** What it still lets be withheld: never more than is owed. */
      leftFen: fen,
    })
    .nullable(),
  /** Each sum that a released batch withheld; `undone` where the bank sent the payment back. */
  withholdings: z.array(
    z.object({ batch: z.string(), n: z.int(), case: z.string(), month, fen, day, undone: day.nullable() }),
  ),
  withheldFen: fen,
  repaidFen: fen,
  /** null before the decision. */
  owedFen: fen.nullable(),
  /** Repaid beyond what a later decision left: to be given back. */
  refundFen: fen,
});
export type ClawBackView = z.infer<typeof clawBackView>;
