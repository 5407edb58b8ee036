import type { AreaLevel } from "@qingdan/list";
import { type Cockpit, type Figure, figureAt } from "./cockpit.ts";

/** An area's place among those of its level; 1 is the best. */
export interface Rank {
  readonly rank: number;
  /** The best and worst place that the intervals allow: those who are surely better, and those who are surely worse, are counted out. */
  readonly low: number;
  readonly high: number;
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
    return figure.value === null ? [] : [{ area: at, figure, score: figure.value * sign, ...ends(figure, sign) }];
  });
  shown.sort((a, b) => b.score - a.score);
  const best = shown.map(({ best }) => best).toSorted((a, b) => a - b);
  const worst = shown.map(({ worst }) => worst).toSorted((a, b) => a - b);
  const of = shown.length;
  let rank = 0;
  return shown.map((entry, i) => {
    if (i === 0 || entry.score < shown[i - 1]!.score) rank = i + 1;
    const surelyBetter = of - upperBound(worst, entry.best);
    const surelyWorse = lowerBound(best, entry.worst);
    return {
      area: entry.area,
      figure: entry.figure,
      rank: { rank, low: surelyBetter + 1, high: of - surelyWorse, of },
    };
  });
}

function ends({ value, low, high }: Figure, sign: number) {
  const bounds = [(low ?? value!) * sign, (high ?? value!) * sign];
  return { best: Math.max(...bounds), worst: Math.min(...bounds) };
}

/** How many of the sorted values are at most `value`. */
function upperBound(values: readonly number[], value: number): number {
  let [from, to] = [0, values.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (values[middle]! <= value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** How many of the sorted values are below `value`. */
function lowerBound(values: readonly number[], value: number): number {
  let [from, to] = [0, values.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (values[middle]! < value) from = middle + 1;
    else to = middle;
  }
  return from;
}
