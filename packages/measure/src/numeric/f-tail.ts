import incompleteBeta from "@stdlib/math-base-special-betainc";

/** Chance that a value of the F distribution with `df1` and `df2` degrees of freedom is above `value`. */
export function fTail(value: number, df1: number, df2: number): number {
  return incompleteBeta(df2 / (df2 + df1 * value), df2 / 2, df1 / 2);
}
