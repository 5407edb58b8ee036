import { refuse } from "../errors.ts";
import { sum } from "../numeric/sum.ts";
import { principalVector } from "./weights.ts";

/** Weights of an analytic hierarchy process and how consistent the judgements are. */
export interface PairwiseWeights {
  readonly weights: Float64Array;
  /** Principal eigenvalue: equal to the number of things compared when the judgements agree with each other wholly. */
  readonly eigenvalue: number;
  readonly consistencyIndex: number;
  /** Consistency index over that of random judgements; above .1 is refused. */
  readonly consistencyRatio: number;
}

/** Consistency index of random judgements over 1 to 10 things (Saaty 1980). */
const RANDOM_INDEX = [0, 0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49];

/** Weights from judgements in pairs (`matrix[i][j]`: how many times i matters as much as j). Refuses judgements that contradict each other. */
export function pairwiseWeights(matrix: readonly (readonly number[])[]): PairwiseWeights {
  const n = matrix.length;
  if (n < 2 || n > RANDOM_INDEX.length)
    refuse("MEASURE-PARAMETER", "判断矩阵应为 2 至 10 阶", "2 to 10 things can be compared in pairs");
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const [there, back] = [matrix[i]![j], matrix[j]![i]];
      if (!(there! > 0 && back! > 0 && Math.abs(there! * back! - 1) < 1e-6)) {
        refuse(
          "MEASURE-PARAMETER",
          `第 ${i + 1} 与 ${j + 1} 项的判断不互为倒数`,
          `judgements ${i + 1}, ${j + 1} must be each other's reciprocal`,
        );
      }
    }
  }
  const { value, vector } = principalVector(matrix);
  const consistencyIndex = Math.max(0, (value - n) / (n - 1));
  const consistencyRatio = RANDOM_INDEX[n - 1] === 0 ? 0 : consistencyIndex / RANDOM_INDEX[n - 1]!;
  if (consistencyRatio > 0.1) {
    const ratio = consistencyRatio.toFixed(3);
    refuse(
      "MEASURE-INCONSISTENT",
      `一致性比率 ${ratio} 大于 0.1，请重新判断`,
      `consistency ratio ${ratio} is above .1: judge again`,
    );
  }
  const total = sum(vector);
  return { weights: vector.map((part) => part / total), eigenvalue: value, consistencyIndex, consistencyRatio };
}
