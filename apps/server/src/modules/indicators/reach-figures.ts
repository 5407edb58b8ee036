import { createHash } from "node:crypto";
import type { Indicator } from "@qingdan/list/indicators";
import { type LayoutStandard, totalsOf } from "@qingdan/reach";
import type { Words } from "../../problem.ts";
import type { Facilities } from "../facilities/index.ts";
import type { BaseFigure } from "./figure-table.ts";

type ReachOrigin = Extract<Indicator["origin"], { readonly kind: "reach" }>;

/** Residents of a street by whether they can walk to one place of each sort. */
export interface StreetReach {
  readonly street: string;
  readonly within: number;
  readonly beyond: number;
  /** Residents of whom it cannot be told: their block lies on no street, or the directory knows no place of a sort. */
  readonly unknown: number;
}

/** The map and the directory of facilities as they stand now. */
export interface ReachToRead {
  /** SHA-256: same hash, same coverage. */
  readonly hash: string;
  readonly name: Words;
  /** The day the map is of. */
  readonly date: string;
  readonly fictitious: boolean;
  walk(origin: ReachOrigin): readonly StreetReach[];
}

/** Reads coverage off the city's map. @throws {Problem} PLACES-MAP-FAULTY */
export async function newestReach(facilities: Facilities): Promise<ReachToRead> {
  const { map, directory, scenes } = await facilities.open();
  const places = await directory.now();
  return {
    hash: createHash("sha256").update(`${map.id} ${places.hash}`).digest("hex"),
    name: { zh: `${map.name.zh}地图与设施名录`, en: `Map and facilities of ${map.name.en}` },
    date: map.date,
    fictitious: map.fictitious,
    walk(origin) {
      const standard = standardOf(origin);
      const sorted = places.facilities.flatMap((place) =>
        origin.kinds.flatMap((kinds, sort) =>
          kinds.includes(place.kind) ? [{ ...place, code: `${place.code}/${sort}`, kind: sortName(sort) }] : [],
        ),
      );
      const scene = scenes.of(standard, false, { ...places, facilities: sorted });
      // Who lacks another sort is surely beyond; to count only those would tell of a city without anybody within.
      const lacks = origin.kinds.some(
        (_, sort) => !sorted.some(({ kind, state }) => kind === sortName(sort) && state === "open"),
      );
      return totalsOf(scene.cells).flatMap(({ requirement, group, street, people }): StreetReach[] => {
        if (requirement !== undefined || group !== "everyone" || street === undefined) return [];
        const [within, beyond, unknown] = [people.covered, people["at-risk"] + people.uncovered, people.unknown];
        if (lacks) return [{ street, within: 0, beyond: 0, unknown: within + beyond + unknown }];
        return [{ street, within, beyond, unknown }];
      });
    },
  };
}

const sortName = (sort: number): string => `sort-${sort}`;

/** What an indicator asks for, written as a layout standard: at an adult's pace, a place of each sort within the minutes. */
function standardOf({ minutes, kinds }: ReachOrigin): LayoutStandard {
  const told = { zh: `步行 ${minutes} 分钟`, en: `${minutes} minutes on foot` };
  return {
    id: `indicator ${minutes} ${JSON.stringify(kinds)}`,
    title: told,
    source: "indicator catalogue",
    travel: "foot",
    levels: [{ id: "walk", label: told, minutes, clause: "", mark: "read" }],
    requirements: kinds.map((names, sort) => ({
      code: sortName(sort),
      level: "walk",
      service: sortName(sort),
      label: { zh: names.join("、"), en: names.join(", ") },
      group: "everyone",
      clause: "",
      mark: "read",
    })),
  };
}

/** Tells of whom nothing can be told. */
const nameOf = ({ name }: ReachToRead, unknown: number): Words =>
  unknown === 0
    ? name
    : { zh: `${name.zh}（${unknown} 名居民无法判定）`, en: `${name.en} (${unknown} residents cannot be judged)` };

/**
 * Figures of the indicators that are read off the map, by street, for the year of the map. Those of whom it cannot be told count in neither part;
 * a street where it can be told of nobody has no figure.
 */
export function reachFigures(
  indicators: Iterable<Indicator>,
  reach: ReachToRead,
): { readonly figures: readonly BaseFigure[]; readonly name: Words } {
  const figures: BaseFigure[] = [];
  let unknown = 0;
  for (const { code, origin } of indicators) {
    if (origin.kind !== "reach") continue;
    const streets = reach.walk(origin);
    const left = streets.reduce((sum, street) => sum + street.unknown, 0);
    unknown = Math.max(unknown, left);
    for (const { street, within, beyond } of streets) {
      if (within + beyond === 0) continue;
      figures.push({
        indicator: code,
        area: street,
        period: reach.date.slice(0, 4),
        numerator: within,
        denominator: within + beyond,
        value: null,
        origin: "reach",
      });
    }
  }
  return { figures, name: nameOf(reach, unknown) };
}
