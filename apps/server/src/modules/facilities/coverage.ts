import {
  type AgeGroup,
  type CoverageIndex,
  type CoverageScene,
  type CoverageTotal,
  groupsOf,
  type JudgedCity,
  type LayoutStandard,
  levelOfBlocks,
  totalsOf,
  type Verdict,
  wayOf,
} from "@qingdan/reach";
import { Problem } from "../../problem.ts";
import { type Directory, nameOf } from "./directory.ts";
import type { BlockPage, BlocksPage, CoveragePage } from "./model.ts";
import type { PlacesMap } from "./places-map.ts";
import { townNamed } from "./present.ts";
import { verdictHash } from "./scenes.ts";

interface Covered {
  readonly map: PlacesMap;
  readonly directory: Directory;
  readonly city: JudgedCity;
  readonly stepFree: boolean;
}

/** Coverage by level, requirement, age group and street, with what it was worked out from. */
export function presentCoverage({ map, directory, city, stepFree }: Covered): CoveragePage {
  return {
    standard: city.standard.id,
    stepFree,
    date: map.date,
    inputs: inputsOf(map, directory, city.standard),
    hash: verdictHash(city),
    index: presentIndex(city.index),
    totals: totalsOf(city.cells).map(presentTotal),
    unsnapped: unsnappedOf(city),
  };
}

/** What could not be put onto the streets; minutes that are given need none. */
function unsnappedOf(city: JudgedCity): CoveragePage["unsnapped"] {
  if (!isScene(city)) return { blocks: 0, facilities: [] };
  const { blocks, sites } = city.unsnapped;
  return { blocks: blocks.unsnapped.length, facilities: sites.map(({ site, why }) => ({ code: site, why })) };
}

const isScene = (city: JudgedCity): city is CoverageScene => "unsnapped" in city;

export function inputsOf(map: PlacesMap, directory: Directory, { id }: LayoutStandard): CoveragePage["inputs"] {
  return { map: map.id, facilities: directory.hash, standard: id };
}

export function presentIndex({ value, levels, judged, notJudged }: CoverageIndex): CoveragePage["index"] {
  return {
    value: rounded(value),
    levels: levels.map(({ level, value: own }) => ({ level, value: rounded(own) })),
    judged,
    notJudged: [...notJudged],
  };
}

/** Per cent to a thousandth. */
export const rounded = (value: number | undefined) => (value === undefined ? null : Math.round(value * 1000) / 1000);

export function presentTotal({ level, requirement, group, street, people }: CoverageTotal) {
  return { level, requirement: requirement ?? null, group, street: street ?? null, people: { ...people } };
}

/** Every block at one level for one age group. @throws {Problem} PLACES-LEVEL-UNKNOWN */
export function presentBlocks(city: JudgedCity, level: string, group: AgeGroup): BlocksPage {
  requireLevel(city.standard, level);
  const found = levelOfBlocks(city, { level, group });
  return {
    level,
    group,
    code: city.ground.blocks.map(({ code }) => code),
    people: city.ground.blocks.map(({ people }) => people[group] ?? 0),
    verdict: found.map((block) => block?.verdict ?? null),
    minutes: found.map((block) => toTenths(block?.minutes)),
  };
}

export const toTenths = (minutes: number | undefined) => (minutes === undefined ? null : Math.round(minutes * 10) / 10);

/** @throws {Problem} PLACES-LEVEL-UNKNOWN */
export function requireLevel({ id, levels }: LayoutStandard, level: string): void {
  if (levels.some((one) => one.id === level)) return;
  const known = levels.map((one) => one.id).join(", ");
  throw new Problem("PLACES-LEVEL-UNKNOWN", { zh: `${id} 有：${known}`, en: `${id} has ${known}` });
}

/** Why a block is covered or not: every requirement with its limit and the nearest place. @throws {Problem} PLACES-PLACE-UNKNOWN */
export function presentBlock({ map, directory, city }: Covered, code: string): BlockPage {
  const i = map.blocks.findIndex((block) => block.code === code);
  const block = map.blocks[i];
  if (!block) throw new Problem("PLACES-PLACE-UNKNOWN", { zh: `没有街坊 ${code}`, en: `There is no block ${code}` });
  const { standard, cells } = city;
  const reasons = standard.requirements.flatMap((requirement) =>
    groupsOf(requirement).flatMap((group) => {
      const cell = cells.find((one) => one.requirement?.code === requirement.code && one.group === group);
      const verdict: Verdict | undefined = cell?.verdicts[i];
      if (!cell || verdict === undefined) return [];
      const { metres, minutes, site } = wayOf(city, requirement, { block: i, group });
      const facility = directory.byCode.get(site ?? "");
      return [
        {
          requirement: requirement.code,
          label: requirement.label,
          clause: requirement.clause,
          group,
          verdict,
          people: block.people[group] ?? 0,
          metres: metres === undefined ? null : Math.round(metres),
          minutes: toTenths(minutes),
          limitMetres: requirement.metres ?? null,
          limitMinutes: cell.level.minutes,
          facility: facility ? { code: facility.code, name: nameOf(facility) } : null,
        },
      ];
    }),
  );
  return {
    code,
    name: map.blockNames.get(code) ?? { zh: code, en: code },
    street: townNamed(map, block.street),
    point: [block.lon, block.lat],
    people: { ...block.people } as BlockPage["people"],
    reasons,
  };
}
