import { type SitingStatus, type Stopwatch, stopwatch } from "../site/answer.ts";
import { checkCount } from "../site/costs.ts";
import { notDominated } from "../site/not-dominated.ts";
import type { Aim, PlanningModel } from "./planning-model.ts";
import { type PlanAnswer, type PlanOptions, solvePlan } from "./solve-plan.ts";

/** An aim that is one figure, so that it can be held against money. */
export type FrontAim = Exclude<Aim, "cost" | "worst-first">;

export interface PlanFrontOptions extends PlanOptions {
  readonly aim: FrontAim;
  /** Most points that are looked for; 9 unless given. */
  readonly most?: number;
}

/** A plan of which the aim cannot be bettered without more money. */
export interface PlanFrontPoint {
  /** What it costs over all years. */
  readonly costFen: number;
  /** Of the aim; no plan of so much money betters the bound. `gap` is how far they are apart, as a share of the value. */
  readonly value: number;
  readonly bound: number;
  readonly gap: number;
  readonly status: SitingStatus;
  /** No cheaper plan has this value. */
  readonly isCheapest: boolean;
  readonly plan: PlanAnswer;
}

export interface PlanFront {
  /** `optimal`: every point is proved. `feasible`: some are plans with a bound only. */
  readonly status: SitingStatus;
  /** Cheapest first. */
  readonly points: readonly PlanFrontPoint[];
  /** Proved: there is no other plan of which the aim cannot be bettered without more money. */
  readonly isWhole: boolean;
  readonly seconds: number;
}

/** What two aims' slacks can make of one value. */
const alike: Readonly<Record<FrontAim, number>> = { people: 0.01, "worst-street": 1e-4, tail: 1e-4, gini: 1e-4 };

/**
 * The front of money and an aim by the epsilon-constraint method: the plan that reaches most and the cheapest one, then the best
 * plan for sums between them, then what lies just below the widest steps, until nothing can, or the points or the time are used up.
 */
export function planFront(model: PlanningModel, { aim, most = 9, ...options }: PlanFrontOptions): PlanFront {
  checkCount(most, 1000);
  const watch = stopwatch(options);
  const tell = (points: readonly PlanFrontPoint[]) => {
    const best = bestOf(points, aim);
    if (best) watch.progress(best.value, best.bound);
  };
  // Every point costs a solve, and about as many prove that nothing lies between.
  const look = (mostFen: number | undefined, turns: number, cheapestFirst = false) =>
    lookUpTo(model, { ...options, aim, mostFen, cheapestFirst, seconds: watch.left() / Math.max(1, turns) });
  const first = look(model.mostFen, 2 * most);
  if ("none" in first)
    return { status: first.none, points: [], isWhole: first.none === "infeasible", seconds: watch.elapsed() };
  const found: PlanFrontPoint[] = [first.point];
  tell(found);
  const cheapest = watch.mayContinue() ? look(model.mostFen, 2 * most - 1, true) : undefined;
  if (cheapest && "point" in cheapest) found.push(cheapest.point);
  const search: Search = { aim, most, unit: unitOf(model), watch, closed: new Set(), look, tell };
  spread(found, search);
  const isWhole = fill(found, search) && cheapest !== undefined && "point" in cheapest;
  const points = frontOf(found, aim);
  const isProved = points.every(({ status, isCheapest }) => status === "optimal" && isCheapest);
  return { status: isProved ? "optimal" : "feasible", points, isWhole: isWhole && isProved, seconds: watch.elapsed() };
}

type Looked = { readonly point: PlanFrontPoint } | { readonly none: "infeasible" | "unknown" };

interface Search {
  readonly aim: FrontAim;
  readonly most: number;
  /** All money is a multiple of it. */
  readonly unit: number;
  readonly watch: Stopwatch;
  /** Costs of points below which, down to the next point, nothing lies. */
  readonly closed: Set<number>;
  readonly look: (mostFen: number, turns: number) => Looked;
  readonly tell: (points: readonly PlanFrontPoint[]) => void;
}

/** Sums evenly between the cheapest plan and the one that reaches most. */
function spread(found: PlanFrontPoint[], { aim, most, unit, watch, look, tell }: Search): void {
  const ends = frontOf(found, aim);
  const [low, high] = [ends[0]!.costFen, ends.at(-1)!.costFen];
  const between = Math.min(most - 2, (high - low) / unit - 1);
  for (let n = 1; n <= between && watch.mayContinue(); n++) {
    const looked = look(low + unit * Math.floor((n * (high - low)) / (between + 1) / unit), 2 * most - 1 - n);
    if ("point" in looked) found.push(looked.point);
    tell(found);
  }
}

/** Looks just below points, across the widest step first. True: nothing is left to be found. */
function fill(found: PlanFrontPoint[], { aim, most, unit, watch, closed, look, tell }: Search): boolean {
  for (;;) {
    const points = frontOf(found, aim);
    const steps = points
      .flatMap((point, n) =>
        n === 0 ? [] : [{ below: points[n - 1]!, point, wide: point.costFen - points[n - 1]!.costFen }],
      )
      .filter(({ point, wide }) => !closed.has(point.costFen) && wide > unit)
      .sort((a, b) => b.wide - a.wide);
    const widest = steps[0];
    if (!widest) return true;
    if (!watch.mayContinue()) return false;
    const { below, point } = widest;
    const looked = look(point.costFen - unit, steps.length + Math.max(0, most - points.length));
    if ("none" in looked || looked.point.status !== "optimal") return false;
    // The solver holds money to its tolerance: a plan beyond the sum tells nothing of what lies within it.
    if (looked.point.costFen >= point.costFen) return false;
    if (Math.abs(looked.point.value - below.value) <= alike[aim]) closed.add(point.costFen);
    else if (points.length >= most) return false;
    else {
      found.push(looked.point);
      // Whatever lay between the two would have been found in its place.
      closed.add(point.costFen);
      tell(found);
    }
  }
}

interface LookUpTo extends PlanOptions {
  readonly aim: FrontAim;
  readonly mostFen: number | undefined;
  readonly cheapestFirst: boolean;
}

function lookUpTo(model: PlanningModel, { aim, mostFen, cheapestFirst, solver, now, seconds }: LookUpTo): Looked {
  const aims: readonly Aim[] = [...(cheapestFirst ? (["cost", aim] as const) : ([aim, "cost"] as const)), "people"];
  const plan = solvePlan(
    { ...model, aims: [...new Set(aims)], ...(mostFen === undefined ? {} : { mostFen }) },
    { solver, now, seconds },
  );
  if (plan.status === "infeasible" || plan.status === "unknown") return { none: plan.status };
  const own = plan.aims.find((one) => one.aim === aim);
  const cost = plan.aims.find((one) => one.aim === "cost");
  // Stopped at the cheapest plan before the aim was looked at: it has no figure yet.
  if (!own) return { none: "unknown" };
  const away = Math.abs(own.value - own.bound);
  const point = {
    costFen: plan.years.reduce((sum, { spentFen }) => sum + spentFen, 0),
    value: own.value,
    bound: own.bound,
    gap: away === 0 ? 0 : away / Math.max(Math.abs(own.value), 1e-12),
    status: own.status,
    isCheapest: cost?.status === "optimal" && own.status === "optimal",
    plan,
  };
  return { point };
}

const isLessBetter = (aim: FrontAim): boolean => aim === "gini";

/** Cheapest first; of points that are worth the same the cheapest alone. */
function frontOf(found: readonly PlanFrontPoint[], aim: FrontAim): readonly PlanFrontPoint[] {
  const sign = isLessBetter(aim) ? 1 : -1;
  const worth = ({ value }: PlanFrontPoint) => sign * Math.round(value / alike[aim]);
  return notDominated(
    [...found].sort((a, b) => a.costFen - b.costFen),
    (point) => [point.costFen, worth(point)],
  );
}

function bestOf(points: readonly PlanFrontPoint[], aim: FrontAim): PlanFrontPoint | undefined {
  return frontOf(points, aim).at(-1);
}

/** The largest sum of which all money of the model is a multiple, in fen. */
function unitOf({ sites }: PlanningModel): number {
  const sums = sites.flatMap(({ now, options }) => [
    now?.yearlyFen ?? 0,
    ...options.flatMap(({ costFen, yearlyFen = 0, functions }) => [
      costFen,
      yearlyFen,
      ...functions.map((one) => one.costFen ?? 0),
    ]),
  ]);
  return Math.max(1, sums.reduce(commonDivisor, 0));
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
