import { areaChain, type List, type Rulebook } from "@qingdan/list";
import type { AreaFact, RunPlan } from "./plan.ts";

/** District of people whose area lies outside the run's area. */
export const elsewhere = "elsewhere";
/** District of people whose area is not known. */
export const unknownPlace = "unknown";

/** Lays out a run: which districts its people are counted in, which items have a roll to compare with. */
export function planRun(list: List, rulebook: Rulebook, rolls: readonly string[]): RunPlan {
  const districtCodes = rulebook.areas.map(({ code }) => districtOf(list, rulebook, code));
  const inside = [...new Set(districtCodes)].filter((code) => code !== elsewhere).toSorted();
  const districts = [...inside, elsewhere, unknownPlace];
  const areaFact = (name: string): AreaFact => {
    const entity = list.facts.get(name)?.entity;
    if (entity === undefined) throw new RangeError(`The list ${list.code} has no fact ${name}`);
    return { name, entity };
  };
  return {
    items: rulebook.items.map((item) => ({
      code: item.code,
      area: areaFact(item.area),
      reasons: item.reasons.length,
      elsewhere: item.common.householder,
      parts: item.amount.kind === "parts" ? item.amount.parts.length : 0,
      hasRoll: rolls.includes(item.code),
    })),
    districtOfArea: Int32Array.from(districtCodes, (code) => districts.indexOf(code)),
    districts,
    peopleBy: areaFact(
      rulebook.facts.find(({ name }) => name === "residenceArea")?.name ?? rulebook.items[0]?.area ?? "",
    ),
  };
}

/** The county (or district) that an area belongs to; the area itself where it lies above the counties. */
export function districtOf(list: List, rulebook: Rulebook, area: string): string {
  const chain = areaChain(list, area, rulebook.date);
  if (!chain.some(({ code }) => code === rulebook.area)) return elsewhere;
  return chain.find(({ level }) => level === "county")?.code ?? area;
}
