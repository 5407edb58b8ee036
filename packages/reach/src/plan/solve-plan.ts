import { ReachRefusal } from "../refusal.ts";
import { type Effort, type SitingStatus, stopwatch } from "../site/answer.ts";
import type { Program, Solver } from "../site/solver.ts";
import { type Aim, checkModel, type PlanningModel, type SiteOption } from "./planning-model.ts";
import { bind, type PlanningProgram, planningProgram, plus, type Sum } from "./planning-program.ts";

export interface PlanOptions extends Omit<Effort, "random"> {
  readonly solver: Solver;
}

/** A plan with the proof of its first aim. */
export interface PlanAnswer {
  readonly status: SitingStatus;
  /** Of the first aim: people (weighted, summed over years), fen, or a share. NaN without a plan. */
  readonly value: number;
  readonly bound: number;
  readonly gap: number;
  readonly seconds: number;
  /** Every aim in its order, those before held at their values. */
  readonly aims: readonly {
    readonly aim: Aim;
    readonly value: number;
    readonly bound: number;
    readonly status: SitingStatus;
  }[];
  readonly years: readonly PlannedYear[];
}

export interface PlannedYear {
  readonly year: number;
  readonly deeds: readonly PlannedDeed[];
  readonly spentFen: number;
  /** People served by each service, and people who need it. */
  readonly services: readonly { readonly service: string; readonly served: number; readonly people: number }[];
  /** Share of each block served by each service, at `[block * services + service]`. */
  readonly share: Float64Array;
  /** Services that each site has open. */
  readonly open: readonly (readonly string[])[];
  /** People served at each site by each service, at `[site * services + service]`; NaN where no limit makes them count. */
  readonly load: Float64Array;
}

export interface PlannedDeed {
  readonly site: string;
  readonly option: string;
  readonly deed: SiteOption["deed"];
  /** Services that the site has afterwards. */
  readonly functions: readonly string[];
  readonly costFen: number;
}

const defaultAims: readonly Aim[] = ["people", "cost"];

/**
 * What to keep, extend, convert, close and build, and when: one whole-number program over sites, years, services and money,
 * solved to proof by HiGHS within the seconds given.
 */
export function solvePlan(model: PlanningModel, { solver, ...effort }: PlanOptions): PlanAnswer {
  checkModel(model);
  const watch = stopwatch(effort);
  const program = planningProgram(model);
  const { build } = program;
  const found: PlanAnswer["aims"][number][] = [];
  let solution: Float64Array | undefined;
  for (const aim of model.aims ?? defaultAims) {
    const goal = goalOf(model, program, aim);
    const result = solver.solve(withGoal(build.program, goal.least), {
      ...watch.limits(),
      // Later aims do not change what the first one is worth.
      onProgress: (value, bound) => {
        if (found.length === 0)
          watch.progress((value + goal.least.constant) * goal.scale, (bound + goal.least.constant) * goal.scale);
      },
      ...(solution ? { start: padded(solution, build.program) } : {}),
    });
    if (!result.solution) {
      if (result.status === "infeasible" && found.length === 0) return noPlanAtAll("infeasible", aim, watch.elapsed());
      break;
    }
    solution = rounded(result.solution, build.program);
    const exact = amount(goal.least, solution) * goal.scale;
    // Money is whole fen; adding 0 turns -0 into 0.
    const value = aim === "cost" ? Math.round(exact) : exact + 0;
    const bound = result.status === "optimal" ? value : (result.bound + goal.least.constant) * goal.scale;
    found.push({ aim, value, bound, status: result.status === "optimal" ? "optimal" : "feasible" });
    if (result.status !== "optimal") break;
    bind(build, goal.least, -Infinity, amount(goal.least, solution) + goal.slack);
  }
  const first = found[0];
  if (!first || !solution) return noPlanAtAll("unknown", (model.aims ?? defaultAims)[0]!, watch.elapsed());
  solution = mostServed(model, program, solution, solver);
  const away = Math.abs(first.value - first.bound);
  return {
    ...first,
    gap: away === 0 ? 0 : away / Math.max(Math.abs(first.value), 1e-12),
    seconds: watch.elapsed(),
    aims: found,
    years: readYears(model, program, solution),
  };
}

function noPlanAtAll(status: "infeasible" | "unknown", aim: Aim, seconds: number): PlanAnswer {
  const none = { value: Number.NaN, bound: Number.NaN, status };
  return { ...none, gap: Number.NaN, seconds, aims: [{ aim, ...none }], years: [] };
}

/** What the solver makes least; `scale` turns it into the aim's own unit. */
interface Goal {
  readonly least: Sum;
  readonly scale: number;
  /** By how much a later aim may miss it: less than anything that counts. */
  readonly slack: number;
}

function goalOf(model: PlanningModel, program: PlanningProgram, aim: Aim): Goal {
  const { services, blocks, years } = model;
  if (aim === "cost") {
    const { fenPerUnit, spending } = program;
    const { terms, constant } = plus(spending);
    const least = { terms: terms.map(([c, fen]) => [c, fen / fenPerUnit] as const), constant: constant / fenPerUnit };
    return { least, scale: fenPerUnit, slack: 0.4 / fenPerUnit };
  }
  const served = (k: number, t: number, people: (i: number) => number) =>
    blocks.flatMap((_, i) => {
      const column = program.share(i, k, t);
      const weight = people(i);
      return column === undefined || weight === 0 ? [] : [[column, weight] as const];
    });
  if (aim === "people") {
    const terms = services.flatMap(({ group, weight = 1 }, k) =>
      years.flatMap((_, t) => served(k, t, (i) => -weight * (blocks[i]!.people[group] ?? 0))),
    );
    return {
      least: { terms, constant: 0 },
      scale: -1,
      slack: 1e-3 * Math.min(1, ...services.map(({ weight = 1 }) => weight || 1)),
    };
  }
  const worst = program.build.column(0, 0, 1);
  services.forEach(({ group }, k) => {
    for (const street of new Set(blocks.map((block) => block.street))) {
      const people = (i: number) => (blocks[i]!.street === street ? (blocks[i]!.people[group] ?? 0) : 0);
      const total = blocks.reduce((sum, _, i) => sum + people(i), 0);
      if (total === 0) continue;
      program.build.row(0, Infinity, [...served(k, years.length - 1, (i) => people(i) / total), [worst, -1] as const]);
    }
  });
  return { least: { terms: [[worst, -1]], constant: 0 }, scale: -1, slack: 1e-5 };
}

function withGoal(program: Program, { terms }: Sum): Program {
  const cost = program.cost.map(() => 0);
  for (const [column, value] of terms) cost[column]! += value;
  return { ...program, cost };
}

/** The same deeds with as many people served as they allow: what the slack of earlier aims may have cost comes back. */
function mostServed(
  model: PlanningModel,
  program: PlanningProgram,
  solution: Float64Array,
  solver: Solver,
): Float64Array {
  const { least } = goalOf(model, program, "people");
  const all = withGoal(program.build.program, least);
  const fixed = (bounds: readonly number[]) => bounds.map((bound, c) => (all.whole[c] === 1 ? solution[c]! : bound));
  const best = solver.solve(
    { ...all, lower: fixed(all.lower), upper: fixed(all.upper), whole: all.whole.map(() => 0) },
    { seconds: secondsForServed },
  );
  return best.solution ? rounded(best.solution, program.build.program) : solution;
}

/** A program without whole columns, most of them fixed: it takes milliseconds. */
const secondsForServed = 10;

function padded(solution: Float64Array, { cost }: Program): Float64Array {
  const longer = new Float64Array(cost.length);
  longer.set(solution);
  return longer;
}

/** Whole columns are whole within the solver's tolerance; they are made so exactly. */
function rounded(solution: Float64Array, { whole }: Program): Float64Array {
  return solution.map((value, column) => (whole[column] === 1 ? Math.round(value) : value));
}

function amount({ terms, constant }: Sum, solution: Float64Array): number {
  return terms.reduce((sum, [column, value]) => sum + value * solution[column]!, constant);
}

function readYears(model: PlanningModel, program: PlanningProgram, solution: Float64Array): readonly PlannedYear[] {
  const { services, blocks, sites, years } = model;
  let leftOver = 0;
  return years.map(({ year, budgetFen }, t) => {
    const share = new Float64Array(blocks.length * services.length);
    const load = new Float64Array(sites.length * services.length).fill(Number.NaN);
    blocks.forEach((_, i) => {
      services.forEach((_, k) => {
        const column = program.share(i, k, t);
        if (column !== undefined) share[i * services.length + k] = solution[column]!;
      });
    });
    sites.forEach((_, j) => {
      services.forEach((_, k) => {
        const sum = program.load(j, k, t);
        if (sum) load[j * services.length + k] = amount(sum, solution);
      });
    });
    const spentFen = Math.round(amount(program.spending[t]!, solution));
    if (budgetFen !== undefined && spentFen > budgetFen + (model.carryOver ? leftOver : 0)) {
      throw new ReachRefusal(
        "reach.plan-inexact",
        `year ${year}`,
        `the solver's plan spends ${spentFen} of ${budgetFen} fen`,
      );
    }
    leftOver += (budgetFen ?? Infinity) - spentFen;
    return {
      year,
      deeds: program.deeds.flatMap((deed) =>
        deed.year === t && solution[deed.column] === 1 ? [readDeed(model, deed, solution)] : [],
      ),
      spentFen,
      services: services.map(({ id, group }, k) => ({
        service: id,
        served: blocks.reduce((sum, { people }, i) => sum + (people[group] ?? 0) * share[i * services.length + k]!, 0),
        people: blocks.reduce((sum, { people }) => sum + (people[group] ?? 0), 0),
      })),
      share,
      open: sites.map((_, j) =>
        services.flatMap(({ id }, k) => (amount(program.open(j, k, t), solution) > 0.5 ? [id] : [])),
      ),
      load,
    };
  });
}

function readDeed(
  { sites }: PlanningModel,
  deed: PlanningProgram["deeds"][number],
  solution: Float64Array,
): PlannedDeed {
  const { id, options } = sites[deed.site]!;
  const option = options[deed.option]!;
  const has = option.functions.filter((_, f) => solution[deed.functions[f]!] === 1);
  return {
    site: id,
    option: option.id,
    deed: option.deed,
    functions: has.map(({ service }) => service),
    costFen: option.costFen + has.reduce((sum, { costFen = 0 }) => sum + costFen, 0),
  };
}
