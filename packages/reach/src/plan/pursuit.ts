import type { SitingStatus, Stopwatch } from "../site/answer.ts";
import { tailColumns } from "../site/fair-terms.ts";
import { defaultTailShare, tailOf } from "../site/fairness.ts";
import type { Program, Solver } from "../site/solver.ts";
import type { Aim, PlanningModel } from "./planning-model.ts";
import { bind, type PlanningProgram, plus, type Sum } from "./planning-program.ts";
import { servedShares, streetsServed } from "./streets-served.ts";

/** What an aim is pursued with. The program holds every aim before it. */
export interface Pursuit {
  readonly model: PlanningModel;
  readonly program: PlanningProgram;
  readonly solver: Solver;
  readonly watch: Stopwatch;
  /** Plan of the aims before. */
  readonly solution: Float64Array | undefined;
  readonly onProgress: (value: number, bound: number) => void;
}

export interface AimFound {
  readonly value: number;
  readonly bound: number;
  readonly status: SitingStatus;
  /**
   * For `worst-first`: the smallest share, the next smallest and so on. No plan with those before it has more than the bound,
   * and each is proved to be largest up to the first whose value is less than its bound.
   */
  readonly steps?: readonly { readonly value: number; readonly bound: number }[];
}

/** A plan that holds the aim, or why there is none. */
export type Pursued =
  | { readonly found: AimFound; readonly solution: Float64Array }
  | { readonly none: "infeasible" | "unknown" };

/** What the solver makes least; `scale` turns it into the aim's own unit. */
interface Goal {
  readonly least: Sum;
  readonly scale: number;
  /** By how much a later aim may miss it: less than anything that counts. */
  readonly slack: number;
  /** Values of the goal's own columns that go with those of all the others. */
  readonly complete?: (solution: Float64Array) => void;
  readonly presolve?: boolean;
}

/** Solves for an aim that is one sum, and holds it. */
export function pursueGoal(aim: Exclude<Aim, "worst-first" | "gini">, pursuit: Pursuit): Pursued {
  const { model, program, onProgress } = pursuit;
  const goal = goalOf(model, program, aim);
  const told = (value: number) => value * goal.scale;
  const result = leastOf(goal, pursuit, (value, bound) => onProgress(told(value), told(bound)));
  if (!result.solution) return { none: result.status === "infeasible" ? "infeasible" : "unknown" };
  const { solution } = result;
  const least = amount(goal.least, solution);
  // Money is whole fen; adding 0 turns -0 into 0.
  const value = aim === "cost" ? Math.round(told(least)) : told(least) + 0;
  const isOptimal = result.status === "optimal";
  if (isOptimal) bind(program.build, goal.least, -Infinity, least + goal.slack);
  const status = isOptimal ? "optimal" : "feasible";
  return { found: { value, bound: isOptimal ? value : told(result.bound), status }, solution };
}

/**
 * Makes a sum least; value and bound hold its constant. Fair aims go without presolve: that of HiGHS 1.15 cuts off best plans of
 * some of their programs and calls the next one optimal, as for the least Gini coefficient of siting (`solveLeastGini`).
 */
export function leastOf(
  { least, complete, presolve = true }: Pick<Goal, "least" | "complete" | "presolve">,
  { program, solver, watch, solution }: Pick<Pursuit, "program" | "solver" | "watch" | "solution">,
  onProgress?: (value: number, bound: number) => void,
): { readonly status: "optimal" | "infeasible" | "stopped"; readonly bound: number; readonly solution?: Float64Array } {
  const { program: rows } = program.build;
  const start = solution && padded(solution, rows);
  if (start) complete?.(start);
  const result = solver.solve(withGoal(rows, least), {
    ...watch.limits(),
    ...(onProgress ? { onProgress: (value, bound) => onProgress(value + least.constant, bound + least.constant) } : {}),
    ...(start ? { start } : {}),
    presolve,
  });
  return {
    status: result.status,
    bound: result.bound + least.constant,
    ...(result.solution ? { solution: rounded(result.solution, rows) } : {}),
  };
}

export function goalOf(
  model: PlanningModel,
  program: PlanningProgram,
  aim: Exclude<Aim, "worst-first" | "gini">,
): Goal {
  const { services, blocks, years } = model;
  if (aim === "cost") {
    const { fenPerUnit, spending } = program;
    const { terms, constant } = plus(spending);
    const least = { terms: terms.map(([c, fen]) => [c, fen / fenPerUnit] as const), constant: constant / fenPerUnit };
    return { least, scale: fenPerUnit, slack: 0.4 / fenPerUnit };
  }
  if (aim === "people") {
    const terms = services.flatMap(({ group, weight = 1 }, k) =>
      years.flatMap((_, t) =>
        blocks.flatMap(({ people }, i) => {
          const column = program.share(i, k, t);
          const counted = weight * (people[group] ?? 0);
          return column === undefined || counted === 0 ? [] : [[column, -counted] as const];
        }),
      ),
    );
    return {
      least: { terms, constant: 0 },
      scale: -1,
      slack: 1e-3 * Math.min(1, ...services.map(({ weight = 1 }) => weight || 1)),
    };
  }
  if (aim === "tail") return tailGoal(model, program);
  const worst = program.build.column(0, 0, 1);
  for (const { served } of streetsServed(model, program))
    program.build.row(0, Infinity, [...served, [worst, -1] as const]);
  return { least: { terms: [[worst, -1]], constant: 0 }, scale: -1, slack: 1e-5 };
}

/** The mean share of the worst-off people, each counted with their street's, made largest: least of what is left unserved. */
function tailGoal(model: PlanningModel, program: PlanningProgram): Goal {
  const { tailShare = defaultTailShare } = model;
  const streets = streetsServed(model, program);
  const unserved = streets.map(({ people, served }) => ({
    weight: people,
    constant: 1,
    terms: served.map(([column, value]) => [column, -value] as const),
  }));
  const { from, excess, terms } = tailColumns(program.build, unserved, tailShare);
  return {
    // Less the whole, so that the sum is the negative of the share served.
    least: { terms, constant: -1 },
    scale: -1,
    slack: 1e-5,
    presolve: false,
    complete: (solution) => {
      const without = servedShares(streets, solution).map((share) => 1 - share);
      const weight = Float64Array.from(streets, ({ people }) => people);
      solution[from] = tailOf({ weight }, without, tailShare).from;
      excess.forEach((column, n) => {
        solution[column] = Math.max(0, without[n]! - solution[from]!);
      });
    },
  };
}

export function withGoal(program: Program, { terms }: Sum): Program {
  const cost = program.cost.map(() => 0);
  for (const [column, value] of terms) cost[column]! += value;
  return { ...program, cost };
}

export function padded(solution: Float64Array, { cost }: Program): Float64Array {
  const longer = new Float64Array(cost.length);
  longer.set(solution);
  return longer;
}

/** Whole columns are whole within the solver's tolerance; they are made so exactly. */
export function rounded(solution: Float64Array, { whole }: Program): Float64Array {
  return solution.map((value, column) => (whole[column] === 1 ? Math.round(value) : value));
}

export function amount({ terms, constant }: Sum, solution: Float64Array): number {
  return terms.reduce((sum, [column, value]) => sum + value * solution[column]!, constant);
}
