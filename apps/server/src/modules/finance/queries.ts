import { sql } from "kysely";
import type { Database } from "../../store/database.ts";
import type { BatchPage, Reconciliation } from "./model.ts";

/** Sums over the lines of a batch: by payer, by result, by reason. */
export async function figuresOf(
  db: Database,
  id: string,
): Promise<Pick<BatchPage, "shares" | "results" | "returns"> & { lineFen: number; shareFen: number }> {
  const shares = await sql<{ payer: string; area: string; fen: number; lines: number }>`
    select payer, area, sum(fen)::bigint as fen, count(*) as lines from payment_share where batch = ${id}
    group by payer, area order by payer, area`.execute(db);
  const sums = await sql<{ result: string | null; reason: string | null; lines: number; fen: number }>`
    select result, reason, count(*) as lines, sum(line.fen)::bigint as fen
    from payment_line line left join payment_result answer on answer.batch = line.batch and answer.n = line.n
    where line.batch = ${id} group by result, reason order by result, reason`.execute(db);
  const of = (result: string | null) => sums.rows.filter((row) => row.result === result);
  const total = (rows: readonly { lines: number; fen: number }[]) => ({
    lines: rows.reduce((sum, { lines }) => sum + Number(lines), 0),
    fen: rows.reduce((sum, { fen }) => sum + Number(fen), 0),
  });
  const [paid, returned, waiting] = [total(of("paid")), total(of("returned")), total(of(null))];
  return {
    shares: shares.rows.map(({ payer, area, fen, lines }) => ({ payer, area, fen: Number(fen), lines: Number(lines) })),
    results: {
      paid: paid.lines,
      paidFen: paid.fen,
      returned: returned.lines,
      returnedFen: returned.fen,
      waiting: waiting.lines,
      waitingFen: waiting.fen,
    },
    returns: of("returned").map(({ reason, lines, fen }) => ({
      reason: reason as BatchPage["returns"][number]["reason"],
      lines: Number(lines),
      fen: Number(fen),
    })),
    lineFen: total(sums.rows).fen,
    shareFen: total(shares.rows).fen,
  };
}

/** Released money of a month added up four ways; they must agree to the fen. */
export async function reconcile(
  db: Database,
  month: string,
  areas: readonly string[] | undefined,
): Promise<Reconciliation> {
  const within = areas
    ? sql`and batch.area = any(select jsonb_array_elements_text(${JSON.stringify(areas)}::jsonb))`
    : sql``;
  const batches = await sql<{ batches: number; fen: number }>`
    select count(*) as batches, coalesce(sum(fen), 0)::bigint as fen from payment_batch batch
    where released_by is not null and month = ${month} ${within}`.execute(db);
  const lines = await sql<{ line: number; paid: number; returned: number; waiting: number; again: number }>`
    select coalesce(sum(line.fen), 0)::bigint as line,
      coalesce(sum(line.fen) filter (where result = 'paid'), 0)::bigint as paid,
      coalesce(sum(line.fen) filter (where result = 'returned'), 0)::bigint as returned,
      coalesce(sum(line.fen) filter (where result is null), 0)::bigint as waiting,
      coalesce(sum(line.fen) filter (where line.again_batch is not null), 0)::bigint as again
    from payment_batch batch join payment_line line on line.batch = batch.id
    left join payment_result answer on answer.batch = line.batch and answer.n = line.n
    where released_by is not null and batch.month = ${month} ${within}`.execute(db);
  const shares = await sql<{ fen: number }>`
    select coalesce(sum(share.fen), 0)::bigint as fen from payment_batch batch join payment_share share on share.batch = batch.id
    where released_by is not null and month = ${month} ${within}`.execute(db);
  const [batch, line, share] = [batches.rows[0], lines.rows[0], shares.rows[0]];
  const figures = {
    batches: Number(batch?.batches ?? 0),
    batchFen: Number(batch?.fen ?? 0),
    lineFen: Number(line?.line ?? 0),
    shareFen: Number(share?.fen ?? 0),
    paidFen: Number(line?.paid ?? 0),
    returnedFen: Number(line?.returned ?? 0),
    waitingFen: Number(line?.waiting ?? 0),
    paidAgainFen: Number(line?.again ?? 0),
  };
  const { batchFen, lineFen, shareFen, paidFen, returnedFen, waitingFen } = figures;
  return {
    ...figures,
    reconciles: batchFen === lineFen && lineFen === shareFen && lineFen === paidFen + returnedFen + waitingFen,
  };
}
