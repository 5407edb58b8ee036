import { isBelow } from "../area-chain.ts";
import type { Item, List } from "../model/list.ts";
import { unitName } from "../unit-name.ts";
import { itemPlace } from "./item-place.ts";
import { reportFinding } from "./report-codes.ts";
import type { ReportedFinding } from "./report-model.ts";

/** Each item in force is the business of one unit that exists: neither of two nor of none. */
export function* responsibilityFindings(list: List, items: readonly Item[], date: string): Generator<ReportedFinding> {
  for (const item of items) {
    const place = itemPlace(item, "lead");
    const about = { item: item.code };
    const existing = item.lead.units.filter((unit) => unitName(list, unit, date) !== undefined);
    if (existing.length === 0) {
      yield reportFinding(
        "RESPONSIBILITY-NONE",
        place,
        [
          `“${item.name.zh}”的牵头单位 ${item.lead.units.join("、")} 在 ${date} 已不存在`,
          `On ${date} the lead unit ${item.lead.units.join(", ")} of "${item.name.en}" does not exist`,
        ],
        ["写上接手的单位，或给单位补上现名", "Name the unit that took over, or add the name that the unit bears now"],
        about,
      );
    } else if (existing.length > 1) {
      yield reportFinding(
        "RESPONSIBILITY-SHARED",
        place,
        [
          `“${item.name.zh}”由 ${existing.length} 个单位牵头：${existing.join("、")}`,
          `"${item.name.en}" is led by ${existing.length} units: ${existing.join(", ")}`,
        ],
        ["一项一个牵头单位，别的写在说明里", "Name one lead unit; mention the others in a note"],
        about,
      );
    }
  }
  yield* distant(list, items);
}

/** Items for which the list names no unit of its own area, told once with their number. */
function* distant(list: List, items: readonly Item[]): Generator<ReportedFinding> {
  const above = items.filter((item) =>
    item.lead.units.every((unit) => {
      const area = list.units.get(unit)?.area;
      return area !== undefined && area !== list.area && !isBelow(list, area, list.area);
    }),
  );
  const [first] = above;
  if (first === undefined) return;
  yield reportFinding(
    "RESPONSIBILITY-DISTANT",
    itemPlace(first, "lead"),
    [
      `${items.length} 项中有 ${above.length} 项只写了上级单位，本地由谁承办没有写，第一项是“${first.name.zh}”`,
      `${above.length} of ${items.length} items name only units of a higher area and nobody here; the first is "${first.name.en}"`,
    ],
    ["在本清单里写明本级牵头单位", "Name the lead unit of this area in this list"],
    { item: first.code },
  );
}
