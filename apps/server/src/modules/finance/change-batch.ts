import { type Selectable, sql } from "kysely";
import { Problem } from "../../problem.ts";
import type { Database, DatabaseTransaction } from "../../store/database.ts";
import { append } from "../audit/index.ts";
import { type Cases, madeBefore } from "../cases/index.ts";
import type { Actor } from "../identity/index.ts";
import { insertMany } from "./insert-many.ts";
import { payeesOf } from "./payees.ts";
import { payerOf } from "./payers.ts";
import type { FinanceTables } from "./tables.ts";
import { setAside, undoReturned, withholdReleased } from "./withholdings/withhold.ts";

type Batch = Selectable<FinanceTables["payment_batch"]>;

export async function batchOf(db: Database, id: string) {
  const batch = await db.selectFrom("payment_batch").selectAll().where("id", "=", id).executeTakeFirst();
  return batch ?? unknownBatch();
}

function unknownBatch(): never {
  throw new Problem("PAY-BATCH-UNKNOWN", { zh: "请核对批次编号", en: "Check the batch's identifier" });
}

/** The batch, held until the transaction ends: of two deeds at once the second one sees what the first did. */
async function heldBatch(tx: DatabaseTransaction, id: string) {
  const batch = await tx.selectFrom("payment_batch").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  return batch ?? unknownBatch();
}

function refuseUnlessPrepared({ released_by, discarded }: Pick<Batch, "released_by" | "discarded">): void {
  if (released_by !== null) throw new Problem("PAY-STATE", { zh: "批次已放行", en: "The batch was released" });
  if (discarded) throw new Problem("PAY-STATE", { zh: "批次已作废", en: "The batch was discarded" });
}

/**
 * A second person lets the money go, from the account that the area pays from at that moment. What was set aside for claims is
 * withheld from now on; a payment that is withheld whole never goes to the bank.
 *
 * @throws {Problem} PAY-FOUR-EYES, PAY-STATE, PAY-PAYER-UNKNOWN, PAY-WITHHOLDING-LATE
 */
export async function releaseBatch(cases: Cases, actor: Actor, id: string): Promise<void> {
  const at = cases.now();
  await cases.database.transaction().execute(async (tx) => {
    const batch = await heldBatch(tx, id);
    if (batch.released_by === actor.id) return;
    refuseUnlessPrepared(batch);
    if (batch.prepared_by === actor.id)
      throw new Problem("PAY-FOUR-EYES", { zh: "请由另一人放行", en: "Another person releases it" });
    const { name, account, bank } = await payerOf(tx, batch.area);
    await tx
      .updateTable("payment_batch")
      .set({ released_by: actor.id, released_at: at, payer_name: name, payer_account: account, payer_bank: bank })
      .where("id", "=", id)
      .execute();
    const withheld = await withholdReleased(tx, cases, id);
    if (withheld > 0) await settleWithheldWhole(tx, id, { at, by: actor.id });
    const { lines, fen } = batch;
    await append(tx, {
      kind: "payment.release",
      subject: `batch:${id}`,
      body: { batch: id, lines, fen, withheld, payer: { name, account, bank } },
      at,
      by: actor.id,
    });
  });
}

/** Nothing of these lines goes to the bank, which will not answer for them. */
async function settleWithheldWhole(
  tx: DatabaseTransaction,
  batch: string,
  { at, by }: { readonly at: Date; readonly by: string },
): Promise<void> {
  await sql`
    insert into payment_result (batch, n, result, reason, at, by)
    select line.batch, line.n, 'withheld', null, ${at}, ${by}
    from payment_line line join payment_withholding held on held.batch = line.batch and held.n = line.n
    where line.batch = ${batch} group by line.batch, line.n, line.fen having sum(held.fen) = line.fen`.execute(tx);
}

/**
 * Gives up a batch that is not released: whoever prepared it discards it, anybody else sends it back. It stays in the history with the
 * reason, and its months can be paid by another batch. The same again changes nothing.
 *
 * @throws {Problem} PAY-STATE
 */
export async function discardBatch(cases: Cases, actor: Actor, id: string, reason: string): Promise<void> {
  const at = cases.now();
  await cases.database.transaction().execute(async (tx) => {
    const batch = await heldBatch(tx, id);
    if (batch.discarded_by === actor.id && batch.discard_reason === reason) return;
    refuseUnlessPrepared(batch);
    await tx
      .updateTable("payment_batch")
      .set({ discarded: true, discarded_by: actor.id, discarded_at: at, discard_reason: reason })
      .where("id", "=", id)
      .execute();
    const { lines, fen } = batch;
    await append(tx, {
      kind: batch.prepared_by === actor.id ? "payment.discard" : "payment.send-back",
      subject: `batch:${id}`,
      body: { batch: id, lines, fen, reason },
      at,
      by: actor.id,
    });
  });
}

export interface Result {
  readonly n: number;
  readonly result: "paid" | "returned";
  readonly reason?: string;
}

/**
 * Books what the bank answered: all of it or nothing; the same answer again changes nothing. What a payment that comes back
 * withheld is owed again.
 *
 * @throws {Problem} PAY-STATE, PAY-LINE-UNKNOWN, PAY-RESULT-TWICE
 */
export async function bookResults(
  cases: Cases,
  actor: Actor,
  id: string,
  results: readonly Result[],
  key: string,
): Promise<void> {
  const at = cases.now();
  await cases.database.transaction().execute(async (tx) => {
    const before = await madeBefore(tx, { actor: actor.id, key, asked: { id, results }, at }, id);
    if (before !== undefined) return;
    const batch = await batchOf(tx, id);
    if (batch.released_by === null)
      throw new Problem("PAY-STATE", { zh: "批次还没有放行", en: "The batch was not released yet" });
    const strange = results.find(({ n }) => n > batch.lines);
    if (strange)
      throw new Problem("PAY-LINE-UNKNOWN", { zh: `没有第 ${strange.n} 笔`, en: `There is no line ${strange.n}` });
    const numbers = results.map(({ n }) => n);
    const known = await tx
      .selectFrom("payment_result")
      .select(["n", "result"])
      .where("batch", "=", id)
      .where("n", "in", numbers)
      .execute();
    const withheld = known.find(({ result }) => result === "withheld");
    if (withheld) throw new Problem("PAY-LINE-WITHHELD", { zh: `第 ${withheld.n} 笔`, en: `Line ${withheld.n}` });
    const twice = known[0]?.n ?? numbers.find((n, place) => numbers.indexOf(n) !== place);
    if (twice !== undefined) throw new Problem("PAY-RESULT-TWICE", { zh: `第 ${twice} 笔`, en: `Line ${twice}` });
    const returned = results.filter(({ result }) => result === "returned").map(({ n }) => n);
    const undone = await undoReturned(tx, cases, id, returned);
    for (const { n, result, reason } of results) {
      await tx
        .insertInto("payment_result")
        .values({ batch: id, n, result, reason: reason ?? null, at, by: actor.id })
        .execute();
    }
    await append(tx, {
      kind: "payment.results",
      subject: `batch:${id}`,
      body: { batch: id, results: results.length, undone },
      at,
      by: actor.id,
    });
  });
}

/**
 * A new batch of what came back, to the accounts that people have now. What has no account still waits; what is withheld is found
 * anew.
 *
 * @throws {Problem} PAY-BATCH-EMPTY
 */
export async function retryReturned(cases: Cases, actor: Actor, from: string, key: string): Promise<string> {
  const at = cases.now();
  const id = cases.newId();
  return cases.database.transaction().execute(async (tx) => {
    const before = await madeBefore(tx, { actor: actor.id, key, asked: { retry: from }, at }, id);
    if (before !== undefined) return before;
    const batch = await batchOf(tx, from);
    const waiting = await returnedLines(tx, from);
    const payees = await payeesOf(
      tx,
      waiting.map(({ person }) => person),
    );
    const ready = waiting.flatMap((line) => {
      const payee = payees.get(line.person);
      // The same account again would come back again.
      return payee && payee.account !== line.account ? [{ ...line, ...payee }] : [];
    });
    if (ready.length === 0) {
      throw new Problem("PAY-BATCH-EMPTY", {
        zh: "退回的款项还没有新账号",
        en: "What came back has no new accounts yet",
      });
    }
    const fen = ready.reduce((sum, line) => sum + line.fen, 0);
    const { list, item, area, month } = batch;
    const left = JSON.stringify(waiting.length > ready.length ? { "no-payee": waiting.length - ready.length } : {});
    await tx
      .insertInto("payment_batch")
      .values({
        id,
        list,
        item,
        area,
        month,
        prepared_by: actor.id,
        prepared_at: at,
        released_by: null,
        released_at: null,
        lines: ready.length,
        fen,
        left_out: left,
      })
      .execute();
    const rows = ready.map((line, place) => ({
      batch: id,
      n: place + 1,
      case_id: line.case_id,
      person: line.person,
      month: line.month,
      fen: line.fen,
      name: line.name,
      account: line.account,
      again_batch: from,
      again_n: line.n,
    }));
    await insertMany(tx, "payment_line", rows);
    await sql`
      insert into payment_share (batch, n, payer, area, fen)
      select line.batch, line.n, share.payer, share.area, share.fen
      from payment_line line join payment_share share on share.batch = line.again_batch and share.n = line.again_n
      where line.batch = ${id}`.execute(tx);
    await setAside(tx, cases, { id, item }, await cases.areasBelow(area));
    await append(tx, {
      kind: "payment.retry",
      subject: `batch:${id}`,
      body: { batch: id, from, lines: ready.length, fen },
      at,
      by: actor.id,
    });
    return id;
  });
}

function returnedLines(tx: DatabaseTransaction, batch: string) {
  return tx
    .selectFrom("payment_line")
    .innerJoin("payment_result", (join) =>
      join.onRef("payment_result.batch", "=", "payment_line.batch").onRef("payment_result.n", "=", "payment_line.n"),
    )
    .leftJoin("payment_line as again", (join) =>
      join
        .onRef("again.again_batch", "=", "payment_line.batch")
        .onRef("again.again_n", "=", "payment_line.n")
        .on("again.discarded", "=", false),
    )
    .selectAll("payment_line")
    .where("payment_line.batch", "=", batch)
    .where("payment_result.result", "=", "returned")
    .where("again.batch", "is", null)
    .orderBy("payment_line.n")
    .execute();
}
