import { refuse } from "../errors.ts";
import type { PreparedDesign } from "./design.ts";

/** Replicate weights: the same sample weighted again and again, and what each squared deviation counts. */
export interface Replicates {
  readonly weights: readonly Float64Array[];
  readonly scales: readonly number[];
}

/** Delete-one-unit jackknife: JK1 without strata, JKn with; the finite population of the first stage is taken into account. */
export function jackknife(design: PreparedDesign): Replicates {
  const stage = design.stages[0]!;
  const weights: Float64Array[] = [];
  const scales: number[] = [];
  for (const unit of new Set(stage.unit)) {
    const row = stage.unit.indexOf(unit);
    const [stratum, sampled] = [stage.stratum[row]!, stage.sampled[row]!];
    if (sampled === 1) {
      if (stage.fraction[row] === 1) continue;
      refuse("MEASURE-LONELY-PSU", "分层只有一个抽样单元，不能逐个剔除", "a stratum of one unit cannot be jackknifed");
    }
    const raised = sampled / (sampled - 1);
    weights.push(
      design.weights.map((weight, i) =>
        stage.stratum[i] !== stratum ? weight : stage.unit[i] === unit ? 0 : weight * raised,
      ),
    );
    scales.push(((sampled - 1) / sampled) * (1 - stage.fraction[row]!));
  }
  return { weights, scales };
}

/** Rescaled bootstrap (Rao and Wu 1988): in each stratum one unit fewer than sampled is drawn with replacement. */
export function bootstrap(
  design: PreparedDesign,
  { count, random }: { readonly count: number; readonly random: () => number },
): Replicates {
  const stage = design.stages[0]!;
  const strata = new Map<number, number[]>();
  for (const unit of new Set(stage.unit)) {
    const stratum = stage.stratum[stage.unit.indexOf(unit)]!;
    strata.set(stratum, [...(strata.get(stratum) ?? []), unit]);
  }
  for (const units of strata.values()) {
    if (units.length < 2)
      refuse("MEASURE-LONELY-PSU", "分层只有一个抽样单元", "a stratum of one unit cannot be bootstrapped");
  }
  const weights = Array.from({ length: count }, () => {
    const factor = new Map<number, number>();
    for (const units of strata.values()) {
      const each = units.length / (units.length - 1);
      for (let draw = 1; draw < units.length; draw++) {
        const unit = units[Math.floor(random() * units.length)]!;
        factor.set(unit, (factor.get(unit) ?? 0) + each);
      }
    }
    return design.weights.map((weight, i) => weight * (factor.get(stage.unit[i]!) ?? 0));
  });
  return { weights, scales: new Array<number>(count).fill(1 / count) };
}

/** Standard error of any statistic of weights, from replicates, around their mean. */
export function replicateError({ weights, scales }: Replicates, statistic: (weights: Float64Array) => number): number {
  const values = weights.map(statistic);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value, r) => sum + scales[r]! * (value - mean) ** 2, 0));
}
