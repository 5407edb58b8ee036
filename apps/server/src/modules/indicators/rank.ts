import type { AreaLevel } from "@qingdan/list";
import { type IntervalRank, rankIntervals } from "@qingdan/measure";
import { type Cockpit, type Figure, figureAt } from "./cockpit.ts";

/** An area's place among those of its level; 1 is the best. */
export interface Rank extends IntervalRank {
  readonly of: number;
}

export interface RankedArea {
  readonly area: number;
  readonly figure: Figure;
  readonly rank: Rank;
}

const known = new WeakMap<Cockpit, Map<string, readonly RankedArea[]>>();

/** Areas of a level below `root` with a figure that is shown, best first; what is withheld or missing has no rank. */
export function rankAreas(
  cockpit: Cockpit,
  code: string,
  { level, year, root = 0 }: { readonly level: AreaLevel; readonly year: number; readonly root?: number },
): readonly RankedArea[] {
  const lists = known.get(cockpit) ?? new Map<string, readonly RankedArea[]>();
  known.set(cockpit, lists);
  const key = `${code} ${level} ${year} ${root}`;
  const ranked = lists.get(key) ?? computeRanks(cockpit, code, level, year, root);
  lists.set(key, ranked);
  return ranked;
}

function computeRanks(cockpit: Cockpit, code: string, level: AreaLevel, year: number, root: number): RankedArea[] {
  const { tree, indicators } = cockpit;
  const sign = indicators.get(code)!.direction === "up" ? 1 : -1;
  const top = tree.areas[root]!.code;
  const shown = tree.areas.flatMap((area, at) => {
    if (area.level !== level || area.rest || !area.chain.includes(top)) return [];
    const figure = figureAt(cockpit, code, at, year);
    return figure.value === null ? [] : [{ area: at, figure, ...scored(figure, sign) }];
  });
  shown.sort((a, b) => b.value - a.value);
  const ranks = rankIntervals(shown);
  return shown.map(({ area, figure }, i) => ({ area, figure, rank: { ...ranks[i]!, of: shown.length } }));
}

/** More is better, whatever the direction of the indicator. */
function scored({ value, low, high }: Figure, sign: number) {
  const ends = [(low ?? value!) * sign, (high ?? value!) * sign];
  return { value: value! * sign, low: Math.min(...ends), high: Math.max(...ends) };
}
