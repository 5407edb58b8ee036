import { personGroups } from "../travel/person-group.ts";
import {
  type Block,
  type CoverageTotal,
  groupsOf,
  type PeopleByVerdict,
  type Verdict,
  verdictOf,
  walkers,
  worseOf,
} from "./judge.ts";
import type { AgeGroup, LayoutStandard, Level, Requirement } from "./standard.ts";

/** The verdicts of all blocks on one requirement, or on a level as a whole, for one age group. */
export interface Cell {
  readonly level: Level;
  /** Undefined for the level as a whole: the worst of its requirements. */
  readonly requirement?: Requirement;
  readonly group: AgeGroup;
  /** By block; undefined where nobody of the group is counted. */
  readonly verdicts: readonly (Verdict | undefined)[];
  /** The whole area first, then streets in order of their first block. */
  readonly totals: readonly CoverageTotal[];
}

/** Walking metres of each block to its nearest place, for people of a group. */
export type MetresOf = (requirement: Requirement, group: AgeGroup) => Float64Array | undefined;

/** Judges all cells of a standard; requirements of a level come before the level as a whole. */
export function judgeCells(standard: LayoutStandard, blocks: readonly Block[], metresOf: MetresOf): readonly Cell[] {
  return standard.levels.flatMap((level) => {
    const own = standard.requirements.filter((requirement) => requirement.level === level.id);
    const cells = own.flatMap((requirement) =>
      groupsOf(requirement).map((group) =>
        requirementCell(blocks, { level, requirement, group }, metresOf(requirement, group)),
      ),
    );
    return [
      ...cells,
      ...[...new Set(cells.map(({ group }) => group))].map((group) =>
        levelCell(
          blocks,
          level,
          cells.filter((cell) => cell.group === group),
        ),
      ),
    ];
  });
}

export function requirementCell(
  blocks: readonly Block[],
  { level, requirement, group }: { readonly level: Level; readonly requirement: Requirement; readonly group: AgeGroup },
  metres: Float64Array | undefined,
): Cell {
  const walker = personGroups[walkers[group]];
  const verdicts = blocks.map(({ people }, i) =>
    people[group] === undefined ? undefined : verdictOf(requirement, level, metres?.[i], walker),
  );
  return { level, requirement, group, verdicts, totals: totals(blocks, { level, requirement, group }, verdicts) };
}

/** The level as a whole, from the cells of its requirements for one age group. */
export function levelCell(blocks: readonly Block[], level: Level, cells: readonly Cell[]): Cell {
  const { group } = cells[0]!;
  const verdicts = blocks.map((_, i) =>
    cells.reduce<Verdict | undefined>((worst, cell) => {
      const verdict = cell.verdicts[i];
      return worst === undefined || verdict === undefined ? (worst ?? verdict) : worseOf(worst, verdict);
    }, undefined),
  );
  return { level, group, verdicts, totals: totals(blocks, { level, group }, verdicts) };
}

function totals(
  blocks: readonly Block[],
  {
    level,
    requirement,
    group,
  }: { readonly level: Level; readonly requirement?: Requirement; readonly group: AgeGroup },
  verdicts: Cell["verdicts"],
): readonly CoverageTotal[] {
  const whole = nobody();
  const streets = new Map<string, Record<Verdict, number>>();
  blocks.forEach(({ street, people }, i) => {
    const verdict = verdicts[i];
    if (verdict === undefined) return;
    const own = streets.get(street) ?? nobody();
    streets.set(street, own);
    own[verdict] += people[group]!;
    whole[verdict] += people[group]!;
  });
  if (streets.size === 0) return [];
  const at = { level: level.id, ...(requirement ? { requirement: requirement.code } : {}), group };
  return [{ ...at, people: whole }, ...[...streets].map(([street, people]) => ({ ...at, street, people }))];
}

function nobody(): Record<keyof PeopleByVerdict, number> {
  return { covered: 0, "at-risk": 0, uncovered: 0, unknown: 0 };
}
