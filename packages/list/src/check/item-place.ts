import { placeIn } from "../compile/rule-findings.ts";
import type { Place } from "../finding.ts";
import type { Item } from "../model/list.ts";

/** Where a part of an item is written: `lead`, `basis`, `refines.0`, `rule.conditions.0.test`. */
export function itemPlace(item: Item, path = ""): Place {
  return placeIn(item.origin, path);
}
