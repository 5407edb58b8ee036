import { refuse } from "../errors.ts";
import { sum } from "../numeric/sum.ts";

/** How well subsystems (town and village, supply and need), each scored in [0,1], move together. */
export interface Coupling {
  /** Coupling degree C in [0,1]: 1 when all scores are equal. */
  readonly coupling: number;
  /**
   * The same without the factor k, as much of the literature prints it: at most 1/k, so that two equal subsystems seem half coupled. Only to
   * recognise a figure that was made so (刘春林 2017); nothing here is built on it.
   */
  readonly commonError: number;
  /** Weighted level T of the subsystems. */
  readonly level: number;
  /** Coordination degree D = sqrt(C x T). */
  readonly coordination: number;
  /** Ten steps of 0.1, 1 (极度失调) to 10 (优质协调). */
  readonly grade: number;
  readonly gradeName: { readonly zh: string; readonly en: string };
}

const GRADES: readonly (readonly [zh: string, en: string])[] = [
  ["极度失调", "extreme disorder"],
  ["严重失调", "serious disorder"],
  ["中度失调", "moderate disorder"],
  ["轻度失调", "mild disorder"],
  ["濒临失调", "near disorder"],
  ["勉强协调", "bare coordination"],
  ["初级协调", "primary coordination"],
  ["中级协调", "intermediate coordination"],
  ["良好协调", "good coordination"],
  ["优质协调", "quality coordination"],
];

/**
 * Coupling coordination of k subsystems: C = k (product U)^(1/k) / sum U. The factor k and the k-th root are both needed for C to
 * reach 1; leaving out either is the common error of the literature (刘春林, 2017, 耦合度计算的常见错误分析).
 */
export function couplingCoordination(scores: ArrayLike<number>, weights?: ArrayLike<number>): Coupling {
  const k = scores.length;
  if (k < 2) refuse("MEASURE-EMPTY", "至少需要两个子系统", "at least two subsystems are needed");
  const u = Float64Array.from(scores);
  if (u.some((score) => !(score >= 0 && score <= 1))) {
    refuse("MEASURE-SIGN", "各子系统得分应在 0 与 1 之间", "every score must lie in [0, 1]: normalise first");
  }
  const shares = readShares(weights, k);
  const total = sum(u);
  if (total === 0)
    refuse("MEASURE-UNDEFINED", "各子系统得分均为零", "all scores are 0: the coupling degree is undefined");
  const product = u.reduce((a, b) => a * b, 1);
  const coupling = Math.min(1, (k * product ** (1 / k)) / total);
  const commonError = coupling / k;
  const level = sum(u.map((score, i) => score * shares[i]!));
  const coordination = Math.sqrt(coupling * level);
  const grade = Math.min(10, Math.floor(coordination * 10 + 1e-12) + 1);
  const [zh, en] = GRADES[grade - 1]!;
  return { coupling, commonError, level, coordination, grade, gradeName: { zh, en } };
}

function readShares(weights: ArrayLike<number> | undefined, k: number): Float64Array {
  if (!weights) return new Float64Array(k).fill(1 / k);
  const given = Float64Array.from(weights);
  const total = sum(given);
  if (given.length !== k || given.some((weight) => !(weight >= 0)) || !(total > 0)) {
    refuse("MEASURE-WEIGHT", "权数个数或取值不对", "there must be one weight of 0 or more per score, and one above 0");
  }
  return given.map((weight) => weight / total);
}
