import type { List } from "@qingdan/list";
import type { Selectable } from "kysely";
import type { Words } from "../../problem.ts";
import type { AccountChange } from "./account-changes.ts";
import type { AccountChangeView, BatchPage } from "./model.ts";
import type { Payee } from "./payees.ts";
import type { Payer } from "./payers.ts";
import type { figuresOf, LineWithholding } from "./queries.ts";
import type { FinanceTables } from "./tables.ts";

export function itemWords(list: List, code: string): Words {
  const item = list.items.get(code) ?? list.replaced.get(code);
  return item ? { zh: item.name.zh, en: item.name.en } : { zh: code, en: code };
}

type Batch = Selectable<FinanceTables["payment_batch"]>;

/** A batch with its figures; `reconciles` says that head, lines and shares agree to the fen. */
export function presentBatch(
  list: List,
  batch: Batch,
  figures: Awaited<ReturnType<typeof figuresOf>>,
  names: ReadonlyMap<string, string>,
): BatchPage {
  const { shares, results, returns, withheldFen, undoneFen, bankFen, lineFen, shareFen } = figures;
  return {
    id: batch.id,
    list: batch.list,
    item: { code: batch.item, name: itemWords(list, batch.item) },
    area: batch.area,
    month: batch.month,
    state: stateOf(batch, results.waiting),
    lines: batch.lines,
    fen: batch.fen,
    preparedBy: names.get(batch.prepared_by) ?? batch.prepared_by,
    preparedById: batch.prepared_by,
    preparedAt: batch.prepared_at.toISOString(),
    releasedBy: batch.released_by && (names.get(batch.released_by) ?? batch.released_by),
    releasedAt: batch.released_at?.toISOString() ?? null,
    discarded: discardOf(batch, names),
    shares,
    results,
    returns,
    withheldFen,
    undoneFen,
    bankFen,
    leftOut: Object.entries(batch.left_out as Record<string, number>).map(([reason, cases]) => ({
      reason: reason as BatchPage["leftOut"][number]["reason"],
      cases,
    })),
    reconciles: batch.fen === lineFen && lineFen === shareFen,
    payer: payerOfBatch(batch) ?? null,
  };
}

function stateOf({ discarded, released_at }: Batch, waiting: number): BatchPage["state"] {
  if (discarded) return "discarded";
  if (released_at === null) return "prepared";
  return waiting === 0 ? "settled" : "released";
}

function discardOf(
  { prepared_by, discarded_by, discarded_at, discard_reason }: Batch,
  names: ReadonlyMap<string, string>,
): BatchPage["discarded"] {
  if (discarded_by === null || discarded_at === null || discard_reason === null) return null;
  return {
    by: names.get(discarded_by) ?? discarded_by,
    at: discarded_at.toISOString(),
    reason: discard_reason,
    sentBack: discarded_by !== prepared_by,
  };
}

/** What a batch was released with. */
export function payerOfBatch({ payer_name: name, payer_account: account, payer_bank: bank }: Batch): Payer | undefined {
  return name !== null && account !== null && bank !== null ? { name, account, bank } : undefined;
}

export function presentPayer(
  { area, name, account, bank, synthetic, at, by }: Selectable<FinanceTables["payer_account"]>,
  names: ReadonlyMap<string, string>,
) {
  return { area, name, account, bank, synthetic, at: at.toISOString(), by: synthetic ? null : (names.get(by) ?? by) };
}

type Line = Selectable<FinanceTables["payment_line"]> & {
  readonly result: string | null;
  readonly reason: string | null;
};

export function presentLine(
  { n, case_id, person, month, fen, name, account, result, reason, again_batch, again_n, discarded }: Line,
  withholdings: readonly LineWithholding[],
) {
  return {
    n,
    case: case_id,
    person,
    month,
    fen,
    withholdings: [...withholdings],
    name,
    account: `${account.slice(0, 4)}…${account.slice(-4)}`,
    state: (discarded ? "discarded" : (result ?? "waiting")) as
      | "waiting"
      | "paid"
      | "returned"
      | "withheld"
      | "discarded",
    reason,
    again: again_batch !== null && again_n !== null ? { batch: again_batch, n: again_n } : null,
  };
}

/** A change of an account with what it takes the place of. */
export function presentChange(
  change: AccountChange,
  before: Payee | undefined,
  names: ReadonlyMap<string, string>,
): AccountChangeView {
  const { id, kind, of, area, name, account, bank, asked_by, asked_at, answer, answered_by } = change;
  return {
    ...{ id, of, area, name, account, bank },
    kind: kind as AccountChangeView["kind"],
    before: before ? { name: before.name, account: before.account } : null,
    askedBy: names.get(asked_by) ?? asked_by,
    askedById: asked_by,
    askedAt: asked_at.toISOString(),
    answer: answer as AccountChangeView["answer"],
    answeredBy: answered_by === null ? null : (names.get(answered_by) ?? answered_by),
  };
}
