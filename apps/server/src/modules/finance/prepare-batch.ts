import { shanghaiDay } from "@qingdan/clock";
import { type List, type PaymentShare, type Rulebook, splitPayment } from "@qingdan/list";
import { sql } from "kysely";
import { Problem } from "../../problem.ts";
import type { DatabaseTransaction } from "../../store/database.ts";
import { appendAll } from "../audit/index.ts";
import { type CaseState, type Cases, madeBefore } from "../cases/index.ts";
import type { Actor } from "../identity/index.ts";
import { insertMany } from "./insert-many.ts";
import type { leftOutReasons } from "./model.ts";
import { payableMonths } from "./payable.ts";
import { type Payee, payeesOf } from "./payees.ts";
import { setAside } from "./withholdings/withhold.ts";

export interface BatchRequest {
  readonly list: string;
  readonly item: string;
  readonly month: string;
  readonly area: string;
}

type LeftOut = Partial<Record<(typeof leftOutReasons)[number], number>>;

/** Cases that are read and written at once. */
const casesAtOnce = 2000;

interface Line {
  readonly caseId: string;
  readonly person: string;
  readonly area: string;
  readonly month: string;
  readonly fen: number;
  readonly payee: Payee;
  readonly shares: readonly PaymentShare[];
}

/**
 * Prepares a batch: every month up to `month` that the item's cases pay for and no batch has paid, split by payer. Cases that
 * pay and are not in it are counted with the reason; what people agreed to have withheld is set aside.
 *
 * @throws {Problem} PAY-BATCH-EMPTY, PAY-MONTH-AHEAD
 */
export async function prepareBatch(cases: Cases, actor: Actor, request: BatchRequest, key: string): Promise<string> {
  const now = cases.now();
  if (request.month > shanghaiDay(now).slice(0, 7)) {
    throw new Problem("PAY-MONTH-AHEAD", {
      zh: "最晚编制到本月",
      en: "The present month is the last that is prepared",
    });
  }
  const list = await cases.list(request.list);
  const areas = await cases.areasBelow(request.area);
  const id = cases.newId();
  return cases.database.transaction().execute(async (tx) => {
    const before = await madeBefore(tx, { actor: actor.id, key, asked: request, at: now }, id);
    if (before !== undefined) return before;
    const leftOut: LeftOut = {};
    const head = { id, ...request, prepared_by: actor.id, prepared_at: now, released_by: null, released_at: null };
    await tx
      .insertInto("payment_batch")
      .values({ ...head, lines: 0, fen: 0, left_out: "{}" })
      .execute();
    let [n, fen] = [0, 0];
    for await (const page of payingCases(cases, tx, request, areas)) {
      const lines = await linesOf(cases, tx, list, request, page, leftOut);
      await writeLines(tx, id, n, lines);
      n += lines.length;
      fen += lines.reduce((sum, line) => sum + line.fen, 0);
    }
    if (n === 0) throw new Problem("PAY-BATCH-EMPTY", emptyWords(leftOut));
    await tx
      .updateTable("payment_batch")
      .set({ lines: n, fen, left_out: JSON.stringify(leftOut) })
      .where("id", "=", id)
      .execute();
    await setAside(tx, cases, { id, item: request.item }, areas);
    await appendAll(tx, [
      { kind: "payment.prepare", subject: `batch:${id}`, body: { ...request, lines: n, fen }, at: now, by: actor.id },
    ]);
    return id;
  });
}

function emptyWords(leftOut: LeftOut) {
  const told = Object.entries(leftOut)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(", ");
  return { zh: `未列入：${told || "没有待发的办件"}`, en: `Left out: ${told || "no case pays"}` };
}

interface PayingCase {
  readonly id: string;
  readonly area: string;
  readonly person: string;
  readonly state: CaseState;
  readonly rulebookHash: string;
}

async function* payingCases(
  cases: Cases,
  tx: DatabaseTransaction,
  { list, item }: BatchRequest,
  areas: readonly string[] | undefined,
): AsyncGenerator<PayingCase[]> {
  for (let after = ""; ; ) {
    let select = tx
      .selectFrom("case_view")
      .selectAll()
      .where("pays", "=", sql<boolean>`true`)
      .where("item", "=", item)
      .where("list", "=", list)
      .where("id", ">", after);
    if (areas) select = select.where("area", "in", areas);
    const views = await select.orderBy("id").limit(casesAtOnce).execute();
    const last = views.at(-1);
    if (!last) return;
    const states = await cases.store.loadMany(tx, views);
    yield views.map((view, at) => ({
      id: view.id,
      area: view.area,
      person: view.person,
      state: states[at] as CaseState,
      rulebookHash: view.rulebook_hash,
    }));
    if (views.length < casesAtOnce) return;
    after = last.id;
  }
}

async function linesOf(
  cases: Cases,
  tx: DatabaseTransaction,
  list: List,
  request: BatchRequest,
  page: readonly PayingCase[],
  leftOut: LeftOut,
): Promise<Line[]> {
  const count = (reason: keyof LeftOut) => {
    leftOut[reason] = (leftOut[reason] ?? 0) + 1;
  };
  const ids = page.map(({ id }) => id);
  const paid = new Set(
    (
      await tx
        .selectFrom("payment_line")
        .select(["case_id", "month"])
        .where("case_id", "in", ids)
        .where("discarded", "=", false)
        .execute()
    ).map(({ case_id, month }) => `${case_id} ${month}`),
  );
  const payees = await payeesOf(
    tx,
    page.map(({ person }) => person),
  );
  const lines: Line[] = [];
  for (const one of page) {
    const months = payableMonths(one.state, request.month);
    const due = months?.filter(({ month }) => !paid.has(`${one.id} ${month}`)) ?? [];
    const payee = payees.get(one.person);
    if (months === null) count("period-unknown");
    else if (months.length === 0) count(one.state.benefit?.state === "suspended" ? "suspended" : "not-yet");
    else if (due.length === 0) count("paid-already");
    else if (!payee) count("no-payee");
    else {
      const rulebook = await cases.store.rulebook(tx, one.rulebookHash);
      for (const { month, fen } of due) {
        const shares = sharesOf(list, rulebook, one, request.item, { month, fen });
        lines.push({ caseId: one.id, person: one.person, area: one.area, month, fen, payee, shares });
      }
    }
  }
  return lines;
}

/** Who pays one payment: each part by its own split where the amount is the rules' own, else the whole by the item's. */
function sharesOf(
  list: List,
  rulebook: Rulebook,
  { state, area }: PayingCase,
  code: string,
  { month, fen }: { readonly month: string; readonly fen: number },
): PaymentShare[] {
  const item = rulebook.items.find((known) => known.code === code);
  const split = item?.payer.split ?? list.items.get(code)?.payer.split;
  if (split === undefined) throw new Error(`${code} has no payer split`);
  const parts = state.decision?.parts;
  const byParts = item?.amount.kind === "parts" && parts && parts.reduce((sum, part) => sum + part, 0) === fen;
  const payments =
    byParts && item.amount.kind === "parts"
      ? item.amount.parts.map((part, at) => ({ split: part.split, fen: parts[at] ?? 0 }))
      : [{ split, fen }];
  const shares = payments.flatMap((payment) =>
    splitPayment(list, payment.split, { area, date: `${month}-01`, fen: payment.fen }),
  );
  const summed = new Map<string, PaymentShare>();
  for (const share of shares) {
    const key = `${share.payer} ${share.area}`;
    summed.set(key, { ...share, fen: share.fen + (summed.get(key)?.fen ?? 0) });
  }
  return [...summed.values()];
}

async function writeLines(
  tx: DatabaseTransaction,
  batch: string,
  before: number,
  lines: readonly Line[],
): Promise<void> {
  if (lines.length === 0) return;
  const rows = lines.map(({ caseId, person, month, fen, payee }, at) => ({
    batch,
    n: before + at + 1,
    case_id: caseId,
    person,
    month,
    fen,
    name: payee.name,
    account: payee.account,
    again_batch: null,
    again_n: null,
  }));
  const shares = lines.flatMap((line, at) =>
    line.shares.map(({ payer, area, fen }) => ({ batch, n: before + at + 1, payer, area, fen })),
  );
  await insertMany(tx, "payment_line", rows);
  await insertMany(tx, "payment_share", shares);
}
