import { sql } from "kysely";
import type { Database } from "../../store/database.ts";
import { repaidOf } from "./claw-backs/repaid.ts";
import type { BatchPage, Reconciliation } from "./model.ts";

/** What each line withholds, for all claims together. */
const heldByLine = sql`select batch, n, sum(fen)::bigint as fen from payment_withholding group by batch, n`;

type Figures = Pick<BatchPage, "shares" | "results" | "returns" | "withheldFen" | "undoneFen" | "bankFen"> & {
  readonly lineFen: number;
  readonly shareFen: number;
};

/** Sums over the lines of a batch: by payer, by result, by reason; results are of what goes to the bank. */
export async function figuresOf(db: Database, id: string): Promise<Figures> {
  const shares = await sql<{ payer: string; area: string; fen: number; lines: number }>`
    select payer, area, sum(fen)::bigint as fen, count(*) as lines from payment_share where batch = ${id}
    group by payer, area order by payer, area`.execute(db);
  const sums = await sql<{ result: string | null; reason: string | null; lines: number; fen: number; held: number }>`
    select result, reason, count(*) as lines, sum(line.fen)::bigint as fen, sum(coalesce(held.fen, 0))::bigint as held
    from payment_line line left join payment_result answer on answer.batch = line.batch and answer.n = line.n
    left join (${heldByLine}) held on held.batch = line.batch and held.n = line.n
    where line.batch = ${id} group by result, reason order by result, reason`.execute(db);
  const of = (result: string | null) => sums.rows.filter((row) => row.result === result);
  const count = (rows: readonly { lines: number }[]) => rows.reduce((sum, { lines }) => sum + Number(lines), 0);
  const gross = (rows: readonly { fen: number }[]) => rows.reduce((sum, { fen }) => sum + Number(fen), 0);
  const held = (rows: readonly { held: number }[]) => rows.reduce((sum, row) => sum + Number(row.held), 0);
  const net = (rows: readonly { fen: number; held: number }[]) => gross(rows) - held(rows);
  const [paid, returned, waiting] = [of("paid"), of("returned"), of(null)];
  return {
    shares: shares.rows.map(({ payer, area, fen, lines }) => ({ payer, area, fen: Number(fen), lines: Number(lines) })),
    results: {
      paid: count(paid),
      paidFen: net(paid),
      returned: count(returned),
      returnedFen: net(returned),
      waiting: count(waiting),
      waitingFen: net(waiting),
      withheld: count(of("withheld")),
    },
    returns: returned.map(({ reason, lines, fen, held }) => ({
      reason: reason as BatchPage["returns"][number]["reason"],
      lines: Number(lines),
      fen: Number(fen) - Number(held),
    })),
    withheldFen: held(sums.rows) - held(returned),
    undoneFen: held(returned),
    bankFen: net(sums.rows),
    lineFen: gross(sums.rows),
    shareFen: gross(shares.rows),
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
  const lines = await sql<Record<"line" | "paid" | "returned" | "waiting" | "withheld" | "undone" | "again", number>>`
    select coalesce(sum(line.fen), 0)::bigint as line,
      coalesce(sum(line.fen - coalesce(held.fen, 0)) filter (where result = 'paid'), 0)::bigint as paid,
      coalesce(sum(line.fen - coalesce(held.fen, 0)) filter (where result = 'returned'), 0)::bigint as returned,
      coalesce(sum(line.fen - coalesce(held.fen, 0)) filter (where result is null), 0)::bigint as waiting,
      coalesce(sum(held.fen) filter (where result is distinct from 'returned'), 0)::bigint as withheld,
      coalesce(sum(held.fen) filter (where result = 'returned'), 0)::bigint as undone,
      coalesce(sum(line.fen) filter (where line.again_batch is not null), 0)::bigint as again
    from payment_batch batch join payment_line line on line.batch = batch.id
    left join payment_result answer on answer.batch = line.batch and answer.n = line.n
    left join (${heldByLine}) held on held.batch = line.batch and held.n = line.n
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
    withheldFen: Number(line?.withheld ?? 0),
    undoneFen: Number(line?.undone ?? 0),
    paidAgainFen: Number(line?.again ?? 0),
  };
  const { batchFen, lineFen, shareFen, paidFen, returnedFen, waitingFen, withheldFen, undoneFen } = figures;
  const told = paidFen + returnedFen + waitingFen + withheldFen + undoneFen;
  return { ...figures, reconciles: batchFen === lineFen && lineFen === shareFen && lineFen === told };
}

/** What a line withholds for one claim. */
export interface LineWithholding {
  readonly clawBack: string;
  readonly number: string;
  readonly fen: number;
  /** Still owed of the claim; null before its decision. */
  readonly owedFen: number | null;
}

/** What lines withhold, by `batch n`. */
export async function withholdingsOf(
  db: Database,
  lines: readonly { readonly batch: string; readonly n: number }[],
): Promise<ReadonlyMap<string, readonly LineWithholding[]>> {
  if (lines.length === 0) return new Map();
  const asked = JSON.stringify(lines.map(({ batch, n }) => ({ batch, n })));
  const { rows } = await sql<{
    batch: string;
    n: number;
    claim: string;
    number: string;
    fen: number;
    owed: number | null;
  }>`
    select held.batch, held.n, held.claw_back as claim, view.number, held.fen,
      case when view.outcome = 'repay' then greatest(view.fen - repaid.fen, 0) end::bigint as owed
    from jsonb_to_recordset(${asked}::jsonb) as asked (batch text, n integer)
    join payment_withholding held on held.batch = asked.batch and held.n = asked.n
    join case_view view on view.id = held.claw_back
    cross join lateral (${repaidOf("held.claw_back")}) repaid
    order by held.batch, held.n, held.claw_back`.execute(db);
  const found = new Map<string, LineWithholding[]>();
  for (const { batch, n, claim, number, fen, owed } of rows) {
    const key = `${batch} ${n}`;
    const one = { clawBack: claim, number, fen: Number(fen), owedFen: owed === null ? null : Number(owed) };
    found.set(key, [...(found.get(key) ?? []), one]);
  }
  return found;
}
