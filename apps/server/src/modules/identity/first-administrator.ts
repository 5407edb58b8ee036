import { randomUUID } from "node:crypto";
import { faultLine, readValue } from "@qingdan/list";
import { Problem } from "../../problem.ts";
import type { Database } from "../../store/database.ts";
import { append } from "../audit/index.ts";
import { createAccounts } from "./accounts.ts";
import { drawPassPhrase } from "./draw-pass-phrase.ts";
import { staffAccount } from "./model.ts";
import { hashPassPhrase } from "./pass-phrase.ts";

export interface WantedAdministrator {
  readonly login: string;
  readonly name: string;
  /** The area whose accounts they keep, with all below it. */
  readonly area: string;
}

/** Eight words make 48 bits, more than a guesser who is locked out can try. */
const wordsOfFirst = 8;

/**
 * Makes the first administrator of a store, who makes every other account on the pages. The pass-phrase is drawn and given back
 * once; the store keeps its hash. A store that has an administrator makes no other this way, nor does a demonstration's.
 *
 * @throws {Problem} AUTH-ADMINISTRATOR-THERE, AUTH-DEMO-STORE, AUTH-ACCOUNT-TAKEN, API-REQUEST-INVALID
 */
export async function makeFirstAdministrator(
  database: Database,
  wanted: WantedAdministrator,
  at: Date,
): Promise<{ readonly login: string; readonly passPhrase: string }> {
  const passPhrase = drawPassPhrase(wordsOfFirst);
  const { login, name, area } = wanted;
  const checked = readValue(staffAccount, { login, name, passPhrase, roles: [{ role: "administrator", area }] });
  if (!checked.ok) throw new Problem("API-REQUEST-INVALID", faultLine(checked.faults));
  const demo = await database.selectFrom("account").select("id").where("demo", "=", true).limit(1).executeTakeFirst();
  if (demo) {
    throw new Problem("AUTH-DEMO-STORE", {
      zh: "示范存储的账号写在登录页上；真实的账号用新的 QINGDAN_DATA",
      en: "A demonstration's accounts stand on its sign-in page; real ones take a new QINGDAN_DATA",
    });
  }
  const known = await database
    .selectFrom("account_role")
    .innerJoin("account", "account.id", "account_role.account")
    .select("login")
    .where("role", "=", "administrator")
    .where("disabled_at", "is", null)
    .executeTakeFirst();
  if (known) {
    throw new Problem("AUTH-ADMINISTRATOR-THERE", {
      zh: `已有管理员 ${known.login}；其他账号由管理员在网页上建立`,
      en: `There is an administrator, ${known.login}; they make the other accounts on the pages`,
    });
  }
  const accounts = createAccounts({ database, now: () => at, newId: randomUUID });
  const { roles, login: kept } = checked.value;
  const secret = await hashPassPhrase(passPhrase);
  const account = await accounts.create({ login: kept, kind: "staff", name: checked.value.name, secret, roles });
  await database.transaction().execute((tx) =>
    append(tx, {
      kind: "account.create",
      subject: `account:${account.id}`,
      body: { login: kept, roles },
      at,
      by: "command",
    }),
  );
  return { login: kept, passPhrase };
}
