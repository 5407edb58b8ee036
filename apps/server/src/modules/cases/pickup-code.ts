import { createHmac } from "node:crypto";
import type { Actor } from "../identity/index.ts";
import { refuse } from "./case-refusal.ts";
import { formResource, type OpenForm, worked } from "./form-store.ts";
import { permitted } from "./permitted.ts";
import type { Cases } from "./seams.ts";

/** Letters and digits that nobody mistakes for one another, 31 of them: ten make 49 bits. */
const alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const codeLength = 10;

/** Wrong codes from one asker before the door closes, and for how long. */
export const mostFailures = 10;
const failureMinutes = 15;

/** A code that stands on a slip: `A2B3C-D4E5F`. Each letter is drawn evenly. */
function newCode(random: (bytes: number) => Uint8Array): string {
  let letters = "";
  while (letters.length < codeLength) {
    for (const byte of random(codeLength * 2)) {
      // 248 is eight times 31: bytes beyond it would favour the first letters.
      if (byte < 248 && letters.length < codeLength) letters += alphabet[byte % alphabet.length];
    }
  }
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

function hashOf(cases: Cases, code: string): string {
  const plain = code.toUpperCase().replace(/[^0-9A-Z]/g, "");
  return createHmac("sha256", cases.codeKey).update(plain).digest("hex");
}

/** Gives a code under which the form is picked up elsewhere: shown now, stored as a keyed hash, good once. */
export async function givePickupCode(cases: Cases, { row }: OpenForm): Promise<{ code: string; until: string }> {
  if (row.submitted !== null)
    refuse("FORM-CLOSED", "已提交的表不需要取件码", "A form that was submitted needs no code");
  const code = newCode(cases.random);
  const until = new Date(`${row.expires_on}T16:00:00Z`);
  await cases.database.transaction().execute(async (tx) => {
    await tx.deleteFrom("form_code").where("form", "=", row.id).execute();
    await tx
      .insertInto("form_code")
      .values({ hash: hashOf(cases, code), form: row.id, until, used_at: null })
      .execute();
  });
  return { code, until: until.toISOString() };
}

/**
 * Picks a form up by its code, once. Every try is noted before it is looked at, so that tries side by side count as well.
 *
 * @throws {Problem} FORM-CODE-WRONG, FORM-CODE-LOCKED, AUTH-NOT-PERMITTED
 */
export async function resumeForm(cases: Cases, asker: Actor | undefined, code: string): Promise<OpenForm> {
  const now = cases.now();
  const since = new Date(now.getTime() - failureMinutes * 60_000);
  const who = asker?.id ?? "visitor";
  const { database } = cases;
  const { id } = await database
    .insertInto("form_code_failure")
    .values({ asker: who, at: now })
    .returning("id")
    .executeTakeFirstOrThrow();
  const tries = await database
    .selectFrom("form_code_failure")
    .select("id")
    .where("asker", "=", who)
    .where("at", ">", since)
    .where("id", "<=", id)
    .limit(mostFailures + 1)
    .execute();
  if (tries.length > mostFailures) {
    refuse(
      "FORM-CODE-LOCKED",
      `请 ${failureMinutes} 分钟后再试，或到窗口办理`,
      `Try again in ${failureMinutes} minutes, or go to a window`,
    );
  }
  const hash = hashOf(cases, code);
  const found = await database
    .selectFrom("form_code")
    .innerJoin("case_form", "case_form.id", "form_code.form")
    .selectAll("case_form")
    .where("hash", "=", hash)
    .where("used_at", "is", null)
    .where("until", ">", now)
    .executeTakeFirst();
  if (!found)
    return refuse(
      "FORM-CODE-WRONG",
      "取件码用一次即失效；可回原处再取一个",
      "A code works once; get another where the form was begun",
    );
  // The code shows that the form was meant to be picked up; whose form somebody may read is asked besides.
  permitted(asker, "form.resume", formResource(found));
  const actor = permitted(asker, "form.read", formResource(found));
  const used = await database
    .updateTable("form_code")
    .set({ used_at: now })
    .where("hash", "=", hash)
    .where("used_at", "is", null)
    .executeTakeFirst();
  if (used.numUpdatedRows !== 1n) refuse("FORM-CODE-WRONG", "取件码刚被用过", "The code was used a moment ago");
  await database.deleteFrom("form_code_failure").where("asker", "=", who).execute();
  await database.updateTable("case_form").set({ owner: actor.id }).where("id", "=", found.id).execute();
  return worked(cases, { ...found, owner: actor.id });
}
