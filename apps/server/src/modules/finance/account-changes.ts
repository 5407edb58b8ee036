import type { Selectable } from "kysely";
import { Problem } from "../../problem.ts";
import type { Database, DatabaseTransaction } from "../../store/database.ts";
import { append } from "../audit/index.ts";
import type { Actor } from "../identity/index.ts";
import { putPayee } from "./payees.ts";
import { putPayer } from "./payers.ts";
import type { FinanceTables } from "./tables.ts";

export type AccountChange = Selectable<FinanceTables["account_change"]>;

/** An account that somebody asks to pay to or from. */
export interface AskedChange {
  readonly kind: "payee" | "payer";
  /** The person who is paid, or the area that pays. */
  readonly of: string;
  /** Where it is confirmed: for a person, the area of their case. */
  readonly area: string;
  readonly name: string;
  readonly account: string;
  /** Of accounts that are paid from. */
  readonly bank: string | null;
}

/**
 * Asks for an account to be used: it is, once a second person has confirmed it. Asking and answer go to the public log.
 *
 * @throws {Problem} PAY-CHANGE-WAITING while another one of the same waits
 */
export async function askChange(
  db: Database,
  actor: Actor,
  change: AskedChange & { readonly id: string },
  at: Date,
): Promise<AccountChange> {
  return db.transaction().execute(async (tx) => {
    const asked = await tx
      .insertInto("account_change")
      .values({ ...change, asked_by: actor.id, asked_at: at, answer: null, answered_by: null, answered_at: null })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!asked)
      throw new Problem("PAY-CHANGE-WAITING", {
        zh: "先确认或退回正在等待的那一项",
        en: "Confirm or refuse the one that waits first",
      });
    await tell(tx, asked, "ask", actor, at);
    return asked;
  });
}

const openChange = async (tx: DatabaseTransaction, id: string): Promise<AccountChange> => {
  const change = await tx.selectFrom("account_change").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  return change ?? unknownChange();
};

function unknownChange(): never {
  throw new Problem("PAY-CHANGE-UNKNOWN", { zh: "请核对编号", en: "Check the identifier" });
}

/** @throws {Problem} PAY-CHANGE-UNKNOWN */
export async function changeOf(db: Database, id: string): Promise<AccountChange> {
  const change = await db.selectFrom("account_change").selectAll().where("id", "=", id).executeTakeFirst();
  return change ?? unknownChange();
}

/**
 * A second person confirms the account, and from then on it is used, or refuses it; who asked may take it back. The same answer again
 * changes nothing.
 *
 * @throws {Problem} PAY-CHANGE-UNKNOWN, PAY-FOUR-EYES, PAY-STATE where it was answered otherwise
 */
export async function answerChange(
  db: Database,
  actor: Actor,
  id: string,
  answer: "confirmed" | "refused",
  at: Date,
): Promise<AccountChange> {
  return db.transaction().execute(async (tx) => {
    const change = await openChange(tx, id);
    if (change.answer === answer) return change;
    if (change.answer !== null)
      throw new Problem("PAY-STATE", { zh: "这一项已有答复", en: "It has been answered already" });
    if (answer === "confirmed" && change.asked_by === actor.id)
      throw new Problem("PAY-FOUR-EYES", { zh: "请由另一人确认账户", en: "Another person confirms the account" });
    const answered = { answer, answered_by: actor.id, answered_at: at };
    await tx.updateTable("account_change").set(answered).where("id", "=", id).execute();
    if (answer === "confirmed") await use(tx, change, at);
    await tell(tx, change, answer === "confirmed" ? "confirm" : "refuse", actor, at);
    return { ...change, ...answered };
  });
}

async function use(tx: DatabaseTransaction, change: AccountChange, at: Date): Promise<void> {
  const { kind, of, name, account, bank, asked_by: by } = change;
  if (kind === "payee") await putPayee(tx, { person: of, name, account }, at);
  else await putPayer(tx, by, of, { name, account, bank: bank ?? "" }, at);
}

async function tell(tx: DatabaseTransaction, change: AccountChange, kind: string, actor: Actor, at: Date) {
  const { id, of, name, account, bank } = change;
  const subject = change.kind === "payee" ? `person:${of}` : `area:${of}`;
  const body = { change: id, of, name, account, ...(bank !== null && { bank }) };
  await append(tx, { kind: `payment.${change.kind}.${kind}`, subject, body, at, by: actor.id });
}

/** Changes that wait, oldest first; one more than asked for tells of a next page. */
export function waitingChanges(
  db: Database,
  areas: readonly string[] | undefined,
  { after, size }: { readonly after: string; readonly size: number },
) {
  let select = db.selectFrom("account_change").selectAll().where("answer", "is", null).where("id", ">", after);
  if (areas) select = select.where("area", "in", areas);
  // Identifiers begin with their time.
  return select
    .orderBy("id")
    .limit(size + 1)
    .execute();
}
