import type { Environment } from "@qingdan/feel/typed";
import { type CompiledItems, compileItems } from "../check/compile-items.ts";
import { environmentOf } from "../compile/environment.ts";
import type { Item, List } from "../model/list.ts";

/** An item guaranteed above, and the items of this list that keep the promise here. */
export interface FloorPair {
  readonly floor: Item;
  readonly local: readonly Item[];
}

/**
 * What a list guarantees against what the lists above it do: each inherited item in force on a day, with the items
 * that stand for it or refine it, and itself where it stays.
 */
export function floorPairs(list: List, inForce: readonly Item[], date: string): readonly FloorPair[] {
  const above = [...list.replaced.values(), ...list.items.values()].filter(
    ({ list: code, status, effective }) =>
      code !== list.code &&
      status !== "draft" &&
      effective.from <= date &&
      (effective.until === undefined || date < effective.until),
  );
  return above.map((floor) => ({ floor, local: inForce.filter((item) => keeps(item, floor, list)) }));
}

/** Whether an item is the guaranteed one, refines it, or refines an item that does. */
function keeps(item: Item, floor: Item, list: List, depth = 0): boolean {
  if (item.code === floor.code) return true;
  if (depth > list.chain.length) return false;
  const roots = new Set(floor.refines.filter(({ relation }) => relation !== "split").map((refined) => refined.item));
  return item.refines.some(({ item: code }) => {
    if (code === floor.code || roots.has(code)) return true;
    const above = list.replaced.get(code) ?? list.items.get(code);
    return above !== undefined && above.list !== list.code && keeps(above, floor, list, depth + 1);
  });
}

/** Whether a rule reads a parameter to which this list gives values of its own. */
export function readsOwnValues(list: List, reads: ReadonlySet<string>): boolean {
  return [...reads].some((code) => list.parameters.get(code)?.values.some(({ origin }) => origin.list === list.code));
}

/** The list as it would be without its own values: the numbers of the lists above. */
function withoutOwnValues(list: List): List {
  const parameters = [...list.parameters].map(([code, parameter]) => {
    const values = parameter.values.filter(({ origin }) => origin.list !== list.code);
    return [code, { ...parameter, values }] as const;
  });
  return { ...list, parameters: new Map(parameters) };
}

/** The promised items compiled with the numbers from above, whatever stands for them here. */
export function compileFloor(list: List, floor: readonly Item[], date: string, { parsed }: Environment): CompiledItems {
  const above = withoutOwnValues(list);
  return compileItems(above, floor.map(withoutInteractions), date, {
    ...environmentOf(above),
    ...(parsed && { parsed }),
  });
}

/** The items of this list that keep promises, each by itself. */
export function compileLocal(
  list: List,
  local: readonly Item[],
  date: string,
  environment: Environment,
): CompiledItems {
  return compileItems(list, local.map(withoutInteractions), date, environment);
}

/** Items are compared one by one: what they are settled with elsewhere is left out. */
function withoutInteractions(item: Item): Item {
  return { ...item, interactions: [] };
}
