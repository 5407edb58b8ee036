import { randomBytes } from "node:crypto";
import type { Database } from "../../store/database.ts";

/** A half-done sign-in is given up after so long. */
const lasts = 5 * 60_000;

/** What has to be remembered between two requests of a sign-in. Each step can be taken once. */
export interface SignInSteps {
  begin(kind: string, body: unknown): Promise<string>;
  /** Gives what was remembered and forgets it; undefined when it is not there any more. */
  take<T>(kind: string, id: string): Promise<T | undefined>;
}

export function createSignInSteps(database: Database, now: () => Date): SignInSteps {
  return {
    async begin(kind, body) {
      const at = now();
      const id = randomBytes(24).toString("base64url");
      await database.deleteFrom("sign_in_step").where("ends_at", "<", at).execute();
      const ends = new Date(at.getTime() + lasts);
      await database
        .insertInto("sign_in_step")
        .values({ id, kind, body: JSON.stringify(body), ends_at: ends })
        .execute();
      return id;
    },
    async take(kind, id) {
      const row = await database
        .deleteFrom("sign_in_step")
        .where("id", "=", id)
        .where("kind", "=", kind)
        .returning(["body", "ends_at"])
        .executeTakeFirst();
      return row && row.ends_at > now() ? JSON.parse(row.body) : undefined;
    },
  };
}
