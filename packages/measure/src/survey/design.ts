import { refuse } from "../errors.ts";

/** What to do with a stratum of one primary unit, from which no variance can be had. */
export type LonelyMode = "refuse" | "remove" | "certainty" | "adjust" | "average";

/** Names of strata or clusters, one a row. */
export type Labels = ArrayLike<string | number>;

/** A complex sample as it was drawn. */
export interface SurveyDesign {
  /** Design weights; when absent they follow from `populationSizes`. */
  readonly weights?: ArrayLike<number>;
  readonly strata?: Labels;
  /** Clusters by stage, primary units first; every row its own when absent. Names need only be unique inside the stage above. */
  readonly clusters?: readonly Labels[];
  /** Finite population: units in the row's stratum (stage 1) or cluster (later), a column a stage; from 1 down: the sampling fraction. */
  readonly populationSizes?: readonly ArrayLike<number>[];
  /** Default `refuse`. */
  readonly lonely?: LonelyMode;
}

/** One stage, by row: its stratum, its unit, units sampled in the stratum, and their fraction of the population (0 without one). */
export interface Stage {
  readonly stratum: Int32Array;
  readonly unit: Int32Array;
  readonly sampled: Float64Array;
  readonly fraction: Float64Array;
}

/** A checked design. Calibration replaces `weights` and adds what variances have to be rid of. */
export interface PreparedDesign {
  readonly rows: number;
  readonly weights: Float64Array;
  readonly stages: readonly Stage[];
  readonly lonely: LonelyMode;
  readonly stratumNames: readonly string[];
  /** Calibrations so far: control variables and the weights before. */
  readonly calibrations: readonly { readonly controls: readonly Float64Array[]; readonly weights: Float64Array }[];
}

/** Checks a design of `rows` rows. */
export function prepareDesign(design: SurveyDesign, rows: number): PreparedDesign {
  if (rows === 0) refuse("MEASURE-EMPTY", "样本为空", "the sample has no rows");
  const clusters = design.clusters ?? [Array.from({ length: rows }, (_, i) => i)];
  const strata = numberPaths([design.strata ?? new Array<number>(rows).fill(1)], rows);
  const stages: Stage[] = [];
  let above = strata.numbers;
  for (const [s, names] of clusters.entries()) {
    const unit = numberPaths([above, names], rows).numbers;
    const sampled = countUnits(above, unit);
    stages.push({ stratum: above, unit, sampled, fraction: readFractions(design, s, sampled) });
    above = unit;
  }
  return {
    rows,
    weights: readWeights(design, stages, rows),
    stages,
    lonely: design.lonely ?? "refuse",
    stratumNames: strata.names,
    calibrations: [],
  };
}

/** Degrees of freedom: primary units less strata, of the rows with a weight in `domain`. */
export function degreesOfFreedom({ stages, weights }: PreparedDesign, domain?: ArrayLike<boolean>): number {
  const units = new Set<number>();
  const strata = new Set<number>();
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0 || (domain && !domain[i])) continue;
    units.add(stages[0]!.unit[i]!);
    strata.add(stages[0]!.stratum[i]!);
  }
  return units.size - strata.size;
}

function numberPaths(
  parts: readonly Labels[],
  rows: number,
): { readonly numbers: Int32Array; readonly names: string[] } {
  for (const part of parts) {
    if (part.length !== rows)
      refuse("MEASURE-LENGTH", "分层或整群的个数不对", `${part.length} strata or clusters for ${rows} rows`);
  }
  const known = new Map<string, number>();
  const names: string[] = [];
  const numbers = Int32Array.from({ length: rows }, (_, i) => {
    const name = String(parts.at(-1)![i]);
    const key = parts.length === 1 ? name : `${parts[0]![i]}\u0000${name}`;
    if (!known.has(key)) {
      known.set(key, known.size);
      names.push(name);
    }
    return known.get(key)!;
  });
  return { numbers, names };
}

function countUnits(strata: Int32Array, units: Int32Array): Float64Array {
  const members = new Map<number, Set<number>>();
  strata.forEach((stratum, i) => {
    const seen = members.get(stratum);
    if (seen) seen.add(units[i]!);
    else members.set(stratum, new Set([units[i]!]));
  });
  return Float64Array.from(strata, (stratum) => members.get(stratum)!.size);
}

function readFractions({ populationSizes }: SurveyDesign, stage: number, sampled: Float64Array): Float64Array {
  const sizes = populationSizes?.[stage];
  if (!sizes) return new Float64Array(sampled.length);
  if (sizes.length !== sampled.length) {
    refuse("MEASURE-LENGTH", "总体规模个数不对", `${sizes.length} population sizes for ${sampled.length} rows`);
  }
  return sampled.map((units, i) => {
    const size = sizes[i]!;
    if (size > 0 && size < 1) return size;
    if (!(size >= units)) {
      refuse(
        "MEASURE-FPC",
        `第 ${i + 1} 行总体规模小于样本`,
        `row ${i + 1}: the population size must be at least the ${units} sampled`,
      );
    }
    return units / size;
  });
}

function readWeights({ weights }: SurveyDesign, stages: readonly Stage[], rows: number): Float64Array {
  if (!weights) {
    return Float64Array.from({ length: rows }, (_, i) => {
      const chance = stages.reduce((product, { fraction }) => product * fraction[i]!, 1);
      if (chance === 0)
        refuse("MEASURE-WEIGHT", "既无权数也无总体规模", "without weights every stage needs its population sizes");
      return 1 / chance;
    });
  }
  if (weights.length !== rows) refuse("MEASURE-LENGTH", "权数个数不对", `${weights.length} weights for ${rows} rows`);
  return Float64Array.from({ length: rows }, (_, i) => {
    const weight = weights[i]!;
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      refuse("MEASURE-WEIGHT", `第 ${i + 1} 个权数应为非负数`, `weight ${i + 1} must be 0 or more`);
    }
    return weight;
  });
}
