import { Problem } from "../../problem.ts";
import type { Database } from "../../store/database.ts";

/** The account that payments go from. */
export interface Payer {
  /** As the account is called. */
  readonly name: string;
  readonly account: string;
  /** The bank that keeps it: twelve digits of CNAPS, or a BIC. */
  readonly bank: string;
}

/** Writes down from which account an area pays, as it was asked and confirmed; batches that were released keep the account that they were released with. */
export async function putPayer(
  db: Database,
  by: string,
  area: string,
  { name, account, bank }: Payer,
  at: Date,
): Promise<void> {
  const written = { name, account, bank, synthetic: false, at, by };
  await db
    .insertInto("payer_account")
    .values({ area, ...written })
    .onConflict((conflict) => conflict.column("area").doUpdateSet(written))
    .execute();
}

/** The accounts that areas pay from, in the order of the areas; of all areas where `areas` is undefined. One more than asked for tells of a next page. */
export function payersOf(
  db: Database,
  areas: readonly string[] | undefined,
  { after, size }: { readonly after: string; readonly size: number },
) {
  let select = db.selectFrom("payer_account").selectAll().where("area", ">", after);
  if (areas) select = select.where("area", "in", areas);
  return select
    .orderBy("area")
    .limit(size + 1)
    .execute();
}

/** The account that an area pays from. @throws {Problem} PAY-PAYER-UNKNOWN */
export async function payerOf(db: Database, area: string): Promise<Payer> {
  const payer = await db
    .selectFrom("payer_account")
    .select(["name", "account", "bank"])
    .where("area", "=", area)
    .executeTakeFirst();
  if (payer) return payer;
  throw new Problem("PAY-PAYER-UNKNOWN", {
    zh: `${area} 还没有付款账户：请财务人员在"发放"页的"付款账户"中登记户名、账号、开户行`,
    en: `${area} has no account to pay from: a finance officer writes down name, account and bank on the page Payments, "Account to pay from"`,
  });
}

/** Makes the account that a city of made-up people pays from, if it has none: marked so, at a bank that is none. */
export async function makeDemoPayer(db: Database, area: string, at: Date): Promise<void> {
  await db
    .insertInto("payer_account")
    .values({
      area,
      name: "示范财政专户",
      account: `6200${area.replaceAll(/\D/g, "").padStart(12, "0")}`,
      bank: "000000000000",
      synthetic: true,
      at,
      by: "demonstration",
    })
    .onConflict((conflict) => conflict.column("area").doNothing())
    .execute();
}
