import type { List } from "./model/list.ts";

/** Executable items and all that they are settled with, over every step between, in any of these lists. */
export function settledWith(lists: readonly Pick<List, "items">[], codes: Iterable<string>): Set<string> {
  const found = new Set(codes);
  const links = lists.flatMap(linksOf);
  for (const code of found) {
    for (const [a, b] of links) {
      if (a === code) found.add(b);
      if (b === code) found.add(a);
    }
  }
  return found;
}

function linksOf({ items }: Pick<List, "items">): (readonly [string, string])[] {
  return [...items.values()].flatMap(({ code, rule, interactions }) =>
    interactions.flatMap(({ item: other, kind }) =>
      rule !== undefined && kind !== "together" && items.get(other)?.rule !== undefined ? [[code, other] as const] : [],
    ),
  );
}
