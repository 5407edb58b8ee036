import {
  type AgeGroup,
  type CoverageIndex,
  type CoverageScene,
  type CoverageTotal,
  groupsOf,
  type LayoutStandard,
  levelOfBlocks,
  minutesFor,
  personGroups,
  totalsOf,
  type Verdict,
  walkers,
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
  readonly scene: CoverageScene;
  readonly stepFree: boolean;
}

/** Coverage by level, requirement, age group and street, with what it was worked out from. */
export function presentCoverage({ map, directory, scene, stepFree }: Covered): CoveragePage {
  return {
    standard: scene.standard.id,
    stepFree,
    date: map.date,
    inputs: inputsOf(map, directory, scene.standard),
    hash: verdictHash(scene),
    index: presentIndex(scene.index),
    totals: totalsOf(scene.cells).map(presentTotal),
    unsnapped: {
      blocks: scene.unsnapped.blocks.unsnapped.length,
      facilities: scene.unsnapped.sites.map(({ site, why }) => ({ code: site, why })),
    },
  };
}

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
export function presentBlocks(scene: CoverageScene, level: string, group: AgeGroup): BlocksPage {
  requireLevel(scene.standard, level);
  const found = levelOfBlocks(scene, { level, group });
  return {
    level,
    group,
    code: scene.ground.blocks.map(({ code }) => code),
    people: scene.ground.blocks.map(({ people }) => people[group] ?? 0),
    verdict: found.map((block) => block?.verdict ?? null),
    minutes: found.map((block) => toTenths(block?.minutes)),
  };
}

export const toTenths = (minutes: number | undefined) => (minutes === undefined ? null : Math.round(minutes * 10) / 10);

/** @throws {Problem} PLACES-LEVEL-UNKNOWN */
export function requireLevel({ id, levels }: LayoutStandard, level: string): void {
  if (levels.some((one) => one.id === level)) return;
  const known = levels.map((one) => one.id).join(", ");
  throw new Problem("PLACES-LEVEL-UNKNOWN", { zh: `${id} 有:${known}`, en: `${id} has ${known}` });
}

/** Why a block is covered or not: every requirement with its limit and the nearest place. @throws {Problem} PLACES-PLACE-UNKNOWN */
export function presentBlock({ map, directory, scene }: Covered, code: string): BlockPage {
  const i = map.blocks.findIndex((block) => block.code === code);
  const block = map.blocks[i];
  if (!block) throw new Problem("PLACES-PLACE-UNKNOWN", { zh: `没有街坊 ${code}`, en: `There is no block ${code}` });
  const { standard, layers, cells } = scene;
  const reasons = standard.requirements.flatMap((requirement) =>
    groupsOf(requirement).flatMap((group) => {
      const cell = cells.find((one) => one.requirement?.code === requirement.code && one.group === group);
      const verdict: Verdict | undefined = cell?.verdicts[i];
      if (!cell || verdict === undefined) return [];
      const layer = layers.get(`${requirement.service}/${requirement.leastM2 ?? 0}`);
      const metres = layer?.metres[i] ?? Number.NaN;
      const reached = Number.isFinite(metres);
      const facility = directory.byCode.get(layer?.nearest[i] ?? "");
      return [
        {
          requirement: requirement.code,
          label: requirement.label,
          clause: requirement.clause,
          group,
          verdict,
          people: block.people[group] ?? 0,
          metres: reached ? Math.round(metres) : null,
          minutes: reached ? toTenths(minutesFor(personGroups[walkers[group]], metres)) : null,
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
