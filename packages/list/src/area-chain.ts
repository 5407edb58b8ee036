import { inInterval } from "./interval.ts";
import type { Area } from "./model/area.ts";
import type { List } from "./model/list.ts";

/**
 * The area and those above it, nearest first, up to the nation. Empty when the list does not know the area, or when
 * the area did not exist on the date.
 */
export function areaChain(list: Pick<List, "areas">, area: string, date: string): readonly Area[] {
  const chain: Area[] = [];
  let next = list.areas.get(area);
  if (!next || !inInterval(next, date)) return chain;
  while (next && !chain.includes(next)) {
    chain.push(next);
    next = next.parent === undefined ? undefined : list.areas.get(next.parent);
  }
  return chain;
}

/** Whether an area is another one or lies below it. */
export function isBelow(list: Pick<List, "areas">, area: string, above: string): boolean {
  const seen = new Set<string>();
  for (let code: string | undefined = area; code !== undefined && !seen.has(code); ) {
    if (code === above) return true;
    seen.add(code);
    code = list.areas.get(code)?.parent;
  }
  return false;
}
