import { shanghaiDay } from "@qingdan/clock";
import { FactsFileError, type Rulebook } from "@qingdan/list";
import type { Selectable } from "kysely";
import type { Database } from "../../store/database.ts";
import type { Actor } from "../identity/index.ts";
import { refuse } from "./case-refusal.ts";
import { type FormContent, type FormState, formState } from "./form-state.ts";
import { permitted } from "./permitted.ts";
import type { Cases } from "./seams.ts";
import type { CaseTables } from "./tables.ts";

export type FormRow = Selectable<CaseTables["case_form"]>;

/** A form with what follows from it. */
export interface OpenForm {
  readonly row: FormRow;
  readonly items: readonly string[];
  readonly content: FormContent;
  readonly rulebook: Rulebook;
  readonly state: FormState;
}

/** Days that a form waits untouched before it is removed (PIPL art. 19: no longer than its purpose needs). */
export const formDays = 30;

export const formResource = ({ id, area, person, items }: Pick<FormRow, "id" | "area" | "person" | "items">) => ({
  type: "form" as const,
  id,
  area,
  owner: person,
  items: items as string[],
});

/** Reads a form for somebody who may. @throws {Problem} FORM-UNKNOWN, AUTH-NOT-PERMITTED */
export async function openForm(
  cases: Cases,
  asker: Actor | undefined,
  action: string,
  id: string,
): Promise<OpenForm & { readonly actor: Actor }> {
  const row = await cases.database.selectFrom("case_form").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) return refuse("FORM-UNKNOWN", "请核对申请表编号", "Check the form's identifier");
  const actor = permitted(asker, action, formResource(row));
  return { ...(await worked(cases, row)), actor };
}

export async function worked(cases: Cases, row: FormRow): Promise<OpenForm> {
  const items = row.items as string[];
  const content = row.content as FormContent;
  const rulebook = await cases.store.rulebook(cases.database, row.rulebook_hash);
  return { row, items, content, rulebook, state: answersAre(() => formState(rulebook, items, content)) };
}

/** @throws {Problem} FORM-ANSWER-WRONG with every answer that is wrong */
export function answersAre<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof FactsFileError)) throw error;
    const told = (language: "zh" | "en") =>
      error.problems.map(({ path, message, hint }) => `${path}: ${message[language]} (${hint[language]})`).join("; ");
    return refuse("FORM-ANSWER-WRONG", told("zh"), told("en"));
  }
}

/**
 * Writes a form's content if nobody changed it since `seq`.
 *
 * @throws {Problem} FORM-CONFLICT, FORM-CLOSED, FORM-ANSWER-WRONG
 */
export async function writeForm(cases: Cases, form: OpenForm, seq: number, content: FormContent): Promise<OpenForm> {
  const { row, items, rulebook } = form;
  const now = cases.now();
  const today = shanghaiDay(now);
  if (row.submitted !== null || row.expires_on < today) refuse("FORM-CLOSED", "请重新填一份", "Begin a new one");
  const state = answersAre(() => formState(rulebook, items, content));
  const changed = { seq: seq + 1, updated_at: now, expires_on: formExpiry(now) };
  const written = await cases.database
    .updateTable("case_form")
    .set({ ...changed, content: JSON.stringify(content) })
    .where("id", "=", row.id)
    .where("seq", "=", seq)
    .where("submitted", "is", null)
    .executeTakeFirst();
  if (written.numUpdatedRows !== 1n)
    refuse("FORM-CONFLICT", `表已到第 ${row.seq} 版，请刷新`, `The form is at version ${row.seq}; load it again`);
  return { ...form, row: { ...row, ...changed }, content, state };
}

export const formExpiry = (now: Date): string => shanghaiDay(new Date(now.getTime() + formDays * 86_400_000));

/** Removes forms that nobody came back to, with their uploads and codes. */
export async function removeExpiredForms(database: Database, today: string): Promise<number> {
  const expired = database
    .selectFrom("case_form")
    .select("id")
    .where("submitted", "is", null)
    .where("expires_on", "<", today);
  return database.transaction().execute(async (tx) => {
    await tx.deleteFrom("upload").where("form", "in", expired).execute();
    const removed = await tx
      .deleteFrom("case_form")
      .where("submitted", "is", null)
      .where("expires_on", "<", today)
      .executeTakeFirst();
    return Number(removed.numDeletedRows);
  });
}
