import { createHash } from "node:crypto";
import { refuse } from "./case-refusal.ts";
import { checkUpload, mostUploads } from "./check-upload.ts";
import { papersOf } from "./form-state.ts";
import { type OpenForm, writeForm } from "./form-store.ts";
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
      case_id: null,
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
