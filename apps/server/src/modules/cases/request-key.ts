import { createHash } from "node:crypto";
import { canonicalJson } from "@qingdan/proof";
import type { DatabaseTransaction } from "../../store/database.ts";
import { refuse } from "./case-refusal.ts";

/** A request that may come twice: the key is the caller's, the second time nothing is done. */
export interface KeyedRequest {
  readonly actor: string;
  readonly key: string;
  /** Everything that was asked, with the address. */
  readonly asked: unknown;
  readonly at: Date;
}

/** Reads the header `Idempotency-Key`. @throws {Problem} CASE-KEY-MISSING */
export function keyOf(headers: Readonly<Record<string, unknown>>): string {
  const key = headers["idempotency-key"];
  if (typeof key === "string" && /^[A-Za-z0-9-]{1,80}$/.test(key)) return key;
  return refuse(
    "CASE-KEY-MISSING",
    "请求头 Idempotency-Key 应为 1–80 个字母、数字或 -",
    "The header Idempotency-Key takes 1-80 letters, digits or -",
  );
}

/**
 * Notes the request; `made` is what it will make. Gives what the same request made before, undefined the first time. A
 * request that is under way is waited for.
 *
 * @throws {Problem} CASE-KEY-REUSED
 */
export async function madeBefore(
  tx: DatabaseTransaction,
  { actor, key, asked, at }: KeyedRequest,
  made: string,
): Promise<string | undefined> {
  const hash = createHash("sha256").update(canonicalJson(asked)).digest("hex");
  const noted = await tx
    .insertInto("request_key")
    .values({ actor, key, asked: hash, made, at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (noted.numInsertedOrUpdatedRows === 1n) return undefined;
  const before = await tx
    .selectFrom("request_key")
    .select(["asked", "made"])
    .where("actor", "=", actor)
    .where("key", "=", key)
    .executeTakeFirstOrThrow();
  if (before.asked !== hash) {
    refuse(
      "CASE-KEY-REUSED",
      `幂等键 ${key} 已用于另一请求;每个新请求用新键`,
      `The key ${key} was used for another request; a new request takes a new key`,
    );
  }
  return before.made;
}
