import { personGroups } from "../travel/person-group.ts";
import { judgeCells } from "./cells.ts";
import { coverageIndex } from "./coverage-index.ts";
import { type Block, walkers } from "./judge.ts";
import { type JudgedCity, layerOf, metresOf, totalsOf, type Ways } from "./judged-city.ts";
import type { LayoutStandard } from "./standard.ts";

/** Given minutes by kind of place; of a kind that is not in it nobody knows them. */
export type GivenMinutes = ReadonlyMap<string, Extract<Ways, { readonly minutes: Float64Array }>>;

/** Judges blocks by minutes that are given, however people travel; every age group rides the same. */
export function judgeMinutes(standard: LayoutStandard, blocks: readonly Block[], given: GivenMinutes): JudgedCity {
  const layers = new Map(
    standard.requirements.flatMap((requirement) => {
      const ways = given.get(requirement.service);
      return ways ? [[layerOf(requirement), ways] as const] : [];
    }),
  );
  const cells = judgeCells(standard, blocks, (requirement, group) =>
    metresOf(layers.get(layerOf(requirement)), personGroups[walkers[group]]),
  );
  return { standard, ground: { blocks }, layers, cells, index: coverageIndex(standard, totalsOf(cells)) };
}
