import type { CaseState } from "../cases/index.ts";

/** A month of a case that is paid for. */
export interface PayableMonth {
  readonly month: string;
  readonly fen: number;
}

const nextMonth = (month: string): string => {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
};

/** A case that pays longer than this back is looked at by a person, not paid by a batch. */
const mostMonths = 120;

/**
 * The months that a case pays for, from its first to `until` (both included), earliest first: monthly benefits each month,
 * yearly ones in the month of the first, single payments once. Months of a suspension wait until it is lifted, then they are
 * paid for as well (补发). null: the period has no rule for batches.
 */
export function payableMonths(
  { amounts, benefit, decision }: CaseState,
  until: string,
): readonly PayableMonth[] | null {
  const first = amounts[0]?.from.slice(0, 7);
  const per = decision?.per ?? "";
  if (first === undefined || benefit === null) return [];
  if (per !== "month" && per !== "year" && per !== "once") return null;
  const months: PayableMonth[] = [];
  for (let month = first; month <= until && months.length <= mostMonths; month = nextMonth(month)) {
    if (per === "once" && month !== first) break;
    if (per === "year" && month.slice(5) !== first.slice(5)) continue;
    if (benefit.state === "suspended" && month >= benefit.from.slice(0, 7)) break;
    const fen = amounts.findLast(({ from }) => from.slice(0, 7) <= month)?.fen ?? 0;
    if (fen > 0) months.push({ month, fen });
  }
  if (months.length > mostMonths) throw new RangeError(`A case pays for more than ${mostMonths} months at once`);
  return months;
}
