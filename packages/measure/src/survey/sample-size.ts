import { refuse } from "../errors.ts";
import { normalQuantile } from "../numeric/quantile.ts";

/** Rows needed so that a share near `share` is known within +-`margin`; rounded up. */
export function sampleSizeForShare(plan: {
  readonly share: number;
  readonly margin: number;
  readonly level?: number;
  readonly designEffect?: number;
  /** People in the population; without it, as if there were no end of them. */
  readonly population?: number;
  /** Share of the people approached who answer. */
  readonly response?: number;
}): number {
  const { share, margin, level = 0.95, designEffect = 1, population, response = 1 } = plan;
  if (
    !(share > 0 && share < 1) ||
    !(margin > 0 && margin < 1) ||
    !(designEffect > 0) ||
    !(response > 0 && response <= 1)
  ) {
    refuse(
      "MEASURE-PARAMETER",
      "参数超出范围",
      "share, margin and response must lie in (0, 1], the design effect above 0",
    );
  }
  const z = normalQuantile((1 + level) / 2);
  const endless = (z ** 2 * share * (1 - share) * designEffect) / margin ** 2;
  const needed = population === undefined ? endless : endless / (1 + (endless - 1) / population);
  return Math.ceil(needed / response - 1e-9);
}

/** Visits without a failure that show, at `level`, that fewer than `failureRate` fail: ln(1 - level) / ln(1 - rate), rounded up. */
export function zeroFailureSize(failureRate: number, level = 0.95): number {
  if (!(failureRate > 0 && failureRate < 1 && level > 0 && level < 1)) {
    refuse("MEASURE-PARAMETER", "参数应在 0 与 1 之间", "rate and level must lie between 0 and 1");
  }
  return Math.ceil(Math.log(1 - level) / Math.log(1 - failureRate) - 1e-9);
}
