import type { Terms } from "./fair-program.ts";
import type { ProgramBuilder } from "./solver.ts";

/** What somebody (a client, the people of a street) gets in a plan: a sum of columns, 0 or more, the less the better. */
export interface Outcome {
  readonly weight: number;
  readonly terms: Terms;
  readonly constant: number;
}

/**
 * The mean of the worst-off share of the weight (conditional value at risk, Rockafellar and Uryasev 2000) as `terms` of new
 * columns, to be made least or held down: the outcome from which people are the worst off, and what each has above it.
 */
export function tailColumns(
  build: ProgramBuilder,
  outcomes: readonly Outcome[],
  share: number,
): { readonly from: number; readonly excess: readonly number[]; readonly terms: Terms } {
  const total = outcomes.reduce((sum, { weight }) => sum + weight, 0);
  const from = build.column(0, 0, Infinity);
  const excess = outcomes.map(({ terms, constant }) => {
    const column = build.column(0, 0, Infinity);
    // excess >= outcome - from
    build.row(constant, Infinity, [
      [column, 1] as const,
      [from, 1] as const,
      ...terms.map(([c, v]) => [c, -v] as const),
    ]);
    return column;
  });
  const terms = excess.map((column, n) => [column, outcomes[n]!.weight / (share * total)] as const);
  return { from, excess, terms: [[from, 1], ...terms] };
}

/** How far outcomes are apart, summed over pairs with both weights as shares of all: the numerator of the Gini coefficient. */
export function apartColumns(build: ProgramBuilder, outcomes: readonly Outcome[]): Terms {
  const total = outcomes.reduce((sum, { weight }) => sum + weight, 0);
  const own = outcomes.map(({ constant, terms }) => {
    const column = build.column(0, 0, Infinity);
    build.row(constant, constant, [[column, 1] as const, ...terms.map(([c, v]) => [c, -v] as const)]);
    return column;
  });
  const apart: (readonly [number, number])[] = [];
  for (let g = 0; g < outcomes.length; g++) {
    for (let h = 0; h < g; h++) {
      const column = build.column(0, 0, Infinity);
      build.row(0, Infinity, [[column, 1] as const, [own[g]!, -1] as const, [own[h]!, 1] as const]);
      build.row(0, Infinity, [[column, 1] as const, [own[g]!, 1] as const, [own[h]!, -1] as const]);
      apart.push([column, (outcomes[g]!.weight * outcomes[h]!.weight) / total ** 2]);
    }
  }
  return apart;
}
