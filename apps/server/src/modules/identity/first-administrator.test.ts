import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../../store/database.ts";
import { testDatabase } from "../../testing/test-database.ts";
import { makeFirstAdministrator } from "./first-administrator.ts";
import { passPhraseFits, requireStrong } from "./pass-phrase.ts";

let database: Database;
let close: () => Promise<void>;
beforeEach(async () => {
  ({ database, close } = await testDatabase());
});
afterEach(() => close());

const wanted = { login: "Admin", name: "张三", area: "cn-3199" };
const at = new Date("2026-02-10T02:00:00Z");

describe("the first administrator", () => {
  test("is made once, with a drawn pass-phrase whose hash alone is kept", async () => {
    const made = await makeFirstAdministrator(database, wanted, at);
    expect(made.login).toBe("admin");
    expect(made.passPhrase.split(" ")).toHaveLength(8);
    expect(() => requireStrong(made.passPhrase, ["admin", "张三"])).not.toThrow();
    const account = await database.selectFrom("account").selectAll().executeTakeFirstOrThrow();
    expect(account.secret).toMatch(/^\$argon2id\$/);
    expect(await passPhraseFits(account.secret ?? undefined, made.passPhrase)).toBe(true);
    expect(await database.selectFrom("account_role").selectAll().execute()).toMatchObject([
      { role: "administrator", area: "cn-3199" },
    ]);
    const [line] = await database.selectFrom("audit_line").select(["kind", "subject"]).execute();
    expect(line).toMatchObject({ kind: "account.create", subject: `account:${account.id}` });
    const again = makeFirstAdministrator(database, { ...wanted, login: "other" }, at);
    await expect(again).rejects.toMatchObject({ code: "AUTH-ADMINISTRATOR-THERE" });
    expect(await database.selectFrom("account").select("id").execute()).toHaveLength(1);
  });

  test("is not made in a demonstration's store, nor with a name or area that cannot be", async () => {
    const arealess = makeFirstAdministrator(database, { ...wanted, area: "shanghai" }, at);
    await expect(arealess).rejects.toMatchObject({ code: "API-REQUEST-INVALID" });
    const row = { id: "a-demo", login: "clerk", kind: "staff" as const, name: "x", person: null, secret: null };
    await database
      .insertInto("account")
      .values({ ...row, demo: true, created_at: at })
      .execute();
    await expect(makeFirstAdministrator(database, wanted, at)).rejects.toMatchObject({ code: "AUTH-DEMO-STORE" });
  });
});
