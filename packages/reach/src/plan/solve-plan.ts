import { ReachRefusal } from "../refusal.ts";
import { type Effort, type SitingStatus, stopwatch } from "../site/answer.ts";
import type { Solver } from "../site/solver.ts";
import { type Aim, checkModel, type PlanningModel, type SiteOption } from "./planning-model.ts";
import { type PlanningProgram, planningProgram } from "./planning-program.ts";
import { pursueLeastGini } from "./pursue-least-gini.ts";
import { pursueWorstFirst } from "./pursue-worst-first.ts";
import { type AimFound, amount, goalOf, type Pursued, type Pursuit, pursueGoal, rounded, withGoal } from "./pursuit.ts";

export interface PlanOptions extends Omit<Effort, "random"> {
  readonly solver: Solver;
}

/** A plan with the proof of its first aim. */
export interface PlanAnswer {
  readonly status: SitingStatus;
  /** Of the first aim: people (weighted, summed over years), fen, a share, or the Gini coefficient. NaN without a plan. */
  readonly value: number;
  readonly bound: number;
  readonly gap: number;
  readonly seconds: number;
  /** Every aim in its order, those before held at their values. */
  readonly aims: readonly (AimFound & { readonly aim: Aim })[];
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
 * aim after aim solved to proof by HiGHS within the seconds given.
 */
export function solvePlan(model: PlanningModel, { solver, ...effort }: PlanOptions): PlanAnswer {
  checkModel(model);
  const watch = stopwatch(effort);
  const program = planningProgram(model);
  const found: PlanAnswer["aims"][number][] = [];
  let solution: Float64Array | undefined;
  for (const aim of model.aims ?? defaultAims) {
    const isFirst = found.length === 0;
    const pursued = pursue(aim, {
      ...{ model, program, solver, watch, solution },
      // Later aims do not change what the first one is worth.
      onProgress: (value, bound) => isFirst && watch.progress(value, bound),
    });
    if ("none" in pursued) {
      if (pursued.none === "infeasible" && isFirst) return noPlanAtAll("infeasible", aim, watch.elapsed());
      break;
    }
    solution = pursued.solution;
    found.push({ aim, ...pursued.found });
    if (pursued.found.status !== "optimal") break;
  }
  const first = found[0];
  if (!first || !solution) return noPlanAtAll("unknown", (model.aims ?? defaultAims)[0]!, watch.elapsed());
  solution = mostServed(model, program, solution, solver);
  const { status, value, bound } = first;
  const away = Math.abs(value - bound);
  return {
    ...{ status, value, bound },
    gap: away === 0 ? 0 : away / Math.max(Math.abs(value), 1e-12),
    seconds: watch.elapsed(),
    aims: found,
    years: readYears(model, program, solution),
  };
}

function pursue(aim: Aim, pursuit: Pursuit): Pursued {
  if (aim === "worst-first") return pursueWorstFirst(pursuit);
  return aim === "gini" ? pursueLeastGini(pursuit) : pursueGoal(aim, pursuit);
}

function noPlanAtAll(status: "infeasible" | "unknown", aim: Aim, seconds: number): PlanAnswer {
  const none = { value: Number.NaN, bound: Number.NaN, status };
  return { ...none, gap: Number.NaN, seconds, aims: [{ aim, ...none }], years: [] };
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
