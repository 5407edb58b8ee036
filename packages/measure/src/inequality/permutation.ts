import { refuse } from "../errors.ts";
import type { Random } from "../numeric/random.ts";
import type { GroupName } from "./groups.ts";

/** How a statistic of groups stands among those of the same values dealt to the groups at random. */
export interface PermutationTest {
  readonly observed: number;
  readonly permutations: number;
  /** (1 + permutations with a statistic as great) / (1 + permutations): one-sided. */
  readonly pValue: number;
}

/** Deals the group names to the rows at random, `permutations` times, and counts how often the statistic is as great as it is. */
export function permutationTest(
  groups: ArrayLike<GroupName>,
  statistic: (groups: readonly GroupName[]) => number,
  { permutations, random }: { readonly permutations: number; readonly random: Random },
): PermutationTest {
  if (!(Number.isInteger(permutations) && permutations >= 1))
    refuse("MEASURE-PARAMETER", "置换次数至少为 1", "at least one permutation is needed");
  const dealt = Array.from(groups);
  const observed = statistic(dealt);
  // Rounding moves a statistic of the same deal by less than this.
  const reached = observed - 1e-12 * Math.abs(observed);
  let asGreat = 0;
  for (let round = 0; round < permutations; round++) {
    for (let i = dealt.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [dealt[i], dealt[j]] = [dealt[j]!, dealt[i]!];
    }
    if (statistic(dealt) >= reached) asGreat++;
  }
  return { observed, permutations, pValue: (1 + asGreat) / (1 + permutations) };
}
