import { factsReadBy, type List, type Rulebook } from "@qingdan/list";
import type { GuideLimit } from "./guide-model.ts";
import type { GuideView } from "./guide-view-model.ts";
import { itemName, presentLaw, words } from "./present.ts";
import { presentLimit, presentLocal } from "./present-local.ts";
import type { Cases } from "./seams.ts";

/** How an item is handled, for people: steps and limits from its guide, questions and papers from its rule. */
export function presentGuide(
  cases: Cases,
  list: List,
  rulebook: Rulebook,
  code: string,
  own: GuideView["own"],
): GuideView {
  const area = own?.area ?? list.area;
  const { guide, hash } = cases.guides.of(list, code, area);
  const item = rulebook.items.find((known) => known.code === code);
  const read = item ? factsReadBy(item) : [];
  const facts = rulebook.facts.filter(({ name }) => read.includes(name));
  const limits = (limits: { statutory?: GuideLimit; promised?: GuideLimit }) =>
    (["statutory", "promised"] as const).flatMap((kind) => {
      const limit = limits[kind];
      return limit ? [presentLimit(list, kind, limit)] : [];
    });
  return {
    list: list.code,
    item: { code, name: itemName(list, code) },
    hash,
    procedure: guide.procedure,
    reference: guide.reference,
    owner: words(guide.owner),
    total: limits(guide.total),
    steps: guide.steps.map((step) => ({
      code: step.code,
      name: words(step),
      owner: words(step.owner),
      limits: limits(step),
    })),
    local: presentLocal(cases, list, code, area),
    executable: item !== undefined,
    secondPerson: guide.secondPerson ?? null,
    questions: facts.filter(({ question }) => question !== null).length,
    facts: facts.map(({ name, zh, en, sourceUnit, privacy }) => ({
      name,
      label: { zh, en },
      source: unitWords(list, sourceUnit),
      privacy: privacy ?? "personal",
    })),
    appeals: guide.appeals.map(({ route, zh, en, within, settle }) => ({
      route,
      name: { zh, en },
      within: within ? { amount: within.amount, unit: within.unit, basis: presentLaw(list, within.law) } : null,
      settle: { amount: settle.amount, unit: settle.unit, basis: presentLaw(list, settle.law) },
    })),
    telephone: guide.telephone ?? null,
    note: guide.note ?? null,
    own,
  };
}

/** The unit whose register holds a fact, by its present name; null where no register does. */
export function unitWords(list: List, code: string | null): { code: string; zh: string; en: string } | null {
  const unit = code === null ? undefined : list.units.get(code);
  const name = unit?.names.at(-1);
  return unit && name ? { code: unit.code, zh: name.zh, en: name.en } : null;
}
