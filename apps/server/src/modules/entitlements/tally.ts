import type { RunPlan } from "./plan.ts";

/** The counts of one item over some people; arrays are indexed by district, or by district x reason. */
export interface ItemTally {
  readonly entitled: number[];
  /** [district * reasons + reason] */
  readonly undetermined: number[];
  /** [district * reasons + reason] */
  readonly notEntitled: number[];
  /** For each part of the amount (one part where it is whole): payments by `district + amount * districts`, amounts in fen. */
  readonly payments: Map<number, number>[];
  readonly receiving: number[];
  readonly missed: number[];
  readonly underpaid: number[];
  readonly overpaid: number[];
  readonly unsettled: number[];
  /** Fen per period that the missed lack. */
  readonly missedFen: number[];
  /** Fen per period received beyond what is due. */
  readonly overpaidFen: number[];
}

/** Counts by item; adding two tallies in any order gives the same result, so chunking changes nothing. */
export type Tally = readonly ItemTally[];

const districtArrays = [
  "entitled",
  "receiving",
  "missed",
  "underpaid",
  "overpaid",
  "unsettled",
  "missedFen",
  "overpaidFen",
] as const;
const reasonArrays = ["undetermined", "notEntitled"] as const;

export function emptyTally(plan: RunPlan): Tally {
  const districts = plan.districts.length;
  const zeros = (length: number) => new Array<number>(length).fill(0);
  return plan.items.map((item) => ({
    entitled: zeros(districts),
    undetermined: zeros(districts * item.reasons),
    notEntitled: zeros(districts * item.reasons),
    payments: Array.from({ length: Math.max(1, item.parts) }, () => new Map()),
    receiving: zeros(districts),
    missed: zeros(districts),
    underpaid: zeros(districts),
    overpaid: zeros(districts),
    unsettled: zeros(districts),
    missedFen: zeros(districts),
    overpaidFen: zeros(districts),
  }));
}

/** Adds `other` to `tally`, in place. */
export function addTally(tally: Tally, other: Tally) {
  tally.forEach((item, index) => {
    const more = other[index]!;
    for (const name of [...districtArrays, ...reasonArrays]) {
      const sums = item[name];
      more[name].forEach((count, position) => {
        sums[position] = sums[position]! + count;
      });
    }
    item.payments.forEach((payments, part) => {
      for (const [key, count] of more.payments[part]!) payments.set(key, (payments.get(key) ?? 0) + count);
    });
  });
}

/** A tally as JSON keeps it: maps become lists of pairs. */
export function tallyToJson(tally: Tally) {
  return tally.map((item) => ({ ...item, payments: item.payments.map((payments) => [...payments]) }));
}

export function tallyFromJson(json: ReturnType<typeof tallyToJson>): Tally {
  return json.map((item) => ({ ...item, payments: item.payments.map((pairs) => new Map(pairs)) }));
}
