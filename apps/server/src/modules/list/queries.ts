import type { Item, List } from "@qingdan/list";
import type { ItemSearch } from "@qingdan/list/search";
import type { Catalogue } from "./catalogue.ts";
import type { ItemPage, ItemsQuery } from "./model.ts";
import { named } from "./present.ts";

const indexes = new WeakMap<List, ItemSearch>();

/** The items that a query asks for: found ones best first, else in the order of the list's domains. */
export async function selectItems(list: List, query: ItemsQuery): Promise<Item[]> {
  // With its dictionaries of scripts and pinyin: read when somebody looks, not at the start.
  const { buildSearch, searchItems } = await import("@qingdan/list/search");
  const { q = "", lead: leadUnit, category, area, lifeStage, domain, executable } = query;
  const index = indexes.get(list) ?? buildSearch(list);
  indexes.set(list, index);
  const items = searchItems(index, q, { area, lifeStage, leadUnit, domain, executable }).filter(
    (item) => category === undefined || item.category === category,
  );
  return q.trim() === "" ? inListOrder(list, items) : items;
}

/** By domain and category as the national list numbers them; own entries before inherited ones of the same category. */
function inListOrder(list: List, items: readonly Item[]): Item[] {
  const number = new Map<string, number>();
  for (const domain of list.domains) {
    for (const category of domain.categories) number.set(`${domain.code}/${category.code}`, category.number);
  }
  const rank = ({ domain, category }: Item) => number.get(`${domain}/${category}`) ?? Number.MAX_SAFE_INTEGER;
  return items.toSorted((a, b) => rank(a) - rank(b) || Number(b.list === list.code) - Number(a.list === list.code));
}

/** Entries of other lists that refine this one. */
export async function refinedBy(catalogue: Catalogue, item: Item): Promise<ItemPage["refinedBy"]> {
  const answer: ItemPage["refinedBy"] = [];
  for (const { code: list, items } of await catalogue.sound()) {
    for (const other of items.values()) {
      const relation = other.list === list ? other.refines.find((refined) => refined.item === item.code) : undefined;
      if (relation) answer.push({ list, relation: relation.relation, item: named(other.code, other.name) });
    }
  }
  return answer;
}
