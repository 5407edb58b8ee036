import { isBelow } from "../area-chain.ts";
import { type Finding, listFinding } from "../finding.ts";
import type { Area } from "../model/area.ts";
import { placeOf } from "../reading.ts";
import type { Checked } from "./check.ts";

const LEVELS: readonly Area["level"][] = ["nation", "province", "city", "county", "town"];

/** A list serves the area of its parent, or an area below it. */
export function* parentArea({ own, list, parent }: Checked): Generator<Finding> {
  if (!own.header || !parent || !list.areas.has(list.area) || isBelow(list, list.area, parent.area)) return;
  yield listFinding(
    "LIST-PARENT-AREA",
    placeOf(own.header, ["area"]),
    [
      `辖区“${list.area}”不在上级清单的辖区“${parent.area}”之内`,
      `The area "${list.area}" does not lie in the area "${parent.area}" of the parent list`,
    ],
    ["改辖区，或改上级清单", "Change the area, or the parent list"],
  );
}

/**
 * The parent of an area is of a higher level, its code begins the code of the area, and no area is above itself. Only
 * the area that a list serves may stand under its parent's with a code of its own: a place that GB/T 2260 does not know.
 */
export function* areaParents({ own, list, parent: parentList }: Checked): Generator<Finding> {
  for (const entry of own.areas) {
    const { code, parent, level } = entry.value;
    if (parent === undefined) {
      if (level !== "nation")
        yield wrongParent(entry, `${level} 级的区划没有上级`, `An area of level ${level} has no parent`);
      continue;
    }
    const above = list.areas.get(parent);
    if (!above) continue;
    const ownRoot = code === list.area && parent === parentList?.area && code !== parent;
    if (!ownRoot && (!code.startsWith(parent) || code === parent)) {
      yield wrongParent(
        entry,
        `“${code}”不以上级“${parent}”开头`,
        `"${code}" does not begin with its parent "${parent}"`,
      );
    } else if (LEVELS.indexOf(above.level) >= LEVELS.indexOf(level)) {
      yield wrongParent(
        entry,
        `上级“${parent}”是 ${above.level}，不高于 ${level}`,
        `The parent "${parent}" is a ${above.level}, not above a ${level}`,
      );
    }
  }
}

function wrongParent(entry: Checked["own"]["areas"][number], zh: string, en: string): Finding {
  return listFinding(
    "LIST-AREA-PARENT",
    placeOf(entry, ["parent"]),
    [zh, en],
    ["写上一级区划的编码", "Write the code of the area above"],
  );
}

/** An area exists only while its parent does. */
export function* areaValidity({ own, list }: Checked): Generator<Finding> {
  for (const entry of own.areas) {
    const { from = "", until = "9999-12-31", parent } = entry.value;
    const above = parent === undefined ? undefined : list.areas.get(parent);
    if (!above) continue;
    const { from: aboveFrom = "", until: aboveUntil = "9999-12-31" } = above;
    if (from >= aboveFrom && until <= aboveUntil) continue;
    const range = `[${above.from ?? "…"}, ${above.until ?? "…"})`;
    yield listFinding(
      "LIST-AREA-VALIDITY",
      placeOf(entry, from < aboveFrom ? ["from"] : ["until"]),
      [`超出上级“${above.code}”的有效期 ${range}`, `This exceeds the validity ${range} of the parent "${above.code}"`],
      ["把有效期收在上级之内", "Keep the validity within that of the parent"],
    );
  }
}
