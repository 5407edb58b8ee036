import { minutesFor, type PersonGroup, personGroups } from "../travel/person-group.ts";
import type { AgeGroup, LayoutStandard, Level, Requirement } from "./standard.ts";

/**
 * `covered`: within the standard. `at-risk`: within its metres, but farther than its minutes for this age group's pace.
 * `uncovered`: beyond it, or nothing reachable. `unknown`: the block could not be put onto the network, or the directory has no
 * places of this kind at all.
 */
export type Verdict = "covered" | "at-risk" | "uncovered" | "unknown";

/** A block of people. */
export interface Block {
  readonly code: string;
  readonly street: string;
  readonly people: Readonly<Partial<Record<AgeGroup, number>>>;
}

/** Walking metres from each block to its nearest place that counts, for a person group; NaN where the block is not on the network. Undefined: no such places are known. */
export type MetresTo = (requirement: Requirement, group: PersonGroup["id"]) => Float64Array | undefined;

export interface BlockVerdict {
  readonly block: string;
  readonly requirement: string;
  readonly group: AgeGroup;
  readonly verdict: Verdict;
  /** Walking metres to the nearest place; undefined where unknown or unreachable. */
  readonly metres?: number;
  readonly minutes?: number;
  readonly people: number;
}

export type PeopleByVerdict = Readonly<Record<Verdict, number>>;

export interface CoverageTotal {
  readonly level: string;
  /** A requirement's code, or undefined for the level as a whole. */
  readonly requirement?: string;
  readonly group: AgeGroup;
  /** A street, or undefined for the whole area. */
  readonly street?: string;
  readonly people: PeopleByVerdict;
}

export interface Coverage {
  readonly standard: string;
  readonly blocks: readonly BlockVerdict[];
  readonly totals: readonly CoverageTotal[];
}

/** Who walks: small children are taken by an adult. */
export const walkers: Readonly<Record<AgeGroup, PersonGroup["id"]>> = {
  everyone: "adult",
  age0to2: "adult",
  age3to5: "adult",
  age6to11: "child",
  age12to14: "child",
  age60up: "senior",
};

/** Age groups to which a requirement applies: its own; one for everyone is judged for people of 60 and over too, at their pace. */
export function groupsOf({ group }: Requirement): readonly AgeGroup[] {
  return group === "everyone" ? ["everyone", "age60up"] : [group];
}

/** Verdict of one block, from the distance and the level. */
export function verdictOf(
  requirement: Requirement,
  level: Level,
  metres: number | undefined,
  walker: PersonGroup,
): Verdict {
  if (metres === undefined || Number.isNaN(metres)) return "unknown";
  const minutes = minutesFor(walker, metres);
  if (requirement.metres === undefined) return minutes <= level.minutes ? "covered" : "uncovered";
  if (metres > requirement.metres) return "uncovered";
  const planned = Math.max(level.minutes, requirement.metres / (personGroups.adult.metresPerSecond * 60));
  return minutes <= planned ? "covered" : "at-risk";
}

const worst: readonly Verdict[] = ["uncovered", "unknown", "at-risk", "covered"];

export function worseOf(a: Verdict, b: Verdict): Verdict {
  return worst.indexOf(a) < worst.indexOf(b) ? a : b;
}

/**
 * Judges every block against every requirement of a standard, level by level, for each age group. A level as a whole has the
 * worst verdict of its own requirements; levels do not stand in for each other.
 */
export function judgeCoverage(standard: LayoutStandard, blocks: readonly Block[], metresTo: MetresTo): Coverage {
  const verdicts: BlockVerdict[] = [];
  const totals = new Map<
    string,
    { -readonly [K in keyof CoverageTotal]: CoverageTotal[K] } & { people: Record<Verdict, number> }
  >();
  const count = (at: Omit<CoverageTotal, "people">, verdict: Verdict, people: number) => {
    // A street without a name is not the whole area.
    const key = JSON.stringify([at.level, at.requirement, at.group, at.street ?? null]);
    const total = totals.get(key) ?? { ...at, people: { covered: 0, "at-risk": 0, uncovered: 0, unknown: 0 } };
    total.people[verdict] += people;
    totals.set(key, total);
  };
  const countBoth = (
    at: Omit<CoverageTotal, "people" | "street">,
    street: string,
    verdict: Verdict,
    people: number,
  ) => {
    count(at, verdict, people);
    count({ ...at, street }, verdict, people);
  };
  for (const level of standard.levels) {
    const own = standard.requirements.filter((requirement) => requirement.level === level.id);
    blocks.forEach((block, i) => {
      const levelWorst = new Map<AgeGroup, Verdict>();
      for (const requirement of own) {
        for (const group of groupsOf(requirement)) {
          const people = block.people[group];
          if (people === undefined) continue;
          const walker = personGroups[walkers[group]];
          const metres = metresTo(requirement, walker.id)?.[i];
          const verdict = verdictOf(requirement, level, metres, walker);
          const reachable = metres !== undefined && Number.isFinite(metres);
          verdicts.push({
            block: block.code,
            requirement: requirement.code,
            group,
            verdict,
            people,
            ...(reachable ? { metres, minutes: minutesFor(walker, metres) } : {}),
          });
          countBoth({ level: level.id, requirement: requirement.code, group }, block.street, verdict, people);
          levelWorst.set(group, worseOf(verdict, levelWorst.get(group) ?? "covered"));
        }
      }
      for (const [group, verdict] of levelWorst)
        countBoth({ level: level.id, group }, block.street, verdict, block.people[group]!);
    });
  }
  return { standard: standard.id, blocks: verdicts, totals: [...totals.values()] };
}

/** Places of a directory that count for a requirement: of its kind, and not too small; places of unknown size count. */
export function placesThatCount<T extends { readonly service: string; readonly floorM2?: number }>(
  requirement: Requirement,
  places: readonly T[],
): { readonly count: readonly T[]; readonly tooSmall: readonly T[] } {
  const kind = places.filter(({ service }) => service === requirement.service);
  const small = ({ floorM2 }: T) =>
    requirement.leastM2 !== undefined && floorM2 !== undefined && floorM2 < requirement.leastM2;
  return { count: kind.filter((place) => !small(place)), tooSmall: kind.filter(small) };
}
