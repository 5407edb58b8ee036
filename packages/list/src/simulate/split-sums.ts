import { scaled, yuanToFen } from "../exact-decimal.ts";
import type { Split } from "../model/payer.ts";

const UNSPLIT = "unsplit";

/** Payers that splits name, each once. */
export function payersOf(splits: readonly Split[]): readonly string[] {
  const found = new Set<string>();
  const visit = (split: Split): void => {
    switch (split.kind) {
      case "all":
        found.add(split.payer);
        break;
      case "fund":
        found.add(`fund:${split.fund}`);
        break;
      case "ratio":
        for (const share of split.shares) {
          if ("payer" in share) found.add(share.payer);
          else visit(share.split);
        }
        break;
      case "ratio-by-tier":
        found.add(split.payer).add(UNSPLIT);
        visit(split.rest);
        break;
      case "fixed":
        found.add(split.payer);
        visit(split.rest);
        break;
      case "unstated":
        found.add(UNSPLIT);
    }
  };
  for (const split of splits) visit(split);
  return [...found].sort();
}

/** Divides one payment to one person or household and adds each payer's fen, so often, to sums from an offset on. */
export type SplitInto = (fen: number, tier: number, times: number, sums: Float64Array, offset: number) => void;

/** 100 % in hundredths of a percent. */
const WHOLE = 100_00;
const hundredths = (percent: number) => scaled(percent, 2) ?? Math.round(percent * 100);

/** `fen * part / of`, rounded down, without leaving exact integers. */
function portion(fen: number, part: number, of: number): number {
  if (of === 0) return 0;
  const whole = Math.floor(fen / of);
  return whole * part + Math.floor(((fen - whole * of) * part) / of);
}

/** The division of `splitPayment` as one function without lists, for millions of payments. */
export function splitInto(split: Split, payers: readonly string[]): SplitInto {
  const at = (payer: string) => payers.indexOf(payer);
  switch (split.kind) {
    case "all":
      return addTo(at(split.payer));
    case "fund":
      return addTo(at(`fund:${split.fund}`));
    case "unstated":
      return addTo(at(UNSPLIT));
    case "ratio":
      return byRatio(split.shares, payers);
    case "ratio-by-tier": {
      const percents = [0, 1, 2, 3, 4, 5].map((tier) =>
        tier === 0 ? 0 : hundredths(split.percentByTier[tier as 1 | 2 | 3 | 4 | 5]),
      );
      const [payer, unsplit, rest] = [at(split.payer), at(UNSPLIT), splitInto(split.rest, payers)];
      return (fen, tier, times, sums, offset) => {
        if (tier === 0) add(sums, offset + unsplit, fen * times);
        else {
          const part = portion(fen, percents[tier] ?? 0, WHOLE);
          add(sums, offset + payer, part * times);
          rest(fen - part, tier, times, sums, offset);
        }
      };
    }
    case "fixed": {
      const most = yuanToFen(split.amount) ?? 0;
      const [payer, rest] = [at(split.payer), splitInto(split.rest, payers)];
      return (fen, tier, times, sums, offset) => {
        const part = Math.min(fen, most);
        add(sums, offset + payer, part * times);
        rest(fen - part, tier, times, sums, offset);
      };
    }
  }
}

function add(sums: Float64Array, at: number, fen: number): void {
  sums[at] = (sums[at] ?? 0) + fen;
}

function addTo(payer: number): SplitInto {
  return (fen, _, times, sums, offset) => add(sums, offset + payer, fen * times);
}

function byRatio(shares: (Split & { kind: "ratio" })["shares"], payers: readonly string[]): SplitInto {
  const parts = shares.map((share) => ({
    percent: hundredths(share.percent),
    into: "payer" in share ? addTo(payers.indexOf(share.payer)) : splitInto(share.split, payers),
  }));
  return (fen, tier, times, sums, offset) => {
    let left = fen;
    let percentLeft = WHOLE;
    for (let at = 0; at < parts.length; at += 1) {
      const { percent, into } = parts[at] as (typeof parts)[number];
      const part = at === parts.length - 1 ? left : portion(left, percent, percentLeft);
      into(part, tier, times, sums, offset);
      left -= part;
      percentLeft -= percent;
    }
  };
}
