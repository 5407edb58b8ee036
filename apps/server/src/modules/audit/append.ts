import { createHmac, randomBytes } from "node:crypto";
import { canonicalJson, lineText } from "@qingdan/proof";
import type { Database } from "../../store/database.ts";

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

/** What a new row of `audit_line` holds, with its types, for statements that write it together with other rows. */
export const lineColumns = {
  kind: "text",
  subject: "text",
  body: "text",
  actor: "text",
  at: "timestamptz",
  salt: "bytea",
  commitment: "bytea",
} as const;

/** The row of a line. Its commitment is that of `@qingdan/proof`, reckoned by the crypto of this process. */
export function lineRow({ kind, subject, body, at, by }: NewLine) {
  const salt = Uint8Array.from(randomBytes(32));
  const text = lineText({ kind, subject, body, at: at.toISOString(), by });
  const commitment = Uint8Array.from(createHmac("sha256", salt).update(text).digest());
  return { kind, subject, body: canonicalJson(body), actor: by, at, salt, commitment };
}

/**
 * Writes lines inside the caller's transaction: they stand when it stands. `index` is the number of the line, by which its
 * proof is asked for; its place in the tree comes when the log is next sealed, a second later at most.
 */
export async function appendAll(tx: Database, lines: readonly NewLine[]): Promise<{ index: number }[]> {
  if (lines.length === 0) return [];
  const written = await tx.insertInto("audit_line").values(lines.map(lineRow)).returning("id").execute();
  return written.map(({ id }) => ({ index: id }));
}

/** Writes one line; see `appendAll`. */
export async function append(tx: Database, line: NewLine): Promise<{ index: number }> {
  const [written] = await appendAll(tx, [line]);
  return written!;
}
