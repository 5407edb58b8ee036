import { refuse } from "../errors.ts";
import { rangeOf } from "../numeric/moments.ts";
import { checkTable, type Table } from "./weights.ts";

/** A linear program to be minimised, its rows one after the other; `whole` is all 0 here. */
export interface LinearProgram {
  readonly cost: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly whole: readonly (0 | 1)[];
  readonly rows: {
    readonly lower: readonly number[];
    readonly upper: readonly number[];
    readonly starts: readonly number[];
    readonly column: readonly number[];
    readonly value: readonly number[];
  };
}

/** Whoever solves linear programs (HiGHS, say); given by the caller. */
export interface LinearSolver {
  solve(
    program: LinearProgram,
    options: { readonly seconds: number },
  ): { readonly status: "optimal" | "infeasible" | "stopped"; readonly solution?: Float64Array };
}

/** Bounds of the share that one indicator has in a unit's score. */
export interface ShareBounds {
  readonly least: number;
  readonly greatest: number;
}

/** A unit's score under the weights that suit it best. */
export interface DoubtScore {
  /** In (0, 1]; 1: no unit does better under this unit's own weights. */
  readonly score: number;
  readonly weights: Float64Array;
  /** What each indicator brings to the score; sums to 1. */
  readonly shares: Float64Array;
  /** Units that reach 1 under this unit's weights: whom it is compared with. */
  readonly peers: readonly number[];
}

/** A unit counts as reaching 1, and a constraint as met, within this. */
const ROOM = 1e-9;

/**
 * Benefit of the doubt (Cherchye and others 2007): every unit is scored with the weights most favourable to it under which no unit exceeds 1.
 * Without share bounds whoever leads in one indicator scores 1, so each indicator has bounds of its share. Columns are scores of 0 or more, more
 * is better. Units that bind nobody enter a unit's program only when its weights would let them exceed 1.
 */
export function benefitOfDoubt(
  table: Table,
  bounds: readonly ShareBounds[],
  { solver, seconds = 10 }: { readonly solver: LinearSolver; readonly seconds?: number },
): DoubtScore[] {
  const units = checkTable(table);
  checkBounds(table, bounds);
  // Leaders of each column keep every weight finite.
  const active = new Set(table.map((column) => indexOfGreatest(column)));
  return Array.from({ length: units }, (_, unit) => {
    active.add(unit);
    for (;;) {
      const weights = solveUnit(table, bounds, { unit, active, solver, seconds });
      const scores = Array.from({ length: units }, (_, other) => scoreOf(table, weights, other));
      const over = scores.map((score, other) => ({ score, other })).filter(({ score }) => score > 1 + ROOM);
      if (over.length === 0) {
        const score = scores[unit]!;
        const peers = scores.flatMap((reached, other) => (reached >= 1 - 1e-7 ? [other] : []));
        const shares = weights.map((weight, j) => (score === 0 ? 0 : (weight * table[j]![unit]!) / score));
        return { score: Math.min(1, score), weights, shares, peers };
      }
      for (const { other } of over.toSorted((a, b) => b.score - a.score).slice(0, 5)) active.add(other);
    }
  });
}

interface UnitProgram {
  readonly unit: number;
  readonly active: ReadonlySet<number>;
  readonly solver: LinearSolver;
  readonly seconds: number;
}

function solveUnit(
  table: Table,
  bounds: readonly ShareBounds[],
  { unit, active, solver, seconds }: UnitProgram,
): Float64Array {
  const own = table.map((column) => column[unit]!);
  const rows: { lower: number; upper: number; cells: number[] }[] = [];
  for (const other of active) rows.push({ lower: -Infinity, upper: 1, cells: table.map((column) => column[other]!) });
  for (const [j, { least, greatest }] of bounds.entries()) {
    const share = (part: number) => own.map((value, k) => (k === j ? value : 0) - part * value);
    if (least > 0) rows.push({ lower: 0, upper: Infinity, cells: share(least) });
    if (greatest < 1) rows.push({ lower: -Infinity, upper: 0, cells: share(greatest) });
  }
  const program = {
    cost: own.map((value) => -value),
    lower: own.map(() => 0),
    upper: own.map(() => Number.POSITIVE_INFINITY),
    whole: own.map((): 0 => 0),
    rows: {
      lower: rows.map(({ lower }) => lower),
      upper: rows.map(({ upper }) => upper),
      starts: Array.from({ length: rows.length + 1 }, (_, r) => r * own.length),
      column: rows.flatMap(() => own.map((_, j) => j)),
      value: rows.flatMap(({ cells }) => cells),
    },
  };
  const { status, solution } = solver.solve(program, { seconds });
  if (status === "optimal" && solution) return solution;
  return refuse(
    "MEASURE-INFEASIBLE",
    `第 ${unit + 1} 个单位的权数无解（${status}）：份额上下限不相容`,
    `no weights fit unit ${unit + 1} (${status}): the share bounds contradict each other`,
  );
}

function checkBounds(table: Table, bounds: readonly ShareBounds[]): void {
  if (bounds.length !== table.length)
    refuse("MEASURE-LENGTH", "每个指标应有份额上下限", `${bounds.length} share bounds for ${table.length} indicators`);
  let [least, greatest] = [0, 0];
  for (const [j, bound] of bounds.entries()) {
    if (!(bound.least >= 0 && bound.least <= bound.greatest && bound.greatest <= 1)) {
      refuse(
        "MEASURE-PARAMETER",
        `第 ${j + 1} 个指标的份额上下限应满足 0 ≤ 下限 ≤ 上限 ≤ 1`,
        `share bounds of indicator ${j + 1} must be 0 <= least <= greatest <= 1`,
      );
    }
    const lowest = rangeOf(table[j]!).least;
    if (lowest < 0 || (lowest === 0 && bound.least > 0)) {
      refuse(
        "MEASURE-SIGN",
        `第 ${j + 1} 个指标应非负；有份额下限时应大于零`,
        `indicator ${j + 1} must be 0 or more, and above 0 where its share has a lower bound`,
      );
    }
    if (!(rangeOf(table[j]!).greatest > 0))
      refuse("MEASURE-CONSTANT", `第 ${j + 1} 个指标全为零`, `indicator ${j + 1} is 0 for every unit`);
    least += bound.least;
    greatest += bound.greatest;
  }
  if (least > 1 + ROOM || greatest < 1 - ROOM) {
    refuse(
      "MEASURE-INFEASIBLE",
      "份额下限合计不得大于 1，上限合计不得小于 1",
      "the lower bounds of the shares must sum to at most 1, the upper bounds to at least 1",
    );
  }
}

function scoreOf(table: Table, weights: Float64Array, unit: number): number {
  return weights.reduce((total, weight, j) => total + weight * table[j]![unit]!, 0);
}

function indexOfGreatest(column: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < column.length; i++) if (column[i]! > column[best]!) best = i;
  return best;
}
