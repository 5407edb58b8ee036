import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";
import { refuse } from "../errors.ts";
import { studentQuantile } from "../numeric/quantile.ts";
import type { PreparedDesign } from "./design.ts";
import { type Answers, type Estimate, type EstimateOptions, estimateMean } from "./estimate.ts";

/** Intervals that stay inside [0,1]: logit, Korn and Graubard's beta, likelihood with Rao and Scott's scaling, arcsine. */
export type ProportionMethod = "logit" | "beta" | "likelihood" | "arcsine";

/** A proportion with an interval that never leaves [0,1]. */
export interface Proportion extends Estimate {
  readonly low: number;
  readonly high: number;
  readonly method: ProportionMethod;
}

/** Share of the population for which `answers` is 1 (they must be 0, 1 or missing). At 0 or 1 only `beta` has an interval. */
export function estimateProportion(
  design: PreparedDesign,
  answers: Answers,
  options: EstimateOptions & { readonly method?: ProportionMethod; readonly level?: number } = {},
): Proportion {
  const { method = "logit", level = 0.95 } = options;
  for (let i = 0; i < answers.length; i++) {
    const value = answers[i];
    if (value !== null && value !== 0 && value !== 1 && !Number.isNaN(value)) {
      refuse("MEASURE-PARAMETER", `第 ${i + 1} 个答案应为 0 或 1`, `answer ${i + 1} must be 0 or 1`);
    }
  }
  const { estimate, standardError, df, rows, missing } = estimateMean(design, answers, options);
  const found: Estimate = { estimate, standardError, df, rows, missing };
  if (!(df > 0)) refuse("MEASURE-UNDEFINED", "自由度不足", "no degrees of freedom for an interval");
  if (method !== "beta" && (estimate === 0 || estimate === 1)) {
    refuse(
      "MEASURE-UNDEFINED",
      "比例为 0 或 1，此法无区间；请用 beta",
      `a share of ${estimate} has no ${method} interval: use beta`,
    );
  }
  return { ...found, ...intervalOf(found, method, (1 + level) / 2), method };
}

function intervalOf(found: Estimate, method: ProportionMethod, upper: number) {
  const { estimate: p, standardError, df, rows } = found;
  const t = studentQuantile(upper, df);
  switch (method) {
    case "logit": {
      const reach = (t * standardError) / (p * (1 - p));
      const at = (shift: number) => 1 / (1 + Math.exp(-(Math.log(p / (1 - p)) + shift)));
      return { low: at(-reach), high: at(reach) };
    }
    case "arcsine": {
      const middle = Math.asin(Math.sqrt(p));
      const reach = (t * standardError) / (2 * Math.sqrt(p * (1 - p)));
      return {
        low: Math.sin(Math.max(0, middle - reach)) ** 2,
        high: Math.sin(Math.min(Math.PI / 2, middle + reach)) ** 2,
      };
    }
    case "likelihood":
      // The dispersion of the quasi-binomial model is that of the sample, with divisor n - 1.
      return likelihoodInterval(p, ((standardError * t) ** 2 / (p * (1 - p))) * (rows / (rows - 1)));
    case "beta":
      return kornGraubard(found, upper, t);
  }
}

/** Shares whose binomial deviance, a row, is at most `bound`. */
function likelihoodInterval(p: number, bound: number) {
  const deviance = (q: number) => 2 * (p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q)));
  const search = (inside: number, outside: number) => {
    let [near, far] = [inside, outside];
    for (let step = 0; step < 100; step++) {
      const middle = (near + far) / 2;
      if (deviance(middle) <= bound) near = middle;
      else far = middle;
    }
    return near;
  };
  return { low: search(p, 0), high: search(p, 1) };
}

/** Clopper and Pearson's interval at the effective sample size (Korn and Graubard 1998). */
function kornGraubard({ estimate: p, standardError, rows }: Estimate, upper: number, t: number) {
  const plain = standardError === 0 ? rows : (p * (1 - p)) / standardError ** 2;
  const size = plain * (studentQuantile(upper, rows - 1) / t) ** 2;
  return {
    low: p === 0 ? 0 : betaQuantile(1 - upper, size * p, size * (1 - p) + 1),
    high: p === 1 ? 1 : betaQuantile(upper, size * p + 1, size * (1 - p)),
  };
}
