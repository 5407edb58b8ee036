import { correlation, deviationOf } from "../numeric/moments.ts";
import { buildIndex, type IndexBuild } from "./build.ts";
import type { IndexMethod } from "./model.ts";
import type { PreparedIndex } from "./prepare.ts";

/** What one node does to the index. */
export interface NodeAudit {
  readonly code: string;
  /** Share of the root that its weight, through all levels, gives it. */
  readonly effectiveWeight: number;
  /** Correlation of its scores with the root's; NaN when either does not vary. */
  readonly correlation: number;
  /** Of a parent, Cronbach's alpha of its children: from 1, they say one thing, downwards; NaN of an indicator and of an only child. */
  readonly alpha: number;
}

/** Effective weights and correlations with the root of every node. */
export function auditNodes(index: PreparedIndex, build: IndexBuild): NodeAudit[] {
  const effective = effectiveWeights(index);
  const root = build.scores.at(-1)!;
  return index.codes.map((code, j) => ({
    code,
    effectiveWeight: effective[j]!,
    correlation: correlation(build.scores[j]!, root),
    alpha: alphaOf(
      Array.from(index.parents.find(({ at }) => at === j)?.children ?? [], (child) => build.scores[child]!),
    ),
  }));
}

/** k/(k-1) (1 - sum of variances / variance of the sum), over the units that have every column (Cronbach 1951). */
export function alphaOf(columns: readonly Float64Array[]): number {
  const k = columns.length;
  if (k < 2) return Number.NaN;
  const whole = Array.from(columns[0]!.keys()).filter((i) => columns.every((column) => !Number.isNaN(column[i]!)));
  const variance = (of: (i: number) => number) => deviationOf(whole.map(of)) ** 2;
  const parts = columns.reduce((total, column) => total + variance((i) => column[i]!), 0);
  const together = variance((i) => columns.reduce((total, column) => total + column[i]!, 0));
  return together > 0 ? (k / (k - 1)) * (1 - parts / together) : Number.NaN;
}

function effectiveWeights(index: PreparedIndex): Float64Array {
  const effective = new Float64Array(index.codes.length);
  effective[effective.length - 1] = 1;
  for (const { at, children } of index.parents.toReversed()) {
    const whole = children.reduce((total, child) => total + index.weights[child]!, 0);
    for (const child of children) effective[child] = whole === 0 ? 0 : (effective[at]! * index.weights[child]!) / whole;
  }
  return effective;
}

/** Mean shift of the ranks when one node is left out: the whole index is built again without it. */
export interface Removal {
  readonly code: string;
  readonly meanRankShift: number;
}

/** Builds the index without each of `codes` in turn. Units that lose their rank count as a shift only where both ranks exist. */
export function removeEach(index: PreparedIndex, method: IndexMethod, codes: readonly string[]): Removal[] {
  const nominal = buildIndex(index, method).ranks;
  return codes.map((code) => {
    const weights = index.weights.map((weight, j) => (index.codes[j] === code ? 0 : weight));
    return { code, meanRankShift: meanRankShift(nominal, buildIndex(index, method, weights).ranks) };
  });
}

/** Mean of |rank - nominal rank| over the units that have both (Saisana, Saltelli and Tarantola 2005). */
export function meanRankShift(nominal: Float64Array, ranks: Float64Array): number {
  let [total, count] = [0, 0];
  for (let i = 0; i < ranks.length; i++) {
    const shift = Math.abs(ranks[i]! - nominal[i]!);
    if (Number.isNaN(shift)) continue;
    total += shift;
    count++;
  }
  return total / count;
}
