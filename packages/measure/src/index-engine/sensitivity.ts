import { refuse } from "../errors.ts";
import { quantileOf } from "../numeric/moments.ts";
import type { Random } from "../numeric/random.ts";
import { meanRankShift } from "./audit.ts";
import { buildIndex } from "./build.ts";
import { type ChoiceReport, type Choices, sampleChoices } from "./choices.ts";
import type { IndexMethod } from "./model.ts";
import type { PreparedIndex } from "./prepare.ts";
import { rankUnits } from "./rank-units.ts";

/** Sobol' indices of one input. */
export interface SobolIndex {
  /** Share of the variance that the input makes alone (Saltelli 2010). */
  readonly first: number;
  /** Share that it makes alone or together with others (Jansen 1999). */
  readonly total: number;
  /** 5th and 95th percentile of each over bootstrap resamples of the runs. */
  readonly firstInterval: readonly [number, number];
  readonly totalInterval: readonly [number, number];
}

/** How an analysis is run: `samples` x (inputs + 2) runs of the model. */
export interface SobolOptions {
  readonly samples: number;
  readonly random: Random;
  /** Bootstrap resamples; default 200. */
  readonly resamples?: number;
}

/** The first primes: bases of the low-discrepancy points, two for each input. */
const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71];

/** Variance-based sensitivity of a model of inputs in [0,1). The points are Halton's, shifted at random. */
export function sobolIndices(
  model: (point: Float64Array) => number,
  inputs: number,
  options: SobolOptions,
): SobolIndex[] {
  const { samples, random, resamples = 200 } = options;
  if (!(inputs >= 1 && 2 * inputs <= PRIMES.length && samples >= 2)) {
    refuse("MEASURE-PARAMETER", "输入应为 1 至 10 个，样本至少 2 个", "1 to 10 inputs and at least 2 samples");
  }
  const shift = Array.from({ length: 2 * inputs }, () => random());
  const coordinate = (row: number, d: number) => (radicalInverse(row + 1, PRIMES[d]!) + shift[d]!) % 1;
  const runs = Array.from({ length: inputs + 2 }, () => new Float64Array(samples));
  for (let row = 0; row < samples; row++) {
    const a = Float64Array.from({ length: inputs }, (_, d) => coordinate(row, d));
    const b = Float64Array.from({ length: inputs }, (_, d) => coordinate(row, inputs + d));
    runs[0]![row] = model(a);
    runs[1]![row] = model(b);
    for (let d = 0; d < inputs; d++) runs[d + 2]![row] = model(a.with(d, b[d]!));
  }
  const all = Int32Array.from({ length: samples }, (_, row) => row);
  const point = estimate(runs, all);
  const again = Array.from({ length: resamples }, () =>
    estimate(
      runs,
      all.map(() => Math.floor(random() * samples)),
    ),
  );
  return point.map(({ first, total }, d) => ({
    first,
    total,
    firstInterval: band(again.map((found) => found[d]!.first)),
    totalInterval: band(again.map((found) => found[d]!.total)),
  }));
}

/** Sensitivity of an index to each choice of its making: the output is the mean rank shift against the nominal index. */
export function indexSensitivity(
  index: PreparedIndex,
  nominal: IndexMethod,
  options: SobolOptions & { readonly choices: Choices },
): (SobolIndex & ChoiceReport)[] {
  const sampler = sampleChoices(index, nominal, options.choices, options.random);
  const first = buildIndex(index, nominal).ranks;
  const found = sobolIndices(
    (point) => meanRankShift(first, rankUnits(index, sampler.build(point))),
    sampler.names.length,
    options,
  );
  return found.map((indices, d) => ({ ...indices, ...sampler.report[d]! }));
}

function estimate(runs: readonly Float64Array[], rows: Int32Array): { first: number; total: number }[] {
  const [a, b, ...mixed] = runs as [Float64Array, Float64Array, ...Float64Array[]];
  const n = rows.length;
  let [sum, squares] = [0, 0];
  for (const row of rows) {
    sum += a[row]! + b[row]!;
    squares += a[row]! ** 2 + b[row]! ** 2;
  }
  const mean = sum / (2 * n);
  const variance = squares / (2 * n) - mean ** 2;
  return mixed.map((ab) => {
    let [alone, together] = [0, 0];
    for (const row of rows) {
      // Centred, so that a large mean does not drown the difference.
      alone += (b[row]! - mean) * (ab[row]! - a[row]!);
      together += (a[row]! - ab[row]!) ** 2;
    }
    return variance <= 0
      ? { first: 0, total: 0 }
      : { first: alone / (n * variance), total: together / (2 * n * variance) };
  });
}

function band(values: readonly number[]): readonly [number, number] {
  return values.length === 0 ? [Number.NaN, Number.NaN] : [quantileOf(values, 0.05), quantileOf(values, 0.95)];
}

function radicalInverse(row: number, base: number): number {
  let [value, part] = [0, 1 / base];
  for (let rest = row; rest > 0; rest = Math.floor(rest / base)) {
    value += (rest % base) * part;
    part /= base;
  }
  return value;
}
