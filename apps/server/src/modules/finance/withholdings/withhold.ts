import { sql } from "kysely";
import { Problem } from "../../../problem.ts";
import type { Database, DatabaseTransaction } from "../../../store/database.ts";
import { type CaseState, type Cases, offsetLeftFen, readyDeeds, type Withheld, writeDeeds } from "../../cases/index.ts";
import { insertMany } from "../insert-many.ts";
import { byKey, dividePayments, type Offset } from "./divide-payments.ts";

interface NewBatch {
  readonly id: string;
  readonly item: string;
}

/**
 * Sets aside, in a batch that is being prepared, what its payments withhold by the agreements of the people in it. Claims are held
 * until the transaction ends, so that two batches prepared at once do not set the same money aside.
 */
export async function setAside(
  tx: DatabaseTransaction,
  cases: Cases,
  batch: NewBatch,
  areas: readonly string[] | undefined,
): Promise<void> {
  const offsets = await offsetsOf(tx, cases, batch, areas);
  if (offsets.length === 0) return;
  const payments = await tx
    .selectFrom("payment_line")
    .select(["n", "person", "month", "fen"])
    .where("batch", "=", batch.id)
    .where("person", "in", [...new Set(offsets.map(({ person }) => person))])
    // What was due first is withheld from first.
    .orderBy("month")
    .orderBy("n")
    .execute();
  const parts = dividePayments(payments, offsets);
  await insertMany(
    tx,
    "payment_withholding",
    parts.map((part) => ({ batch: batch.id, ...part })),
  );
}

/** Agreements in force on payments of the batch, oldest claim first, each with what it leaves beyond what is set aside elsewhere. */
async function offsetsOf(
  tx: DatabaseTransaction,
  cases: Cases,
  { id, item }: NewBatch,
  areas: readonly string[] | undefined,
): Promise<readonly Offset[]> {
  let select = tx
    .selectFrom("case_view")
    .selectAll("case_view")
    .where("kind", "=", "claw-back")
    .where("stage", "=", "decided")
    .where("person", "in", tx.selectFrom("payment_line").select("person").where("batch", "=", id));
  // Money is withheld by who pays where it was claimed: nobody keeps another area's money.
  if (areas) select = select.where("area", "in", areas);
  const views = await select.orderBy("id").forUpdate().execute();
  if (views.length === 0) return [];
  const states = await cases.store.loadMany(tx, views);
  const waiting = await setAsideElsewhere(
    tx,
    views.map((view) => view.id),
  );
  return views.flatMap((view, at) => {
    const state = states[at] as CaseState;
    const offset = state.clawBack?.offset;
    const leftFen = offsetLeftFen(state) - (waiting.get(view.id) ?? 0);
    if (!offset || leftFen <= 0 || (offset.payments === "same-item" && view.item !== item)) return [];
    const { seq, mostPercent, mostFen, from } = offset;
    return [{ clawBack: view.id, person: view.person, agreement: seq, leftFen, mostPercent, mostFen, from }];
  });
}

/** What batches that are prepared and neither released nor discarded set aside, by claim. */
async function setAsideElsewhere(db: Database, clawBacks: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ claw_back: string; fen: number }>`
    select held.claw_back, sum(held.fen)::bigint as fen
    from payment_withholding held join payment_batch batch on batch.id = held.batch
    where batch.released_by is null and not batch.discarded
      and held.claw_back = any(select jsonb_array_elements_text(${JSON.stringify(clawBacks)}::jsonb))
    group by held.claw_back`.execute(db);
  return new Map(rows.map(({ claw_back, fen }) => [claw_back, Number(fen)]));
}

interface HeldLine extends Withheld {
  readonly clawBack: string;
  readonly agreement: number;
}

async function heldLines(tx: DatabaseTransaction, batch: string): Promise<readonly HeldLine[]> {
  const rows = await tx
    .selectFrom("payment_withholding as held")
    .innerJoin("payment_line as line", (join) =>
      join.onRef("line.batch", "=", "held.batch").onRef("line.n", "=", "held.n"),
    )
    .select(["held.claw_back", "held.agreement", "held.n", "held.fen", "line.case_id", "line.month"])
    .where("held.batch", "=", batch)
    .orderBy("held.claw_back")
    .orderBy("held.n")
    .execute();
  return rows.map(({ claw_back, agreement, n, fen, case_id, month }) => ({
    ...{ clawBack: claw_back, agreement, n, case: case_id, month },
    fen: Number(fen),
  }));
}

/** The claims, held until the transaction ends. */
async function heldClaims(tx: DatabaseTransaction, ids: readonly string[]) {
  return tx.selectFrom("case_view").selectAll().where("id", "in", ids).orderBy("id").forUpdate().execute();
}

const sumOf = (lines: readonly { readonly fen: number }[]): number => lines.reduce((sum, { fen }) => sum + fen, 0);

/**
 * A batch is released: what it set aside is withheld from now on, and each claim's journal says so. Gives the sum.
 *
 * @throws {Problem} PAY-WITHHOLDING-LATE where a claim was repaid, changed or its agreement ended meanwhile
 */
export async function withholdReleased(tx: DatabaseTransaction, cases: Cases, batch: string): Promise<number> {
  const lines = await heldLines(tx, batch);
  if (lines.length === 0) return 0;
  const byClaim = byKey(lines, ({ clawBack }) => clawBack);
  const views = await heldClaims(tx, [...byClaim.keys()]);
  const states = await cases.store.loadMany(tx, views);
  for (const [at, { id, number }] of views.entries()) {
    const own = byClaim.get(id) ?? [];
    const { clawBack, ...state } = states[at] as CaseState;
    const leaves = offsetLeftFen({ ...state, clawBack });
    if (own.some(({ agreement }) => agreement !== clawBack?.offset?.seq) || sumOf(own) > leaves) {
      throw new Problem("PAY-WITHHOLDING-LATE", {
        zh: `追缴办件 ${number} 的约定或欠款已变：现可抵扣 ${leaves} 分，批次要抵扣 ${sumOf(own)} 分；作废后重新编制`,
        en: `Claim ${number} has changed: ${leaves} fen can be withheld, the batch withholds ${sumOf(own)} fen; discard it and prepare another`,
      });
    }
  }
  const ready = await readyDeeds(tx, cases, views, ({ clawBack }, id) => {
    const own = (byClaim.get(id) ?? []).map(({ n, case: of, month, fen }) => ({ n, case: of, month, fen }));
    return { kind: "withhold", batch, agreement: clawBack?.offset?.seq ?? 0, fen: sumOf(own), lines: own };
  });
  await writeAll(tx, ready);
  return sumOf(lines);
}

/** The bank sent lines of a batch back: what they withheld is owed again, and each claim's journal says so. Gives the sum. */
export async function undoReturned(
  tx: DatabaseTransaction,
  cases: Cases,
  batch: string,
  returned: readonly number[],
): Promise<number> {
  const back = new Set(returned);
  const lines = (await heldLines(tx, batch)).filter(({ n }) => back.has(n));
  if (lines.length === 0) return 0;
  const byClaim = byKey(lines, ({ clawBack }) => clawBack);
  const views = await heldClaims(tx, [...byClaim.keys()]);
  const ready = await readyDeeds(tx, cases, views, (_, id) => {
    const own = byClaim.get(id) ?? [];
    return { kind: "undo-withholding", batch, fen: sumOf(own), lines: own.map(({ n }) => n) };
  });
  await writeAll(tx, ready);
  return sumOf(lines);
}

async function writeAll(tx: DatabaseTransaction, ready: Awaited<ReturnType<typeof readyDeeds>>): Promise<void> {
  const written = await writeDeeds(tx, ready);
  if (written.size !== ready.length) throw new Error(`Of ${ready.length} claims ${written.size} were written`);
}
