export * from "./commands/measure-detect.ts";
export * from "./commands/measure-index.ts";
export * from "./commands/measure-inequality.ts";
export * from "./commands/measure-survey.ts";
export { type Cell, keepRows, type MeasureTable, type ResultTable } from "./commands/measure-table.ts";
export * from "./commands/measure-track.ts";
export * from "./detect/alarm.ts";
export * from "./detect/count-interval.ts";
export * from "./detect/cusum.ts";
export * from "./detect/ears.ts";
export * from "./detect/evaluate.ts";
export { type FarringtonOptions, type FarringtonWatch, farrington } from "./detect/farrington.ts";
export * from "./detect/funnel.ts";
export * from "./detect/glr.ts";
export * from "./detect/modified-z.ts";
export * from "./detect/rates.ts";
export type { Range, Watch } from "./detect/series.ts";
export * from "./detect/slope-index.ts";
export * from "./detect/wilson.ts";
export { type MeasureCode, MeasureError } from "./errors.ts";
export * from "./human-development/gender-inequality.ts";
export * from "./human-development/hdi.ts";
export * from "./index-engine/ahp.ts";
export * from "./index-engine/audit.ts";
export * from "./index-engine/benefit-of-doubt.ts";
export * from "./index-engine/build.ts";
export type { ChoiceReport, Choices } from "./index-engine/choices.ts";
export { impactLossWeights, integratedWeights, removalWeights } from "./index-engine/loss-weights.ts";
export type * from "./index-engine/model.ts";
export { type OptimisedWeights, optimiseWeights } from "./index-engine/optimise-weights.ts";
export { type PreparedIndex, prepareIndex } from "./index-engine/prepare.ts";
export * from "./index-engine/sensitivity.ts";
export type { Treatment } from "./index-engine/treat.ts";
export * from "./index-engine/uncertainty.ts";
export {
  budgetWeights,
  criticWeights,
  entropyWeights,
  principalWeights,
  type Table,
  variationWeights,
} from "./index-engine/weights.ts";
export * from "./inequality/concentration.ts";
export * from "./inequality/coupling.ts";
export * from "./inequality/decompose-gini.ts";
export * from "./inequality/decompose-theil.ts";
export * from "./inequality/dispersion.ts";
export { gini, giniCorrected } from "./inequality/gini.ts";
export * from "./inequality/gini-sums.ts";
export type { GroupName } from "./inequality/groups.ts";
export * from "./inequality/lorenz-asymmetry.ts";
export * from "./inequality/permutation.ts";
export * from "./inequality/provider-concentration.ts";
export type { Weighted } from "./inequality/sample.ts";
export * from "./inequality/spatial-gini.ts";
export { theilL, theilT } from "./inequality/theil.ts";
export {
  type GroupSums,
  type SumsFrom,
  type TheilFromSums,
  theilFromSums,
  theilSumsQuery,
} from "./inequality/theil-sums.ts";
export { type Random, seededRandom } from "./numeric/random.ts";
export { rankDescending } from "./numeric/rank.ts";
export { type IntervalRank, rankIntervals } from "./numeric/rank-intervals.ts";
export * from "./suppression/suppress.ts";
export * from "./survey/agreement.ts";
export * from "./survey/association.ts";
export * from "./survey/calibrate.ts";
export {
  degreesOfFreedom,
  type Labels,
  type LonelyMode,
  type PreparedDesign,
  prepareDesign,
  type SurveyDesign,
} from "./survey/design.ts";
export * from "./survey/estimate.ts";
export * from "./survey/proportion.ts";
export * from "./survey/quantile.ts";
export * from "./survey/regression.ts";
export * from "./survey/replicates.ts";
export * from "./survey/sample-size.ts";
export * from "./track/forecast.ts";
export * from "./track/progress.ts";
export type { Comparison, Measured, PlanTarget } from "./track/target.ts";
