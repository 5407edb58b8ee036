import { createHash } from "node:crypto";
import type { z } from "zod";
import { type Actor, authorise } from "../identity/index.ts";
import { refuse } from "./case-refusal.ts";
import { caseResource, openOrRefuse, viewOrRefuse } from "./case-resource.ts";
import { checkUpload, mostUploads } from "./check-upload.ts";
import { formResource } from "./form-store.ts";
import type { caseUploads } from "./model.ts";
import { permitted } from "./permitted.ts";
import type { Asker } from "./read-case.ts";
import { readsOwn } from "./reads-own.ts";
import type { Cases } from "./seams.ts";

/**
 * Takes a file for a paper that a case asks to be supplied; the same content twice is one upload. Who supplies names it as evidence.
 *
 * @throws {Problem} UPLOAD-UNKNOWN, UPLOAD-TYPE, UPLOAD-SIZE, UPLOAD-NAME, UPLOAD-COUNT, AUTH-NOT-PERMITTED
 */
export async function uploadToCase(
  cases: Cases,
  asker: Actor | undefined,
  id: string,
  { paper, name, bytes }: { readonly paper: string; readonly name: string; readonly bytes: Uint8Array },
): Promise<void> {
  const { stored } = await openOrRefuse(cases, id);
  const { view, state } = stored;
  permitted(asker, "case.supply", caseResource(view));
  if (state.stage !== "supplement" || !state.supplement?.papers.includes(paper))
    refuse("UPLOAD-UNKNOWN", `办件没有要求补交“${paper}”`, `The case does not ask for ${paper}`);
  const file = checkUpload(name, bytes);
  const { database } = cases;
  const uploads = await database.selectFrom("upload").select("id").where("case_id", "=", id).execute();
  if (uploads.length >= mostUploads)
    refuse("UPLOAD-COUNT", `一件至多补交 ${mostUploads} 份材料`, `A case takes at most ${mostUploads} uploads`);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await database
    .insertInto("upload")
    .values({
      ...{ id: cases.newId(), form: null, case_id: id, person: view.person, paper },
      ...{ ...file, bytes: bytes.length, sha256, content: bytes, at: cases.now() },
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The files of a case: those of its form, and those handed in later. */
export async function uploadsOfCase(
  cases: Cases,
  asker: Actor | undefined,
  id: string,
): Promise<z.infer<typeof caseUploads>> {
  const { stored } = await openOrRefuse(cases, id);
  permitted(asker, "case.read", caseResource(stored.view));
  const { uploads } = stored.state.opening;
  const found = await cases.database
    .selectFrom("upload")
    .select(["id", "name", "type", "bytes", "at", "paper", "case_id"])
    .where((where) =>
      uploads.length === 0
        ? where("case_id", "=", id)
        : where.or([where("case_id", "=", id), where("id", "in", uploads)]),
    )
    .orderBy("at")
    .execute();
  const shown = found.map(({ id: upload, name, type, bytes, at, paper, case_id }) => ({
    ...{ id: upload, name, type, bytes, at: at.toISOString() },
    paper: case_id === null ? null : paper,
  }));
  return { uploads: shown };
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
    .leftJoin("case_form", "case_form.id", "upload.form")
    .select([
      "upload.name",
      "upload.type",
      "upload.content",
      "upload.case_id",
      "upload.person",
      "case_form.id as form",
      "case_form.area",
      "case_form.items",
      "case_form.submitted",
    ])
    .where("upload.id", "=", id)
    .executeTakeFirst();
  if (!found) return refuse("UPLOAD-UNKNOWN", "请核对编号", "Check the identifier");
  const { person, form, area, items } = found;
  const [first] = (found.submitted as { cases: string[] } | null)?.cases ?? [];
  const of = found.case_id ?? first;
  const view = of === undefined ? undefined : await viewOrRefuse(cases, of);
  if (view) authorise(actor, "case.read", caseResource(view));
  else authorise(actor, "form.read", formResource({ id: form ?? "", area: area ?? "", person, items: items ?? [] }));
  const [item] = view ? [view.item] : ((items ?? []) as string[]);
  if (!readsOwn(actor, person))
    await cases.looks.record({ person, actor, address: ip, ...(item && { item }), ...(view && { case: view.id }) });
  return found;
}
