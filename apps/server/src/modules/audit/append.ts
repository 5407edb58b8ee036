import { createHmac, randomBytes } from "node:crypto";
import { canonicalJson, lineText } from "@qingdan/proof";
import type { Database } from "../../store/database.ts";
import { columnNames, runStatement } from "../../store/statement.ts";

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

export interface LineRow {
  readonly kind: string;
  readonly subject: string;
  readonly body: string;
  readonly actor: string;
  readonly at: Date;
  readonly salt: Buffer;
  readonly commitment: Buffer;
}

const saltLength = 32;
/** Salts that are drawn at once: to draw one costs as much as to draw a hundred. */
const saltsAtOnce = 128;
let salts = Buffer.alloc(0);

/** Random bytes that nobody else was given. */
function newSalt(): Buffer {
  if (salts.length === 0) salts = randomBytes(saltLength * saltsAtOnce);
  const salt = salts.subarray(0, saltLength);
  salts = salts.subarray(saltLength);
  return salt;
}

/** The rows of lines. Their commitments are those of `@qingdan/proof`, reckoned by the crypto of this process. */
export function lineRows(lines: readonly NewLine[]): LineRow[] {
  return lines.map(({ kind, subject, body, at, by }) => {
    const salt = newSalt();
    const text = lineText({ kind, subject, body, at: at.toISOString(), by });
    const commitment = createHmac("sha256", salt).update(text).digest();
    return { kind, subject, body: canonicalJson(body), actor: by, at, salt, commitment };
  });
}

/** Bytes as JSON bears them to the store. */
export const hexOf = (bytes: Buffer): string => `\\x${bytes.toString("hex")}`;

/** A row as JSON bears it to the store. */
export const jsonLine = ({ salt, commitment, ...row }: LineRow) => ({
  ...row,
  salt: hexOf(salt),
  commitment: hexOf(commitment),
});

/** Any number of lines are one parameter, so that a connection plans the statement once. */
const appendText = `
  insert into audit_line (${columnNames(lineColumns)})
  select ${columnNames(lineColumns)} from jsonb_populate_recordset(null::audit_line, $1::jsonb) returning id`;

/**
 * Writes lines inside the caller's transaction: they stand when it stands. `index` is the number of the line, by which its
 * proof is asked for; its place in the tree comes when the log is next sealed, a second later at most.
 */
export async function appendAll(tx: Database, lines: readonly NewLine[]): Promise<{ index: number }[]> {
  if (lines.length === 0) return [];
  const rows = JSON.stringify(lineRows(lines).map(jsonLine));
  const written = await runStatement<{ readonly id: number }>(tx, appendText, [rows]);
  return written.map(({ id }) => ({ index: id }));
}

/** Writes one line; see `appendAll`. */
export async function append(tx: Database, line: NewLine): Promise<{ index: number }> {
  const [written] = await appendAll(tx, [line]);
  return written!;
}
