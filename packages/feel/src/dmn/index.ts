export { type Analysis, type AnalysisOptions, analyseTable, type Finding, type FindingKind } from "./analyse.ts";
export { type DmnOutcome, type PreparedDmn, prepareDmn } from "./decide.ts";
export type { DmnCode, DmnDiagnostic } from "./diagnostics.ts";
export type { DmnOptions } from "./engine.ts";
export { DmnFileError } from "./file-error.ts";
export type { Aggregation, BoxedTable, DmnModel, DmnVersion, HitPolicy } from "./model.ts";
export { type ReadDmn, readDmn } from "./read.ts";
export {
  boxedOfTable,
  type DecisionTable,
  dmnOfTable,
  type InputColumn,
  type OutputColumn,
  type Rule,
  type TableNames,
  tableOfBoxed,
  tableOfDmn,
} from "./table.ts";
export { type WriteOptions, writeDmn } from "./write.ts";
