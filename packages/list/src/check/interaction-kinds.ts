import type { Item, List } from "../model/list.ts";
import { itemPlace } from "./item-place.ts";
import { reportFinding } from "./report-codes.ts";
import type { ReportedFinding } from "./report-model.ts";

const KIND_WORDS = {
  together: ["可以同享", "held together"],
  exclusive: ["不能同享", "exclusive"],
  higher: ["就高享受", "the higher of the two"],
  offset: ["抵扣", "offset"],
} as const;

/** Two items say the same of each other, and speak of items that are there. */
export function* interactionFindings(list: List, items: readonly Item[], date: string): Generator<ReportedFinding> {
  const inForce = new Map(items.map((item) => [item.code, item]));
  for (const item of items) {
    for (const [at, { item: code, kind }] of item.interactions.entries()) {
      const place = itemPlace(item, `interactions.${at}`);
      const other = inForce.get(code);
      if (other === undefined) {
        const known = list.items.get(code) ?? list.replaced.get(code);
        if (known === undefined) continue;
        const stands = standIns(items, code);
        yield reportFinding(
          "INTERACTION-ABSENT",
          place,
          [
            `“${known.name.zh}”（${code}）在 ${date} 不在清单中，这条关系不起作用`,
            `"${known.name.en}" (${code}) is not in the list on ${date}: this says nothing`,
          ],
          stands.length > 0
            ? [`改指 ${stands.join("、")}`, `Name ${stands.join(", ")} instead`]
            : ["等它生效，或删去这条", "Wait until it is in force, or remove this"],
          { item: item.code },
        );
        continue;
      }
      const back = other.interactions.find((interaction) => interaction.item === item.code);
      if (back === undefined || back.kind === kind || item.code > code) continue;
      yield reportFinding(
        "INTERACTION-CONTRADICTS",
        place,
        [
          `这里写与“${other.name.zh}”${KIND_WORDS[kind][0]}，对方写${KIND_WORDS[back.kind][0]}`,
          `Here "${other.name.en}" is ${KIND_WORDS[kind][1]}; there this item is ${KIND_WORDS[back.kind][1]}`,
        ],
        ["两处写成一样，或只写一处", "Say the same in both, or say it once"],
        { item: item.code },
      );
    }
  }
}

/** Items in force that stand for one that is not. */
function standIns(items: readonly Item[], code: string): string[] {
  return items.filter((item) => item.refines.some((refined) => refined.item === code)).map((item) => item.code);
}
