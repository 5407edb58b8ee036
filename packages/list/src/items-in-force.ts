import { inInterval } from "./interval.ts";
import type { Item, List } from "./model/list.ts";

/** The items that are owed on a day: their interval holds it, and they are not drafts. */
export function itemsInForce(list: Pick<List, "items">, date: string): readonly Item[] {
  return [...list.items.values()].filter(({ status, effective }) => status !== "draft" && inInterval(effective, date));
}
