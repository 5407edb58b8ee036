import type { Terms } from "../site/fair-program.ts";
import { apartColumns } from "../site/fair-terms.ts";
import { apartOf } from "../site/fairness.ts";
import { bind, type Sum, times } from "./planning-program.ts";
import { leastOf, type Pursued, type Pursuit } from "./pursuit.ts";
import { serveAllRows } from "./serve-all-rows.ts";
import { type StreetServed, servedShares, streetsServed } from "./streets-served.ts";

/** A coefficient that improves by less than this is proved: shares come from columns that are right to 1e-6. */
const tolerance = 1e-6;

/**
 * The plan whose shares served are most alike: least Gini coefficient, by Dinkelbach's method as for siting (`solveLeastGini`).
 * As many are served as the open sites can. Shares of which all are 0 have no coefficient: a plan that serves nobody counts
 * as 1, the worst of all.
 */
export function pursueLeastGini(pursuit: Pursuit): Pursued {
  const { model, program, onProgress } = pursuit;
  const { build } = program;
  const streets = streetsServed(model, program);
  const everybody = streets.reduce((sum, { people }) => sum + people, 0);
  serveAllRows(model, program);
  const apart = apartColumns(
    build,
    streets.map(({ people, served }) => ({ weight: people, terms: served, constant: 0 })),
  );
  const mean = streets.flatMap(({ people, served }) =>
    served.map(([column, value]) => [column, (value * people) / everybody] as const),
  );
  // Apart less a multiple of the mean share.
  const less = (ratio: number): Sum => ({
    terms: [...apart, ...mean.map(([column, value]) => [column, -ratio * value] as const)],
    constant: 0,
  });
  const leastMean =
    streets.reduce((sum, { people, service }) => sum + people * (model.services[service]!.leastShare ?? 0), 0) /
    everybody;
  let best: (Spread & { readonly solution: Float64Array }) | undefined;
  let bound = 0;
  for (;;) {
    const ratio = best?.gini ?? 1;
    const from = best?.solution ?? pursuit.solution;
    const result = leastOf({ least: less(ratio), presolve: false }, { ...pursuit, solution: from });
    if (!result.solution && !best) return { none: result.status === "infeasible" ? "infeasible" : "unknown" };
    // No plan has apart less the multiple below the result's bound, and none that is allowed has a smaller mean.
    if (leastMean > 0) bound = Math.max(bound, ratio + Math.min(0, result.bound) / leastMean);
    const found = result.solution && { ...spreadOf(streets, result.solution), solution: result.solution };
    const isBetter = found !== undefined && (!best || (found.mean > 0 && found.gini < ratio - tolerance));
    if (isBetter) best = found;
    const { gini: value, solution } = best!;
    onProgress(value, Math.min(bound, value));
    if (result.status !== "optimal")
      return { found: { value, bound: Math.min(bound, value), status: "feasible" }, solution };
    if (isBetter && value > tolerance) continue;
    hold(pursuit, best!, { apart: less(value), mean, everybody });
    return { found: { value, bound: value, status: "optimal" }, solution };
  }
}

interface Spread {
  readonly gini: number;
  readonly mean: number;
}

function spreadOf(streets: readonly StreetServed[], solution: Float64Array): Spread {
  const shares = servedShares(streets, solution);
  const everybody = streets.reduce((sum, { people }) => sum + people, 0);
  const served = streets.reduce((sum, { people }, n) => sum + people * shares[n]!, 0);
  if (served <= 0) return { gini: 1, mean: 0 };
  const groups = streets.map(({ people }) => ({ weight: people }));
  return { gini: apartOf(groups, (n) => shares[n]!) / (everybody * served), mean: served / everybody };
}

/** Later aims keep the coefficient, and do not keep it by serving nobody. */
function hold(
  { program }: Pursuit,
  { mean: found }: Spread,
  { apart, mean, everybody }: { readonly apart: Sum; readonly mean: Terms; readonly everybody: number },
): void {
  if (found === 0) return;
  bind(program.build, times(apart, 1 / found), -Infinity, 1e-5);
  program.build.row(Math.min(found, 1 / everybody) * (1 - 1e-6), Infinity, mean);
}
