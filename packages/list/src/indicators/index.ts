export { type IndicatorCatalogue, targetFor } from "./catalogue.ts";
export { INDICATOR_FINDINGS } from "./finding.ts";
export { type IndicatorSource, type LoadedIndicators, loadIndicators } from "./load-indicators.ts";
export type {
  Comparison,
  IndexDefinition,
  Indicator,
  Plan,
  Published,
  Target,
  WarningRule,
} from "./model.ts";
