import { tailColumns } from "../site/fair-terms.ts";
import { tailOf } from "../site/fairness.ts";
import { bind } from "./planning-program.ts";
import { leastOf, type Pursued, type Pursuit, padded, pursueGoal } from "./pursuit.ts";
import { servedShares, streetsServed } from "./streets-served.ts";

/** By how much a later step may miss the sum of an earlier one. A slack near the solver's own tolerance, 1e-6, finds no plan. */
const slack = 1e-5;

/**
 * The share of the worst-off street and service is made largest, then the sum of the two smallest, of the three smallest, and
 * so on, each holding those before (Ogryczak and Sliwinski 2006): whole columns are allowed, where fixing who cannot be
 * bettered would not be right.
 */
export function pursueWorstFirst(pursuit: Pursuit): Pursued {
  const { model, program } = pursuit;
  const streets = streetsServed(model, program);
  // Nobody is in need of anything.
  if (streets.length === 0) return pursueGoal("worst-street", pursuit);
  const most = streets.map((street) => street.most).sort((a, b) => a - b);
  const unserved = streets.map(({ served }) => ({
    weight: 1,
    constant: 1,
    terms: served.map(([column, value]) => [column, -value] as const),
  }));
  const alike = { weight: new Float64Array(streets.length).fill(1) };
  let proved = 0;
  let { solution } = pursuit;
  let stopped: { readonly bound: number } | undefined;
  for (let count = 1; count <= streets.length && !stopped; count++) {
    const smallest = (all: readonly number[]) => all.slice(0, count).reduce((sum, share) => sum + share, 0);
    const { from, excess, terms } = tailColumns(program.build, unserved, count / streets.length);
    // Times the count: the sum of so many shares that are unserved.
    const least = {
      terms: terms.map(([column, value]) => [column, value * count] as const),
      constant: 0,
    };
    const complete = (start: Float64Array) => {
      const without = servedShares(streets, start).map((share) => 1 - share);
      start[from] = tailOf(alike, without, count / streets.length).from;
      excess.forEach((column, n) => {
        start[column] = Math.max(0, without[n]! - start[from]!);
      });
    };
    const now = solution && sorted(servedShares(streets, solution));
    // Nobody is served better than if every site were open: a plan as good needs no proof.
    if (!(now && smallest(now) >= smallest(most) - 1e-9)) {
      const result = leastOf({ least, complete, presolve: false }, { ...pursuit, solution });
      if (result.solution) solution = result.solution;
      else if (!solution) return { none: result.status === "infeasible" ? "infeasible" : "unknown" };
      if (result.status !== "optimal") stopped = { bound: Math.min(smallest(most), count - result.bound) };
    }
    // Own columns of this step, also where it was not solved: later steps begin with them.
    solution = padded(solution!, program.build.program);
    complete(solution);
    const sum = smallest(sorted(servedShares(streets, solution)));
    if (!stopped) {
      proved = count;
      bind(program.build, least, -Infinity, count - sum + slack);
    }
    if (count === 1) pursuit.onProgress(sum, stopped?.bound ?? sum);
  }
  const shares = sorted(servedShares(streets, solution!));
  const steps = shares.map((value, n) => {
    if (n < proved) return { value, bound: value };
    const before = shares.slice(0, n).reduce((sum, share) => sum + share, 0);
    const bound = stopped && n === proved ? Math.min(most[n]!, stopped.bound - before) : most[n]!;
    return { value, bound: Math.max(value, bound) };
  });
  const first = steps[0]!;
  return { found: { ...first, status: stopped ? "feasible" : "optimal", steps }, solution: solution! };
}

function sorted(shares: Float64Array): readonly number[] {
  return [...shares].sort((a, b) => a - b);
}
