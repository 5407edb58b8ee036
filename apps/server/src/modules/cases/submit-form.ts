import type { DatabaseTransaction } from "../../store/database.ts";
import type { Actor } from "../identity/index.ts";
import { mandateOf } from "./acting-for.ts";
import { refuse } from "./case-refusal.ts";
import type { Opening } from "./case-state.ts";
import type { SubmitRequest } from "./form-model.ts";
import { papersOf } from "./form-state.ts";
import { type OpenForm, writeForm } from "./form-store.ts";
import type { Bundle } from "./guide-model.ts";
import { checkChannel, versionsFor, writeOpening } from "./open-case.ts";
import type { Cases } from "./seams.ts";

export interface Submitted {
  readonly cases: readonly string[];
  readonly bundle: string | null;
}

/** One item of a bundle that somebody applied for. */
export interface Branch {
  readonly item: string;
  readonly after: readonly string[];
  readonly case: string | null;
  /** What its case is opened with when those before it are granted. */
  readonly opening: Opening;
}

/**
 * Submits a form: one case an item, those of a bundle that wait for others later. The same form again gives the same cases.
 *
 * @throws {Problem} FORM-INCOMPLETE, FORM-CONFLICT, FORM-CLOSED, CASE-MANDATE-MISSING
 */
export async function submitForm(
  cases: Cases,
  actor: Actor,
  form: OpenForm,
  request: SubmitRequest,
): Promise<Submitted> {
  const before = form.row.submitted as Submitted | null;
  if (before) return before;
  const mandate = mandateOf(actor, request.mandate);
  checkChannel(actor, request.channel, mandate);
  const uploads = await checkComplete(cases, form, request.channel === "web" || actor.actingFor !== undefined);
  const items = itemsToOpen(form, request);
  const list = await cases.list(form.row.list);
  const bundle = cases.guides.bundles(list).find(({ code }) => code === form.row.bundle);
  const openings: Opening[] = [];
  for (const item of items) openings.push(await openingOf(cases, form, item, uploads));
  const written = await writeForm(cases, form, request.seq, form.content);
  return cases.database.transaction().execute(async (tx) => {
    const id = bundle ? cases.newId() : null;
    const branches = openings.map((opening) => ({
      item: opening.item,
      after: waitsFor(bundle, opening.item, items),
      case: null,
      opening: { ...opening, bundle: id },
    }));
    const opened = await openBranches(
      tx,
      cases,
      branches.filter(({ after }) => after.length === 0),
      { actor, channel: request.channel, ...(mandate && { mandate }) },
    );
    if (bundle && id !== null) {
      const kept = branches.map((branch) => ({ ...branch, case: opened.get(branch.item) ?? null }));
      await tx
        .insertInto("bundle_case")
        .values({
          id,
          list: form.row.list,
          bundle: bundle.code,
          person: form.row.person,
          branches: JSON.stringify(kept),
          at: cases.now(),
        })
        .execute();
    }
    const papers = papersOf(form.state);
    const submitted: Submitted = { cases: [...opened.values()], bundle: id };
    const closed = await tx
      .updateTable("case_form")
      .set({
        submitted: JSON.stringify(submitted),
        papers_saved: papers.saved.length,
        papers_asked: papers.asked.length,
      })
      .where("id", "=", form.row.id)
      .where("seq", "=", written.row.seq)
      .where("submitted", "is", null)
      .executeTakeFirst();
    if (closed.numUpdatedRows !== 1n)
      refuse("FORM-CONFLICT", "申请表刚在别处改动", "The form was changed elsewhere a moment ago");
    await tx.deleteFrom("form_code").where("form", "=", form.row.id).execute();
    return submitted;
  });
}

/** Opens the cases of branches; gives case by item. */
export async function openBranches(
  tx: DatabaseTransaction,
  cases: Cases,
  branches: readonly Pick<Branch, "item" | "opening">[],
  by: Pick<Parameters<typeof writeOpening>[3], "actor" | "channel" | "mandate">,
): Promise<ReadonlyMap<string, string>> {
  const opened = new Map<string, string>();
  for (const { item, opening } of branches) {
    const id = cases.newId();
    const guide = await cases.store.guide(tx, opening.guideHash);
    await writeOpening(tx, cases, id, { ...by, evidence: [], opening, guide });
    opened.set(item, id);
  }
  return opened;
}

const waitsFor = (bundle: Bundle | undefined, item: string, items: readonly string[]): string[] =>
  bundle?.branches.find((branch) => branch.item === item)?.after.filter((other) => items.includes(other)) ?? [];

/** Items that are applied for: those named, or all but those that the rules say are not owed. */
function itemsToOpen({ items, state }: OpenForm, { items: chosen }: SubmitRequest): readonly string[] {
  const strange = chosen?.find((item) => !items.includes(item));
  if (strange !== undefined) refuse("FORM-ANSWER-WRONG", `表中没有 ${strange}`, `The form has no ${strange}`);
  if (chosen || items.length === 1) return chosen ?? items;
  const not = new Set(state.screening.not.map(({ code }) => code));
  const open = items.filter((item) => !not.has(item));
  if (open.length === 0)
    refuse(
      "FORM-INCOMPLETE",
      "按所填情况都不符合；要求作出决定的，请指明事项",
      "Nothing is owed by what was said; name the items to have them decided",
    );
  return open;
}

/** Everything is answered or skipped, and on the web every paper is there; at a window the clerk has seen it. */
async function checkComplete(cases: Cases, { row, state }: OpenForm, online: boolean): Promise<readonly string[]> {
  if (state.question)
    refuse("FORM-INCOMPLETE", `还有问题：${state.question.zh}`, `A question is open: ${state.question.en}`);
  const uploads = await cases.database
    .selectFrom("upload")
    .select(["id", "paper"])
    .where("form", "=", row.id)
    .orderBy("at")
    .execute();
  const missing = papersOf(state).asked.filter(({ id }) => !uploads.some(({ paper }) => paper === id));
  if (online && missing.length > 0) {
    const ids = missing.map(({ id }) => id).join(", ");
    refuse("FORM-INCOMPLETE", `还缺材料：${ids}`, `Papers are missing: ${ids}`);
  }
  return uploads.map(({ id }) => id);
}

async function openingOf(
  cases: Cases,
  { row, state, content }: OpenForm,
  item: string,
  uploads: readonly string[],
): Promise<Opening> {
  const { guide } = await versionsFor(cases, { list: row.list, item, area: row.area });
  const origins = Object.entries(state.origins).filter(([, origin]) => origin !== "applicant");
  return {
    kind: "open",
    case: "application",
    list: row.list,
    item,
    area: row.area,
    office: null,
    person: row.person,
    rulebookHash: row.rulebook_hash,
    guideHash: guide.hash,
    facts: state.file,
    origins: Object.fromEntries(
      origins.map(([key, origin]) => [key, origin === "register" ? `register ${content.registerDate}` : origin]),
    ),
    uploads,
    bundle: null,
    offer: null,
    clawBack: null,
  };
}
