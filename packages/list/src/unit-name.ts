import { inInterval } from "./interval.ts";
import type { List } from "./model/list.ts";
import type { Words } from "./model/words.ts";

/** The name that a unit bore on a day; undefined when the unit is unknown or had no name then. */
export function unitName(list: Pick<List, "units">, unit: string, date: string): Words | undefined {
  const name = list.units.get(unit)?.names.find((candidate) => inInterval(candidate, date));
  return name && { zh: name.zh, en: name.en };
}
