import { refuse } from "../errors.ts";
import { solve } from "../numeric/solve.ts";
import type { Labels, PreparedDesign } from "./design.ts";

/** A control: its value for each row, and its known total in the population. */
export interface Control {
  readonly name: string;
  readonly values: ArrayLike<number>;
  readonly total: number;
}

/** How far weights may move: linear (can be negative), exponential (raking), or logit between two bounds of new / old weight. */
export type Distance =
  | { readonly kind: "linear" }
  | { readonly kind: "raking" }
  | { readonly kind: "logit"; readonly least: number; readonly greatest: number };

/** A design whose weights hit the totals, and how far they had to move. */
export interface Calibration {
  readonly design: PreparedDesign;
  readonly rounds: number;
  /** Least and greatest new / old weight. */
  readonly leastFactor: number;
  readonly greatestFactor: number;
}

/** A margin of the population: the group of each row and the known count of each group. */
export interface Margin {
  readonly name: string;
  readonly groups: Labels;
  readonly totals: Readonly<Record<string, number>>;
}

/** Calibrates the weights to totals (Deville and Särndal 1992) by Newton's method to a relative error of `tolerance` (1e-10). */
export function calibrate(
  design: PreparedDesign,
  controls: readonly Control[],
  options: { readonly distance?: Distance; readonly tolerance?: number; readonly rounds?: number } = {},
): Calibration {
  const { distance = { kind: "linear" }, tolerance = 1e-10, rounds = 50 } = options;
  const columns = controls.map((control) => readControl(control, design.rows));
  const { factor, slope } = distanceOf(distance);
  let lambda = new Array<number>(columns.length).fill(0);
  for (let round = 1; round <= rounds; round++) {
    const pulls = pullsOf(columns, lambda, design.rows);
    const factors = pulls.map(factor);
    const gaps = columns.map((column, c) => controls[c]!.total - dot(design.weights, factors, column));
    if (gaps.every((gap, c) => Math.abs(gap) <= tolerance * Math.max(1, Math.abs(controls[c]!.total)))) {
      return finish(design, columns, factors, round - 1);
    }
    const slopes = pulls.map(slope);
    const jacobian = columns.map((a) => columns.map((b) => dot(design.weights, slopes, a, b)));
    const step = solve(jacobian, gaps);
    lambda = lambda.map((value, c) => value + step[c]!);
  }
  return refuse(
    "MEASURE-NOT-CONVERGED",
    "权数校准未收敛：目标合计与样本不相容，或上下限过窄",
    "calibration did not converge: the totals do not fit the sample, or the bounds are too narrow",
  );
}

/** Rakes the weights to margins in turn until every margin is met to a relative error of `tolerance` (1e-10). */
export function rake(
  design: PreparedDesign,
  margins: readonly Margin[],
  options: { readonly tolerance?: number; readonly rounds?: number } = {},
): Calibration {
  const { weights, rounds } = rakeWeights(design.weights, margins, options);
  const columns = margins.flatMap((margin, m) => {
    const names = Object.keys(margin.totals);
    // One group of every further margin follows from the others.
    return (m === 0 ? names : names.slice(1)).map((name) =>
      Float64Array.from(margin.groups, (group) => Number(String(group) === name)),
    );
  });
  const factors = weights.map((weight, i) => (design.weights[i] === 0 ? 1 : weight / design.weights[i]!));
  return finish(design, columns, factors, rounds);
}

/** The weights alone, raked: for replicates, each of which is raked anew. */
export function rakeWeights(
  weights: Float64Array,
  margins: readonly Margin[],
  { tolerance = 1e-10, rounds = 1000 }: { readonly tolerance?: number; readonly rounds?: number } = {},
): { readonly weights: Float64Array; readonly rounds: number } {
  let raked = weights;
  for (let round = 1; round <= rounds; round++) {
    let worst = 0;
    for (const margin of margins) {
      const { factors, gap } = marginFactors(raked, margin);
      worst = Math.max(worst, gap);
      raked = raked.map((weight, i) => weight * factors.get(String(margin.groups[i]))!);
    }
    if (worst <= tolerance) return { weights: raked, rounds: round };
  }
  return refuse(
    "MEASURE-NOT-CONVERGED",
    "迭代比例法未收敛：各边际互相矛盾",
    "raking did not converge: the margins contradict each other",
  );
}

function marginFactors(weights: Float64Array, margin: Margin) {
  const sums = new Map(Object.keys(margin.totals).map((name) => [name, 0]));
  for (let i = 0; i < weights.length; i++) {
    const name = String(margin.groups[i]);
    const sum = sums.get(name);
    if (sum === undefined) {
      refuse(
        "MEASURE-GROUP",
        `边际 ${margin.name} 没有 ${name} 的合计`,
        `margin ${margin.name} has no total for ${name}`,
      );
    }
    sums.set(name, sum + weights[i]!);
  }
  let gap = 0;
  const factors = new Map<string, number>();
  for (const [name, sum] of sums) {
    const total = margin.totals[name]!;
    if (sum === 0 && total !== 0) {
      refuse(
        "MEASURE-EMPTY",
        `边际 ${margin.name} 的 ${name} 在样本中没有人`,
        `margin ${margin.name}: nobody sampled in ${name}`,
      );
    }
    factors.set(name, sum === 0 ? 1 : total / sum);
    gap = Math.max(gap, Math.abs(total - sum) / Math.max(1, total));
  }
  return { factors, gap };
}

function readControl({ name, values, total }: Control, rows: number): Float64Array {
  const column = Float64Array.from(values);
  if (column.length !== rows || column.some((value) => !Number.isFinite(value)) || !Number.isFinite(total)) {
    refuse("MEASURE-MISSING", `控制变量 ${name} 缺值`, `control ${name} needs a value in every row and a total`);
  }
  return column;
}

function distanceOf(distance: Distance): { factor: (u: number) => number; slope: (u: number) => number } {
  if (distance.kind === "linear") return { factor: (u) => 1 + u, slope: () => 1 };
  if (distance.kind === "raking") return { factor: Math.exp, slope: Math.exp };
  const { least, greatest } = distance;
  if (!(least < 1 && greatest > 1))
    refuse("MEASURE-PARAMETER", "上下限应跨过 1", "the bounds must lie on both sides of 1");
  const a = (greatest - least) / ((1 - least) * (greatest - 1));
  const share = (u: number) => Math.exp(a * u);
  const below = (u: number) => greatest - 1 + (1 - least) * share(u);
  return {
    factor: (u) => (least * (greatest - 1) + greatest * (1 - least) * share(u)) / below(u),
    slope: (u) => (a * (greatest - least) * (1 - least) * (greatest - 1) * share(u)) / below(u) ** 2,
  };
}

function pullsOf(columns: readonly Float64Array[], lambda: readonly number[], rows: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) =>
    columns.reduce((total, column, c) => total + column[i]! * lambda[c]!, 0),
  );
}

function dot(weights: Float64Array, ...factors: readonly Float64Array[]): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    let product = weights[i]!;
    for (const factor of factors) product *= factor[i]!;
    total += product;
  }
  return total;
}

function finish(
  design: PreparedDesign,
  controls: readonly Float64Array[],
  factors: Float64Array,
  rounds: number,
): Calibration {
  const moved = factors.filter((_, i) => design.weights[i] !== 0);
  return {
    design: {
      ...design,
      weights: design.weights.map((weight, i) => weight * factors[i]!),
      calibrations: [...design.calibrations, { controls, weights: design.weights }],
    },
    rounds,
    leastFactor: moved.reduce((a, b) => Math.min(a, b)),
    greatestFactor: moved.reduce((a, b) => Math.max(a, b)),
  };
}
