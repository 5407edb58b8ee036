import { createHash } from "node:crypto";
import { canonicalJson } from "@qingdan/proof";
import type { Database, DatabaseTransaction } from "../../store/database.ts";
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

/** The columns of `request_key`, with their types. */
export const keyColumns = { actor: "text", key: "text", asked: "text", made: "text", at: "timestamptz" } as const;

/** What `request_key` holds of a request. */
export interface KeyRow {
  readonly actor: string;
  readonly key: string;
  /** SHA-256 of what was asked. */
  readonly asked: string;
  readonly made: string;
  readonly at: Date;
}

/** The row of a request; `made` is what it will make. */
export function keyRow({ actor, key, asked, at }: KeyedRequest, made: string): KeyRow {
  return { actor, key, asked: createHash("sha256").update(canonicalJson(asked)).digest("hex"), made, at };
}

/** What the same request made before. @throws {Problem} CASE-KEY-REUSED where the key stood for another request */
export function sameMade({ key, asked }: KeyRow, before: Pick<KeyRow, "asked" | "made">): string {
  if (before.asked === asked) return before.made;
  return refuse(
    "CASE-KEY-REUSED",
    `幂等键 ${key} 已用于另一请求；每个新请求用新键`,
    `The key ${key} was used for another request; a new request takes a new key`,
  );
}

/** What the request made whose key is there. @throws {Problem} CASE-KEY-REUSED */
export async function madeByKey(db: Database, row: KeyRow): Promise<string> {
  const before = await db
    .selectFrom("request_key")
    .select(["asked", "made"])
    .where("actor", "=", row.actor)
    .where("key", "=", row.key)
    .executeTakeFirstOrThrow();
  return sameMade(row, before);
}

/**
 * Notes the request; `made` is what it will make. Gives what the same request made before, undefined the first time. A
 * request that is under way is waited for.
 *
 * @throws {Problem} CASE-KEY-REUSED
 */
export async function madeBefore(
  tx: DatabaseTransaction,
  keyed: KeyedRequest,
  made: string,
): Promise<string | undefined> {
  const row = keyRow(keyed, made);
  const noted = await tx
    .insertInto("request_key")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return noted.numInsertedOrUpdatedRows === 1n ? undefined : madeByKey(tx, row);
}
