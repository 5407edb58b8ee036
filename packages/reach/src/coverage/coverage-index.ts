import type { CoverageTotal } from "./judge.ts";
import type { LayoutStandard } from "./standard.ts";

/** How much of a standard is met, 0 to 100. */
export interface CoverageIndex {
  /** Mean over the requirements that could be judged; undefined where none could. */
  readonly value: number | undefined;
  readonly levels: readonly { readonly level: string; readonly value: number | undefined }[];
  readonly judged: number;
  /** Requirements for which nobody could be judged: no place of the kind is known. They are not counted as zero. */
  readonly notJudged: readonly string[];
}

/**
 * The share of people covered, as the plain mean over requirements (each for its own age group, over the whole area), in per
 * cent. People at risk are not covered; people of unknown verdict are left out of both sides of the share.
 */
export function coverageIndex(standard: LayoutStandard, totals: readonly CoverageTotal[]): CoverageIndex {
  const shares = standard.requirements.map(({ code, group, level }) => {
    const total = totals.find((one) => one.requirement === code && one.group === group && one.street === undefined);
    const judged = total ? total.people.covered + total.people["at-risk"] + total.people.uncovered : 0;
    return { code, level, share: total && judged > 0 ? (100 * total.people.covered) / judged : undefined };
  });
  return {
    value: mean(shares),
    levels: standard.levels.map(({ id }) => ({ level: id, value: mean(shares.filter(({ level }) => level === id)) })),
    judged: shares.filter(({ share }) => share !== undefined).length,
    notJudged: shares.flatMap(({ code, share }) => (share === undefined ? [code] : [])),
  };
}

function mean(shares: readonly { readonly share: number | undefined }[]): number | undefined {
  const known = shares.flatMap(({ share }) => (share === undefined ? [] : [share]));
  return known.length === 0 ? undefined : known.reduce((sum, share) => sum + share, 0) / known.length;
}
