import { randomBytes } from "node:crypto";
import { canonicalJson, commitment } from "@qingdan/proof";
import type { DatabaseTransaction } from "../../store/database.ts";

/** A line for the public log. */
export interface NewLine {
  /** What was done, such as `case.decide`. */
  readonly kind: string;
  /** Whom or what it concerns: `case:<id>`, `person:<number>`, `account:<id>`. */
  readonly subject: string;
  /** What exactly: any JSON. Only its commitment is published. */
  readonly body: unknown;
  readonly at: Date;
  /** Account of who acted. */
  readonly by: string;
}

/**
 * Writes lines inside the caller's transaction: they stand when it stands. `index` is the number of the line, by which its
 * proof is asked for; its place in the tree comes when the log is next sealed, a second later at most.
 */
export async function appendAll(tx: DatabaseTransaction, lines: readonly NewLine[]): Promise<{ index: number }[]> {
  if (lines.length === 0) return [];
  const rows = lines.map(({ kind, subject, body, at, by }) => {
    const salt = Uint8Array.from(randomBytes(32));
    return {
      kind,
      subject,
      body: canonicalJson(body),
      actor: by,
      at,
      salt,
      commitment: commitment(salt, { kind, subject, body, at: at.toISOString(), by }),
    };
  });
  const written = await tx.insertInto("audit_line").values(rows).returning("id").execute();
  return written.map(({ id }) => ({ index: id }));
}

/** Writes one line; see `appendAll`. */
export async function append(tx: DatabaseTransaction, line: NewLine): Promise<{ index: number }> {
  const [written] = await appendAll(tx, [line]);
  return written!;
}
