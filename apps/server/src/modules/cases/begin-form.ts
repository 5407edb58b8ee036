import { shanghaiDay } from "@qingdan/clock";
import type { List, Rulebook } from "@qingdan/list";
import type { Actor } from "../identity/index.ts";
import { refuse } from "./case-refusal.ts";
import type { FormRequest } from "./form-model.ts";
import { type FormContent, formRulebook, fromRegister } from "./form-state.ts";
import { formExpiry, removeExpiredForms } from "./form-store.ts";
import { versionsFor } from "./open-case.ts";
import { permitted } from "./permitted.ts";
import { type KeyedRequest, madeBefore } from "./request-key.ts";
import type { Cases } from "./seams.ts";

/** Items of a request: its own, or those of its bundle. @throws {Problem} BUNDLE-UNKNOWN, CASE-ITEM-UNKNOWN */
function itemsOf(cases: Cases, list: List, request: FormRequest): readonly string[] {
  if (request.items) return request.items;
  const bundle = cases.guides.bundles(list).find(({ code }) => code === request.bundle);
  if (!bundle)
    return refuse(
      "BUNDLE-UNKNOWN",
      `清单 ${list.code} 没有“${request.bundle}”`,
      `The list ${list.code} has no bundle ${request.bundle}`,
    );
  return bundle.branches.map(({ item }) => item);
}

/**
 * Begins a form: questions of its items by the rules of the day, prefilled with what the registers hold of them and no more.
 *
 * @throws {Problem} FORM-PERSON-MISSING, BUNDLE-UNKNOWN, CASE-ITEM-UNKNOWN, API-LIST-UNKNOWN, AUTH-NOT-PERMITTED
 */
export async function beginForm(
  cases: Cases,
  asker: Actor | undefined,
  request: FormRequest,
  key: string,
): Promise<string> {
  const list = await cases.list(request.list);
  if (asker?.kind === "staff" && request.person === undefined)
    refuse("FORM-PERSON-MISSING", "在窗口代填时写明是谁的申请", "At a window say whose application it is");
  const person = request.person ?? asker?.person ?? asker?.id ?? "";
  const area = request.area ?? list.area;
  const items = itemsOf(cases, list, request);
  const actor = permitted(asker, "form.open", { type: "form", area, owner: person, items });
  let rulebook: Rulebook | undefined;
  for (const item of items) rulebook = (await versionsFor(cases, { list: list.code, item, area })).rulebook;
  if (!rulebook) throw new Error("A form has at least one item");
  const content = await firstContent(cases, rulebook, items, person, request.members);
  const now = cases.now();
  const today = shanghaiDay(now);
  await removeExpiredForms(cases.database, today);
  const id = cases.newId();
  const keyed: KeyedRequest = { actor: actor.id, key, asked: request, at: now };
  const { hash: rulebook_hash, date } = rulebook;
  return cases.database.transaction().execute(async (tx) => {
    const before = await madeBefore(tx, keyed, id);
    if (before !== undefined) return before;
    await tx
      .insertInto("case_form")
      .values({
        id,
        seq: 1,
        owner: actor.id,
        person,
        list: list.code,
        area,
        items: JSON.stringify(items),
        bundle: request.bundle ?? null,
        date,
        rulebook_hash,
        content: JSON.stringify(content),
        updated_at: now,
        expires_on: formExpiry(now),
        submitted: null,
      })
      .execute();
    return id;
  });
}

/** What a form of a person holds before anybody has answered: what the registers hold of its items. */
export async function firstContent(
  cases: Cases,
  rulebook: Rulebook,
  items: readonly string[],
  person: string,
  members: number,
): Promise<FormContent> {
  const entry = await cases.register(person);
  const names = Array.from({ length: members }, (_, at) => `p${at + 1}`);
  const household = entry
    ? fromRegister(formRulebook(rulebook, items), entry.facts)
    : { subject: "p1", members: names, household: "h", register: {} };
  return { ...household, registerDate: entry?.date ?? null, answers: {}, skipped: [], disputes: {} };
}
