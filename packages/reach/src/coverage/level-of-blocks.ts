import { minutesFor, personGroups } from "../travel/person-group.ts";
import { type Verdict, walkers, worseOf } from "./judge.ts";
import { type CoverageScene, layerOf } from "./scene.ts";
import type { AgeGroup } from "./standard.ts";

/** How a level as a whole stands at one block, with the requirement that decides it. */
export interface LevelOfBlock {
  readonly block: string;
  readonly verdict: Verdict;
  /** The requirement of the worst verdict; of equal ones that with the longest way. */
  readonly requirement: string;
  /** Walking metres and minutes to its nearest place; undefined where unknown or unreachable. */
  readonly metres?: number;
  readonly minutes?: number;
  /** Id of that place. */
  readonly site?: string;
}

/** Every block of a scene at one level for one age group, to paint a map with; undefined where nobody of the group is counted. */
export function levelOfBlocks(
  { ground, cells, layers }: CoverageScene,
  { level, group }: { readonly level: string; readonly group: AgeGroup },
): readonly (LevelOfBlock | undefined)[] {
  const own = cells.flatMap(({ level: { id }, group: whose, requirement, verdicts }) =>
    id === level && whose === group && requirement
      ? [{ code: requirement.code, verdicts, layer: layers.get(layerOf(requirement)) }]
      : [],
  );
  const walker = personGroups[walkers[group]];
  return ground.blocks.map(({ code }, i) => {
    let worst: (typeof own)[number] | undefined;
    let farthest = -1;
    for (const one of own) {
      const verdict = one.verdicts[i];
      if (verdict === undefined) continue;
      const metres = one.layer?.metres[i] ?? Number.NaN;
      const far = Number.isNaN(metres) ? -1 : metres;
      const before = worst?.verdicts[i];
      if (before !== undefined && (verdict === before ? far <= farthest : worseOf(verdict, before) !== verdict))
        continue;
      farthest = far;
      worst = one;
    }
    const verdict = worst?.verdicts[i];
    if (!worst || verdict === undefined) return undefined;
    const metres = worst.layer?.metres[i] ?? Number.NaN;
    const site = worst.layer?.nearest[i];
    return {
      block: code,
      verdict,
      requirement: worst.code,
      ...(Number.isFinite(metres) ? { metres, minutes: minutesFor(walker, metres) } : {}),
      ...(site === undefined ? {} : { site }),
    };
  });
}
