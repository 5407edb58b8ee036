import type { Item, List } from "../model/list.ts";
import { reportFinding } from "./report-codes.ts";
import type { ReportedFinding } from "./report-model.ts";

/** Numbers of a list that no item's rule reads and no item states: nobody would ever see them. */
export function* unusedParameters(list: List, readBy: (item: Item) => Iterable<string>): Generator<ReportedFinding> {
  const used = new Set<string>();
  for (const item of [...list.items.values(), ...list.replaced.values()]) {
    for (const code of [...readBy(item), ...(item.parameters ?? [])]) used.add(code);
  }
  for (const formula of formulasOf(list)) for (const name of formula.match(/[A-Za-z_]\w*/g) ?? []) used.add(name);
  for (const { code, zh, en, origin } of list.parameters.values()) {
    if (used.has(code) || origin.list !== list.code) continue;
    yield reportFinding(
      "PARAMETER-UNUSED",
      origin,
      [`没有项目用到“${zh}”`, `No item uses "${en}"`],
      [
        "在规则里用它，或写进项目的 parameters，页面才看得到它的沿革",
        "Read it in a rule, or name it in an item's parameters, so that its history is shown",
      ],
      { parameter: code },
    );
  }
}

/** Formulas of derived facts and of other parameters. */
function* formulasOf(list: List): Generator<string> {
  for (const { formula } of list.facts.values()) if (formula !== undefined) yield formula;
  for (const { formula } of list.parameters.values()) if (formula !== undefined) yield formula;
}
