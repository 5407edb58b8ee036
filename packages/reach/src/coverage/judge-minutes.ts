import { metresWithin, personGroups } from "../travel/person-group.ts";
import { type Block, type Coverage, judgeCoverage } from "./judge.ts";
import type { LayoutStandard, Requirement } from "./standard.ts";

/** Minutes from each block to its nearest place of a requirement; NaN where nobody knows, Infinity where there is no way. Undefined: none are given. */
export type MinutesTo = (requirement: Requirement) => Float64Array | undefined;

/** Judges blocks by minutes that are given, however people travel; every age group rides the same. */
export function judgeMinutes(standard: LayoutStandard, blocks: readonly Block[], minutesTo: MinutesTo): Coverage {
  const coverage = judgeCoverage(standard, blocks, (requirement, id) =>
    minutesTo(requirement)?.map((minutes) => metresWithin(personGroups[id], minutes)),
  );
  return { ...coverage, blocks: coverage.blocks.map(({ metres: _, ...verdict }) => verdict) };
}
