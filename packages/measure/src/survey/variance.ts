import { refuse } from "../errors.ts";
import { crossProduct, solve, weightedProduct } from "../numeric/solve.ts";
import type { PreparedDesign } from "./design.ts";

/**
 * Variance of a total of weighted scores (weight x influence of each row): with-replacement among primary units, or stage by
 * stage where the finite population is known. Scores of a calibrated design are first rid of what the controls explain.
 */
export function varianceOfTotal(design: PreparedDesign, scores: Float64Array): number {
  const rows = Array.from({ length: design.rows }, (_, i) => i);
  return stageVariance(design, residuals(design, scores), rows, 0);
}

function residuals(design: PreparedDesign, scores: Float64Array): Float64Array {
  return design.calibrations.reduce((left, { controls, weights }) => {
    const influence = left.map((score, i) => (design.weights[i] === 0 ? 0 : score / design.weights[i]!));
    const slopes = solve(
      crossProduct(controls, weights),
      controls.map((control) => weightedProduct(control, influence, weights)),
    );
    return influence.map((value, i) => {
      const fitted = controls.reduce((total, control, c) => total + slopes[c]! * control[i]!, 0);
      return (value - fitted) * design.weights[i]!;
    });
  }, scores);
}

function stageVariance(design: PreparedDesign, scores: Float64Array, rows: readonly number[], at: number): number {
  const stage = design.stages[at]!;
  const strata = new Map<number, Map<number, number>>();
  const first = new Map<number, number>();
  for (const i of rows) {
    const stratum = stage.stratum[i]!;
    if (!first.has(stratum)) first.set(stratum, i);
    const totals = strata.get(stratum) ?? new Map<number, number>();
    strata.set(stratum, totals);
    totals.set(stage.unit[i]!, (totals.get(stage.unit[i]!) ?? 0) + scores[i]!);
  }
  let variance = 0;
  let unknown = 0;
  const grandMean = meanOfUnits(strata);
  for (const [stratum, totals] of strata) {
    const row = first.get(stratum)!;
    const fraction = stage.fraction[row]!;
    if (fraction > 1 - 1e-10) continue;
    if (stage.sampled[row] === 1) {
      const alone = [...totals.values()][0]!;
      if (design.lonely === "refuse") refuseLonely(design, stratum, at);
      if (design.lonely === "average") unknown++;
      if (design.lonely === "adjust") variance += (1 - fraction) * (alone - grandMean) ** 2;
      continue;
    }
    variance += stratumVariance([...totals.values()], stage.sampled[row]!) * (1 - fraction);
  }
  if (unknown > 0) variance *= strata.size / (strata.size - unknown);
  return variance + laterStages(design, scores, rows, at);
}

function stratumVariance(totals: readonly number[], sampled: number): number {
  const mean = totals.reduce((sum, total) => sum + total, 0) / sampled;
  const squares = totals.reduce((sum, total) => sum + (total - mean) ** 2, 0);
  return ((squares + (sampled - totals.length) * mean ** 2) * sampled) / (sampled - 1);
}

function meanOfUnits(strata: ReadonlyMap<number, ReadonlyMap<number, number>>): number {
  const all = [...strata.values()].flatMap((totals) => [...totals.values()]);
  return all.reduce((sum, total) => sum + total, 0) / all.length;
}

/** Each unit's own variance counts by the fraction of units that were sampled. */
function laterStages(design: PreparedDesign, scores: Float64Array, rows: readonly number[], at: number): number {
  const stage = design.stages[at]!;
  if (!design.stages[at + 1] || rows.every((i) => stage.fraction[i] === 0)) return 0;
  const members = new Map<number, number[]>();
  for (const i of rows) {
    const known = members.get(stage.unit[i]!);
    if (known) known.push(i);
    else members.set(stage.unit[i]!, [i]);
  }
  let variance = 0;
  for (const inside of members.values()) {
    const fraction = stage.fraction[inside[0]!]!;
    if (fraction > 0) variance += fraction * stageVariance(design, scores, inside, at + 1);
  }
  return variance;
}

function refuseLonely(design: PreparedDesign, stratum: number, stage: number): never {
  const name = stage === 0 ? design.stratumNames[stratum] : stratum;
  return refuse(
    "MEASURE-LONELY-PSU",
    `第 ${stage + 1} 阶段分层 ${name} 只有一个抽样单元，无法估计方差；请指定处理方式`,
    `stratum ${name} has only one unit at stage ${stage + 1}: name what to do (remove, certainty, adjust, average)`,
  );
}
