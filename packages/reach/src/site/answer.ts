/** How much computing may be spent, and on which clock: `now` in milliseconds. */
export interface Effort {
  readonly now: () => number;
  readonly seconds: number;
  /** Numbers in [0, 1), for heuristics. */
  readonly random: () => number;
  /** Told the best plan and bound so far, now and then; to stop early, let `now` jump to Infinity. */
  readonly onProgress?: (progress: SitingProgress) => void;
}

export interface SitingProgress {
  readonly value: number;
  readonly bound: number;
  readonly seconds: number;
}

/**
 * `optimal`: proved. `feasible`: a plan and a bound, stopped by the budget. `infeasible`: proved that there is no plan.
 * `unknown`: stopped before a plan was found.
 */
export type SitingStatus = "optimal" | "feasible" | "infeasible" | "unknown";

/** A plan with the proof that comes with it. */
export interface SitingAnswer {
  readonly status: SitingStatus;
  /** Objective of the plan; NaN without a plan. */
  readonly value: number;
  /** No plan can be better than this. */
  readonly bound: number;
  /** How far the plan can be from the best one, as a share of its value. */
  readonly gap: number;
  readonly seconds: number;
  /** Chosen sites, ascending. */
  readonly sites: readonly number[];
}

export interface Stopwatch {
  elapsed(): number;
  left(): number;
  mayContinue(): boolean;
  /** What a solver is told: the seconds left, and to ask whether it may go on. */
  limits(): { readonly seconds: number; readonly mayContinue: () => boolean };
  progress(value: number, bound: number): void;
}

export function stopwatch({ now, seconds, onProgress }: Omit<Effort, "random">): Stopwatch {
  const start = now();
  let stopped = 0;
  const elapsed = () => {
    // A clock that jumps to Infinity stops the work; the seconds told are those before. One that has jumped lets none begin.
    const spent = start === Infinity ? Infinity : (now() - start) / 1000;
    if (spent < Infinity) stopped = spent;
    return spent;
  };
  const told = () => {
    elapsed();
    return stopped;
  };
  const left = () => Math.max(0, seconds - elapsed());
  const mayContinue = () => elapsed() < seconds;
  return {
    elapsed: told,
    left,
    mayContinue,
    limits: () => ({ seconds: left(), mayContinue }),
    progress: (value, bound) => onProgress?.({ value, bound, seconds: told() }),
  };
}

export function answer(
  watch: Stopwatch,
  plan: {
    readonly value: number;
    readonly bound: number;
    readonly sites: readonly number[];
    readonly optimal: boolean;
  },
): SitingAnswer {
  const { value, optimal } = plan;
  const bound = optimal ? value : plan.bound;
  const away = Math.abs(value - bound);
  return {
    status: optimal ? "optimal" : "feasible",
    value,
    bound,
    gap: away === 0 ? 0 : away / Math.max(Math.abs(value), 1e-12),
    seconds: watch.elapsed(),
    sites: [...plan.sites].sort((a, b) => a - b),
  };
}

export function noPlan(watch: Stopwatch, status: "infeasible" | "unknown", bound = Number.NaN): SitingAnswer {
  return { status, value: Number.NaN, bound, gap: Number.NaN, seconds: watch.elapsed(), sites: [] };
}
