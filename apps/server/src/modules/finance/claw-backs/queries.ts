import { shanghaiDay } from "@qingdan/clock";
import { sql } from "kysely";
import { Problem } from "../../../problem.ts";
import type { Database } from "../../../store/database.ts";
import { type Cases, viewOrRefuse } from "../../cases/index.ts";
import type { ClawBackFigures } from "../model.ts";
import { dueNow } from "./claim.ts";
import { repaidOf } from "./repaid.ts";
import { heldOfLine, paidLines } from "./wrongly-paid.ts";

const within = (areas: readonly string[] | undefined) =>
  areas ? sql`where claim.area = any(select jsonb_array_elements_text(${JSON.stringify(areas)}::jsonb))` : sql``;

interface Sums {
  readonly cases: number;
  readonly claimed: number;
  readonly open: number;
  readonly dropped: number;
  readonly decided: number;
  readonly repaid: number;
  readonly withheld: number;
  /** Withheld as the payments say it. */
  readonly held: number;
  readonly owed: number;
  readonly refund: number;
  readonly lines: number;
  readonly shares: number;
}

/** Claims of areas added up; every sum is reached two ways, which must agree to the fen. */
export async function clawBackFigures(db: Database, areas: readonly string[] | undefined): Promise<ClawBackFigures> {
  const { rows } = await sql<Sums>`
    with claims as (
      select claim.fen, repaid.fen as repaid, repaid.withheld,
        coalesce((select sum(held.fen) from payment_withholding held
          join payment_batch batch on batch.id = held.batch and batch.released_by is not null
          left join payment_result answer on answer.batch = held.batch and answer.n = held.n
          where held.claw_back = claim.case_id and answer.result is distinct from 'returned'), 0) as held,
        case when view.outcome = 'repay' then view.fen end as decided, view.stage,
        (select sum(fen) from claw_back_line where claw_back = claim.case_id) as lines,
        (select sum(fen) from claw_back_share where claw_back = claim.case_id) as shares
      from claw_back claim join case_view view on view.id = claim.case_id
      cross join lateral (${repaidOf("claim.case_id")}) repaid ${within(areas)})
    select count(*) as cases, coalesce(sum(fen), 0)::bigint as claimed,
      coalesce(sum(fen) filter (where decided is null and stage <> 'terminated'), 0)::bigint as open,
      coalesce(sum(fen - coalesce(decided, 0)) filter (where decided is not null or stage = 'terminated'), 0)::bigint as dropped,
      coalesce(sum(decided), 0)::bigint as decided, coalesce(sum(repaid), 0)::bigint as repaid,
      coalesce(sum(withheld), 0)::bigint as withheld, coalesce(sum(held), 0)::bigint as held,
      coalesce(sum(greatest(coalesce(decided, 0) - repaid, 0)), 0)::bigint as owed,
      coalesce(sum(greatest(repaid - coalesce(decided, 0), 0)), 0)::bigint as refund,
      coalesce(sum(lines), 0)::bigint as lines, coalesce(sum(shares), 0)::bigint as shares
    from claims`.execute(db);
  const sums = rows[0] as Sums;
  const n = (name: keyof Sums) => Number(sums[name]);
  return {
    cases: n("cases"),
    claimedFen: n("claimed"),
    lineFen: n("lines"),
    shareFen: n("shares"),
    openFen: n("open"),
    droppedFen: n("dropped"),
    decidedFen: n("decided"),
    repaidFen: n("repaid"),
    withheldFen: n("withheld"),
    owedFen: n("owed"),
    refundFen: n("refund"),
    reconciles:
      n("claimed") === n("lines") &&
      n("lines") === n("shares") &&
      n("withheld") === n("held") &&
      n("claimed") === n("open") + n("dropped") + n("decided") &&
      n("decided") + n("refund") === n("repaid") + n("owed"),
  };
}

/**
 * Money that came back by the payer it goes to: what was repaid, and what released batches really withheld. What came back of a claim is cut where the running sums of its shares say, so
 * that the parts always add up to it; once the whole is repaid, each has its own share.
 */
export async function returnedByPayer(db: Database, areas: readonly string[] | undefined) {
  const { rows } = await sql<{ payer: string; area: string; claimed: number; returned: number }>`
    with parts as (
      select share.payer, share.area, share.fen, claim.fen as whole, repaid.fen as repaid,
        sum(share.fen) over (partition by claim.case_id order by share.payer, share.area) as upto
      from claw_back claim join claw_back_share share on share.claw_back = claim.case_id
      cross join lateral (${repaidOf("claim.case_id")}) repaid ${within(areas)})
    select payer, area, sum(fen)::bigint as claimed,
      sum(div(upto * repaid, whole) - div((upto - fen) * repaid, whole))::bigint as returned
    from parts group by payer, area order by payer, area`.execute(db);
  return rows.map(({ payer, area, claimed, returned }) => ({
    payer,
    area,
    claimedFen: Number(claimed),
    returnedFen: Number(returned),
  }));
}

/** Claims of areas, newest first. */
export async function selectClawBacks(
  db: Database,
  areas: readonly string[] | undefined,
  { after, size }: { readonly after?: string | undefined; readonly size: number },
) {
  let select = db
    .selectFrom("claw_back as claim")
    .innerJoin("case_view as view", "view.id", "claim.case_id")
    .select(["claim.of_case", "claim.ground", "claim.fen as claimed"])
    .select(["view.id", "view.number", "view.list", "view.item", "view.area", "view.person", "view.stage"])
    .select(["view.due", "view.outcome", "view.fen"])
    .select(sql<number>`(select fen from (${repaidOf("claim.case_id")}) repaid)`.as("repaid"));
  if (areas) select = select.where("claim.area", "in", areas);
  if (after !== undefined) select = select.where("claim.case_id", "<", after);
  // Identifiers begin with their time, so that their order is that of opening.
  return select
    .orderBy("claim.case_id", "desc")
    .limit(size + 1)
    .execute();
}

/** What a case was paid month by month, what it pays now, and what was claimed back. */
export async function paidOf(cases: Cases, id: string) {
  const view = await viewOrRefuse(cases, id);
  const { database: db } = cases;
  const { state } = await cases.store.load(db, view);
  const due = dueNow(state, shanghaiDay(cases.now()).slice(0, 7));
  const paid = await paidLines(db, id);
  const { rows: waiting } = await sql<{ month: string; fen: number; withheld: number; released: boolean }>`
    select line.month, line.fen, ${heldOfLine} as withheld, batch.released_by is not null as released
    from payment_line line join payment_batch batch on batch.id = line.batch
    left join payment_result answer on answer.batch = line.batch and answer.n = line.n
    where line.case_id = ${id} and not line.discarded and result is null order by line.month`.execute(db);
  const claims = await db
    .selectFrom("claw_back")
    .innerJoin("case_view", "case_view.id", "claw_back.case_id")
    .select(["case_view.id", "number", "stage", "claw_back.fen"])
    .where("of_case", "=", id)
    .orderBy("case_view.id")
    .execute();
  const months = [
    ...paid.map(({ month, fen, claimed, withheld }) => ({
      month,
      paidFen: fen,
      withheldFen: withheld,
      dueFen: due(month),
      claimedFen: claimed,
      state: "paid" as const,
    })),
    ...waiting.map(({ month, fen, withheld, released }) => ({
      month,
      paidFen: Number(fen),
      withheldFen: Number(withheld),
      dueFen: due(month),
      claimedFen: 0,
      state: released ? ("waiting" as const) : ("prepared" as const),
    })),
  ];
  return {
    months,
    paidFen: paid.reduce((sum, { fen }) => sum + fen, 0),
    overpaidFen: paid.reduce((sum, { month, fen, claimed }) => sum + Math.max(0, fen - due(month) - claimed), 0),
    clawBacks: claims.map(({ id: claim, number, stage, fen }) => ({ id: claim, number, stage, fen: Number(fen) })),
  };
}

/** The claim of a claw-back. @throws {Problem} CASE-UNKNOWN */
export async function requireClawBack(db: Database, id: string): Promise<void> {
  const found = await db.selectFrom("claw_back").select("case_id").where("case_id", "=", id).executeTakeFirst();
  if (!found) throw new Problem("CASE-UNKNOWN", { zh: "请核对追缴办件编号", en: "Check the claw-back's identifier" });
}
