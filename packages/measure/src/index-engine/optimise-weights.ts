import { refuse } from "../errors.ts";
import { minimise } from "../numeric/minimise.ts";
import { correlation } from "../numeric/moments.ts";
import { aggregate } from "./aggregate.ts";
import type { IndexBuild } from "./build.ts";
import type { IndexMethod } from "./model.ts";
import type { PreparedIndex } from "./prepare.ts";

/** Weights under which the children of a node matter as much as they are meant to. */
export interface OptimisedWeights {
  /** By child, in the order of `codes`; sums to 1. */
  readonly weights: Float64Array;
  readonly codes: readonly string[];
  /** Correlation of each child with the root under these weights. */
  readonly correlations: Float64Array;
  /** Mean squared distance of the correlations' shares from the importance asked for; 0 when it was met. */
  readonly distance: number;
}

/**
 * Moves the weights of the children of `parent` until their correlations with the root stand to each other as `importance` (equal unless given):
 * a weight is not an influence, and the two differ where children correlate (Becker and others 2017). All other weights stay.
 */
export function optimiseWeights(
  index: PreparedIndex,
  build: IndexBuild,
  options: {
    readonly method: IndexMethod;
    readonly parent: string;
    readonly importance?: Readonly<Record<string, number>>;
  },
): OptimisedWeights {
  const { method, parent, importance } = options;
  const children = childrenOf(index, parent);
  const codes = Array.from(children, (child) => index.codes[child]!);
  const aims = shares(codes.map((code) => importance?.[code] ?? (importance ? Number.NaN : 1)));
  if (aims.some((aim) => !(aim > 0))) {
    refuse(
      "MEASURE-PARAMETER",
      `${parent} 的每个下级应有大于零的重要性`,
      `every child of ${parent} needs an importance above 0`,
    );
  }
  const correlationsAt = (weights: Float64Array) => {
    const tried = index.weights.slice();
    for (const [k, child] of children.entries()) tried[child] = weights[k]!;
    const scores = aggregate(index, build.normalised, { ...method, weights: tried }, []);
    return Float64Array.from(children, (child) => correlation(scores[child]!, scores.at(-1)!));
  };
  // Logarithms of the weights, so that none can turn negative; the last one is the unit.
  const weightsAt = (at: Float64Array) => shares([...Array.from(at, Math.exp), 1]);
  const distanceAt = (at: Float64Array) => {
    const found = correlationsAt(weightsAt(at));
    const total = found.reduce((sum, r) => sum + r, 0);
    return found.reduce((sum, r, k) => sum + (r / total - aims[k]!) ** 2, 0) / found.length;
  };
  const start = new Float64Array(codes.length - 1);
  if (Number.isNaN(distanceAt(start)))
    refuse("MEASURE-CONSTANT", `${parent} 的下级得分没有差异`, `a child of ${parent} has one score for all units`);
  const { at, value } = minimise(distanceAt, start, { tolerance: 1e-20 });
  const weights = weightsAt(at);
  return { weights, codes, correlations: correlationsAt(weights), distance: value };
}

/** Places of the children of a node; refuses one that has fewer than two. */
export function childrenOf(index: PreparedIndex, parent: string): Int32Array {
  const found = index.parents.find(({ at }) => index.codes[at] === parent);
  if (!found || found.children.length < 2)
    refuse("MEASURE-TREE", `节点 ${parent} 没有两个以上的下级`, `${parent} is no node with two or more children`);
  return found.children;
}

function shares(parts: readonly number[]): Float64Array {
  const total = parts.reduce((sum, part) => sum + part, 0);
  return Float64Array.from(parts, (part) => part / total);
}
