import { factsReadBy } from "@qingdan/list";
import type { OpenForm } from "./form-store.ts";
import type { Asker } from "./read-case.ts";
import { readsOwn } from "./reads-own.ts";
import type { Cases } from "./seams.ts";

/**
 * Writes down, before a form is shown to somebody else than the person, which of the person's facts they see: one look an item,
 * with the facts that the item reads.
 */
export async function noteFormLooks(
  cases: Cases,
  { actor, ip }: Asker,
  { row, items, state }: Pick<OpenForm, "row" | "items" | "state">,
): Promise<void> {
  const { person } = row;
  if (readsOwn(actor, person)) return;
  const shown = new Set(Object.keys(state.origins).map((key) => key.split(" ")[1]));
  const looks = state.rulebook.items.flatMap((item) => {
    const facts = items.includes(item.code) ? factsReadBy(item).filter((name) => shown.has(name)) : [];
    return facts.length > 0 ? [{ person, actor, address: ip, item: item.code, facts: facts.toSorted() }] : [];
  });
  await Promise.all(looks.map((look) => cases.looks.record(look)));
}
