import { sql } from "kysely";
import type { Database } from "../../../store/database.ts";

/** One payment that reached its account, or was withheld whole for a claim. */
export interface PaidLine {
  readonly batch: string;
  readonly n: number;
  readonly month: string;
  /** With what was withheld of it: that paid a debt of the person's. */
  readonly fen: number;
  readonly withheld: number;
  /** Of it claimed back already, by claims that were not given up. */
  readonly claimed: number;
}

/** What a line withholds, as a column of a statement that reads `payment_line line`. */
export const heldOfLine = sql<number>`coalesce((select sum(held.fen) from payment_withholding held
  where held.batch = line.batch and held.n = line.n), 0)::bigint`;

/** The payments of a case that reached an account, earliest month first. */
export async function paidLines(db: Database, caseId: string): Promise<readonly PaidLine[]> {
  const { rows } = await sql<{
    batch: string;
    n: number;
    month: string;
    fen: number;
    withheld: number;
    claimed: number;
  }>`
    select line.batch, line.n, line.month, line.fen, ${heldOfLine} as withheld,
      coalesce((select sum(claimed.fen) from claw_back_line claimed join case_view claim on claim.id = claimed.claw_back
        where claimed.batch = line.batch and claimed.n = line.n and claim.stage <> 'terminated'), 0)::bigint as claimed
    from payment_line line
    join payment_result answer on answer.batch = line.batch and answer.n = line.n and answer.result in ('paid', 'withheld')
    where line.case_id = ${caseId} order by line.month, line.batch, line.n`.execute(db);
  return rows.map(({ batch, n, month, fen, withheld, claimed }) => ({
    batch,
    n,
    month,
    fen: Number(fen),
    withheld: Number(withheld),
    claimed: Number(claimed),
  }));
}

export interface WrongLine {
  readonly batch: string;
  readonly n: number;
  readonly month: string;
  readonly paidFen: number;
  readonly dueFen: number;
  /** What is too much and not claimed yet. */
  readonly fen: number;
}

/** The payments from a month on that were more than was due, less what is claimed already. */
export function wronglyPaid(
  paid: readonly PaidLine[],
  due: (month: string) => number,
  from: string | undefined,
): readonly WrongLine[] {
  return paid
    .filter(({ month }) => from === undefined || month >= from)
    .map(({ batch, n, month, fen, claimed }) => {
      const dueFen = Math.min(fen, due(month));
      return { batch, n, month, paidFen: fen, dueFen, fen: Math.max(0, fen - dueFen - claimed) };
    })
    .filter(({ fen }) => fen > 0);
}

export interface Share {
  readonly payer: string;
  readonly area: string;
  readonly fen: number;
}

/**
 * To whom the money of a claim goes back: each payment's part in proportion to what its payers bore, to the fen (largest
 * remainder; of equal ones the first in the order of payers).
 */
export async function sharesOfLines(db: Database, lines: readonly WrongLine[]): Promise<readonly Share[]> {
  const asked = JSON.stringify(lines.map(({ batch, n }) => ({ batch, n })));
  const { rows } = await sql<Share & { batch: string; n: number }>`
    select share.batch, share.n, share.payer, share.area, share.fen
    from jsonb_to_recordset(${asked}::jsonb) as asked (batch text, n integer)
    join payment_share share on share.batch = asked.batch and share.n = asked.n
    order by share.payer, share.area`.execute(db);
  const summed = new Map<string, Share>();
  for (const line of lines) {
    const borne = rows.filter(({ batch, n }) => batch === line.batch && n === line.n);
    const parts = inProportion(
      line.fen,
      borne.map(({ fen }) => Number(fen)),
    );
    for (const [at, { payer, area }] of borne.entries()) {
      const key = `${payer} ${area}`;
      summed.set(key, { payer, area, fen: (summed.get(key)?.fen ?? 0) + (parts[at] ?? 0) });
    }
  }
  return [...summed.values()].filter(({ fen }) => fen > 0);
}

/** Whole fen in proportion to weights, that sum to `fen`. */
export function inProportion(fen: number, weights: readonly number[]): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (total === 0n) return weights.map(() => 0);
  const exact = weights.map((weight) => BigInt(weight) * BigInt(fen));
  const parts = exact.map((product) => Number(product / total));
  const left = fen - parts.reduce((sum, part) => sum + part, 0);
  const order = exact
    .map((product, at) => ({ at, rest: product % total }))
    .toSorted((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest > b.rest ? -1 : 1));
  for (const { at } of order.slice(0, left)) parts[at] = (parts[at] ?? 0) + 1;
  return parts;
}
