import { areaChain } from "./area-chain.ts";
import { scaled, yuanToFen } from "./exact-decimal.ts";
import type { Area } from "./model/area.ts";
import type { List } from "./model/list.ts";
import type { PayerLevel, Share, Split } from "./model/payer.ts";

/** What one payer pays of a payment. */
export interface PaymentShare {
  /** A level, `fund:` and the name of a fund, or `unsplit` where no number is published. */
  readonly payer: PayerLevel | `fund:${string}` | "unsplit";
  /** The area that pays; the area of the payment for funds, units, persons and what is unsplit. */
  readonly area: string;
  readonly fen: number;
}

/** A payment to be split. */
export interface Payment {
  readonly area: string;
  readonly date: string;
  /** A whole number of fen, not negative. */
  readonly fen: number;
  /** How many households it is for (default 1): a fixed sum a household is taken so often. */
  readonly households?: number;
  /** How many persons it is for (default 1). */
  readonly persons?: number;
}

/** 100 % in hundredths of a percent. */
const WHOLE = 100_00;

interface Context extends Payment {
  readonly chain: readonly Area[];
}

/**
 * Divides a payment between its payers by a payer split of the list. The shares sum to the payment exactly, and no
 * share falls when the payment grows: shares of a ratio are taken one after the other, each rounded down to the fen
 * from what is left, and the last payer takes the rest. Shares of nothing are left out.
 *
 * @throws RangeError when the list has no such split or the sum is not a whole, non-negative number of fen.
 */
export function splitPayment(
  list: Pick<List, "areas" | "payers">,
  split: string,
  payment: Payment,
): readonly PaymentShare[] {
  const payer = list.payers.get(split);
  if (!payer) throw new RangeError(`no payer split "${split}"`);
  if (!Number.isSafeInteger(payment.fen) || payment.fen < 0) throw new RangeError(`not a sum in fen: ${payment.fen}`);
  const context = { ...payment, chain: areaChain(list, payment.area, payment.date) };
  const sums = new Map<string, PaymentShare>();
  for (const share of divide(payer.split, payment.fen, context)) {
    if (share.fen === 0) continue;
    const key = `${share.payer} ${share.area}`;
    sums.set(key, { ...share, fen: share.fen + (sums.get(key)?.fen ?? 0) });
  }
  return [...sums.values()];
}

function divide(split: Split, fen: number, context: Context): PaymentShare[] {
  switch (split.kind) {
    case "all":
      return [paidBy(split.payer, fen, context)];
    case "fund":
      return [{ payer: `fund:${split.fund}`, area: context.area, fen }];
    case "ratio":
      return byRatio(split.shares, fen, context);
    case "ratio-by-tier": {
      const tier = context.chain.find(({ payerTier }) => payerTier !== undefined)?.payerTier;
      if (tier === undefined) return [unsplit(fen, context)];
      const part = portion(fen, hundredths(split.percentByTier[tier as 1 | 2 | 3 | 4 | 5]), WHOLE);
      return [paidBy(split.payer, part, context), ...divide(split.rest, fen - part, context)];
    }
    case "fixed": {
      const times = (split.per === "household" ? context.households : context.persons) ?? 1;
      const part = Math.min(fen, (yuanToFen(split.amount) ?? 0) * times);
      return [paidBy(split.payer, part, context), ...divide(split.rest, fen - part, context)];
    }
    case "unstated":
      return [unsplit(fen, context)];
  }
}

function byRatio(shares: readonly Share[], fen: number, context: Context): PaymentShare[] {
  const parts: PaymentShare[] = [];
  let left = fen;
  let percentLeft = WHOLE;
  for (const [at, share] of shares.entries()) {
    const part = at === shares.length - 1 ? left : portion(left, hundredths(share.percent), percentLeft);
    if ("payer" in share) parts.push(paidBy(share.payer, part, context));
    else parts.push(...divide(share.split, part, context));
    left -= part;
    percentLeft -= hundredths(share.percent);
  }
  return parts;
}

/** `fen * part / of`, rounded down, without leaving exact integers; `part` and `of` in hundredths of a percent. */
function portion(fen: number, part: number, of: number): number {
  if (of === 0) return 0;
  const whole = Math.floor(fen / of);
  return whole * part + Math.floor(((fen - whole * of) * part) / of);
}

/** A percentage as an integer of two decimals. */
function hundredths(percent: number): number {
  return scaled(percent, 2) ?? Math.round(percent * 100);
}

function unsplit(fen: number, { area }: Context): PaymentShare {
  return { payer: "unsplit", area, fen };
}

function paidBy(payer: PayerLevel, fen: number, context: Context): PaymentShare {
  return { payer, area: payingArea(payer, context), fen };
}

/** The area of a level that a payment falls to; a municipality under the central government is its own city. */
function payingArea(payer: PayerLevel, { area, chain }: Context): string {
  const level = payer === "central" ? "nation" : payer;
  const at = (wanted: string) => chain.find((candidate) => candidate.level === wanted)?.code;
  return at(level) ?? (payer === "city" ? at("province") : undefined) ?? area;
}
