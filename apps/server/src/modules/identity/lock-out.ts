import { sql } from "kysely";
import { Problem } from "../../problem.ts";
import type { Database } from "../../store/database.ts";

/** Wrong attempts before the first wait. */
const free = { login: 5, address: 50 };
const firstWait = 30_000;
const longestWait = 3_600_000;
/** Failures older than this are forgotten. */
const memory = 86_400_000;

/** Slows guessing down: after some wrong attempts each further one doubles the wait, for the login and for the address apart. */
export interface LockOut {
  /** @throws {Problem} AUTH-LOCKED while it lasts */
  check(login: string, address: string): Promise<void>;
  failed(login: string, address: string): Promise<void>;
  succeeded(login: string): Promise<void>;
}

export function createLockOut(database: Database, now: () => Date): LockOut {
  const wait = async (kind: keyof typeof free, name: string): Promise<number> => {
    const row = await database
      .selectFrom("sign_in_failure")
      .select(["count", "at"])
      .where("key", "=", `${kind}:${name}`)
      .executeTakeFirst();
    if (!row || row.count < free[kind]) return 0;
    const delay = Math.min(longestWait, firstWait * 2 ** (row.count - free[kind]));
    return row.at.getTime() + delay - now().getTime();
  };
  const count = async (key: string): Promise<void> => {
    const at = now();
    await database
      .insertInto("sign_in_failure")
      .values({ key, count: 1, at })
      .onConflict((conflict) =>
        conflict.column("key").doUpdateSet({
          count: sql`CASE WHEN sign_in_failure.at < ${new Date(at.getTime() - memory)} THEN 1 ELSE sign_in_failure.count + 1 END`,
          at,
        }),
      )
      .execute();
  };
  return {
    async check(login, address) {
      const left = Math.max(await wait("login", login), await wait("address", address));
      if (left <= 0) return;
      const seconds = Math.ceil(left / 1000);
      throw new Problem("AUTH-LOCKED", {
        zh: `请在 ${seconds} 秒后再试；通行密钥不受影响`,
        en: `Try again in ${seconds} seconds; passkeys still work`,
      });
    },
    async failed(login, address) {
      await count(`login:${login}`);
      await count(`address:${address}`);
    },
    async succeeded(login) {
      await database.deleteFrom("sign_in_failure").where("key", "=", `login:${login}`).execute();
    },
  };
}
