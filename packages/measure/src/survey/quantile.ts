import { refuse } from "../errors.ts";
import type { PreparedDesign } from "./design.ts";
import { type Answers, estimateMean, interval } from "./estimate.ts";

/** A quantile with Woodruff's interval. */
export interface QuantileEstimate {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** Least value at or below which at least `share` of the population lies; its interval inverts that of the share itself (Woodruff 1952). */
export function estimateQuantile(
  design: PreparedDesign,
  answers: Answers,
  share: number,
  level = 0.95,
): QuantileEstimate {
  if (!(share > 0 && share < 1))
    refuse("MEASURE-PARAMETER", "分位应在 0 与 1 之间", "the share must lie between 0 and 1");
  const rows: number[] = [];
  for (let i = 0; i < design.rows; i++) {
    const value = answers[i];
    if (value !== null && value !== undefined && !Number.isNaN(value) && design.weights[i]! > 0) rows.push(i);
  }
  if (rows.length === 0) refuse("MEASURE-EMPTY", "没有有效答案", "no row has an answer");
  rows.sort((a, b) => answers[a]! - answers[b]!);
  const total = rows.reduce((sum, i) => sum + design.weights[i]!, 0);
  const at = (part: number) => {
    let below = 0;
    for (const i of rows) {
      below += design.weights[i]!;
      if (below >= part * total * (1 - 1e-12)) return answers[i]!;
    }
    return answers[rows.at(-1)!]!;
  };
  const estimate = at(share);
  const reached = Array.from({ length: design.rows }, (_, i) => {
    const value = answers[i];
    return value === null || value === undefined || Number.isNaN(value) ? null : Number(value <= estimate);
  });
  const { low, high } = interval(estimateMean(design, reached), level);
  return { estimate, low: at(low), high: at(high) };
}
