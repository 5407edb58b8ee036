import type { Area, Basis, Item, List, Mark, Payer, Unit, Words } from "@qingdan/list";
import type { ItemCard, ListCard, ListPage, Source } from "./model.ts";
import type { ShownVersion } from "./studio-model.ts";

/** The only door from a list to JSON. Names of units are those of `date`. */
export interface View {
  readonly list: List;
  readonly date: string;
  /** Which state of the list it is. */
  readonly shown: ShownVersion;
}

/** Marks from the strongest to the weakest. */
const markOrder: readonly Mark[] = ["V2", "V", "V法", "V地", "P", "D", "R"];

export const words = ({ zh, en }: Words): Words => ({ zh, en });
export const note = (text: string | Words | undefined): Words | null =>
  text === undefined ? null : typeof text === "string" ? { zh: text, en: text } : words(text);

export function sources({ list }: View, codes: readonly string[] | undefined): Source[] {
  return (codes ?? []).map((code) => presentSource(list, code));
}

function presentSource(list: List, code: string): Source {
  const { title = code, kind = "page", document, issuer, date, url } = list.sources.get(code) ?? {};
  return { code, title, kind, document, issuer, date, url };
}

export function lawReference({ list }: View, { source, article, zh, en }: Basis) {
  return {
    source: presentSource(list, source),
    article: article ?? null,
    text: zh === undefined ? null : { zh, en: en ?? zh },
  };
}

export const named = (code: string, name: Words | undefined) => ({
  code,
  name: name ? words(name) : { zh: code, en: code },
});
export const namedArea = ({ list }: View, code: string) => named(code, list.areas.get(code));
export const namedItem = ({ list }: View, code: string) =>
  named(code, (list.items.get(code) ?? list.replaced.get(code))?.name);
export const namedPayer = (payer: Payer | undefined) => (payer ? named(payer.code, payer) : null);

/** A unit under the name of the view's day, or under its first name when it had none yet. */
export function namedUnit({ date }: View, code: string, unit: Unit | undefined) {
  const inForce = unit?.names.find(({ from, until }) => (!from || from <= date) && (!until || date < until));
  return named(code, inForce ?? unit?.names[0]);
}

export function presentListCard(view: View, parent: string | null): ListCard {
  const { list, date, shown } = view;
  const items = [...list.items.values()];
  const version = list.versions.find(({ from, until }) => from <= date && (!until || date < until));
  return {
    code: list.code,
    name: words(list.name),
    area: namedArea(view, list.area),
    parent,
    version: version?.version ?? null,
    items: items.length,
    executable: items.filter(({ rule }) => rule).length,
    shown,
  };
}

export function presentList(view: View): ListPage {
  const { list } = view;
  const items = [...list.items.values()];
  const count = (test: (item: Item) => boolean) => items.filter(test).length;
  return {
    ...presentListCard(view, list.chain[1] ?? null),
    versions: list.versions.map((version) => ({
      version: version.version,
      from: version.from,
      until: version.until ?? null,
      status: version.status,
      document: version.document ?? null,
      items: version.items ?? null,
      mark: version.mark,
      sources: sources(view, version.source),
      note: note(version.note),
    })),
    domains: list.domains.map((domain) => ({
      ...named(domain.code, domain),
      items: count((item) => item.domain === domain.code),
      categories: domain.categories.map((category) => ({
        ...named(category.code, category),
        number: category.number,
        items: count((item) => item.domain === domain.code && item.category === category.code),
      })),
    })),
    lifeStages: [...list.lifeStages.values()].map((stage) => ({
      ...named(stage.code, stage),
      items: count((item) => item.lifeStages.includes(stage.code)),
    })),
    leads: [...list.units.values()]
      .map((unit) => ({
        ...namedUnit(view, unit.code, unit),
        items: count((item) => item.lead.units.includes(unit.code)),
      }))
      .filter(({ items: led }) => led > 0),
    areas: areasOf(list).map((area) => ({ ...named(area.code, area), level: area.level, parent: area.parent ?? null })),
    marks: countMarks(items),
  };
}

/** The list's own area and everything below it. */
function areasOf(list: List): Area[] {
  const below = (area: Area | undefined): boolean =>
    area !== undefined &&
    (area.code === list.area || (area.parent !== undefined && below(list.areas.get(area.parent))));
  return [...list.areas.values()].filter(below);
}

function countMarks(items: readonly Item[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { mark } of items.flatMap(elements)) counts[mark] = (counts[mark] ?? 0) + 1;
  return counts;
}

const elements = ({ object, content, standard, payer, lead }: Item) => [object, content, standard, payer, lead];

export function presentItemCard(view: View, item: Item): ItemCard {
  const { list } = view;
  const domain = list.domains.find(({ code }) => code === item.domain);
  const marks = elements(item).map(({ mark }) => markOrder.indexOf(mark));
  return {
    code: item.code,
    list: item.list,
    name: words(item.name),
    domain: named(item.domain, domain),
    category: named(
      item.category,
      domain?.categories.find(({ code }) => code === item.category),
    ),
    lifeStages: item.lifeStages.map((code) => named(code, list.lifeStages.get(code))),
    leads: item.lead.units.map((code) => namedUnit(view, code, list.units.get(code))),
    status: item.status,
    effective: { from: item.effective.from, until: item.effective.until ?? null },
    executable: item.rule !== undefined,
    standardKind: item.standard.kind,
    standard: words(item.standard),
    mark: markOrder[Math.max(...marks)] ?? "R",
  };
}
