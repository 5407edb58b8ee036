import { createHash } from "node:crypto";
import { authorise } from "../identity/index.ts";
import { refuse } from "./case-refusal.ts";
import { caseResource } from "./case-resource.ts";
import { checkUpload, mostUploads } from "./check-upload.ts";
import { papersOf } from "./form-state.ts";
import { formResource, type OpenForm, writeForm } from "./form-store.ts";
import type { Asker } from "./read-case.ts";
import { readsOwn } from "./reads-own.ts";
import type { Cases } from "./seams.ts";

interface Uploaded {
  readonly seq: number;
  readonly paper: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Takes a file for a paper that the form asks; the same content twice is one upload.
 *
 * @throws {Problem} UPLOAD-TYPE, UPLOAD-SIZE, UPLOAD-NAME, UPLOAD-COUNT, FORM-CONFLICT
 */
export async function uploadPaper(
  cases: Cases,
  form: OpenForm,
  { seq, paper, name, bytes }: Uploaded,
): Promise<OpenForm> {
  const file = checkUpload(name, bytes);
  if (!papersOf(form.state).asked.some(({ id }) => id === paper))
    refuse("UPLOAD-UNKNOWN", `表中不需要材料 ${paper}`, `The form asks for no paper ${paper}`);
  const uploads = await cases.database.selectFrom("upload").select("id").where("form", "=", form.row.id).execute();
  if (uploads.length >= mostUploads)
    refuse("UPLOAD-COUNT", `一份表至多 ${mostUploads} 份材料`, `A form takes at most ${mostUploads} uploads`);
  const written = await writeForm(cases, form, seq, form.content);
  await cases.database
    .insertInto("upload")
    .values({
      id: cases.newId(),
      form: form.row.id,
      person: form.row.person,
      paper,
      ...file,
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      content: bytes,
      at: cases.now(),
    })
    .onConflict((conflict) => conflict.columns(["form", "paper", "sha256"]).doNothing())
    .execute();
  return written;
}

/** Takes an upload back. @throws {Problem} UPLOAD-UNKNOWN, FORM-CONFLICT */
export async function removeUpload(cases: Cases, form: OpenForm, seq: number, id: string): Promise<OpenForm> {
  const written = await writeForm(cases, form, seq, form.content);
  const removed = await cases.database
    .deleteFrom("upload")
    .where("id", "=", id)
    .where("form", "=", form.row.id)
    .executeTakeFirst();
  if (removed.numDeletedRows !== 1n) refuse("UPLOAD-UNKNOWN", "这份表里没有它", "The form has no such upload");
  return written;
}

/**
 * A file, for whoever may read its form, or the case that it was handed in with; that somebody else than the person reads it is
 * written down first.
 *
 * @throws {Problem} UPLOAD-UNKNOWN, AUTH-NOT-PERMITTED
 */
export async function readUpload(cases: Cases, { actor, ip }: Asker, id: string) {
  const found = await cases.database
    .selectFrom("upload")
    .innerJoin("case_form", "case_form.id", "upload.form")
    .select([
      "upload.name",
      "upload.type",
      "upload.content",
      "case_form.id as form",
      "case_form.area",
      "case_form.person",
      "case_form.items",
      "case_form.submitted",
    ])
    .where("upload.id", "=", id)
    .executeTakeFirst();
  if (!found) return refuse("UPLOAD-UNKNOWN", "请核对编号", "Check the identifier");
  const [first] = (found.submitted as { cases: string[] } | null)?.cases ?? [];
  const view = first === undefined ? undefined : await cases.store.view(first);
  if (view) authorise(actor, "case.read", caseResource(view));
  else authorise(actor, "form.read", formResource({ ...found, id: found.form }));
  const { person } = found;
  const [item] = view ? [view.item] : (found.items as string[]);
  if (!readsOwn(actor, person))
    await cases.looks.record({ person, actor, address: ip, ...(item && { item }), ...(view && { case: view.id }) });
  return found;
}
