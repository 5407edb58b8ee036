import type { AggregateMethod, IndexNotice } from "./model.ts";
import type { PreparedIndex } from "./prepare.ts";

/** How a build aggregates: the method, the share of weight that must be present, and the weights if not those of the tree. */
export interface AggregateOptions {
  readonly aggregate: AggregateMethod;
  readonly presentShare: number;
  readonly weights?: Float64Array;
}

/** Scores of every node: the indicators as given, then every parent from its children. A parent with too little present is missing. */
export function aggregate(
  index: PreparedIndex,
  columns: readonly Float64Array[],
  options: AggregateOptions,
  notices: IndexNotice[],
): Float64Array[] {
  const weights = options.weights ?? index.weights;
  const scores: Float64Array[] = [...columns];
  for (const { at, children } of index.parents) {
    const parts = Array.from(children, (child) => ({ column: scores[child]!, weight: weights[child]! })).filter(
      ({ weight }) => weight > 0,
    );
    const score = combine(parts, options, index.units.length);
    scores[at] = score.column;
    for (const [code, units] of [
      ["NOT-ENOUGH-PRESENT", score.absent],
      ["NOT-POSITIVE", score.notPositive],
    ] as const) {
      if (units.length > 0) notices.push({ code, node: index.codes[at]!, units: units.map((i) => index.units[i]!) });
    }
  }
  return scores;
}

interface Part {
  readonly column: Float64Array;
  readonly weight: number;
}

interface Combined {
  readonly column: Float64Array;
  readonly absent: number[];
  readonly notPositive: number[];
}

function combine(parts: readonly Part[], { aggregate, presentShare }: AggregateOptions, units: number): Combined {
  const whole = parts.reduce((total, { weight }) => total + weight, 0);
  let formula: Formula | undefined;
  const column =
    aggregate.kind === "arithmetic" && parts.length > 0
      ? completeMean(parts, whole, units)
      : new Float64Array(units).fill(Number.NaN);
  const absent: number[] = [];
  const notPositive: number[] = [];
  for (let i = 0; i < units; i++) {
    if (!Number.isNaN(column[i]!)) continue;
    formula ??= formulaOf(aggregate, parts);
    let [total, weight] = [0, 0];
    for (const part of parts) {
      const value = part.column[i]!;
      if (Number.isNaN(value)) continue;
      weight += part.weight;
      total += formula.term(value, part);
    }
    const enough = weight > 0 && weight >= presentShare * whole * (1 - 1e-12);
    if (!enough) absent.push(i);
    else {
      column[i] = formula.finish(total, weight, i);
      if (Number.isNaN(column[i]!)) notPositive.push(i);
    }
  }
  return { column, absent, notPositive };
}

/**
 * Weighted mean of the units that have every part, NaN of the others. Thousands of draws of weights spend their time in this loop: it takes
 * four parts at a time, so that the sum is read and written a quarter as often.
 */
function completeMean(parts: readonly Part[], whole: number, units: number): Float64Array {
  const mean = new Float64Array(units);
  for (let p = 0; p < parts.length; p += 4) {
    const four = [0, 1, 2, 3].map((k) => parts[p + k] ?? { column: mean, weight: 0 });
    const [a, b, c, d] = four.map(({ column }) => column) as [Float64Array, Float64Array, Float64Array, Float64Array];
    const [u, v, w, x] = four.map(({ weight }) => weight / whole) as [number, number, number, number];
    for (let i = 0; i < units; i++) mean[i] = mean[i]! + (u * a[i]! + v * b[i]! + (w * c[i]! + x * d[i]!));
  }
  return mean;
}

/** A mean as a sum of terms and what is made of the sum; `finish` gives NaN where a value was not above 0 but has to be. */
interface Formula {
  readonly term: (value: number, part: Part) => number;
  readonly finish: (total: number, weight: number, unit: number) => number;
}

function formulaOf(method: AggregateMethod, parts: readonly Part[]): Formula {
  switch (method.kind) {
    case "arithmetic":
      return { term: (value, { weight }) => weight * value, finish: (total, weight) => total / weight };
    case "geometric":
      return {
        term: (value, { weight }) => (value > 0 ? weight * Math.log(value) : Number.NaN),
        finish: (total, weight) => Math.exp(total / weight),
      };
    case "harmonic":
      return {
        term: (value, { weight }) => (value > 0 ? weight / value : Number.NaN),
        finish: (total, weight) => weight / total,
      };
    case "power":
      return {
        term: (value, { weight }) => (value > 0 ? weight * value ** method.exponent : Number.NaN),
        finish: (total, weight) => (total / weight) ** (1 / method.exponent),
      };
    case "mazziotta-pareto":
      return mazziottaPareto(parts, method.penalty === "down" ? -1 : 1);
    case "copeland":
      return copeland(parts);
  }
}

/** Mean -+ standard deviation (divisor of the whole weight) x coefficient of variation of the unit's own parts (Mazziotta and Pareto 2016). */
function mazziottaPareto(parts: readonly Part[], sign: number): Formula {
  return {
    term: (value, { weight }) => weight * value,
    finish: (total, weight, unit) => {
      const mean = total / weight;
      if (!(mean > 0)) return Number.NaN;
      let squares = 0;
      for (const part of parts) {
        const value = part.column[unit]!;
        if (!Number.isNaN(value)) squares += part.weight * (value - mean) ** 2;
      }
      return mean + (sign * (squares / weight)) / mean;
    },
  };
}

/**
 * Units beaten less units beaten by, over the others that can be compared; a unit beats another when the parts in which it is higher weigh more. One
 * without a part is compared with nobody.
 */
function copeland(parts: readonly Part[]): Formula {
  const units = parts[0]!.column.length;
  const there = Array.from({ length: units }, (_, unit) => parts.some(({ column }) => !Number.isNaN(column[unit]!)));
  const others = there.filter(Boolean).length - 1;
  return {
    term: () => 0,
    finish: (_, __, unit) => {
      let score = 0;
      for (let other = 0; other < units; other++) {
        let lead = 0;
        for (const { column, weight } of parts) {
          const difference = column[unit]! - column[other]!;
          if (!Number.isNaN(difference)) lead += weight * Math.sign(difference);
        }
        score += Math.abs(lead) < 1e-12 ? 0 : Math.sign(lead);
      }
      return others > 0 ? score / others : 0;
    },
  };
}
