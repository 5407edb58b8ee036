import { sumBy } from "../numeric/sum.ts";
import { readNonNegative, readPositive, type Sample, type Weighted } from "./sample.ts";

/** Theil's T, generalised entropy GE(1): sum of P (x/mu) ln(x/mu). A value of 0 adds nothing (0 ln 0 = 0). R's `ineq` calls it parameter 0. */
export function theilT(weighted: Weighted): number {
  return theilTOf(readNonNegative(weighted));
}

/** Theil's L, mean log deviation, GE(0): sum of P ln(mu/x). Refuses a value of 0. R's `ineq` calls it parameter 1. */
export function theilL(weighted: Weighted): number {
  return theilLOf(readPositive(weighted));
}

/** Theil's T of a checked sample. */
export function theilTOf({ values, weights, population, mean }: Sample): number {
  return sumBy(values.length, (i) => {
    const relative = values[i]! / mean;
    return relative === 0 ? 0 : (weights[i]! / population) * relative * Math.log(relative);
  });
}

/** Theil's L of a checked sample. */
export function theilLOf({ values, weights, population, mean }: Sample): number {
  return sumBy(values.length, (i) => (weights[i] === 0 ? 0 : (weights[i]! / population) * Math.log(mean / values[i]!)));
}
