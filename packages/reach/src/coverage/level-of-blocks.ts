import { type Verdict, worseOf } from "./judge.ts";
import { farOf, type JudgedCity, layerOf, type Way, wayOf } from "./judged-city.ts";
import type { AgeGroup } from "./standard.ts";

/** How a level as a whole stands at one block, with the requirement that decides it. */
export interface LevelOfBlock extends Way {
  readonly block: string;
  readonly verdict: Verdict;
  /** The requirement of the worst verdict; of equal ones that with the longest way. */
  readonly requirement: string;
}

/** Every block of a city at one level for one age group, to paint a map with; undefined where nobody of the group is counted. */
export function levelOfBlocks(
  city: JudgedCity,
  { level, group }: { readonly level: string; readonly group: AgeGroup },
): readonly (LevelOfBlock | undefined)[] {
  const own = city.cells.flatMap(({ level: { id }, group: whose, requirement, verdicts }) =>
    id === level && whose === group && requirement
      ? [{ requirement, verdicts, far: farOf(city.layers.get(layerOf(requirement))) }]
      : [],
  );
  return city.ground.blocks.map(({ code }, block) => {
    let worst: (typeof own)[number] | undefined;
    let farthest = -1;
    for (const one of own) {
      const verdict = one.verdicts[block];
      if (verdict === undefined) continue;
      const known = one.far?.[block] ?? Number.NaN;
      const far = Number.isNaN(known) ? -1 : known;
      const before = worst?.verdicts[block];
      if (before !== undefined && (verdict === before ? far <= farthest : worseOf(verdict, before) !== verdict))
        continue;
      farthest = far;
      worst = one;
    }
    const verdict = worst?.verdicts[block];
    if (!worst || verdict === undefined) return undefined;
    const { requirement } = worst;
    return { block: code, verdict, requirement: requirement.code, ...wayOf(city, requirement, { block, group }) };
  });
}
